"""Gaps: what the deal summary must say and does not."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.evidence.quantities import read_quantities
from assistant.evidence.units import DAY, minutes
from assistant.packet import Field, Finding, MandatoryCategory, Packet
from assistant.protocol.policy import Policy
from assistant.protocol.template import (
    ask_about,
    is_known,
    is_placeholder,
    is_required,
    load_template,
    real_values,
    summary_field,
)
from assistant.rules.rule import found, rule
from assistant.rules.wording import account

_BEFORE_A_SPAN = ("within", "in", "by", "after", "first", "of", "next", "about", "around", "roughly", "until")


@rule("missing-category", "blocker")
def missing_category(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: one of the seven mandatory categories of information is wholly absent.

    Why: a packet without it cannot be acted on: CS would ask the customer what we have been told already.
    Ask: the category's own question in the template, of the AE or the SE.
    Known problems: one stated field makes a category present; `missing-field` then lists the rest.
    Stakeholders are present when anyone on the customer's side has a role; scope also when there is any
    commitment.
    """
    for row in load_template().category:
        if row.id in missing_categories(packet):
            yield found(
                "missing-category", row.id, "blocker", row.id,
                f"Nothing at all is known about {row.label.lower()} of {account(packet.deal)}.",
                ask=row.ask, ask_of=row.ask_of, where=row.id,
            )  # fmt: skip


def missing_categories(packet: Packet) -> set[MandatoryCategory]:
    """The mandatory categories of which the packet says nothing."""
    present: set[str] = {
        row.category for row in load_template().field if is_known(summary_field(packet.summary, row.path))
    }
    if any(person.side == "customer" and person.role for person in packet.stakeholders):
        present.add("stakeholders")
    if packet.commitments:
        present.add("scope_and_commitments")
    return {row.id for row in load_template().category if row.id not in present}


@rule("missing-field", "major")
def missing_field(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a field that this deal must have is not stated, in a category that is not wholly missing.

    Why: the protocol knows no blank field: what is not known is asked for, or declared not applicable.
    Ask: the field's own question in the template.
    Known problems: a fact that stands in the sources in words the reader did not know is asked for again; the
    reviewer adds it with its quote. Fields with a rule of their own are not repeated here.
    """
    gone = missing_categories(packet)
    for row in load_template().field:
        if row.asked_by != "missing-field" or row.category in gone or not is_required(row, packet, policy):
            continue
        field = summary_field(packet.summary, row.path)
        if field.status == "not_applicable" or field.values:
            continue
        yield found(
            "missing-field", row.path, row.severity, row.category,
            f"{row.label}: not stated in any source.",
            ask=ask_about(row.ask, packet.deal), ask_of=row.ask_of, where=f"summary.{row.path}",
        )  # fmt: skip


@rule("not-applicable-without-reason", "minor")
def not_applicable_without_reason(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a field is marked not applicable without a reason, or only says "N/A", "TBD", "none" or a dash.

    Why: a filler looks like an answer and hides that nobody asked.
    Ask: why does it not apply, or what is the answer?
    Known problems: a real value that is such a word is reported; a longer value passes.
    """
    gone = missing_categories(packet)
    for row in load_template().field:
        field = summary_field(packet.summary, row.path)
        filler = _filler(field)
        if filler is None or row.category in gone:
            continue
        yield found(
            "not-applicable-without-reason", row.path, "minor", row.category,
            f"{row.label} says {filler} and gives no reason.",
            ask=f"Why does this not apply? If it does: {ask_about(row.ask, packet.deal)}",
            ask_of=row.ask_of, where=f"summary.{row.path}",
            evidence=tuple(e for value in field.values for e in value.evidence),
        )  # fmt: skip


def _filler(field: Field) -> str | None:
    """What stands in place of an answer, for a message; None when there is an answer or nothing at all."""
    if field.status == "not_applicable":
        return None if field.reason and not is_placeholder(field.reason) else "not applicable"
    if field.values and not real_values(field):
        return f'"{field.values[0].text.strip()}"'
    return None


@rule("out-of-scope-not-stated", "major")
def out_of_scope_not_stated(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: nothing says what is explicitly out of scope.

    Why: what the buyer believes they bought grows into every gap that nobody has closed.
    Ask: what was said not to be included, and what might they believe is included?
    Known problems: an exclusion in the contract that the reader did not take for one is not seen.
    """
    field = packet.summary.scope.out_of_scope
    if "scope_and_commitments" in missing_categories(packet) or is_known(field) or _filler(field):
        return
    row = load_template().row("scope.out_of_scope")
    if is_required(row, packet, policy):
        yield found(
            "out-of-scope-not-stated", None, row.severity, "scope_and_commitments",
            f"Nothing says what is out of scope for {account(packet.deal)}.",
            ask=ask_about(row.ask, packet.deal), ask_of=row.ask_of, where=f"summary.{row.path}",
        )  # fmt: skip


@rule("no-early-win", "major")
def no_early_win(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: no result is named that the customer will see within the first month (the policy's days).

    Why: the early-win test: a team that cannot name one has no packet that is ready.
    Ask: which result will they see within the first month, and who will notice it?
    Known problems: the time is read from words such as "within 90 days"; an early win without a time passes.
    """
    row = load_template().row("success_ladder.early_win")
    field = packet.summary.success_ladder.early_win
    if "business_objectives" in missing_categories(packet) or not is_required(row, packet, policy):
        return
    if field.status == "not_applicable" or _filler(field):
        return
    values = real_values(field)
    late = [value for value in values if _days(value.text) > policy.success.early_win_days]
    if values and len(late) < len(values):
        return
    month = f"the first {policy.success.early_win_days} days"
    message = f"No result is named that {account(packet.deal)} will see within {month}."
    if late:
        message = f'The earliest result named comes later than {month}: "{late[0].text}".'
    yield found(
        "no-early-win", None, row.severity, "business_objectives", message,
        ask=ask_about(row.ask, packet.deal), ask_of=row.ask_of, where=f"summary.{row.path}",
        evidence=tuple(e for value in late for e in value.evidence),
    )  # fmt: skip


def _days(text: str) -> float:
    """Days after which the text says it happens; 0 when it names no time."""
    if "first quarter" in text.lower():
        return 91
    spans = []
    for read in read_quantities(text):
        before = text[: read.start].lower().split()
        time = minutes(read.quantity)
        if time is not None and read.quantity.per is None and _introduces_a_span(before, text, read.start):
            spans.append(time / DAY)
    return max(spans, default=0)


def _introduces_a_span(before: list[str], text: str, start: int) -> bool:
    """ "within the first 90 days", "by the end of 3 months": not "saves 3 months"."""
    first = text[start:].lower().split()[0]
    near = [word for word in before[-3:] if word not in ("the", "a", "an")]
    return first in _BEFORE_A_SPAN or (bool(near) and near[-1] in _BEFORE_A_SPAN)
