"""Reports of the desk: over the deals that one may see, as a screen's page and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from databases import ready_settings
from desks import ANA, MIA, PEOPLE, drafted, make_desk, submitted

from assistant import desk as verbs
from assistant.desk import Desk, Opened
from assistant.errors import HandoffError
from assistant.screens import report_view
from assistant.screens.plot import Series, line_plot
from assistant.store import open_store
from assistant.store.glances import find_glances


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_store(ready_settings(tmp_path_factory.mktemp("reports")))
    made = make_desk(opened)
    closed(made, drafted(made), "2026-04-20")
    closed(made, submitted(made), "2026-05-01")
    yield made
    opened.close()


def closed(desk: Desk, seen: Opened, day: str) -> Opened:
    return verbs.record_event(desk, MIA, seen.deal.id, seen.version, kind="closed", at=day)


def test_the_dashboard_counts_every_deal_that_one_may_see(desk: Desk) -> None:
    made = verbs.report(desk, MIA)
    assert (made.n, made.periods) == (2, ("2026-Q2", "2026-05", "2026-04"))
    assert verbs.report(desk, MIA, period="2026-04").n == 1
    assert [line.group for line in made.trend] == ["2026-04", "2026-05"]


def test_an_ae_reports_on_own_deals_and_a_stranger_on_none(desk: Desk) -> None:
    assert verbs.report(desk, ANA).n == 2
    assert verbs.report(desk, PEOPLE["csm"].model_copy(update={"login": "eve"})).n == 0


def test_a_new_decision_is_counted_at_once(desk: Desk) -> None:
    before = {h.id: h for h in verbs.list_handoffs(desk, MIA)}
    seen = verbs.get_packet(desk, MIA, next(iter(before)))
    verbs.record_event(desk, MIA, seen.deal.id, seen.version, kind="satisfaction", note="8/10")
    after = {h.id: h for h in verbs.list_handoffs(desk, MIA)}
    assert (before[seen.deal.id].satisfaction, after[seen.deal.id].satisfaction) == (None, 8)


def test_what_there_is_not_is_refused_in_one_line(desk: Desk) -> None:
    with pytest.raises(HandoffError, match="2026-Q2"):
        verbs.report(desk, MIA, period="1999-01")
    with pytest.raises(HandoffError, match="grouped by"):
        verbs.report(desk, MIA, by="shoe")  # type: ignore[arg-type]
    with pytest.raises(HandoffError, match="No handoff closed"):
        verbs.review_page(desk, MIA, "1999-Q1")


@pytest.mark.parametrize("name", sorted(verbs.REPORT_FILES))
def test_every_csv_has_a_header_and_rows_of_its_length(desk: Desk, name: str) -> None:
    text = verbs.report_file(desk, MIA, name, by="rep").decode("utf-8-sig")
    header, *rows = list(csv.reader(io.StringIO(text)))
    assert len(header) > 1
    assert all(len(row) in (4, len(header)) for row in rows)


def test_a_rep_on_two_deals_is_not_named_in_any_csv(desk: Desk) -> None:
    texts = [verbs.report_file(desk, MIA, name, by="rep").decode() for name in verbs.REPORT_FILES]
    names = {h.rep for h in verbs.list_handoffs(desk, MIA) if h.rep}
    assert names and not any(name in text for name in names for text in texts)


def test_the_monthly_page_is_of_its_month(desk: Desk) -> None:
    page = verbs.review_page(desk, MIA, "2026-05")
    assert (page.n, page.n_before) == (1, 1)


def test_the_review_page_stands_beside_the_period_before_and_names_what_is_late(desk: Desk) -> None:
    shown = report_view.review(verbs.review_page(desk, MIA, "2026-05"))
    assert "Quality review of 2026-05" in shown and "The period before (n = 1)" in shown
    assert "Substandard, to be remedied" in shown and "none" in shown


def test_the_dashboard_shows_each_figure_with_its_n_and_escapes_names(desk: Desk) -> None:
    made = verbs.report(desk, MIA, by="team")
    hostile = made.lines[0].model_copy(update={"group": "<script>alert(1)</script>"})
    shown = report_view.groups(made.model_copy(update={"lines": (hostile,)}))
    assert "<script" not in shown and "n = 2" in shown
    assert "n = 2" in report_view.glance(made)
    assert "<svg" in report_view.trend(made)


def test_a_gap_in_the_plot_stays_a_gap() -> None:
    drawn = line_plot(["a", "b", "c", "d"], [Series("x<y", [10, None, 30, 40], "one")], "t")
    assert drawn.count("<circle") == 3 and drawn.count("<polyline") == 1
    assert "x&lt;y" in drawn


def test_figures_are_kept_in_the_store_and_read_no_packet_again(desk: Desk) -> None:
    told = verbs.report(desk, MIA)
    again = make_desk(desk.store)
    assert verbs.report(again, MIA) == told
    assert again.recent.get("deal-1", verbs.get_deal(again, MIA, "deal-1").deal.version) is None


def test_a_changed_deal_or_another_policy_is_counted_anew(desk: Desk) -> None:
    verbs.report(desk, MIA)
    kept = find_glances(desk.store)
    other = make_desk(desk.store)
    reports = other.policy.reports.model_copy(update={"fewest": 3})
    verbs.report(replace(other, policy=other.policy.model_copy(update={"reports": reports})), MIA)
    assert {deal for deal, row in find_glances(desk.store).items() if row != kept[deal]} == set(kept)


def test_the_dashboard_has_both_over_the_same_handoffs(desk: Desk) -> None:
    made, page = verbs.dashboard(desk, MIA, period="2026-05")
    assert made == verbs.report(desk, MIA, period="2026-05")
    assert page == verbs.review_page(desk, MIA, "2026-05")
    assert verbs.dashboard(desk, MIA)[1] is None
