"""A draft with a chat model, measured against a server on this machine: `python -m tools.bench_model`.

The deal is that of `tools.bench_deal`; each call takes a second, or none. The server's answers are made up by
pattern from what it is sent: they say what the draft costs and how long it takes, nothing about quality.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.readers.llm.field_names import FieldName
from tests.loopback import CHARS_PER_TOKEN, Loopback, Request, Served, loopback
from tools import bench_deal, bench_kills

LATENCY, ROUNDS = 1.0, 2
WALL, COST, ASKED_AGAIN, OVERHEAD, MEGABYTES = 1.5, 1.35, 0.10, 3.0, 700.0
"""Bars: times the two rounds, times the sources read once, share of calls, seconds, megabytes."""
CACHED = 0.1
"""What a cached token costs of a fresh one."""
MOST_FACTS = 40
"""Facts that the answer to one question may hold."""
LINE = re.compile(r"^\[(\w+)\] (?:([^:\n]+): )?(.+)$", re.MULTILINE)
PROMISED = re.compile(r"(?:We will|We'll|Our team will|We commit|I will send|We guarantee)[^.]*\.")
JUDGED = re.compile(r"^(p\w+) \|", re.MULTILINE)
FIELDS: tuple[str, ...] = FieldName.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Draft:
    """One run of the program, as the server and the clock saw it."""

    seconds: float
    processor: float
    """Seconds of all its threads together: what the clock would show on a quiet machine, at most."""
    megabytes: float
    served: list[Served]

    @property
    def asking(self) -> float:
        """From the first request to the last answer."""
        return max(s.ended for s in self.served) - min(s.begun for s in self.served)

    @property
    def input_cost(self) -> float:
        """Tokens read, cached ones counted at their share."""
        return sum(s.input_tokens - (1 - CACHED) * s.cached_tokens for s in self.served)


def answer(request: Request) -> dict[str, Any]:
    """What a model might say, by patterns that the bench deal is made of."""
    if request.schema_name == "Look":
        return {"keep": [1], "conflicting": False}
    lists: dict[str, Any] = {"facts": [], "payment": [], "instructions": []}
    if request.schema_name != "ContractReading":
        lists |= {"promises": [], "people": []}
    if request.schema_name != "Reading":
        lists |= {"verdicts": []}
    sources, _, asked = request.text.rpartition("\nPromises:\n")
    if sources:
        return {**lists, "verdicts": list(_verdicts(JUDGED.findall(asked), sources))}
    lines = LINE.findall(request.text)
    lists["facts"] = list(_facts(lines))[:MOST_FACTS]
    if "promises" in lists:
        lists["promises"] = list(_promises(lines))
    return lists


def _promises(lines: Sequence[tuple[str, str, str]]) -> Iterator[dict[str, Any]]:
    found = [(at, who, quote) for at, who, text in lines for quote in PROMISED.findall(text)]
    for n, (at, who, quote) in enumerate(found, start=1):
        party = "vendor" if who in bench_deal.SELLERS else "customer"
        yield {
            "n": n, "at": at, "quote": quote, "asked_at": None, "asked": None, "party": party,
            "category": "timeline", "promise": quote, "strength": "firm", "condition": None, "due": None,
            "earlier": None, "how": None,
        }  # fmt: skip


def _facts(lines: Sequence[tuple[str, str, str]]) -> Iterator[dict[str, Any]]:
    """A fact for one sentence in sixteen, chosen by its words, so that a sentence always means the same."""
    for at, _, text in lines:
        for sentence in text.rstrip(".").split(". "):
            chance = zlib.crc32(sentence.encode())
            if len(sentence.split()) > 6 and chance % 16 == 0:
                quote = " ".join(sentence.split()[:12])
                yield {"field": FIELDS[chance // 16 % len(FIELDS)], "at": at, "quote": quote, "text": quote}


def _verdicts(ids: Sequence[str], sources: str) -> Iterator[dict[str, Any]]:
    clauses = LINE.findall(sources)
    for n, one in enumerate(ids):
        at, _, text = clauses[n * 7 % len(clauses)]
        quote = " ".join(text.split()[:12])
        clause = [{"at": at, "quote": quote}] if n % 3 == 0 else []
        yield {
            "id": one, "verdict": "covered" if clause else "not_in_contract", "relation": None,
            "clauses": clause, "why": "", "earlier": None, "how": None,
        }  # fmt: skip


def kind(request: Request) -> str:
    """What a question was about, for people."""
    return "judge" if "\nPromises:\n" in request.text else str(request.schema_name)


def draft(folder: Path, server: Loopback, data: Path) -> Draft:
    """One draft by the program itself, in a process of its own (its largest process counts)."""
    before = len(server.served)
    program = [sys.executable, "-m", "assistant.cli", "draft", str(folder), "--quiet", "--reader", "llm"]
    settings = {"HANDOFF_MODEL": "openai:bench", "HANDOFF_BASE_URL": server.url, "HANDOFF_API_KEY": "none",
                "HANDOFF_DATA_DIR": str(data), "HANDOFF_CONTEXT": "200000"}  # fmt: skip
    begun = time.perf_counter()
    arguments = [*program, "--as-of", "2026-05-12", "--out", str(data / "out")]
    child = os.spawnve(os.P_NOWAIT, sys.executable, arguments, {**os.environ, **settings})
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit("the draft failed")
    served = [s for s in server.served[before:] if s.status == 200]
    return Draft(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, served)


def tokens_once(folder: Path) -> int:
    """The sources as somebody would paste them: text files as they are, the contract's words."""
    from docx import Document

    texts = [file.read_text("utf-8") for file in (*folder.glob("*.vtt"), *folder.glob("mails/*.eml"))]
    texts += [p.text for file in folder.glob("*.docx") for p in Document(str(file)).paragraphs]
    return sum(len(text) for text in texts) // CHARS_PER_TOKEN


def row(what: str, value: float, bar: float, unit: str = "") -> bool:
    """Print one measurement; True when it is over its bar."""
    print(f"{what:<52}{value:9.2f} {unit:<4}of {bar:7.2f}  {'over' if value > bar else 'ok'}")
    return value > bar


def main(kills: int) -> int:
    with tempfile.TemporaryDirectory() as there:
        folder = bench_deal.write_deal(Path(there) / "deal")
        once = tokens_once(folder)
        with loopback(answer) as server:
            free = draft(folder, server, Path(there) / "free")
        with loopback(answer, seconds=LATENCY) as server:
            first = draft(folder, server, Path(there) / "paid")
            bench_deal.add_mail(folder)
            second = draft(folder, server, Path(there) / "paid")
    print(f"{len(first.served)} calls, {once} tokens of sources, whole draft {first.seconds:.2f} s")
    print(f"without latency {free.seconds:.2f} s by the clock, {free.processor:.2f} s of processor")
    print(f"asked again: {', '.join(sorted(kind(s.request) for s in second.served))}")
    over = [
        row("asking, times two rounds of 1 s", first.asking / (ROUNDS * LATENCY), WALL),
        row("input, times the sources read once", first.input_cost / once, COST),
        row("asked again after one more mail", len(second.served) / len(first.served), ASKED_AGAIN),
        row("own overhead, server without latency", free.seconds, OVERHEAD, "s"),
        row("peak memory", free.megabytes, MEGABYTES, "MB"),
    ]
    return int(any([*over, kills and bench_kills.main(kills)]))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 200))
