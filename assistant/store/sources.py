"""The files of a deal: bytes by hash, and what was read from them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from assistant.errors import HandoffError
from assistant.store.audit import digest_of
from assistant.store.deals import drop_unused_blobs, number_of
from assistant.store.tables import blobs, sources, texts
from assistant.store.writes import insert_once
from extractors.segments import Source


@dataclass(frozen=True)
class SourceFile:
    """A file as it was added: name within the deal, hash, size in bytes, who and when (ISO, UTC)."""

    name: str
    sha256: str
    size: int
    added_by: str
    added_at: str


def add_file(connection: Connection, deal: str, name: str, content: bytes, by: str, at: str) -> SourceFile:
    """Keep the bytes under that name. A file of that name with other bytes takes the old one's place."""
    sha256, number = digest_of(content), number_of(deal)
    insert_once(connection, blobs, {"sha256": sha256, "size": len(content), "content": content})
    same_name = (sources.c.deal == number) & (sources.c.name == name)
    connection.execute(delete(sources).where(same_name))
    row = {"deal": number, "name": name, "sha256": sha256, "added_by": by, "added_at": at}
    connection.execute(insert(sources).values(row))
    return SourceFile(name, sha256, len(content), by, at)


def remove_file(connection: Connection, deal: str, name: str) -> None:
    """Take the file out of the deal."""
    gone = (sources.c.deal == number_of(deal)) & (sources.c.name == name)
    if not connection.execute(delete(sources).where(gone)).rowcount:
        raise HandoffError(f"The deal has no file '{name}'. Its list of files shows those that it has.")
    drop_unused_blobs(connection)


def find_files(connection: Connection, deal: str) -> list[SourceFile]:
    """The deal's files in order of name, without their bytes."""
    query = (
        select(sources.c.name, sources.c.sha256, blobs.c.size, sources.c.added_by, sources.c.added_at)
        .join(blobs)
        .where(sources.c.deal == number_of(deal))
        .order_by(sources.c.name)
    )
    return [SourceFile(*row) for row in connection.execute(query)]


def file_bytes(connection: Connection, deal: str, name: str) -> bytes:
    """The bytes of one of the deal's files."""
    wanted = (sources.c.deal == number_of(deal)) & (sources.c.name == name)
    content = connection.execute(select(blobs.c.content).join(sources).where(wanted)).scalar()
    if content is None:
        raise HandoffError(f"The deal has no file '{name}'. Its list of files shows those that it has.")
    return bytes(content)


def keep_text(connection: Connection, deal: str, source: Source) -> None:
    """Keep what was read, so that evidence of any version of the packet can be shown in its place."""
    body = zlib.compress(source.model_dump_json().encode("utf-8"))
    if source.heard_by is not None:  # the same words may have got the times of a recording since
        same = (texts.c.deal == number_of(deal)) & (texts.c.name == source.name)
        connection.execute(delete(texts).where(same & (texts.c.sha256 == source.sha256)))
    row = {"deal": number_of(deal), "name": source.name, "sha256": source.sha256, "content": body}
    insert_once(connection, texts, row)


def find_text(connection: Connection, deal: str, name: str, sha256: str) -> Source:
    """What was read from the file of that name and hash."""
    wanted = (texts.c.deal == number_of(deal)) & (texts.c.name == name) & (texts.c.sha256 == sha256)
    content = connection.execute(select(texts.c.content).where(wanted)).scalar()
    if content is None:
        raise HandoffError(f"Nothing was read from '{name}' yet. Draft the packet again.")
    return Source.model_validate_json(zlib.decompress(content))
