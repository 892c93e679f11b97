"""The examples, drafted as a newcomer drafts them, held against what a perfect reader finds in them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from drafts import drafted as draft_of

from assistant.packet import Packet
from assistant.packet.packet_file import packet_schema, to_json
from eval.drafting import score_drafted
from eval.gold import Gold, load_gold
from eval.items import CaseResult
from eval.measures import BY_ID, measure

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir())
RECALL, PRECISION, VERDICTS = 0.9, 0.8, 0.85
SECONDS = 10.0
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
    jsonschema.validate(json.loads(to_json(packet)), packet_schema())
    assert packet.unread == ()


@pytest.mark.parametrize("name", NAMES)
def test_whether_the_contract_is_executed_is_told_right(name: str) -> None:
    packet, gold, _ = drafted(name)
    expected = gold.preconditions.contract_fully_executed
    assert packet.readiness.contract_fully_executed == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_takes_seconds(name: str) -> None:
    assert drafted(name)[2] < SECONDS
