"""The verb that asks a reader: the deal's files become a packet, and what was decided before stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant import pipeline, review
from assistant.desk.files import folder_of, keep_texts
from assistant.desk.heard_files import start_reading_files
from assistant.desk.place import Desk, Opened, allowed, opened, stored
from assistant.errors import HandoffError
from assistant.evidence.record import DealRecord
from assistant.packet import Decision, Packet, Run
from assistant.protocol.rights import User
from assistant.store import meters
from assistant.store.packets import StaleVersion
from assistant.tracing import traced_draft
from extractors.segments import Source

TRIES = 10


@dataclass(frozen=True)
class Drafted:
    """The new version, and the decisions that no longer fit it, oldest first."""

    opened: Opened
    misfits: tuple[Decision, ...]


def draft(
    desk: Desk,
    user: User,
    deal: str,
    on_step: Callable[[str], None] | None = None,
    on_found: Callable[[str, int], None] | None = None,
    *,
    as_of: date | None = None,
) -> Drafted:
    """Read the deal's files, ask the reader, store the packet as the next version.

    Decisions made before, also while this runs, are applied to the new packet. `on_step` is told each of
    pipeline.STEPS as it begins. Where it breaks off nothing is changed: call it again. `as_of` is today.
    """
    row = allowed(desk, user, "draft", deal)
    records: list[DealRecord] = []
    with folder_of(desk, deal) as folder:
        if not any(folder.iterdir()):
            raise HandoffError("The deal has no files yet. Add its calls, mails and contract, then draft.")
        reader = desk.reader_of(deal) if desk.reader_of else desk.reader
        with traced_draft(on_step) as (step, told):
            fresh = pipeline.draft(
                folder, row.known, as_of=as_of or desk.now().date(), reader=reader, policy=desk.policy,
                on_step=step, on_record=records.append, on_found=on_found,
                files=start_reading_files(desk, deal, folder),
            )  # fmt: skip
            told(**counted(fresh.run))
    return keep_draft(desk, user, deal, fresh, records[0].sources)


def keep_draft(
    desk: Desk, user: User, deal: str, fresh: Packet, sources: tuple[Source, ...]
) -> Drafted:
    """What a reader made becomes the next version, with the decisions of the versions before it."""
    keep_texts(desk, deal, sources)
    for _ in range(TRIES):
        try:
            drafted = _store(desk, user, deal, fresh)
        except StaleVersion:
            continue
        with desk.store.write() as connection:
            meters.add(connection, counted(fresh.run))
        return drafted
    raise HandoffError("The packet is being changed all the time; draft again in a minute. Nothing was lost.")


def counted(run: Run) -> dict[str, float]:
    """What a draft adds to the store's meters."""
    return {
        "drafts": 1.0, "draft_seconds": run.seconds or 0.0, "model_calls": run.calls - run.calls_reused,
        "tokens": run.tokens, "cost": run.cost, "quotes_rejected": run.quotes_rejected,
    }  # fmt: skip


def _store(desk: Desk, user: User, deal: str, fresh: Packet) -> Drafted:
    """As the next version after the newest one."""
    at = desk.stamp()
    row = allowed(desk, user, "draft", deal)
    if row.version == 0:
        decision = Decision(at=at, by=user.name, action="draft", subject="packet")
        seen = Opened(row, 0, fresh)
        packet = fresh.model_copy(update={"decisions": (decision,)})
        return Drafted(stored(desk, user, seen, packet, decision, "draft"), ())
    before = opened(desk, user, deal)
    decision = Decision(at=at, by=user.name, action="redraft", subject="packet")
    packet, misfits = review.redraft(fresh, before.packet, decision, desk.policy)
    return Drafted(stored(desk, user, before, packet, packet.decisions[-1], "draft"), tuple(misfits))
