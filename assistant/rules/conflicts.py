"""Conflicts: the sources disagree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.packet import Finding, Packet, Value
from assistant.packet.finding import FindingCategory
from assistant.protocol.policy import Policy
from assistant.protocol.template import ask_about, load_template, summary_field
from assistant.rules.rule import found, rule
from assistant.rules.wording import and_list, lowered, place, shortened, slug, spots

_AT_MOST = 4


@rule("conflicting-field", "major")
def conflicting_field(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the sources give a field of the deal summary two different values.

    Why: whoever plans with the wrong one plans twice.
    Ask: which one is right?
    Known problems: two true values that belong side by side (two sites) may be taken for a conflict.
    """
    for row in load_template().field:
        field = summary_field(packet.summary, row.path)
        if field.status == "conflicting":
            yield found(
                "conflicting-field", row.path, row.severity, row.category,
                f"The sources disagree about {lowered(row.label)}: {_sides(field.values)}.",
                ask=f"Which is right: {_choices(field.values)}? {ask_about(row.ask, packet.deal)}",
                ask_of=row.ask_of, where=f"summary.{row.path}",
                evidence=tuple(e for value in field.values for e in value.evidence),
            )  # fmt: skip


@rule("source-conflict", "major")
def source_conflict(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: two or more sources state the same thing differently.

    Why: each reader of one source believes another fact.
    Ask: which one is right, and who tells the others?
    Known problems: a conflict whose places a contradicted promise or a conflicting field shows already is not
    repeated.
    """
    said = _reported_elsewhere(packet)
    for conflict in packet.conflicts:
        here = spots(e for value in conflict.values for e in value.evidence)
        if here and any(here <= other for other in said):
            continue
        yield found(
            "source-conflict", slug(conflict.about), "major", _category(conflict.about),
            f"The sources disagree about {lowered(_subject(conflict.about))}: {_sides(conflict.values)}.",
            ask=f"Which is right for {lowered(_subject(conflict.about))}: {_choices(conflict.values)}? "
            "Who tells those who believe otherwise?",
            ask_of="ae", where="conflicts", evidence=tuple(e for v in conflict.values for e in v.evidence),
        )  # fmt: skip


def _reported_elsewhere(packet: Packet) -> list[set[tuple[str, str]]]:
    """The places that another finding shows together."""
    promises = [
        spots([*c.evidence, *c.contract_evidence, *(e for w in c.history for e in w.evidence)])
        for c in packet.commitments
        if c.verdict == "contradicted"
    ]
    fields = [summary_field(packet.summary, row.path) for row in load_template().field]
    return promises + [
        spots(e for v in field.values for e in v.evidence)
        for field in fields
        if field.status == "conflicting"
    ]


def _category(about: str) -> FindingCategory:
    rows = [row for row in load_template().field if row.path == about]
    return rows[0].category if rows else "documentation"


def _subject(about: str) -> str:
    """A summary path reads as its label."""
    rows = [row for row in load_template().field if row.path == about]
    return rows[0].label if rows else about


def _sides(values: tuple[Value, ...]) -> str:
    places = [f" ({place(v.evidence[0])})" if v.evidence else "" for v in values]
    shown = [f'"{shortened(v.text, 100)}"{where}' for v, where in zip(values, places, strict=True)]
    more = [f"{len(shown) - _AT_MOST} more"] if len(shown) > _AT_MOST else []
    return and_list(shown[:_AT_MOST] + more)


def _choices(values: tuple[Value, ...]) -> str:
    return " or ".join(f'"{shortened(v.text, 60)}"' for v in values[:_AT_MOST])
