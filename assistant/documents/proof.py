"""Marks instead of quotes: "S1 00:14:32" behind a value, every quote once in the list of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.documents.blocks import Block, Cell, Heading, Line, Mark, Paragraph, Table, cell
from assistant.documents.words import account_of, place, shown
from assistant.packet import Evidence, Packet
from assistant.protocol.policy import Policy
from assistant.protocol.template import load_template, summary_field
from assistant.rules.wording import shortened

Key = tuple[str, str, str]
LONGEST_LABEL = 34


class Proof:
    """The quotes of one packet with their marks. Make it once a document."""

    def __init__(self, packet: Packet) -> None:
        self._ids = {source.name: source.id for source in packet.sources}
        self.uses: dict[Key, list[str]] = {}
        """Quote -> what it is cited for."""
        self.evidence: dict[Key, Evidence] = {}
        for what, evidence in cited(packet):
            key = (evidence.source, evidence.segment_id, evidence.quote)
            self.evidence.setdefault(key, evidence)
            told = self.uses.setdefault(key, [])
            if what not in told:
                told.append(what)
        self._order = sorted(self.evidence, key=self._place)
        self._anchors = {key: f"q{number}" for number, key in enumerate(self._order, start=1)}

    def marks(self, evidence: Iterable[Evidence]) -> tuple[Mark, ...]:
        """One mark a place, in the order given; a place that is cited twice is marked once."""
        found: dict[str, Mark] = {}
        for e in evidence:
            anchor = self._anchors.get((e.source, e.segment_id, e.quote), "")
            label = self.label(e)
            found.setdefault(label, Mark(label, e.quote, place(e), anchor))
        return tuple(found.values())

    def label(self, evidence: Evidence) -> str:
        """ "S1 00:14:32", "S5 p. 4 §2.1"; "≈" before a quote whose wording is approximate."""
        where = (
            evidence.locator.replace("section ", "§").replace("message ", "msg ").replace("paragraph ", "¶")
        )
        where = re.sub(r", \d{4}-\d\d-\d\d$", "", where)
        near = "≈" if evidence.match == "near" else ""
        source = self._ids.get(evidence.source, evidence.source)
        return f"{near}{source} {shortened(where, LONGEST_LABEL)}".strip()

    def listed(self) -> Iterator[tuple[str, Evidence, str, list[str]]]:
        """Anchor, quote, mark and uses, by source and place."""
        for key in self._order:
            evidence = self.evidence[key]
            yield self._anchors[key], evidence, self.label(evidence), self.uses[key]

    def _place(self, key: Key) -> tuple[int, str, list[int | str], str]:
        source, segment, quote = key
        known = int(self._ids.get(source, "S0").lstrip("S") or 0)
        digits = [int(part) if part.isdigit() else 0 for part in re.findall(r"\d+|\D+", segment)]
        return known, source, [*digits], quote


def cited(packet: Packet) -> Iterator[tuple[str, Evidence]]:
    """What each quote is cited for, and the quote; unspoken contract terms have their own document."""
    for row in load_template().field:
        yield from _of_values(row.label, summary_field(packet.summary, row.path).values)
    for person in packet.stakeholders:
        yield from ((person.name, e) for e in person.evidence)
        yield from _of_values(person.name, (*person.objectives, *person.concerns, *person.preferences))
    for number, c in enumerate(packet.commitments, start=1):
        own = (*c.evidence, *c.contract_evidence, *(e for wording in c.history for e in wording.evidence))
        yield from ((f"P{number}", e) for e in own)
    for conflict in packet.conflicts:
        yield from _of_values(f"disagreement: {shown(conflict.about)}", conflict.values)
    yield from (("readiness", e) for e in _readiness(packet))
    for finding in packet.findings:
        yield from ((f"finding {finding.rule}", e) for e in finding.evidence)


def _of_values(what: str, values: Iterable[object]) -> Iterator[tuple[str, Evidence]]:
    for value in values:
        yield from ((what, e) for e in getattr(value, "evidence", ()))


def _readiness(packet: Packet) -> Iterator[Evidence]:
    ready = packet.readiness
    for block in ready.signatures:
        yield from block.evidence
    yield from ready.payment_evidence
    yield from ready.red_flag_evidence
    if ready.entire_agreement:
        yield ready.entire_agreement


def evidence_list(packet: Packet, policy: Policy) -> list[Block]:
    """Every quote once, word for word, by source and place, with what it proves."""
    proof = Proof(packet)
    names = {source.id: source for source in packet.sources}
    blocks: list[Block] = [
        Heading(f"Evidence: {account_of(packet)}", 0),
        Paragraph(
            cell(
                "The quotes behind the marks in the other documents, word for word, by source. A mark like "
                "S1 00:14:32 names the source and the place in it; ≈ says that the wording is approximate.",
                "muted",
            )
        ),
    ]
    by_source: dict[str, list[tuple[Cell, ...]]] = {}
    for anchor, evidence, label, uses in proof.listed():
        row = (
            (Line(label, "strong", anchor=anchor), *_whole(evidence, label)),
            cell(f"“{evidence.quote}”"),
            cell(", ".join(uses), "muted"),
        )
        by_source.setdefault(evidence.source, []).append(row)
    for name, rows in by_source.items():
        source = next((s for s in names.values() if s.name == name), None)
        title = f"{source.id}: {source.name}" if source else name
        blocks += [Heading(title, 1), Table(("Mark", "Quote", "Cited for"), (0.2, 0.56, 0.24), tuple(rows))]
    return blocks if by_source else [*blocks, Paragraph(cell("No source was quoted."))]


def _whole(evidence: Evidence, label: str) -> Cell:
    """The place in full, where the mark had to cut it."""
    return cell(evidence.locator, "muted") if label.endswith("…") else ()
