"""The list of deals shows what ran out, else what is due next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import ready_settings
from desks import ANA, CEM, Clock, drafted, make_desk

from assistant import desk as verbs
from assistant.desk import Desk
from assistant.protocol.rights import User
from assistant.screens.deal_list import deal_list
from assistant.store import open_store
from assistant.store.deals import NoSuchDeal, change_deal


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    store = open_store(ready_settings(tmp_path))
    yield make_desk(store, clock)
    store.close()


def shown(desk: Desk, user: User = ANA) -> str:
    return deal_list(verbs.list_deals(desk, user))


def test_a_deal_shows_its_next_clock_and_then_what_is_overdue(desk: Desk, clock: Clock) -> None:
    seen = drafted(desk)
    assert "Overdue" not in shown(desk)
    verbs.record_event(desk, ANA, seen.deal.id, seen.version, kind="closed")
    assert "Handoff meeting confirmed: 24 h" in shown(desk)
    clock.pass_hours(25)
    assert "Overdue: Handoff meeting confirmed" in shown(desk)
    clock.pass_hours(24)
    assert "2 overdue: Handoff meeting confirmed ..." in shown(desk)


def test_a_deal_that_was_closed_before_it_was_drafted_has_clocks(desk: Desk, clock: Clock) -> None:
    seen = drafted(desk)
    known = seen.deal.known.model_copy(update={"closed_at": clock.now})
    made = verbs.new_deal(desk, ANA, known)
    (line,) = [line for line in verbs.list_deals(desk, ANA) if line.deal.id == made.id]
    assert line.next_clock is not None and line.next_clock.id in ("process_start", "meeting_confirmed")
    clock.pass_hours(25)
    assert "process_start" in {c.id for c in verbs.deal_clocks(desk, ANA, made.id) if c.state == "breached"}


def test_a_packet_that_an_older_handoff_stored_has_the_same_clocks(desk: Desk) -> None:
    seen = drafted(desk)
    verbs.record_event(desk, ANA, seen.deal.id, seen.version, kind="closed")
    now = verbs.deal_clocks(desk, CEM, seen.deal.id)
    with desk.store.write() as connection:
        change_deal(connection, seen.deal.id, moments=None)
    assert verbs.deal_clocks(desk, CEM, seen.deal.id) == now


def test_clocks_of_a_deal_are_for_those_who_may_see_it(desk: Desk) -> None:
    seen = drafted(desk)
    stranger = ANA.model_copy(update={"login": "eve"})
    with pytest.raises(NoSuchDeal):
        verbs.deal_clocks(desk, stranger, seen.deal.id)
