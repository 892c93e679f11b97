"""Who has room for a handoff is counted over all deals, and told where one is assigned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from databases import ready_settings
from desks import ANA, MIA, PEOPLE, drafted, make_desk

from assistant import desk as verbs
from assistant.desk import Desk
from assistant.errors import HandoffError
from assistant.protocol.rights import User
from assistant.store import open_store

ZOE = User(login="zoe", name="Zoe Hall", role="csm")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_store(ready_settings(tmp_path))
    made = make_desk(opened)
    capacity = made.policy.capacity.model_copy(update={"open_handoffs": 2, "limits": {"zoe": 0}})
    policy = made.policy.model_copy(update={"capacity": capacity})
    yield replace(made, policy=policy, people=lambda: [*PEOPLE.values(), ZOE])
    opened.close()


def test_open_handoffs_are_counted_for_each_csm_against_their_own_limit(desk: Desk) -> None:
    seen = drafted(desk)
    loads = {load.login: load for load in verbs.capacity(desk, MIA)}
    assert (loads["cem"].open, loads["cem"].limit, loads["cem"].name) == (1, 2, PEOPLE["csm"].name)
    assert (loads["zoe"].open, loads["zoe"].limit) == (0, 0)
    assert not verbs.get_packet(desk, MIA, seen.deal.id).packet.deal.value
    assert [load.login for load in verbs.capacity(desk, MIA)] == ["cem", "zoe"]


def test_an_assignment_over_the_limit_is_a_finding_until_more_is_given(desk: Desk) -> None:
    deal = drafted(desk).deal.id
    row = verbs.assign_csm(desk, MIA, deal, "zoe")
    packet = verbs.get_packet(desk, MIA, deal).packet
    found = next(f for f in packet.findings if f.rule == "csm-over-capacity")
    assert row.csm == "zoe" and "Zoe Hall has 1 open handoff, limit 0" in found.message
    given = verbs.record_event(desk, MIA, deal, row.version, kind="capacity_granted", note="a second CSM")
    assert not [f for f in given.packet.findings if f.rule == "csm-over-capacity"]
    room = next(item for item in verbs.ready_items(desk, MIA, deal) if item.id == "capacity")
    assert (room.state, room.why) == ("proven", f"given by {MIA.name}: a second CSM")


def test_the_finding_goes_with_the_one_who_had_no_room(desk: Desk) -> None:
    deal = drafted(desk).deal.id
    verbs.assign_csm(desk, MIA, deal, "zoe")
    verbs.assign_csm(desk, MIA, deal, "cem")
    packet = verbs.get_packet(desk, MIA, deal).packet
    assert not [f for f in packet.findings if f.rule == "csm-over-capacity"]
    room = next(item for item in verbs.ready_items(desk, MIA, deal) if item.id == "capacity")
    assert room.state == "proven" and "1 open handoff, limit 2" in room.why


def test_an_item_is_ticked_by_its_id_and_the_history_says_it_in_words(desk: Desk) -> None:
    seen = drafted(desk)
    after = verbs.tick_ready(desk, ANA, seen.deal.id, seen.version, item="support-tier", note="gold")
    item = next(one for one in verbs.ready_items(desk, ANA, seen.deal.id) if one.id == "support-tier")
    assert item.state == "ticked" and item.why.endswith(": gold")
    assert verbs.history(desk, ANA, seen.deal.id)[-1].what == "ticked support: tier and response times"
    verbs.tick_ready(desk, ANA, seen.deal.id, after.version, item="support-tier", done=False)
    item = next(one for one in verbs.ready_items(desk, ANA, seen.deal.id) if one.id == "support-tier")
    assert item.state == "open"
    with pytest.raises(HandoffError, match="There is no item"):
        verbs.tick_ready(desk, ANA, seen.deal.id, after.version + 1, item="party")
