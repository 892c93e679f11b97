"""Verbs about a deal's files: add, remove, look at them, show a place in one."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from assistant import pipeline
from assistant.deal_file import FILE_NAMES, read_deal
from assistant.desk.deals import new_deal
from assistant.desk.heard_files import read_files
from assistant.desk.place import Desk, Opened, allowed, opened, see_right
from assistant.errors import HandoffError
from assistant.packet import Deal, PacketSource, Side, UnreadSource
from assistant.protocol.rights import User
from assistant.recordings.ears import NO_EARS, see_consent
from assistant.store import audit
from assistant.store.deals import DealRow, find_deal
from assistant.store.recordings import change_recording, forget_recording, put_recording
from assistant.store.sources import (
    SourceFile,
    add_file,
    file_bytes,
    find_files,
    find_text,
    keep_text,
    remove_file,
)
from extractors.reading import check_bytes
from extractors.recording import is_sound
from extractors.segments import Source, UnreadableSource
from extractors.speech.heard import Transcript

LONGEST_NAME = 200
LAID_OUT = "draft-"
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Added:
    """What became of an upload: files that are in the store now, and (name, why) of those that are not."""

    files: tuple[SourceFile, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FileLook:
    """A file before it is drafted: what it was taken for, who speaks in it with their side, what to mind."""

    source: PacketSource
    speakers: tuple[tuple[str, Side | None], ...]


def create_deal(
    desk: Desk,
    user: User,
    known: Deal | None = None,
    files: Mapping[str, bytes] | None = None,
    *,
    owner: str | None = None,
    csm: str | None = None,
) -> tuple[DealRow, Added]:
    """A deal with its files. A deal.yaml among them tells what is known, where `known` does not."""
    files = dict(files or {})
    told = [files.pop(name) for name in list(files) if PurePosixPath(name).name in FILE_NAMES]
    deal = new_deal(desk, user, known or (_told(told[0]) if told else Deal()), owner=owner, csm=csm)
    return deal, add_sources(desk, user, deal.id, files) if files else Added((), ())


def add_sources(
    desk: Desk, user: User, deal: str, files: Mapping[str, bytes],
    heard: Mapping[str, Transcript] | None = None,
) -> Added:  # fmt: skip
    """Put the files' bytes into the store, all that can be read in one transaction.

    Names are paths within the deal ("calls/first.vtt"). A file of a name that is there takes its place;
    packets that quote the old one still show it. The packet knows the new files once it is drafted again.
    `heard`: what was heard in recordings among them already.
    """
    allowed(desk, user, "add_sources", deal)
    good, refused = _sifted(desk, files)
    at = desk.stamp()
    with desk.store.write() as connection:
        see_right(user, "add_sources", find_deal(connection, deal))
        kept = tuple(add_file(connection, deal, name, data, user.login, at) for name, data in good.items())
        for file in kept:
            _let_hear(desk, connection, deal, file, at, (heard or {}).get(file.name))
            audit.append(
                connection, at=at, by=user.login, action="add_sources", deal=deal, digest=file.sha256
            )
    return Added(kept, tuple(refused))


def _let_hear(
    desk: Desk, connection: Any, deal: str, file: SourceFile, at: str, heard: Transcript | None
) -> None:
    """A recording waits to be heard, where there is something that hears and the policy lets it."""
    if not is_sound(file.name):
        return
    put_recording(connection, deal, file.name, file.sha256, file.added_by, at)
    known = find_deal(connection, deal).known
    try:
        see_consent(known, desk.policy, file.name)
        if heard is not None and heard.audio_sha256 == file.sha256:
            _was_heard(desk, connection, deal, file.name, at, heard)
            return
        if desk.ears is None:
            raise HandoffError(NO_EARS)
        desk.ears(known)
    except HandoffError as error:
        change_recording(connection, deal, file.name, at, state="failed", problem=str(error))


def _was_heard(desk: Desk, connection: Any, deal: str, name: str, at: str, heard: Transcript) -> None:
    """The recording is done; its sound goes where the policy says so."""
    keep = desk.policy.recordings.keep_audio
    change_recording(
        connection, deal, name, at, state="done", transcript=heard, done=heard.seconds, total=heard.seconds,
        sound=int(keep),
    )  # fmt: skip
    if not keep:
        remove_file(connection, deal, name)


def remove_source(desk: Desk, user: User, deal: str, name: str) -> None:
    """Take a file out of the deal; the next draft does not read it."""
    at = desk.stamp()
    with desk.store.write() as connection:
        see_right(user, "remove_source", find_deal(connection, deal))
        remove_file(connection, deal, name)
        forget_recording(connection, deal, name)
        audit.append(connection, at=at, by=user.login, action="remove_source", deal=deal)


def list_files(desk: Desk, user: User, deal: str) -> list[SourceFile]:
    """The deal's files in order of name."""
    with desk.store.read() as connection:
        see_right(user, "see", find_deal(connection, deal))
        return find_files(connection, deal)


