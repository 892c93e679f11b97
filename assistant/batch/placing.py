"""Drafted deals come to the review desk: each once, and nobody's review is written over.

A deal is known again by the name of its folder, as a watched folder knows it, and by a file that both have.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from assistant import desk as verbs
from assistant import pipeline
from assistant.batch.hearing import read_heard
from assistant.batch.jobs import Job, deal_files
from assistant.crm.arriving import program
from assistant.crm.watching import ORIGIN
from assistant.deal_file import find_deal_file, read_deal
from assistant.desk import Desk
from assistant.desk.drafting import Drafted, keep_draft
from assistant.desk.files import folder_of
from assistant.desk.heard_files import start_reading_files
from assistant.desk.outdated import files_had, is_outdated
from assistant.errors import HandoffError
from assistant.packet import Deal, Packet
from assistant.packet.packet_file import read_packet
from assistant.store import audit, crm
from extractors.folder import NOT_SOURCES
from extractors.sandbox import Sandbox

log = logging.getLogger("handoff.batch")
State = Literal["new", "redrafted", "left", "failed"]
USER = program("batch", "Batch")
PROGRAMS = (USER.login, ORIGIN, "handoff")
"""Logins that are nobody's."""
MOST_AT_ONCE = 32_000_000
"""Bytes of files that are added to the store in one transaction."""
AT_CS = ("submitted", "accepted")
"""Statuses in which the packet is customer success's: a batch changes nothing in it."""


@dataclass(frozen=True)
class Placed:
    """What became of a deal at the desk. `id` is the desk's, "" where it failed; `note` is for a person."""

    deal: str
    state: State
    id: str = ""
    note: str = ""


def place_all(
    desk: Desk, owner: str, jobs: Iterable[Job], as_of: date,
    on_placed: Callable[[Placed], None] = lambda placed: None,
) -> list[Placed]:  # fmt: skip
    """Bring each of the drafted deals to the desk; what goes wrong with one stops no other."""
    found: list[Placed] = []
    with Sandbox() as sandbox:
        for job in jobs:
            try:
                placed = place(desk, owner, job, as_of, sandbox)
            except HandoffError as error:
                placed = Placed(job.name, "failed", note=str(error))
            except Exception as error:
                log.error("a deal could not be brought to the desk", exc_info=error)
                broke = f"The program broke ({type(error).__name__}); the others go on. Please report it."
                placed = Placed(job.name, "failed", note=broke)
            found.append(placed)
            on_placed(placed)
    return found


def see_owner(desk: Desk, owner: str) -> None:
    """Raises HandoffError where no AE has that login."""
    logins = [person.login for person in verbs.colleagues(desk, USER, "ae")]
    if owner not in logins:
        shown = f"AEs are {', '.join(logins[:10])}" if logins else "`handoff user add` adds one"
        raise HandoffError(f"There is no AE with the login '{owner[:80]}'. {shown}.")


def place(desk: Desk, owner: str, job: Job, as_of: date, sandbox: Sandbox | None = None) -> Placed:
    """The deal at the desk, owned by that AE, with its files and the packet that lies in `job.out`.

    A deal that is there gets files that are new, and then a new draft with all that was decided; one that is
    with customer success is left alone.
    """
    packet = read_packet(job.out / "packet.json")
    files = {name: path for path, name in deal_files(job.folder) if path.name not in NOT_SOURCES}
    digests = {name: _digest(path) for name, path in files.items()}
    known = _known(job, packet)
    deal = _found(desk, owner, job, known, set(digests.values()))
    there = files_had(desk, USER, deal)
    fresh = {name: path for name, path in files.items() if there.get(name) != digests[name]}
    row = verbs.get_deal(desk, USER, deal).deal
    if row.status in AT_CS:
        waits = f"{deal} is {row.status}: what is new in its folder was not added" if fresh else ""
        return Placed(job.name, "left", deal, waits)
    note = _added(desk, deal, job, fresh, packet)
    if not _told_more(desk, deal, known) and not is_outdated(desk, USER, deal):
        return Placed(job.name, "left" if row.version else "failed", deal, note)
    done = _drafted(desk, deal, known, packet, as_of, sandbox)
    lost = len(done.misfits)
    if lost:
        note = f"{deal}: {lost} decisions do not fit the new draft: see its history"
    return Placed(job.name, "redrafted" if row.version else "new", deal, note)


