"""What a company's Word template may ask for: values, rows, tables and pictures, each with a line of help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import NamedTuple

from assistant.documents.blocks import Block, Heading, Picture
from assistant.documents.dates_picture import dates_picture
from assistant.documents.ledger import promise_tables, questions, sources_table, stakeholder_table
from assistant.documents.pages import PAGES
from assistant.documents.people_map import people_map
from assistant.documents.promise_audit import open_promises
from assistant.documents.proof import Proof
from assistant.documents.registers import risk_table
from assistant.documents.risks import Risk, risk_matrix, risks
from assistant.documents.words import (
    ROLES,
    account_of,
    executed,
    severities,
    shown,
    tally,
    verdict_of,
    whom,
)
from assistant.errors import HandoffError
from assistant.packet import Commitment, Field, Finding, Packet, PacketSource, Stakeholder
from assistant.protocol.kinds import kind_of
from assistant.protocol.policy import Policy
from assistant.protocol.template import load_template, summary_field

Row = dict[str, str]
NOT_STATED = "Not stated in any source"

VALUES: dict[str, tuple[str, Callable[[Packet], str]]] = {
    "account": ("the customer", account_of),
    "vendor": ("who sells", lambda p: p.deal.vendor or ""),
    "kind": ("the kind of handover", lambda p: kind_of(p.deal).label),
    "ae": ("account executive", lambda p: p.deal.ae or ""),
    "se": ("sales engineer", lambda p: p.deal.se or ""),
    "csm": ("customer success manager", lambda p: p.deal.csm or ""),
    "cs_manager": ("CS manager", lambda p: p.deal.cs_manager or ""),
    "segment": ("the deal's segment", lambda p: shown(p.deal.segment or "")),
    "value": ("contract value as the CRM has it", lambda p: _money(p)),
    "expected_close": (
        "ISO date",
        lambda p: p.deal.expected_close.isoformat() if p.deal.expected_close else "",
    ),
    "date": ("the packet's day", lambda p: p.run.as_of.isoformat()),
    "status": ("draft, submitted, accepted ...", lambda p: shown(p.status)),
    "contract": ("whether it is fully executed", lambda p: executed(p)[0]),
    "payment_terms": ("as a source states them", lambda p: p.readiness.payment_terms or ""),
    "promises": ("promises by verdict, in one line", tally),
    "findings": ("findings by severity, in one line", severities),
    "score": ("points known of points knowable", lambda p: _score(p)),
}
"""Name -> help, and the value; "stamp" is added by whoever fills."""

PROMISE = (
    "number", "text", "speaker", "party", "said_on", "category", "strength", "condition", "due", "owner",
    "verdict", "explanation", "where",
)  # fmt: skip
PERSON = (
    "name", "title", "organization", "side", "role", "stance", "influence", "relationship", "objectives",
    "concerns", "preferences", "defers_to", "where",
)  # fmt: skip
LOOPS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "promises": ("promise", "every promise", PROMISE),
    "open_promises": ("promise", "our promises that the contract does not hold", PROMISE),
    "stakeholders": ("person", "everybody on the map", PERSON),
    "findings": ("finding", "what is open", ("severity", "message", "ask", "who", "category")),
    "risks": ("risk", "the risk register", ("number", "text", "likelihood", "impact", "reason", "mitigation",
              "owner")),
    "sources": ("source", "the files that were read", ("number", "name", "kind", "date")),
}  # fmt: skip
"""Name of the loop -> what a row is called, help, and the columns of a row."""

PICTURES: dict[str, Callable[[Packet], Picture]] = {
    "stakeholder-map": people_map,
    "timeline": dates_picture,
    "risk-matrix": lambda packet: risk_matrix(risks(packet)),
}


TABLES: dict[str, Callable[[Packet, Proof], list[Block]]] = {
    "promises": lambda packet, proof: list(promise_tables(packet, proof)),
    "stakeholders": stakeholder_table,
    "findings": lambda packet, proof: list(questions(packet, proof)),
    "risks": lambda packet, proof: [risk_table(risks(packet), proof)],
    "sources": lambda packet, proof: [sources_table(packet)],
}


class Context(NamedTuple):
    """Everything a template can ask for, of one packet."""

    values: Mapping[str, str]
    loops: Mapping[str, list[Row]]
    blocks: Mapping[str, Mapping[str, Callable[[], list[Block]]]]
    """"table", "picture", "document" -> name -> what stands in its place."""


def context_of(packet: Packet, policy: Policy, stamp: str) -> Context:
    """The packet's values; empty text where nothing is known."""
    proof = Proof(packet)
    values = {name: value(packet) for name, (_, value) in VALUES.items()} | {"stamp": stamp}
    for row in load_template().field:
        values[row.path] = _field(summary_field(packet.summary, row.path), proof)
    numbered = list(enumerate(packet.commitments, start=1))
    loops = {
        "promises": [_promise(n, c, proof) for n, c in numbered],
        "open_promises": [_promise(n, c, proof) for n, c in open_promises(packet)],
        "stakeholders": [_person(person, proof) for person in packet.stakeholders],
        "findings": [_finding(f, packet) for f in packet.findings if f.is_open and not f.answered],
        "risks": [_risk(risk) for risk in risks(packet)],
        "sources": [_source(source) for source in packet.sources],
    }
    return Context(values, loops, _blocks(packet, policy, proof))


