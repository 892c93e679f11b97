"""The spoilt packet as statements to agree with or object to, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.packet import Commitment, Decision, Evidence, Field, Noun, Packet, RejectionReason, Stakeholder
from assistant.practice.flaws import Flaw
from assistant.protocol.template import load_template, summary_field

LINES = (
    "business_objectives.success_criteria", "scope.training", "scope.out_of_scope",
    "implementation_plan.go_live_target", "commercial_terms.payment_terms",
)  # fmt: skip
"""Lines of the summary that are asked about, besides those that were spoilt."""
ROLES = ("champion", "economic_buyer", "executive_sponsor")
AT = "1970-01-01T00:00:00+00:00"


class Statement(Noun):
    """Something that the packet says."""

    about: str
    """A promise's id, a line's path, a role, or "readiness"."""
    text: str
    lines: tuple[str, ...]
    """Quotes that are shown with it."""


def statements(packet: Packet, flaws: Sequence[Flaw]) -> tuple[Statement, ...]:
    """Promises in their order, then people, lines and the signature."""
    paths = [row.path for row in load_template().field
             if row.path in LINES or row.path in {flaw.about for flaw in flaws}]  # fmt: skip
    return (
        *(_promise(n, c) for n, c in enumerate(packet.commitments, 1)),
        *(_person(s) for s in packet.stakeholders if s.role in ROLES),
        *_lines(packet, paths),
        Statement(about="readiness", text=f"Contract: {packet.readiness.execution_note}", lines=()),
    )


def objection(one: Statement, by: str) -> Decision:
    """The statement is wrong."""
    if one.about == "readiness":
        reason = RejectionReason(code="other", note="The contract is not signed by both.")
        return Decision(at=AT, by=by, action="reject", subject="packet", reasons=(reason,))
    if one.about.startswith("c-"):
        return Decision(at=AT, by=by, action="dismiss", subject=one.about, reason="wrong")
    return Decision(at=AT, by=by, action="edit_value", subject=one.about, was="wrong", text="-")


def missing(words: str, by: str) -> Decision:
    """Something that the packet does not hold."""
    reason = RejectionReason(code="undocumented_commitment", note=words)
    return Decision(at=AT, by=by, action="reject", subject="packet", reasons=(reason,))


def _promise(number: int, c: Commitment) -> Statement:
    verdict = c.verdict.replace("_", " ")
    told = f"P{number} ({c.speaker}, {c.party}): {c.text} Verdict: {verdict}. {c.explanation}"
    contract = [f"contract: {_quoted(e)}" for e in c.contract_evidence] or ["contract: no clause is shown"]
    return Statement(about=c.id, text=told, lines=(*(f"said: {_quoted(e)}" for e in c.evidence), *contract))


def _person(s: Stakeholder) -> Statement:
    role = (s.role or "").replace("_", " ")
    told = f"The {role} is {s.name}, {s.title}."
    return Statement(about=s.role or "", text=told, lines=tuple(_quoted(e) for e in s.evidence))


def _lines(packet: Packet, paths: Sequence[str]) -> Iterator[Statement]:
    labels = {row.path: row.label for row in load_template().field}
    for path in paths:
        field: Field = summary_field(packet.summary, path)
        text = "; ".join(value.text for value in field.values) or "nothing was said about it"
        quotes = tuple(_quoted(e) for value in field.values for e in value.evidence)
        yield Statement(about=path, text=f"{labels[path]}: {text}", lines=quotes)


def _quoted(e: Evidence) -> str:
    return f"“{e.quote}” {e.source}, {e.locator}"
