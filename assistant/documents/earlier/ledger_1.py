"""The tables of the first deal summary that list a packet's people, promises, findings, terms and sources."""

from __future__ import annotations

from assistant.documents.blocks import Cell, Line, Table, cell
from assistant.documents.words import (
    ROLES,
    SEVERITIES,
    VERDICTS,
    count,
    quoted,
    said_by,
    shown,
    verdict_of,
    whom,
)
from assistant.packet import Commitment, Finding, Packet, Stakeholder, Value


def stakeholder_table(packet: Packet) -> Table:
    """Who matters, roles first."""
    people = sorted(packet.stakeholders, key=lambda s: (s.side != "customer", _role_order(s)))
    header = ("Role", "Person", "What moves them", "Where it stands")
    rows = ((cell(_role(s), "strong"), _person(s), _moves(s), quoted(s.evidence)) for s in people)
    return Table(header, (0.16, 0.22, 0.31, 0.31), tuple(rows))


def _role_order(person: Stakeholder) -> int:
    return list(ROLES).index(person.role) if person.role else len(ROLES)


def _role(person: Stakeholder) -> str:
    return ROLES.get(person.role or "", "Vendor" if person.side == "vendor" else "No role stated")


def _person(person: Stakeholder) -> Cell:
    detail = ", ".join(filter(None, (person.title, person.organization)))
    marks = [shown(person.stance)] if person.stance else []
    marks += [f"{person.influence} influence"] if person.influence else []
    return (Line(person.name, "strong"), *cell(detail), *cell(", ".join(marks), "muted"))


def _moves(person: Stakeholder) -> Cell:
    groups: tuple[tuple[str, tuple[Value, ...]], ...] = (
        ("Wants", person.objectives),
        ("Worries about", person.concerns),
        ("Prefers", person.preferences),
    )
    stated = [(word, value) for word, values in groups for value in values]
    lines = [line for word, v in stated for line in (Line(f"{word}: {v.text}"), *quoted(v.evidence)[1::2])]
    return tuple(lines) or cell("Not stated", "warn")


def promise_table(packet: Packet) -> Table:
    """Every promise with both quotes, the contradicted ones first; numbers follow the packet's order."""
    numbered = list(enumerate(packet.commitments, start=1))
    numbered.sort(key=lambda pair: list(VERDICTS).index(pair[1].verdict))
    rows = tuple((cell(f"P{number}"), *_promise(c)) for number, c in numbered)
    header = ("No.", "Promise", "Verdict", "What was said", "What the contract says")
    return Table(header, (0.05, 0.25, 0.16, 0.27, 0.27), rows)


def _promise(c: Commitment) -> tuple[Cell, ...]:
    word, tone = verdict_of(c)
    facts = [shown(c.category), *([c.strength] if c.strength != "firm" else [])]
    facts += [f"due {c.due}"] if c.due else []
    facts += [f"if: {c.condition}"] if c.condition else []
    contract = quoted(c.contract_evidence) or cell("No words of the contract", "muted")
    return (
        (Line(c.text), Line("; ".join(facts), "muted"), Line(said_by(c), "muted")),
        (Line(word, tone), *cell(c.explanation)),
        (*quoted(c.evidence), *_history(c)),
        contract,
    )


def _history(c: Commitment) -> Cell:
    lines: list[Line] = []
    for wording in c.history:
        lines.append(Line(f"Earlier ({wording.said_on or 'undated'}): {wording.changed}", "strong"))
        lines += quoted(wording.evidence)
    return tuple(lines)


def findings_table(packet: Packet) -> Table:
    """Findings by severity, each with its question."""
    order = list(SEVERITIES)
    found = sorted(packet.findings, key=lambda f: order.index(f.severity))
    rows = tuple(
        (
            cell(*SEVERITIES[f.severity]),
            (Line(f.message), Line(f.rule, "muted"), *_beside(f)),
            (Line(f"Ask {whom(f.ask_of, packet)}:", "strong"), Line(f.ask)),
        )
        for f in found
    )
    return Table(("Severity", "Finding", "Question"), (0.12, 0.5, 0.38), rows)


def _beside(finding: Finding) -> Cell:
    """What proves it, without the quotes and places that its message gives already."""
    pairs = ((e, quoted((e,))) for e in finding.evidence)
    return tuple(line for e, lines in pairs if e.quote not in finding.message for line in lines)


def obligations_table(packet: Packet) -> Table:
    """What the contract binds one side to that no promise was held against; all terms are in packet.json."""
    spoken = {(e.source, e.segment_id) for c in packet.commitments for e in c.contract_evidence}
    unspoken = (
        t
        for t in packet.contract_terms
        if t.party and not spoken & {(e.source, e.segment_id) for e in t.evidence}
    )
    rows = tuple(
        (cell(shown(t.category)), cell(t.party or ""), cell(t.text), cell(_where(t.source, t.section)))
        for t in unspoken
    )
    return Table(("Category", "Binds", "Term", "Where it stands"), (0.13, 0.09, 0.5, 0.28), rows)


def _where(source: str, section: str | None) -> str:
    return f"{source}, section {section}" if section else source


def sources_table(packet: Packet) -> Table:
    """What was read, and what was not."""
    rows = [
        (
            cell(s.id),
            (Line(s.name), *cell(s.title or "", "muted"), *(Line(warning, "warn") for warning in s.warnings)),
            cell(shown(s.kind)),
            cell(s.happened_on.isoformat() if s.happened_on else "undated"),
            cell(count(s.segments, "segment")),
        )
        for s in packet.sources
    ]
    rows += [
        (cell("–"), (Line(u.name), Line(u.reason, "warn")), cell("not read"), (), ()) for u in packet.unread
    ]
    return Table(("No.", "File", "Kind", "Date", "Size"), (0.07, 0.5, 0.15, 0.13, 0.15), tuple(rows))
