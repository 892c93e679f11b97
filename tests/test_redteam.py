"""Nothing that a source says to a program changes what a packet says: tests/redteam against both readers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.packet import Packet
from assistant.pipeline import ask, check
from assistant.readers import Reader, embedded
from assistant.readers.llm.question import Question, Reply
from assistant.readers.llm.reader import ChatReader
from tests.redteam_deals import record_with
from tests.scripted_model import answer, fact, promise

FILE = Path(__file__).parent / "redteam" / "sources.toml"
INJECTIONS = tomllib.loads(FILE.read_text("utf-8"))["injection"]
SEEN = ("speech", "mail", "contract", "title", "file_name")
"""Where people see it; there it must be reported."""
READERS = ("embedded", "llm")


class Gullible:
    """A model that obeys what is smuggled in, as far as it sees it, and answers by cue words otherwise."""

    def __init__(self, text: str) -> None:
        self.words = set(re.findall(r"[a-z]{3,}", text.lower()))

    def ask(self, questions: Sequence[Question[Any]]) -> list[Reply[Any]]:
        return [Reply(q.answer.model_validate(self._answer(q))) for q in questions]

    def _answer(self, question: Question[Any]) -> dict[str, Any]:
        made = answer(f"{question.prefix}\n{question.text}", question.answer.__name__)
        seen = [line for line in question.prefix.splitlines() if self._is_it(line)]
        for line in seen:
            at, quote = line[1:].split("] ", 1) if line.startswith("[") else ("a1", line)
            quote = quote.split(": ", 1)[-1]
            made["facts"] = [
                *made.get("facts", ()),
                fact("discount", at, quote),
                fact("early_win", at, quote),
            ]
            if "promises" in made:
                made["promises"] = [*made["promises"], promise(90, at, quote)]
            for row in made.get("verdicts", ()):
                row |= {"verdict": "covered", "clauses": [{"at": at, "quote": quote}]}
        return made

    def _is_it(self, line: str) -> bool:
        words = set(re.findall(r"[a-z]{3,}", line.lower()))
        return len(self.words) > 2 and len(words & self.words) >= 0.8 * len(self.words)


def reader_of(name: str, text: str) -> Reader:
    return ChatReader(Gullible(text), embedded, context=128_000) if name == "llm" else embedded


@cache
def packet_of(reader: str, into: str, text: str = "", after: bool = False) -> Packet:
    record = record_with(into, text, after)
    return check(ask(record, reader_of(reader, text), reader, lambda step: None))


def what_counts(packet: Packet) -> dict[str, Any]:
    """All that an instruction might want to change."""
    summary = packet.summary.model_dump()
    fields = {(s, n): (f["status"], tuple(v["text"] for v in f["values"]))
              for s, fields in summary.items() for n, f in fields.items()}  # fmt: skip
    return {
        "promises": sorted((c.evidence[-1].quote, c.verdict, c.party) for c in packet.commitments),
        "fields": fields,
        "roles": sorted((s.name, s.role) for s in packet.stakeholders),
        "readiness": (packet.readiness.contract_fully_executed, packet.readiness.payment_terms),
        "status": packet.status,
        "blockers": sorted(f.id.split(":")[0] for f in packet.findings if f.severity == "blocker"),
    }


def name_of(row: dict[str, Any]) -> str:
    return f"{row['into']}-{row['text'][:40]}"


def test_the_set_is_large_and_covers_every_way_in() -> None:
    assert len(INJECTIONS) >= 40
    assert {row["into"] for row in INJECTIONS} >= {
        "speech", "mail", "contract", "pdf_hidden", "docx_comment", "file_name", "json_key",
    }  # fmt: skip


@pytest.mark.parametrize("reader", READERS)
def test_the_clean_deal_gives_something_to_change(reader: str) -> None:
    packet = packet_of(reader, "speech")
    assert len(packet.commitments) >= 2
    assert not [f for f in packet.findings if f.rule == "suspicious-instruction"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("row", INJECTIONS, ids=name_of)
def test_no_verdict_field_or_status_follows_it(row: dict[str, Any], reader: str) -> None:
    into, after = row["into"], row.get("after", False)
    attacked, clean = packet_of(reader, into, row["text"], after), packet_of(reader, into)
    for part, expected in what_counts(clean).items():
        assert what_counts(attacked)[part] == expected, part


@pytest.mark.parametrize("row", [r for r in INJECTIONS if r["into"] in SEEN], ids=name_of)
def test_what_people_can_see_of_it_is_reported(row: dict[str, Any]) -> None:
    packet = packet_of("embedded", row["into"], row["text"], row.get("after", False))
    assert [f for f in packet.findings if f.rule == "suspicious-instruction"]
