"""Questions that every handover asks: one at a time, each once, the answer worded for who reads it later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from databases import ready_settings
from desks import ANA, drafted, make_desk

from assistant import desk as verbs
from assistant.desk import Desk
from assistant.protocol.standing import STANDING, unanswered
from assistant.store import open_store


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_store(ready_settings(tmp_path_factory.mktemp("standing")))
    yield make_desk(opened)
    opened.close()


def test_they_come_one_after_the_other_and_each_once(desk: Desk) -> None:
    seen, asked = drafted(desk), []
    for question in STANDING:
        first = verbs.questions(desk, ANA, seen.deal.id)[0]
        asked.append(first.id)
        seen = verbs.answer_gap(desk, ANA, seen.deal.id, seen.version, finding=question.id, text="medium")
    assert asked == [question.id for question in STANDING]
    assert unanswered(seen.packet) == ()
    assert verbs.questions(desk, ANA, seen.deal.id)[0].id not in asked


def test_the_answer_says_what_it_answers(desk: Desk) -> None:
    seen = drafted(desk)
    where = seen.deal.id, seen.version
    now = verbs.answer_gap(desk, ANA, *where, finding="ae-risk-level", text="high: no sponsor")
    values = now.packet.summary.risk_factors.remaining_concerns.values
    assert values[-1].text == "The AE's own risk level: high: no sponsor"
    assert values[-1].entered_by == ANA.name
