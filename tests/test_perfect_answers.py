"""A perfect model's answers come out of the code around it as they went in: nothing lost, nothing added."""

from __future__ import annotations

from functools import cache
from typing import get_args

import pytest

from assistant.deal_file import find_deal_file, read_deal
from assistant.packet import Packet
from assistant.pipeline import ask, check, make_record
from assistant.readers import embedded
from assistant.readers.llm.reader import ChatReader
from assistant.readers.llm.windows import PlanName
from eval.gold import Gold, load_gold
from eval.matching import match_commitments
from tests.deals import ROOT, sources_of
from tests.perfect_model import Perfect

PLANS = [plan for plan in get_args(PlanName) if plan != "auto"]
EXAMPLES = sorted(folder.name for folder in (ROOT / "examples").iterdir() if folder.is_dir())


@cache
def drafted(name: str, plan: PlanName) -> tuple[Packet, Gold]:
    folder = ROOT / "examples" / name
    gold, deal_file = load_gold(folder), find_deal_file(folder)
    assert deal_file
    record = make_record(read_deal(deal_file), sources_of(folder), (), gold.as_of)
    reader = ChatReader(Perfect(gold, record.sources), embedded, context=128_000, plan=plan)
    return check(ask(record, reader, "llm", lambda step: None)), gold


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_promise_and_verdict_arrives_and_none_is_added(name: str, plan: PlanName) -> None:
    packet, gold = drafted(name, plan)
    matched = match_commitments(packet.commitments, gold)
    assert not matched.missed
    assert not matched.extra
    wrong = [
        (p.wanted.id, p.wanted.verdict, p.found.verdict)
        for p in matched.pairs
        if p.wanted.verdict != p.found.verdict
    ]
    assert not wrong
    assert packet.run.quotes_rejected == 0


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_field_arrives_and_no_other_is_filled(name: str, plan: PlanName) -> None:
    packet, gold = drafted(name, plan)
    stated = {
        f"{section}.{field}"
        for section, fields in packet.summary
        for field in type(fields).model_fields
        if getattr(fields, field).status != "not_stated"
    }
    assert stated == set(gold.fields)
    missing = {f.category for f in packet.findings if f.rule == "missing-category"}
    assert missing >= set(gold.missing_categories)
