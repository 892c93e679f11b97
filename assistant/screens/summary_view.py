"""The deal summary by section: status at a glance, values with the buttons that show their evidence."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.packet import Field, Packet, Stakeholder, Value
from assistant.protocol.template import FieldRow, section_rows, shown_sections, summary_field
from assistant.screens import texts
from assistant.screens.markup import chip, evidence_button, safe, status_chip, tag, text

ROLES = {
    "executive_sponsor": texts.EXECUTIVE_SPONSOR,
    "champion": texts.CHAMPION,
    "economic_buyer": texts.ECONOMIC_BUYER,
    "technical_lead": texts.TECHNICAL_LEAD,
    "end_users": texts.END_USERS,
    "blocker": texts.BLOCKER_OR_SCEPTIC,
}


def packet_head(packet: Packet) -> str:
    """One line about the packet: account, status, blockers, score, signature."""
    blockers = sum(f.severity == "blocker" and f.is_open for f in packet.findings)
    score = packet.score
    parts = [
        tag("h2", text(packet.deal.account or texts.UNNAMED)),
        status_chip(packet.status),
        chip(
            "■",
            texts.SOME_OPEN_BLOCKERS.format(number=blockers) if blockers != 1 else texts.OPEN_BLOCKER,
            "blocker" if blockers else "covered",
        ),
    ]
    parts += (
        [chip("★", texts.POINTS_KNOWN.format(known=score.known, knowable=score.knowable), "muted")]
        if score
        else []
    )
    parts += [_executed(packet)]
    if packet.readiness.pending_contract:
        parts.append(chip("◷", texts.PENDING_CONTRACT_PRELIMINARY_UNTIL_SIGNED, "vague"))
    return safe(tag("div", parts, class_="packet-head"))


def _executed(packet: Packet) -> str:
    state = packet.readiness.contract_fully_executed
    if state is None:
        return chip("?", texts.CONTRACT_SIGNATURES_CANNOT_BE_TOLD, "vague")
    return (
        chip("✓", texts.CONTRACT_FULLY_EXECUTED, "covered")
        if state
        else chip("✗", texts.CONTRACT_NOT_EXECUTED, "contradicted")
    )


def summary_view(packet: Packet, chosen: str | None = None) -> str:
    """Every section with its fields; a field is chosen by its path (`data-choose`)."""
    sections = (
        _section(section.label, section_rows(section.id, packet), packet, chosen)
        for section in shown_sections(packet)
    )
    return safe(tag("div", [_at_a_glance(packet), *sections, _people(packet)], class_="summary"))


def _at_a_glance(packet: Packet) -> str:
    cells = []
    for section in shown_sections(packet):
        fields = [summary_field(packet.summary, r.path) for r in section_rows(section.id, packet)]
        known = sum(f.status in ("stated", "conflicting", "not_applicable") for f in fields)
        tone = "covered" if known == len(fields) else "vague" if known else "contradicted"
        mark = {"covered": "✓", "vague": "◐", "contradicted": "∅"}[tone]
        cells.append(chip(mark, f"{section.label} {known}/{len(fields)}", tone))
    return tag("div", cells, class_="glance")


def _section(label: str, rows: Sequence[FieldRow], packet: Packet, chosen: str | None) -> str:
    return tag(
        "section",
        tag("h3", text(label)) + tag("ul", (_row(row, packet, chosen) for row in rows), class_="fields"),
    )


def _row(row: FieldRow, packet: Packet, chosen: str | None) -> str:
    field = summary_field(packet.summary, row.path)
    mark, label, tone = texts.FIELD_STATES[field.status]
    name = tag("p", f"{tag('strong', text(row.label))} {chip(mark, label, tone)}")
    return tag(
        "li",
        name + _values(field),
        class_="field chosen" if row.path == chosen else "field",
        data_choose=row.path,
        tabindex="0",
        aria_label=f"{row.label}: {label}",
        aria_current="true" if row.path == chosen else None,
    )


def _values(field: Field) -> str:
    if field.status == "not_applicable":
        return tag("p", text(field.reason or texts.NO_REASON_GIVEN), class_="none")
    if not field.values:
        return tag("p", texts.NO_SOURCE_STATES_IT, class_="none")
    return "".join(map(_value, field.values))


def _value(value: Value) -> str:
    entered = tag("small", text(texts.ENTERED_BY.format(by=value.entered_by))) if value.entered_by else ""
    return tag("p", f"{text(value.text)} {entered}" + "".join(evidence_button(e) for e in value.evidence))


def _people(packet: Packet) -> str:
    people = sorted(
        packet.stakeholders, key=lambda p: (p.side != "customer", list(ROLES).index(p.role) if p.role else 9)
    )
    return tag("section", tag("h3", texts.PEOPLE) + tag("ul", map(_person, people), class_="people"))


def _person(person: Stakeholder) -> str:
    role = chip("☺", ROLES.get(person.role or "", texts.SIDES[person.side]), "muted")
    detail = ", ".join(filter(None, (person.title, person.organization, person.stance)))
    proof = "".join(evidence_button(e) for e in person.evidence[:2])
    return tag("li", f"{tag('strong', text(person.name))} {role} {text(detail)} {proof}")