def _blocks(packet: Packet, policy: Policy, proof: Proof) -> dict[str, dict[str, Callable[[], list[Block]]]]:
    """What stands alone in a paragraph and is drawn only when a template asks for it."""
    return {
        "table": {name: partial(table, packet, proof) for name, table in TABLES.items()},
        "picture": {name: partial(_drawn, draw, packet) for name, draw in PICTURES.items()},
        "document": {name: partial(_document, page.blocks, packet, policy) for name, page in PAGES.items()},
    }


def _drawn(draw: Callable[[Packet], Picture], packet: Packet) -> list[Block]:
    return [draw(packet)]


def _document(make: Callable[[Packet, Policy], list[Block]], packet: Packet, policy: Policy) -> list[Block]:
    """The page without its title, which the template has."""
    blocks = make(packet, policy)
    return [block for block in blocks if not (isinstance(block, Heading) and block.level == 0)]


def template_help() -> list[tuple[str, str]]:
    """Placeholder and what stands in its place, for `handoff documents --template-help`."""
    rows = [(f"{{{{ {name} }}}}", told) for name, (told, _) in VALUES.items()]
    rows.append(("{{ stamp }}", "versions of packet and template; added at the end where you leave it out"))
    rows += [
        (f"{{{{ {row.path} }}}}", f"the deal summary's line: {row.label}") for row in load_template().field
    ]
    for name, (one, told, columns) in LOOPS.items():
        shown_columns = ", ".join(f"{{{{ {one}.{column} }}}}" for column in columns)
        rows.append((f"{{{{ each {name} }}}}", f"in a table row: the row for {told}, with {shown_columns}"))
    rows.append(("{{ if NAME }} ... {{ end }}", "paragraphs kept where NAME has a value, or a loop has rows"))
    rows.append(("{{ if NAME }} in a table row", "the row is kept where NAME has a value"))
    rows += [(f"{{{{ table {name} }}}}", "alone in a paragraph: our table of it") for name in TABLES]
    rows += [(f"{{{{ picture {name} }}}}", "alone in a paragraph: the drawing") for name in PICTURES]
    rows += [
        (f"{{{{ document {name} }}}}", f"alone in a paragraph: {page.what}") for name, page in PAGES.items()
    ]
    return rows


def unknown(template: str, asked: str, known: Iterable[str]) -> HandoffError:
    """One line that names the placeholder and the nearest right one."""
    near = get_close_matches(asked, list(known), n=1, cutoff=0.5)
    hint = f" Did you mean {{{{ {near[0]} }}}}?" if near else ""
    return HandoffError(
        f"The template '{template}': {{{{ {asked[:60]} }}}} is no placeholder.{hint} "
        "`handoff documents --template-help` lists them."
    )


def _money(packet: Packet) -> str:
    value, currency = packet.deal.value, packet.deal.currency or ""
    return f"{currency} {value:,.0f}".strip() if value else ""


def _score(packet: Packet) -> str:
    return f"{packet.score.known:g} of {packet.score.knowable:g}" if packet.score else ""


def _field(field: Field, proof: Proof) -> str:
    """The values with their marks, one a line; "" where nothing is known, so that `if` can ask."""
    if field.status == "not_applicable":
        return f"Not applicable: {field.reason}" if field.reason else "Not applicable"
    marked = ((v.text, " ".join(f"[{m.label}]" for m in proof.marks(v.evidence))) for v in field.values)
    return "\n".join(" ".join(filter(None, pair)) for pair in marked)


def _promise(number: int, c: Commitment, proof: Proof) -> Row:
    return {
        "number": f"P{number}", "text": c.text, "speaker": c.speaker or "unnamed speaker", "party": c.party,
        "said_on": c.said_on or "undated", "category": shown(c.category), "strength": c.strength,
        "condition": c.condition or "none", "due": c.due or "no date", "owner": c.owner or "no owner",
        "verdict": verdict_of(c)[0], "explanation": c.explanation or "no clause speaks of it",
        "where": ", ".join(m.label for m in proof.marks(c.evidence)),
    }  # fmt: skip


def _person(person: Stakeholder, proof: Proof) -> Row:
    def said(values: Iterable[object]) -> str:
        return "; ".join(str(getattr(v, "text", "")) for v in values) or "not stated"

    return {
        "name": person.name, "title": person.title or "not stated",
        "organization": person.organization or "not stated", "side": person.side,
        "role": ROLES.get(person.role or "", "no role stated"), "stance": person.stance or "not stated",
        "influence": person.influence or "not stated", "relationship": person.relationship or "not stated",
        "objectives": said(person.objectives), "defers_to": said(person.defers_to),
        "concerns": said(person.concerns), "preferences": said(person.preferences),
        "where": ", ".join(m.label for m in proof.marks(person.evidence[:2])),
    }  # fmt: skip


def _finding(finding: Finding, packet: Packet) -> Row:
    return {
        "severity": finding.severity, "message": finding.message, "ask": finding.ask,
        "who": whom(finding.ask_of, packet), "category": shown(finding.category),
    }  # fmt: skip


def _risk(risk: Risk) -> Row:
    return {
        "number": f"R{risk.number}", "text": risk.text, "likelihood": risk.likelihood, "impact": risk.impact,
        "reason": risk.reason, "mitigation": risk.mitigation, "owner": risk.owner,
    }  # fmt: skip


def _source(source: PacketSource) -> Row:
    day = source.happened_on.isoformat() if source.happened_on else "undated"
    return {"number": source.id, "name": source.name, "kind": shown(source.kind), "date": day}
