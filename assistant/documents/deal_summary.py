"""The deal summary: what decides on the first two pages, then the template, promises, questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.documents.blocks import Block, Bullets, Cell, Heading, Line, Paragraph, Table, cell
from assistant.documents.ledger import (
    blocking_promises,
    held_against,
    promise_tables,
    questions,
    sources_table,
    stakeholder_table,
)
from assistant.documents.people_map import people_map
from assistant.documents.proof import Proof
from assistant.documents.words import (
    ROLES,
    account_of,
    executed,
    severities,
    shown,
    tally,
    whom,
)
from assistant.packet import Conflict, Field, Packet
from assistant.protocol.kinds import kind_of
from assistant.protocol.policy import Policy
from assistant.protocol.template import section_rows, shown_sections, summary_field
from assistant.rules.wording import shortened

NOT_STATED = "Not stated in any source"
LONG, SHORT = 80, 50
"""Letters of a value that is not told twice, and of what is told of it the second time."""


def deal_summary(packet: Packet, policy: Policy) -> list[Block]:
    """The whole document, in the order in which CS reads it."""
    proof = Proof(packet)
    return [
        *_glance(packet),
        *_decides(packet, proof),
        *_blockers(packet, proof),
        *_template(packet, proof),
        *_stakeholders(packet, proof),
        *_readiness(packet, proof),
        *_conflicts(packet, proof),
        *_promises(packet, proof),
        Heading("Questions", 1),
        *(list(questions(packet, proof)) or [Paragraph(cell("The rules found nothing to ask."))]),
        *_sources(packet),
    ]


def _glance(packet: Packet) -> Iterator[Block]:
    deal = packet.deal
    yield Heading(f"Deal summary: {account_of(packet)}", 0)
    between = f"{deal.vendor or 'Vendor not named'} to {account_of(packet)} · {kind_of(deal).label}"
    yield Paragraph(cell(between, "muted"))
    yield Heading("At a glance", 1)
    facts = list(_facts(packet))  # an even number: no field stays blank
    rows = tuple(
        (cell(a, "strong"), b, cell(c, "strong"), d)
        for (a, b), (c, d) in zip(facts[::2], facts[1::2], strict=True)
    )
    yield Table(("",) * 4, (0.16, 0.36, 0.16, 0.32), rows)


def _facts(packet: Packet) -> Iterator[tuple[str, Cell]]:
    deal, score = packet.deal, packet.score
    people = (("AE", deal.ae), ("SE", deal.se), ("CSM", deal.csm), ("CS manager", deal.cs_manager))
    yield "Owners", cell(", ".join(f"{n} ({r})" for r, n in people if n) or "Not named in the deal file")
    yield "Contract", cell(*executed(packet))
    value = f"{deal.currency or ''} {deal.value:,.0f}".strip() if deal.value else "value not in the deal file"
    yield "Segment, value", cell(", ".join(filter(None, (shown(deal.segment or ""), value))))
    yield "Payment terms", cell(packet.readiness.payment_terms or NOT_STATED)
    yield "Promises", cell(tally(packet))
    yield "Findings", cell(severities(packet))
    yield "Expected close", cell(str(deal.expected_close or "not in the deal file"))
    points = f"{score.known:g} of {score.knowable:g} points that can be known now" if score else "not scored"
    yield "Documentation", cell(points)
    flags = tuple(Line(flag, "bad") for flag in packet.readiness.red_flags)
    yield "Red flags", flags or cell("None found")
    unread = ", ".join(u.name for u in packet.unread)
    yield "Files not read", cell(unread, "warn") or cell("none")


def _decides(packet: Packet, proof: Proof) -> Iterator[Block]:
    """What one has to know before anything else."""
    s = packet.summary
    goal = s.success_ladder.ultimate_objective
    fields = (
        ("Goal", goal if goal.values else s.business_objectives.primary_objective),
        ("Success measured by", s.business_objectives.success_criteria),
        ("First visible result", s.success_ladder.early_win),
        ("Go-live", s.implementation_plan.go_live_target),
        ("Out of scope", s.scope.out_of_scope),
    )
    rows = [(cell(label, "strong"), _short(field, proof)) for label, field in fields]
    rows.append((cell("Buyer and champion", "strong"), _buyers(packet)))
    yield Heading("What decides", 1)
    yield Table(("", ""), (0.2, 0.8), tuple(rows))


def _short(field: Field, proof: Proof) -> Cell:
    """The first two values; the rest stands in the section."""
    if not field.values:
        return _known(field, proof)
    warned = cell("The sources disagree", "bad") if field.status == "conflicting" else ()
    lines = tuple(Line(shortened(v.text, 190), marks=proof.marks(v.evidence)) for v in field.values[:2])
    more = len(field.values) - 2
    return (*warned, *lines, *(cell(f"and {more} more below", "muted") if more > 0 else ()))


def _buyers(packet: Packet) -> Cell:
    def named(role: str) -> Line:
        found = [p for p in packet.stakeholders if p.side == "customer" and p.role == role]
        who = "; ".join(", ".join(filter(None, (p.name, p.title))) for p in found)
        return Line(f"{ROLES[role]}: {who or 'not known'}", "plain" if found else "bad")

    return named("economic_buyer"), named("champion")


def _blockers(packet: Packet, proof: Proof) -> Iterator[Block]:
    blockers = [f for f in packet.findings if f.severity == "blocker" and f.is_open]
    yield Heading("What blocks acceptance", 1)
    if not blockers:
        yield Paragraph(cell("No finding blocks acceptance.", "good"))
        return
    promises = blocking_promises(packet)
    others = [f for f in blockers if f.where not in promises]
    if others:
        asked = ((Line(f.message, "strong"), Line(f"Ask {whom(f.ask_of, packet)}: {f.ask}")) for f in others)
        yield Bullets(tuple(asked))
    if promises:
        yield held_against(promises.values(), proof)
        yield Paragraph(
            (
                Line(
                    "A mail to the customer for each is drafted in the promise audit.",
                    "muted",
                    link="promise-audit",
                ),
            )
        )


def _template(packet: Packet, proof: Proof) -> Iterator[Block]:
    """Each section of the template that this deal has: what is known, then what nobody stated."""
    told: dict[str, str] = {}
    for section in shown_sections(packet):
        rows = section_rows(section.id, packet)
        known = ((row.label, summary_field(packet.summary, row.path)) for row in rows)
        fields = [(label, _once(field, label, told)) for label, field in known]
        yield Heading(section.label, 1)
        yield _section(fields, proof)


def _once(field: Field, label: str, told: dict[str, str]) -> Field:
    """What stands under an earlier line is begun only, and leads there."""
    values = []
    for value in field.values:
        where = told.setdefault(value.text, label)
        long = where != label and len(value.text) > LONG
        words = f"{shortened(value.text, SHORT)} (as under {where})" if long else value.text
        values.append(value.model_copy(update={"text": words}))
    return field.model_copy(update={"values": tuple(values)})


def _section(fields: list[tuple[str, Field]], proof: Proof) -> Block:
    known = [(label, field) for label, field in fields if field.status != "not_stated" or field.values]
    rows = [(cell(label, "strong"), _known(field, proof)) for label, field in known]
    open_ones = [label for label, field in fields if (label, field) not in known]
    if not rows:
        return Paragraph((Line(f"{NOT_STATED}: {', '.join(open_ones)}", "warn"),))
    if open_ones:
        rows.append((cell("Not stated", "warn"), cell(", ".join(open_ones))))
    return Table(("", ""), (0.18, 0.82), tuple(rows))


def _known(field: Field, proof: Proof) -> Cell:
    if field.status == "not_applicable":
        return cell(f"Not applicable: {field.reason}" if field.reason else "Not applicable", "muted")
    if not field.values:
        return cell(NOT_STATED, "warn")
    warned = cell("The sources disagree", "bad") if field.status == "conflicting" else ()
    entered = "(entered by {})"
    lines = (
        Line(
            f"{v.text} {entered.format(v.entered_by)}" if v.entered_by else v.text,
            marks=proof.marks(v.evidence),
        )
        for v in field.values
    )
    return (*warned, *lines)


def _stakeholders(packet: Packet, proof: Proof) -> Iterator[Block]:
    yield Heading("Stakeholders", 1)
    if not packet.stakeholders:
        yield Paragraph(cell("No source names a stakeholder.", "warn"))
        return
    yield replace(people_map(packet), width=0.8)
    yield from stakeholder_table(packet, proof)


def _readiness(packet: Packet, proof: Proof) -> Iterator[Block]:
    ready = packet.readiness
    text, tone = executed(packet)
    rows: list[tuple[Cell, Cell]] = [
        (cell("Contract", "strong"), (Line(text, tone), *cell(ready.execution_note)))
    ]
    for block in ready.signatures:
        who = block.organization or shown(block.party or "party not named")
        blanks = f"blank: {', '.join(block.blanks)}" if block.blanks else "no blanks"
        signer = ", ".join(filter(None, (block.name, block.title, block.date))) or "nobody named"
        state = Line(f"{signer}; {blanks}", marks=proof.marks(block.evidence))
        rows.append((cell(f"Signature of {who}", "strong"), (state,)))
    certificate = "Present" if ready.completion_certificate else "None among the files"
    rows.append((cell("E-signature certificate", "strong"), cell(certificate)))
    terms = Line(ready.payment_terms or NOT_STATED, marks=proof.marks(ready.payment_evidence))
    rows.append((cell("Payment terms", "strong"), (terms,)))
    flags = tuple(Line(flag, "bad") for flag in ready.red_flags[:-1])
    last = Line(*((ready.red_flags[-1], "bad") if ready.red_flags else ("None found", "plain")),
                proof.marks(ready.red_flag_evidence))  # fmt: skip
    rows.append((cell("Red flags", "strong"), (*flags, last)))
    if ready.entire_agreement:
        note = Line(
            "The contract says that only its own words count.", "warn", proof.marks((ready.entire_agreement,))
        )
        rows.append((cell("Entire agreement", "strong"), (note,)))
    yield Heading("Ready to start", 1)
    yield Table(("Item", "State"), (0.24, 0.76), tuple(rows))


def _conflicts(packet: Packet, proof: Proof) -> Iterator[Block]:
    if not packet.conflicts:
        return
    yield Heading("Where sources disagree", 1)

    def row(c: Conflict) -> tuple[Cell, Cell]:
        lines = tuple(Line(v.text, marks=proof.marks(v.evidence)) for v in c.values)
        return cell(shown(c.about), "strong"), lines

    yield Table(("About", "What each source says"), (0.2, 0.8), tuple(map(row, packet.conflicts)))


def _promises(packet: Packet, proof: Proof) -> Iterator[Block]:
    yield Heading("Promises", 1)
    if not packet.commitments:
        yield Paragraph(cell("No promise was found."))
        return
    yield Paragraph(
        (
            Line("Each in its last wording; owner, due date and status of each stand in the commitment log.",
                 "muted", link="commitment-log.csv"),
        )
    )  # fmt: skip
    above = [number for number, _ in blocking_promises(packet).values()]
    if above:
        listed = ", ".join(f"P{number}" for number in above)
        yield Paragraph(cell(f"{listed}: see What blocks acceptance, above.", "muted"))
    yield from promise_tables(packet, proof, above)


def _sources(packet: Packet) -> Iterator[Block]:
    yield Heading("Sources", 1)
    yield sources_table(packet)
    note = "Every quote was found word for word unless marked ≈; all stand in the list of evidence."
    yield Paragraph(
        (
            Line(note, "muted", link="evidence"),
            Line(f"Proposed quotes that were not found: {packet.run.quotes_rejected}, left out.", "muted"),
            Line("What the contract obliges to and nobody spoke of has a document of its own.", "muted",
                 link="contract-terms"),
        )
    )  # fmt: skip
