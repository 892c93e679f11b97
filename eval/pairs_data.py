"""Promise and clause pairs of eval/pairs, read as tiny records; the format is in its README."""
# ruff: noqa: E501 - one row a field

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.packet import Commitment, Evidence, Side
from assistant.readers.embedded.attributes import category_of
from extractors.segments import Segment, Source

PAIRS = Path(__file__).resolve().parent / "pairs"
VERDICTS = ("covered", "contradicted", "not_in_contract", "vague")
SAID_ON = date(2026, 1, 15)


@dataclass(frozen=True)
class Pair:
    """One promise, the clauses it is held against, and the answer."""

    name: str
    commitment: Commitment
    clauses: Source
    verdict: str
    relation: str | None
    section: str | None


def read_pairs(folder: Path = PAIRS) -> Iterator[Pair]:
    """All items of all files in order; raises ValueError naming a malformed item."""
    for path in sorted(folder.glob("*.txt")):
        blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
        for number, block in enumerate(blocks):
            lines = [x.strip() for x in block.splitlines() if x.strip() and not x.startswith("#")]
            if lines:
                yield _pair(lines, f"{path.stem}-{number}")


def _pair(lines: list[str], name: str) -> Pair:
    said = {x[0]: x[2:].strip() for x in lines if re.match(r"[APC]:", x)}
    answer = [x[1:].split(maxsplit=2) for x in lines if x.startswith("=")]
    words = said.get("P") or said.get("C")
    if not words or len(answer) != 1 or answer[0][0] not in VERDICTS:
        raise ValueError(f"{name}: needs P: or C:, and one line of '= verdict'")
    verdict, *more = answer[0]
    relation = more.pop(0) if verdict == "contradicted" and len(more) > 1 else None
    party: Side = "customer" if "C" in said and "P" not in said else "vendor"
    quotes = [q for q in (said.get("A"), words) if q]
    evidence = tuple(Evidence(source="call", segment_id="said", quote=q, locator="0") for q in quotes)
    commitment = Commitment.model_validate({
        "id": name, "party": party, "speaker": None, "category": category_of(" ".join(quotes), party), "text": " ".join(quotes),
        "evidence": evidence, "said_on": SAID_ON.isoformat(),
    })  # fmt: skip
    return Pair(name, commitment, _clauses(lines, name), verdict, relation, " ".join(more) or None)


def _clauses(lines: list[str], name: str) -> Source:
    segments = []
    for number, line in enumerate(x[2:] for x in lines if x.startswith("K:")):
        section, heading, text = (p.strip() for p in line.split("|", 2))
        kind = "table_row" if "|" in text else "clause"
        segments.append(
            Segment(
                id=f"k{number}", text=text, kind=kind, section=section, headings=(heading,), locator=section
            )
        )
    return Source(name=name, kind="contract", sha256="", segments=tuple(segments))
