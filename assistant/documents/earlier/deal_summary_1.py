"""The deal summary in its first shape, with every quote in its place; it still renders as deal-summary@1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.documents.blocks import Block, Bullets, Cell, Heading, Line, Paragraph, Table, cell, texts
from assistant.documents.earlier.ledger_1 import (
    findings_table,
    obligations_table,
    promise_table,
    sources_table,
    stakeholder_table,
)
from assistant.documents.ledger import blocking_promises, blocking_table
from assistant.documents.words import (
    ABBREVIATIONS,
    account_of,
    executed,
    quoted,
    severities,
    shown,
    tally,
    whom,
)
from assistant.packet import Evidence, Field, Packet
from assistant.protocol.kinds import kind_of
from assistant.protocol.policy import Policy
from assistant.protocol.template import load_template, shown_sections, summary_field

STATUS: dict[str, Line] = {
    "not_stated": Line("Not stated in any source", "warn"),
    "conflicting": Line("The sources disagree", "bad"),
}


def deal_summary_1(packet: Packet, policy: Policy) -> list[Block]:
    """The whole document, in the order in which CS reads it."""
    blocks = [
        *_head(packet),
        *_first(packet),
        *_template(packet),
        *_stakeholders(packet),
        *_readiness(packet),
        *_conflicts(packet),
        *_ledger(packet),
        *_sources(packet),
    ]
    return [*blocks, *_abbreviations(blocks)]


def _head(packet: Packet) -> Iterator[Block]:
    deal = packet.deal
    seller = deal.vendor or "Vendor not named"
    yield Heading(f"Deal summary: {account_of(packet)}", 0)
    state = f"{packet.status.replace('_', ' ').capitalize()}, as of {packet.run.as_of.isoformat()}"
    yield Paragraph(
        (Line(f"{seller} to {account_of(packet)} · {kind_of(deal).label} · {state}", "muted"),)
    )
    yield Heading("At a glance", 1)
    yield Table(("", ""), (0.26, 0.74), tuple((cell(a, "strong"), b) for a, b in _glance(packet)))


def _glance(packet: Packet) -> Iterator[tuple[str, Cell]]:
    deal, score = packet.deal, packet.score
    people = (("AE", deal.ae), ("SE", deal.se), ("CSM", deal.csm), ("CS manager", deal.cs_manager))
    named = [f"{name} ({role})" for role, name in people if name]
    yield "Handed over by and to", cell(", ".join(named) or "Not named in the deal file")
    if deal.segment or deal.value:
        value = f"{deal.currency or ''} {deal.value:,.0f}".strip() if deal.value else ""
        yield "Segment and value", cell(", ".join(filter(None, (shown(deal.segment or ""), value))))
    if deal.expected_close:
        yield "Expected close", cell(deal.expected_close.isoformat())
    text, tone = executed(packet)
    yield "Contract", cell(text, tone)
    yield "Payment terms", cell(packet.readiness.payment_terms or "Not stated in any source")
    yield "Promises", cell(tally(packet))
    yield "Findings", cell(severities(packet))
    if score:
        yield (
            "Documentation score",
            cell(f"{score.known:g} of {score.knowable:g} points that can be known now"),
        )
    if packet.unread:
        yield "Files not read", cell(", ".join(u.name for u in packet.unread), "warn")


def _first(packet: Packet) -> Iterator[Block]:
    blockers = [finding for finding in packet.findings if finding.severity == "blocker"]
    yield Heading("What blocks acceptance", 1)
    if not blockers:
        yield Paragraph(cell("No finding blocks acceptance.", "good"))
        return
    promises = blocking_promises(packet)
    others = [f for f in blockers if f.where not in promises]
    asked = ((Line(f.message, "strong"), Line(f"Ask {whom(f.ask_of, packet)}: {f.ask}")) for f in others)
    if others:
        yield Bullets(tuple(asked))
    if promises:
        yield blocking_table(promises)
        yield Paragraph(cell("Both quotes stand under Promises, the questions under Findings.", "muted"))


def _template(packet: Packet) -> Iterator[Block]:
    template = load_template()
    for section in shown_sections(packet):
        rows = [row for row in template.field if row.path.startswith(section.id + ".")]
        yield Heading(section.label, 1)
        filled = ((cell(r.label, "strong"), _known(summary_field(packet.summary, r.path))) for r in rows)
        yield Table(("Field", "What is known, and where it stands"), (0.24, 0.76), tuple(filled))


def _known(field: Field) -> Cell:
    if field.status == "not_applicable":
        return (Line(f"Not applicable: {field.reason}" if field.reason else "Not applicable", "muted"),)
    status = (STATUS[field.status],) if field.status in STATUS else ()
    values = (
        (Line(value.text), *_proof(value.text, value.evidence), *_entered(value.entered_by))
        for value in field.values
    )
    return (*status, *(line for value in values for line in value))


def _proof(text: str, evidence: Iterable[Evidence]) -> Cell:
    """Quotes and places; a quote that is the value itself is not printed twice."""
    return tuple(line for line in quoted(evidence) if line.text.strip("“”") != text)


def _entered(by: str | None) -> Cell:
    return cell(f"Entered by {by}", "muted") if by else ()


def _stakeholders(packet: Packet) -> Iterator[Block]:
    yield Heading("Stakeholders", 1)
    yield from _or_nothing(stakeholder_table(packet), "No source names a stakeholder.")


def _ledger(packet: Packet) -> Iterator[Block]:
    yield Heading("Promises", 1, wide=True)
    yield Paragraph(
        cell("Each promise in its last wording, held against the contract. Earlier wordings stand below it.")
    )
    yield from _or_nothing(promise_table(packet), "No promise was found.")
    yield Heading("Findings and questions", 1, wide=True)
    yield from _or_nothing(findings_table(packet), "The rules found nothing to ask.")
    terms = obligations_table(packet)
    if terms.rows:
        yield Heading("What the contract obliges to and nobody spoke of", 1, wide=True)
        yield terms


def _or_nothing(table: Table, nothing: str) -> Iterator[Block]:
    yield table if table.rows else Paragraph(cell(nothing))


def _readiness(packet: Packet) -> Iterator[Block]:
    ready = packet.readiness
    text, tone = executed(packet)
    yield Heading("Ready to start", 1)
    rows: list[tuple[Cell, Cell]] = [
        (cell("Contract", "strong"), (Line(text, tone), *cell(ready.execution_note)))
    ]
    for block in ready.signatures:
        who = block.organization or shown(block.party or "party not named")
        blanks = f"blank: {', '.join(block.blanks)}" if block.blanks else "no blanks"
        signer = ", ".join(filter(None, (block.name, block.title, block.date))) or "nobody named"
        rows.append(
            (cell(f"Signature of {who}", "strong"), (Line(f"{signer}; {blanks}"), *quoted(block.evidence)))
        )
    certificate = "Present" if ready.completion_certificate else "None among the files"
    rows.append((cell("E-signature certificate", "strong"), cell(certificate)))
    terms = ready.payment_terms or "Not stated in any source"
    rows.append((cell("Payment terms", "strong"), (Line(terms), *quoted(ready.payment_evidence))))
    flags = tuple(Line(flag, "bad") for flag in ready.red_flags) or cell("None found")
    rows.append((cell("Red flags", "strong"), (*flags, *quoted(ready.red_flag_evidence))))
    if ready.entire_agreement:
        note = Line("The contract says that only its own words count.", "warn")
        rows.append((cell("Entire agreement", "strong"), (note, *quoted((ready.entire_agreement,)))))
    yield Table(("Item", "State"), (0.24, 0.76), tuple(rows))


def _conflicts(packet: Packet) -> Iterator[Block]:
    if not packet.conflicts:
        return
    yield Heading("Where sources disagree", 1)
    rows = (
        (
            cell(shown(c.about), "strong"),
            tuple(x for v in c.values for x in (Line(v.text), *_proof(v.text, v.evidence))),
        )
        for c in packet.conflicts
    )
    yield Table(("About", "What each source says"), (0.24, 0.76), tuple(rows))


def _sources(packet: Packet) -> Iterator[Block]:
    yield Heading("Sources", 1)
    yield sources_table(packet)
    rejected = packet.run.quotes_rejected
    note = "Every quote above was found word for word in its source unless marked approximate."
    yield Paragraph(
        cell(f"{note} Proposed quotes that were not found and are left out: {rejected}.", "muted")
    )


def _abbreviations(blocks: list[Block]) -> Iterator[Block]:
    used = set(re.findall(r"\b[A-Z]{2,4}\b", " ".join(texts(blocks))))
    spelled = [f"{short}: {ABBREVIATIONS[short]}" for short in sorted(used & set(ABBREVIATIONS))]
    if spelled:
        yield Heading("Abbreviations", 1)
        yield Paragraph(cell("; ".join(spelled) + "."))
