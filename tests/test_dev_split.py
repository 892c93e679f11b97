"""The dev split, drafted by the embedded reader and held against its bars: what was won is not lost again."""

from __future__ import annotations

from functools import cache

from drafts import drafted_all

from eval.bars import held, load_bars
from eval.deals import deals
from eval.drafting import draft_deal, score_drafted
from eval.printed import bar_lines
from eval.runs import About, Run, make_run, to_json

ABOUT = About(date="2026-01-01", version="0", reader="embedded", split="dev")
SECONDS = 60.0


@cache
def run_of_dev() -> Run:
    return make_run(ABOUT, [score_drafted(one) for one in drafted_all(deals("dev"))])


def test_every_bar_of_the_dev_split_is_reached() -> None:
    bars = held(run_of_dev(), load_bars(), "bar")
    assert bars
    assert list(bar_lines(bars)) == []


def test_all_deals_of_the_dev_split_are_drafted_within_a_minute_of_two_processors() -> None:
    assert sum(one.cpu for one in drafted_all(deals("dev"))) / 2 < SECONDS


def test_another_process_on_another_day_measures_the_same() -> None:
    folder = min(deals("dev"), key=lambda f: sum(x.stat().st_size for x in (f / "sources").rglob("*.*")))
    first = next(c for c in run_of_dev().cases if c.case == folder.name)
    again = score_drafted(draft_deal(folder))
    same = again.model_copy(update={"usage": first.usage})
    assert to_json(make_run(ABOUT, [same])) == to_json(make_run(ABOUT, [first]))
