"""Whether a deal's files hold something that its newest packet does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.desk.files import list_files
from assistant.desk.place import Desk, opened
from assistant.desk.recordings import list_recordings
from assistant.packet import Packet, PacketSource
from assistant.protocol.rights import User
from assistant.store.deals import find_deal
from assistant.store.packets import find_versions
from assistant.store.recordings import RecordingRow
from assistant.store.sources import SourceFile

DRAFTS = ("draft", "redraft")
MOST_TRIES = 2
"""Drafts since a file came; two, for the first may have begun before."""


def is_outdated(desk: Desk, user: User, deal: str) -> bool:
    """Whether a draft would read what the packet does not know; also after a draft that broke off.

    A recording counts once it was heard. A file that could not be read then is not tried again by itself, nor
    one that two drafts since did not take up.
    """
    files, recordings = list_files(desk, user, deal), list_recordings(desk, user, deal)
    if not files and not recordings:
        return False
    with desk.store.read() as connection:
        version = find_deal(connection, deal).version
        drafts = [row.at for row in find_versions(connection, deal) if row.action in DRAFTS]
    if not version:
        return True
    since = _news(opened(desk, user, deal).packet, files, recordings)
    return any(sum(at > when for at in drafts) < MOST_TRIES for when in since)


def files_had(desk: Desk, user: User, deal: str) -> dict[str, str]:
    """Name -> SHA-256 of the deal's files, recordings whose sound was dropped included."""
    heard = {row.name: row.sha256 for row in list_recordings(desk, user, deal)}
    return heard | {file.name: file.sha256 for file in list_files(desk, user, deal)}


def _news(packet: Packet, files: Iterable[SourceFile], heard: Iterable[RecordingRow]) -> Iterator[str]:
    """When each thing came that the packet does not know."""
    unread = {one.name for one in packet.unread}
    sounds = {source.heard_by.audio_sha256 for source in packet.sources if source.heard_by}
    recordings = {row.name: row for row in heard}
    for row in recordings.values():
        if row.state == "done" and row.sha256 not in sounds:
            yield row.changed_at
    for file in files:
        known = any(_is_of(source, file.name, file.sha256) for source in packet.sources)
        if not known and file.name not in unread and file.name not in recordings:
            yield file.added_at


def _is_of(source: PacketSource, name: str, sha256: str) -> bool:
    """Whether the source is the file, or one of several in it: an export of several calls."""
    return source.sha256 == sha256 and (source.name == name or source.name.startswith(f"{name}/"))
