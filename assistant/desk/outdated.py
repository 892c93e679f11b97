"""Whether a deal's files hold something that its newest packet does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assistant.desk.files import list_files
from assistant.desk.place import Desk, opened
from assistant.desk.recordings import list_recordings
from assistant.packet import Packet, PacketSource
from assistant.protocol.rights import User
from assistant.store.deals import find_deal
from assistant.store.recordings import RecordingRow


def is_outdated(desk: Desk, user: User, deal: str) -> bool:
    """Whether a draft would read what the packet does not know; also after a draft that broke off.

    A recording counts once it was heard. A file that could not be read then is not tried again by itself.
    """
    files = {file.name: file.sha256 for file in list_files(desk, user, deal)}
    recordings = {row.name: row for row in list_recordings(desk, user, deal)}
    if not files and not recordings:
        return False
    with desk.store.read() as connection:
        version = find_deal(connection, deal).version
    if not version:
        return True
    return any(_news(opened(desk, user, deal).packet, files, recordings.values()))


def files_had(desk: Desk, user: User, deal: str) -> dict[str, str]:
    """Name -> SHA-256 of the deal's files, recordings whose sound was dropped included."""
    heard = {row.name: row.sha256 for row in list_recordings(desk, user, deal)}
    return heard | {file.name: file.sha256 for file in list_files(desk, user, deal)}


def _news(packet: Packet, files: Mapping[str, str], heard: Iterable[RecordingRow]) -> Iterator[bool]:
    unread = {one.name for one in packet.unread}
    sounds = {source.heard_by.audio_sha256 for source in packet.sources if source.heard_by}
    recordings = {row.name: row for row in heard}
    yield from (row.state == "done" and row.sha256 not in sounds for row in recordings.values())
    for name, sha256 in files.items():
        if name not in unread and name not in recordings:
            yield not any(_is_of(source, name, sha256) for source in packet.sources)


def _is_of(source: PacketSource, name: str, sha256: str) -> bool:
    """Whether the source is the file, or one of several in it: an export of several calls."""
    return source.sha256 == sha256 and (source.name == name or source.name.startswith(f"{name}/"))
