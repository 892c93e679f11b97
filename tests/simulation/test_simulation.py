"""A simulated quarter through the real desk ends as an independent count says: clocks, messages, reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from played import Played, Sent, play
from quarter import END, OLU, TRIGGERS, tell, ticks
from recount import Deal, Row, minute
from recount_messages import letters
from recount_reports import (
    Counted,
    churn_counts,
    churn_scores,
    count,
    figures,
    gap_counts,
    groups,
    habit_rows,
    interval,
    outcome_rows,
    trend_of,
)

from assistant import desk as verbs
from assistant.protocol.clocks import Clock
from assistant.protocol.measures import Measure
from assistant.protocol.reports import GROUPINGS


class Quarter(NamedTuple):
    """The quarter as it was played, and as it was counted."""

    played: Played
    deals: dict[str, Deal]
    letters: list[Sent]
    handoffs: list[Counted]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((7, 20, 24), id="20"),
        pytest.param((11, 300, 4), id="300", marks=pytest.mark.simulation),
    ],
)
def quarter(request: pytest.FixtureRequest) -> Iterator[Quarter]:
    """Seed, deals, hours between two looks at the clocks."""
    seed, number, hours = request.param
    steps, looks = tell(seed, number), list(ticks(timedelta(hours=hours)))
    with play(steps, looks) as played:
        deals, sent, handoffs = {}, list[Sent](), []
        for number, id in played.ids.items():
            own = [step for step in steps if step.deal == number]
            deals[id] = Deal(number, id)
            sent += letters(deals[id], own, looks)
            handoffs.append(count(deals[id], own, played.desk.policy))
        yield Quarter(played, deals, sent, handoffs)


def as_row(clock: Clock) -> Row:
    return Row(
        clock.id, clock.round, clock.state, _minute(clock.started), _minute(clock.due), _minute(clock.ended)
    )


def _minute(at: datetime | None) -> int | None:
    return minute(at) if at else None


def test_the_quarter_has_all_that_can_happen(quarter: Quarter) -> None:
    assert quarter.played.problems == []
    assert {deal.trigger for deal in quarter.deals.values()} == set(TRIGGERS)
    acts = {act for deal in quarter.deals.values() for act, _ in deal.rounds}
    assert acts == {"draft", "submit", "accept", "reject", "revise"}


def test_every_clock_stands_as_it_was_counted(quarter: Quarter) -> None:
    states: Counter[str] = Counter()
    for id, deal in quarter.deals.items():
        clocks = verbs.deal_clocks(quarter.played.desk, OLU, id)
        assert sorted(map(as_row, clocks)) == sorted(deal.rows(minute(END))), id
        assert all(c.left == c.due - END for c in clocks if c.due and c.is_open), id
        states.update(clock.state for clock in clocks)
    assert set(states) == {"waiting", "running", "met", "late", "breached", "not_needed"}


def test_every_letter_went_out_once_at_its_look_to_its_people(quarter: Quarter) -> None:
    assert sorted(quarter.played.sent) == sorted(quarter.letters)
    assert len({sent.name for sent in quarter.letters}) == len(quarter.letters)


def test_every_figure_of_the_reports_is_what_was_counted(quarter: Quarter) -> None:
    for by in GROUPINGS:
        told = verbs.report(quarter.played.desk, OLU, by=by)
        assert_same(told.measures, quarter.handoffs)
        expected = groups(quarter.handoffs, by)
        sizes = {name: len(held) for name, held in expected.items()}
        assert {line.group: line.n for line in told.lines} == sizes
        for line in told.lines:
            if line.measures:
                assert_same(line.measures, expected[line.group])
    assert [(gap.id, gap.n) for gap in told.gaps] == gap_counts(quarter.handoffs)
    assert {churn.reason: churn.n for churn in told.churn} == churn_counts(quarter.handoffs)


def test_what_was_learnt_from_the_quarter_is_what_was_counted(quarter: Quarter) -> None:
    told, held = verbs.report(quarter.played.desk, OLU, by="team"), quarter.handoffs
    rows = {(o.band, o.n, o.satisfaction, o.n_satisfaction, o.churned) for o in told.outcomes}
    assert rows == outcome_rows(held)
    expected, seen = habit_rows(held), {habit.id: habit for habit in told.habits}
    assert {"agenda", "attended", "confirmation"} & set(seen) == set(expected)
    for id, (n_with, score_with, n_without, score_without) in expected.items():
        habit = seen[id]
        assert (habit.n_with, habit.n_without) == (n_with, n_without)
        assert habit.score_with == pytest.approx(score_with, abs=0.0501)
        assert habit.score_without == pytest.approx(score_without, abs=0.0501)
    scores = churn_scores(held)
    assert {churn.reason for churn in told.churn} == set(scores)
    assert all(churn.score == pytest.approx(scores[churn.reason], abs=0.0501) for churn in told.churn)


def test_every_trend_and_interval_is_what_was_counted(quarter: Quarter) -> None:
    told = verbs.report(quarter.played.desk, OLU, by="team")
    for line in told.lines:
        counted = trend_of(groups(quarter.handoffs, "team")[line.group])
        assert [point.month for point in line.trend] == sorted(counted)
        for point in line.trend:
            score, n = counted[point.month]
            assert point.score == pytest.approx(score, abs=0.0501) and point.n == n
    for measure in (m for m in told.measures if m.low is not None):
        value, n = figures(quarter.handoffs)[measure.id]
        assert value is not None
        low, high = interval(value / 100, n)
        assert measure.low == pytest.approx(100 * low, abs=0.0501)
        assert measure.high == pytest.approx(100 * high, abs=0.0501)


def test_a_month_s_review_is_of_that_month(quarter: Quarter) -> None:
    page = verbs.review_page(quarter.played.desk, OLU, "2026-11")
    held = [one for one in quarter.handoffs if one.groups["month"] == "2026-11"]
    earlier = [one for one in quarter.handoffs if one.groups["month"] == "2026-10"]
    assert (page.n, page.n_before) == (len(held), len(earlier))
    assert_same(page.measures, held)
    assert_same(page.before, earlier)
    assert set(page.late) == {one.id for one in held if one.in_time is False}


def assert_same(told: tuple[Measure, ...], counted: list[Counted]) -> None:
    """Every figure with its n; a figure is told with one decimal."""
    for measure in told:
        value, n = figures(counted)[measure.id]
        assert measure.n == n, measure.id
        assert (measure.value is None) == (value is None), measure.id
        assert value is None or measure.value == pytest.approx(value, abs=0.0501), measure.id