def look_at_files(desk: Desk, user: User, deal: str) -> tuple[list[FileLook], list[UnreadSource]]:
    """Each source with its kind, date, warnings and speakers, and the files that cannot be read. No draft."""
    row = allowed(desk, user, "see", deal)
    with folder_of(desk, deal) as folder:
        sources, unread = read_files(desk, deal, folder)
    record = pipeline.make_record(row.known, sources, [], desk.now().date())
    looks = [
        FileLook(listed, tuple((name, record.roster.side_of(name)) for name in _speakers(source)))
        for listed, source in zip(pipeline.listed(record.sources), _by_name(record.sources), strict=True)
    ]
    return looks, [UnreadSource(name=name, reason=reason) for name, reason in unread]


def get_source_text(
    desk: Desk, user: User, deal: str, source: str, version: int | None = None
) -> Source:
    """What that version of the packet read: segments with id, text, locator, speaker, page, section."""
    seen = opened(desk, user, deal, version)
    sha256 = next((s.sha256 for s in seen.packet.sources if s.name == source), None)
    if sha256 is None:
        raise HandoffError(f"The packet has no source '{source}'. Its list of sources shows what it has.")
    with desk.store.read() as connection:
        return find_text(connection, deal, source, sha256)


def get_source_bytes(desk: Desk, user: User, deal: str, name: str) -> bytes:
    """The file as it was added; for an attachment ("mail.eml/contract.pdf") the mail that holds it."""
    with desk.store.read() as connection:
        see_right(user, "download", find_deal(connection, deal))
        names = {file.name for file in find_files(connection, deal)}
        places = [name, *map(str, PurePosixPath(name).parents)]
        return file_bytes(connection, deal, next((p for p in places if p in names), name))


@contextlib.contextmanager
def folder_of(desk: Desk, deal: str) -> Iterator[Path]:
    """The deal's files in a folder that only this user may open and that is gone afterwards."""
    try:
        place = tempfile.TemporaryDirectory(prefix=f"{LAID_OUT}{os.getpid()}-", dir=desk.scratch)
    except OSError as error:
        raise _no_room(error) from None
    with place as name:
        folder = Path(name)
        try:
            _lay_out(desk, deal, folder)
        except OSError as error:
            raise _no_room(error) from None
        yield folder


def texts_of(desk: Desk, seen: Opened) -> list[Source]:
    """Every source of that packet, as it was read."""
    with desk.store.read() as connection:
        return [find_text(connection, seen.deal.id, s.name, s.sha256) for s in seen.packet.sources]


def sweep(scratch: Path) -> None:
    """Remove what processes that were killed have left of folders of files."""
    for left in scratch.glob(f"{LAID_OUT}*"):
        pid = left.name.removeprefix(LAID_OUT).split("-")[0]
        if pid.isdigit() and not _lives(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError as error:
        return isinstance(error, PermissionError)
    return True


def _lay_out(desk: Desk, deal: str, folder: Path) -> None:
    with desk.store.read() as connection:
        for file in find_files(connection, deal):
            path = folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file_bytes(connection, deal, file.name))


def _no_room(error: OSError) -> HandoffError:
    return HandoffError(
        f"Cannot lay out the deal's files: {error.strerror}. Make room on the disk; nothing was changed."
    )


def keep_texts(desk: Desk, deal: str, sources: tuple[Source, ...]) -> None:
    """Keep what was read, for evidence to be shown in its place."""
    with desk.store.write() as connection:
        find_deal(connection, deal)
        for source in sources:
            keep_text(connection, deal, source)


def _sifted(desk: Desk, files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    good: dict[str, bytes] = {}
    refused: list[tuple[str, str]] = []
    for given, data in files.items():
        try:
            name = clean_name(given)
            if len(data) > desk.most_bytes:
                size, most = len(data) / 1e6, desk.most_bytes / 1e6
                raise HandoffError(f"'{name}' has {size:.1f} MB, the limit is {most:.0f} MB: split it.")
            check_bytes(data, name)
            good[name] = data
        except (HandoffError, UnreadableSource) as error:
            refused.append((given, str(error)))
    return good, refused


def clean_name(name: str) -> str:
    """A path within the deal, with forward slashes. Raises HandoffError where it leads out of it."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or UNPRINTABLE.search(name) or len(name) > LONGEST_NAME:
        raise HandoffError(
            f"'{UNPRINTABLE.sub('?', name)[:60]}' is no name for a file of a deal: "
            f"give it a plain name of at most {LONGEST_NAME} characters."
        )
    if any(part.startswith(".") for part in parts):
        raise HandoffError(f"'{name[:60]}' is a hidden file: give it a name that does not begin with a dot.")
    return "/".join(parts)


def _told(data: bytes) -> Deal:
    with tempfile.TemporaryDirectory(prefix="handoff-") as folder:
        path = Path(folder) / FILE_NAMES[0]
        path.write_bytes(data)
        return read_deal(path)


def _speakers(source: Source) -> list[str]:
    return sorted({segment.speaker for segment in source.segments if segment.speaker})


def _by_name(sources: tuple[Source, ...]) -> list[Source]:
    return sorted(sources, key=lambda source: source.name)
