"""Conflicts: the same thing stated in two ways, found by comparing numbers and days."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Conflict, ContractTerm, Summary, Value


def find_conflicts(
    record: DealRecord, commitments: Sequence[Commitment], terms: Sequence[ContractTerm], summary: Summary
) -> tuple[Conflict, ...]:
    """What the sources state in two ways; few and meaningful, each once."""
    found: list[Conflict] = []
    for section, fields in summary:
        for name in type(fields).model_fields:
            field = getattr(fields, name)
            if field.status == "conflicting":
                found.append(Conflict(about=f"{section}.{name}", values=field.values))
    return tuple(found + [c for c in map(_of_promise, commitments) if c])


def _of_promise(commitment: Commitment) -> Conflict | None:
    if commitment.verdict != "contradicted" or commitment.decided_by != "numbers" or not commitment.contract_evidence:
        return None
    said = [Value(text=w.text, evidence=w.evidence) for w in commitment.history]
    said.append(Value(text=commitment.text, evidence=commitment.evidence[-1:]))
    clause = commitment.contract_evidence[0]
    return Conflict(about=commitment.category, values=(*said, Value(text=clause.quote, evidence=(clause,))))
