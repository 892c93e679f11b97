"""Verbs of practice: a deal of one's own with a spoilt packet, reviewed like any other, then scored."""

from __future__ import annotations

from assistant.desk.drafting import keep_draft
from assistant.desk.place import Desk, Opened, opened
from assistant.errors import HandoffError
from assistant.practice import (
    PracticeResult,
    plant,
    practice_deal,
    practice_files,
    practice_sources,
    score_review,
    true_packet,
)
from assistant.protocol.rights import User
from assistant.store import audit
from assistant.store.deals import add_deal
from assistant.store.sources import add_file

NAME = "Practice {number}: {account}"


def start_practice(desk: Desk, user: User, number: int) -> Opened:
    """A practice deal that is the user's own, whatever their role; the number chooses its flaws."""
    known = practice_deal()
    account = NAME.format(number=number, account=known.account)
    spoilt, _ = plant(true_packet(desk.policy), number, desk.policy)
    at, deal = desk.stamp(), known.model_copy(update={"account": account, "practice": number})
    with desk.store.write() as connection:
        id = add_deal(connection, deal, user.login, user.login, at)
        audit.append(connection, at=at, by=user.login, action="create_deal", deal=id)
        for name, data in practice_files().items():
            add_file(connection, id, name, data, user.login, at)
    trainer = user.model_copy(update={"role": "ops"})  # lays the packet down; the review is the user's own
    packet = spoilt.model_copy(update={"deal": deal})
    return keep_draft(desk, trainer, id, packet, practice_sources()).opened


def practice_result(desk: Desk, user: User, deal: str) -> PracticeResult:
    """What was caught so far. Raises HandoffError for a deal that is no practice."""
    packet = opened(desk, user, deal).packet
    if packet.deal.practice is None:
        raise HandoffError("This deal is no practice. Start one under Deals, or with `handoff practice`.")
    right = true_packet(desk.policy)
    spoilt, flaws = plant(right, packet.deal.practice, desk.policy)
    return score_review(packet.decisions, flaws, right, spoilt)
