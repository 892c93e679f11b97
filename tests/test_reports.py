"""Reports: every figure has its n, and nobody is named on few handoffs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.protocol.handoffs import Handoff
from assistant.protocol.measures import Measure, measures, wilson
from assistant.protocol.policy import load_policy
from assistant.protocol.quality_review import previous, quality_review
from assistant.protocol.reports import churn, gaps, habits, lines, outcomes

POLICY = load_policy()
MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
NOW = datetime(2026, 7, 1, tzinfo=UTC)


def handoff(number: int = 1, **more: object) -> Handoff:
    facts: dict[str, object] = {
        "id": f"deal-{number}", "account": "Fernhill", "rep": "Ana", "team": "North", "csm": "Cem",
        "segment": "smb", "trigger": "post_close", "status": "accepted", "closed": MAY, "points": 40,
        "knowable": 50, "completeness": 80,
    }  # fmt: skip
    return Handoff.model_validate({**facts, **more})


def figure(made: tuple[Measure, ...], id: str) -> Measure:
    return next(m for m in made if m.id == id)


def test_a_share_counts_only_handoffs_of_which_it_can_be_told() -> None:
    due = MAY + timedelta(hours=48)
    held = [
        handoff(met=due, met_due=due),
        handoff(met=due + timedelta(minutes=1), met_due=due),
        handoff(met_due=NOW + timedelta(hours=1)),  # still time
        handoff(met_due=NOW - timedelta(hours=1)),  # never held
        handoff(),  # nobody knows when it closed
    ]
    in_time = figure(measures(held, NOW), "in_time")
    assert (in_time.value, in_time.n) == (33.3, 3)
    assert in_time.low is not None and in_time.high is not None and in_time.low < 33.3 < in_time.high


def test_no_handoff_no_figure() -> None:
    assert all(m.value is None and m.n == 0 for m in measures([], NOW))


def test_a_share_of_all_is_not_certain_with_few() -> None:
    assert wilson(3, 3) == (43.8, 100.0)
    assert wilson(0, 10) == (0.0, 27.8)


def test_the_middle_of_hours_is_not_moved_by_one_long_case() -> None:
    hours = [10, 20, 3000]
    held = [handoff(accepted=MAY + timedelta(hours=h)) for h in hours]
    assert figure(measures(held, NOW), "hours").value == 20


def test_a_rep_on_few_handoffs_is_not_named() -> None:
    held = [*(handoff(n) for n in range(5)), *(handoff(n, rep="Ben") for n in range(3)),
            *(handoff(n, rep="Eva") for n in range(4))]  # fmt: skip
    named, rest = lines(held, "rep", POLICY, NOW)
    assert (named.group, named.n, named.people) == ("Ana", 5, 0)
    assert (rest.n, rest.people, bool(rest.measures)) == (7, 2, True)
    assert "Ben" not in rest.group and "Eva" not in rest.group


def test_one_rep_alone_on_few_handoffs_shows_no_figure_at_all() -> None:
    held = [*(handoff(n) for n in range(5)), *(handoff(n, rep="Ben") for n in range(4))]
    rest = lines(held, "rep", POLICY, NOW)[-1]
    assert (rest.people, rest.n, rest.measures) == (1, 4, ())


def test_two_reps_on_very_few_show_no_figure_either() -> None:
    held = [handoff(1, rep="Ben"), handoff(2, rep="Eva")]
    assert lines(held, "rep", POLICY, NOW)[0].measures == ()


def test_teams_and_months_are_named_whatever_their_number() -> None:
    held = [handoff(1), handoff(2, team=None, closed=MAY + timedelta(days=40))]
    assert [line.group for line in lines(held, "team", POLICY, NOW)] == ["North", "not said"]
    assert [line.group for line in lines(held, "month", POLICY, NOW)] == ["2026-05", "2026-06"]
    assert [line.group for line in lines(held, "quarter", POLICY, NOW)] == ["2026-Q2"]


def test_a_team_s_trend_is_its_score_by_month_and_unnamed_people_have_none() -> None:
    later = MAY + timedelta(days=40)
    held = [handoff(1), handoff(2, points=50), handoff(3, closed=later, points=20), handoff(4, closed=None)]
    (team,) = lines(held, "team", POLICY, NOW)
    assert [(p.month, p.score, p.n) for p in team.trend] == [("2026-05", 90, 2), ("2026-06", 40, 1)]
    assert lines(held, "rep", POLICY, NOW)[-1].trend == ()


def test_the_commonest_gap_comes_first_and_ties_by_name() -> None:
    held = [handoff(1, gaps=("b", "c")), handoff(2, gaps=("a", "c"))]
    assert [(g.id, g.n, g.of) for g in gaps(held)] == [("c", 2, 2), ("a", 1, 2), ("b", 1, 2)]


def test_a_habit_shows_only_where_both_sides_have_enough() -> None:
    good = [handoff(n, points=48, practices=("metrics",), satisfaction=9) for n in range(5)]
    other = [handoff(n, points=30) for n in range(5)]
    (habit,) = habits([*good, *other], POLICY)
    assert (habit.id, habit.score_with, habit.score_without) == ("metrics", 96, 60)
    assert (habit.satisfaction_with, habit.satisfaction_without) == (9, None)
    assert habits([*good, *other[:4]], POLICY) == ()


def test_predicted_stands_beside_experienced() -> None:
    held = [
        handoff(1, band="excellent", satisfaction=9),
        handoff(2, band="substandard", satisfaction=4, churned=NOW, surprises=("missed", "missed")),
        handoff(3),
    ]
    told = {o.band: o for o in outcomes(held)}
    assert (told["excellent"].satisfaction, told["excellent"].churned) == (9, 0)
    assert (told["substandard"].churned, told["substandard"].surprises) == (1, {"missed": 2})
    assert told["not said"].n_satisfaction == 0


def test_churn_reasons_come_with_the_handoffs_they_had() -> None:
    held = [
        handoff(1, churned=NOW, churn_reason="Too slow", gaps=("vague-promise",)),
        handoff(2, churned=NOW, churn_reason="too slow ", points=20, gaps=("vague-promise", "x")),
        handoff(3, churned=NOW),
    ]
    slow, unsaid = churn(held)
    assert (slow.reason, slow.n, slow.score, slow.gaps) == ("too slow", 2, 60, ("vague-promise", "x"))
    assert unsaid.reason == "not said"


@pytest.mark.parametrize(
    ("period", "before"), [("2026-05", "2026-04"), ("2026-01", "2025-12"), ("2026-Q1", "2025-Q4")]
)
def test_the_period_before(period: str, before: str) -> None:
    assert previous(period) == before


def test_the_monthly_page_names_what_has_to_be_talked_about() -> None:
    april = handoff(1, closed=MAY - timedelta(days=20))
    may = [
        handoff(2, band="substandard"),
        handoff(3, rejections=2),
        handoff(4, met_due=MAY, met=MAY + timedelta(days=9)),
    ]
    page = quality_review([april, *may], "2026-05", POLICY, NOW)
    assert (page.n, page.n_before) == (3, 1)
    assert (page.substandard, page.escalated, page.late) == (("deal-2",), ("deal-3",), ("deal-4",))
    assert quality_review([april, *may], "2026-Q2", POLICY, NOW).n == 4