def _added(desk: Desk, deal: str, job: Job, fresh: dict[str, Path], packet: Packet) -> str:
    """Add the files; why one that the batch could read is refused, "" where none is."""
    heard, read = read_heard(job.out) if fresh else {}, {source.name for source in packet.sources}
    refused: list[str] = []
    for some in _parcels(fresh):
        added = verbs.add_sources(desk, USER, deal, {name: path.read_bytes() for name, path in some}, heard)
        refused += [why for name, why in added.refused if name in read]
    return " ".join(refused)


def _parcels(files: dict[str, Path]) -> Iterator[list[tuple[str, Path]]]:
    """The files in groups that memory holds: recordings are large."""
    some: list[tuple[str, Path]] = []
    size = 0
    for name, path in files.items():
        if some and size + path.stat().st_size > MOST_AT_ONCE:
            yield some
            some, size = [], 0
        some.append((name, path))
        size += path.stat().st_size
    if some:
        yield some


def _told_more(desk: Desk, deal: str, known: Deal) -> bool:
    """Whether deal.yaml says something else than before, which the desk then takes over.

    It does not once people have worked on the deal: what is known of it may be their correction.
    """
    row = verbs.get_deal(desk, USER, deal).deal
    if row.version == 0 or row.known == known:
        return False
    if any(line.by not in PROGRAMS for line in audit.lines(desk.store, deal)):
        return False
    verbs.change_facts(desk, USER, deal, known)
    return True


def _drafted(
    desk: Desk, deal: str, known: Deal, packet: Packet, as_of: date, sandbox: Sandbox | None
) -> Drafted:
    """The batch's packet as the next version where it read the very same, else a draft of the desk's own."""
    row = verbs.get_deal(desk, USER, deal).deal
    with folder_of(desk, deal) as folder:
        reading = start_reading_files(desk, deal, folder, sandbox)
        record = pipeline.read_record(folder, row.known, as_of, reading)
    read = {source.name: source.sha256 for source in pipeline.listed(record.sources)}
    same = read == {source.name: source.sha256 for source in packet.sources}
    if same and row.known == known:
        return keep_draft(desk, USER, deal, pipeline.check(packet, desk.policy), record.sources)
    return verbs.draft(desk, USER, deal, as_of=as_of)


def _found(desk: Desk, owner: str, job: Job, known: Deal, digests: set[str]) -> str:
    """The desk's id of the deal, which is made where it is not there."""
    with desk.store.read() as connection:
        there = crm.deal_of(connection, ORIGIN, job.name)
    if there is not None:
        had = set(files_had(desk, USER, there).values())
        if had and not had & digests:
            raise HandoffError(
                f"{there} at the desk came from a folder of the same name, '{job.name}', and no file is in "
                "both: rename this folder if it is another deal."
            )
        return there

    def tie(connection: Any, deal: str) -> None:
        crm.link(connection, deal, ORIGIN, job.name)

    try:
        return verbs.new_deal(desk, USER, known, owner=owner, also=tie).id
    except crm.LinkedAlready as same:  # another batch, or a watched folder, was faster
        return same.deal


def _known(job: Job, packet: Packet) -> Deal:
    """What deal.yaml says; without one the account that was read out of the files, or the folder's name."""
    file = find_deal_file(job.folder)
    if file is not None:
        return read_deal(file)
    return Deal(account=packet.deal.account or job.name.replace("_", " "))


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise HandoffError(f"Cannot read {path}: {error.strerror}.") from None

