"""A practice deal in the desk: one's own, reviewed with the usual verbs, scored, and counted in no report."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest
from databases import ready_settings
from desks import ANA, MIA, PEOPLE, drafted, make_desk

from assistant import desk as verbs
from assistant.desk import Desk
from assistant.errors import HandoffError
from assistant.screens.practice import result_view, score_view
from assistant.store import open_store
from assistant.store.deals import NoSuchDeal


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_store(ready_settings(tmp_path_factory.mktemp("practice")))
    yield make_desk(opened)
    opened.close()


@pytest.mark.parametrize("role", ["ae", "csm", "cs_manager"])
def test_whoever_trains_has_a_deal_of_their_own_with_its_files(desk: Desk, role: str) -> None:
    user = PEOPLE[role]  # type: ignore[index]
    seen = verbs.start_practice(desk, user, 7)
    assert seen.packet.deal.practice == 7 and seen.version == 1
    assert [f.name for f in verbs.list_files(desk, user, seen.deal.id)] == [
        "agreement.txt", "call.txt", "follow-up.eml",
    ]  # fmt: skip
    assert verbs.practice_result(desk, user, seen.deal.id).points == 0


def test_the_usual_verbs_catch_flaws(desk: Desk) -> None:
    seen = verbs.start_practice(desk, MIA, 7)
    added = next(c for c in seen.packet.commitments if c.id.startswith("c-added"))
    now = verbs.dismiss(desk, MIA, seen.deal.id, 1, promise=added.id, reason="taken back in the mail")
    assert verbs.practice_result(desk, MIA, seen.deal.id).caught == 1
    right = next(c for c in now.packet.commitments if c.id == "c-p08")
    verbs.dismiss(desk, MIA, seen.deal.id, now.version, promise=right.id, reason="no")
    assert verbs.practice_result(desk, MIA, seen.deal.id).false_alarms == (right.text,)


def test_nobody_else_s_practice_is_seen_and_a_real_deal_is_none(desk: Desk) -> None:
    seen = verbs.start_practice(desk, ANA, 3)
    with pytest.raises(NoSuchDeal):
        verbs.practice_result(desk, PEOPLE["csm"], seen.deal.id)
    with pytest.raises(HandoffError, match="no practice"):
        verbs.practice_result(desk, MIA, drafted(desk).deal.id)


def test_no_report_counts_a_practice(desk: Desk) -> None:
    before = verbs.report(desk, MIA).n
    verbs.start_practice(desk, MIA, 11)
    assert verbs.report(desk, MIA).n == before


def test_how_far_one_is_shows_kinds_and_numbers_but_no_flaw(desk: Desk) -> None:
    seen = verbs.start_practice(desk, MIA, 7)
    added = next(c for c in seen.packet.commitments if c.id.startswith("c-added"))
    verbs.dismiss(desk, MIA, seen.deal.id, 1, promise=added.id, reason="taken back in the mail")
    result = verbs.practice_result(desk, MIA, seen.deal.id)
    so_far, everything = score_view(result), result_view(result)
    assert "Promises that nobody made" in so_far and "1 of " in so_far
    assert not [o for o in result.outcomes if o.explain[:30] in so_far]
    assert all(o.explain[:30] in unescape(everything) for o in result.outcomes)
