"""Answered deals, drafted once: the dev split against its bars, the examples as a newcomer drafts them.

One file, so that tests on several cores draft each deal once.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from drafts import drafted as draft_of
from drafts import drafted_all

from assistant.packet import Packet
from assistant.packet.packet_file import packet_schema
from assistant.packet.packet_file import to_json as packet_json
from eval.bars import held, load_bars
from eval.deals import deals
from eval.drafting import draft_deal, score_drafted
from eval.gold import Gold, load_gold
from eval.items import CaseResult
from eval.measures import BY_ID, measure
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


EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir())
RECALL, PRECISION, VERDICTS = 0.9, 0.8, 0.85
EXAMPLE_SECONDS = 10.0
"""Of the processor, for a machine that runs tests may be busy. `make bench` has the real bar."""


def drafted(name: str) -> tuple[Packet, Gold, float]:
    made = draft_of(EXAMPLES / name)
    return made.packet, load_gold(EXAMPLES / name), made.cpu


@cache
def result(name: str) -> CaseResult:
    return score_drafted(draft_of(EXAMPLES / name))


def wrong(name: str, score: str) -> list[str]:
    items = (item for item in result(name).items if item.score == score and not item.right)
    return [f"{item.id}: {item.note}" for item in items]


def test_there_are_three_examples() -> None:
    assert len(NAMES) == 3


@pytest.mark.parametrize(
    ("part", "bar"),
    [("recall", RECALL), ("precision", PRECISION), ("verdicts", VERDICTS)],
)
def test_promises_are_found_and_judged(part: str, bar: float) -> None:
    measured = measure(BY_ID[part], [result(name) for name in NAMES])
    assert measured
    assert measured.value >= bar, "\n".join(line for name in NAMES for line in wrong(name, part))


@pytest.mark.parametrize("name", NAMES)
def test_what_no_source_states_stays_absent(name: str) -> None:
    assert wrong(name, "absent") == []


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_word_for_word_where_it_says(name: str) -> None:
    assert sum(item.count for item in result(name).items if item.score == "quotes") > 100
    assert wrong(name, "quotes") == []


@pytest.mark.parametrize("name", NAMES)
def test_the_packet_fits_its_schema_and_every_file_was_read(name: str) -> None:
    packet = drafted(name)[0]
    jsonschema.validate(json.loads(packet_json(packet)), packet_schema())
    assert packet.unread == ()


@pytest.mark.parametrize("name", NAMES)
def test_whether_the_contract_is_executed_is_told_right(name: str) -> None:
    packet, gold, _ = drafted(name)
    expected = gold.preconditions.contract_fully_executed
    assert packet.readiness.contract_fully_executed == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_takes_seconds(name: str) -> None:
    assert drafted(name)[2] < EXAMPLE_SECONDS
