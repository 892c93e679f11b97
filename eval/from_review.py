"""A reviewed packet becomes a case: what the reviewer left standing, corrected and added are its answers.

Whoever reviewed a whole deal has answered it. A value that a person entered without a quote is in no source:
a reader must leave that line open, so it becomes an absent field, as does one that the reviewer emptied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from assistant.errors import HandoffError
from assistant.evidence.quantities import read_quantities
from assistant.packet import Commitment, Evidence, Field, Packet

SHORT = 8
"""Words of a value that another reader may be expected to give as well."""
DISMISSED = "dismiss"
"""Decisions whose action begins so name what is no promise."""


def answers_of(packet: Packet, name: str) -> dict[str, Any]:
    """gold.yaml of the packet as plain data. Raises HandoffError where promises were not looked at."""
    _refuse_unreviewed(packet)
    lines, chains = _commitments(packet)
    fields = dict(_fields(packet))
    return {
        "deal": name,
        "as_of": packet.run.as_of.isoformat(),
        "tags": ["from-review"],
        "commitments": lines,
        "same_promise": chains,
        "traps": list(_traps(packet)),
        "fields": fields,
        "absent_fields": sorted(_absent(packet)),
        "missing_categories": sorted({f.category for f in packet.findings if f.rule == "missing-category"}),
        "stakeholders": [
            {"name": s.name, "role": s.role, "title": s.title or ""}
            for s in packet.stakeholders
            if s.side == "customer"
        ],
        "preconditions": {
            "contract_fully_executed": packet.readiness.contract_fully_executed,
            "payment_terms": packet.readiness.payment_terms,
            "red_flags": list(packet.readiness.red_flags),
        },
        "conflicts": [
            {
                "about": c.about,
                "values": [v.text for v in c.values],
                "sources": [v.evidence[0].source if v.evidence else "" for v in c.values],
            }
            for c in packet.conflicts
        ],
    }


def _refuse_unreviewed(packet: Packet) -> None:
    made = {p.id for d in packet.decisions for p in d.promises}
    decided = {d.subject for d in packet.decisions}
    unseen = [
        c for c in packet.commitments
        if not (c.confirmed_by or c.decided_by == "reviewer" or c.id in made | decided)
    ]  # fmt: skip
    if packet.status != "accepted" and unseen:
        raise HandoffError(
            f"{len(unseen)} of {len(packet.commitments)} promises were not looked at, so they are no "
            "answers. Confirm or correct them, or accept the packet, and try again."
        )


def _commitments(packet: Packet) -> tuple[list[dict[str, Any]], list[list[str]]]:
    lines: list[dict[str, Any]] = []
    chains: list[list[str]] = []
    corrected = {d.subject for d in packet.decisions if d.action == "correct_verdict"}
    added = {p.id for d in packet.decisions for p in d.promises}
    for c in packet.commitments:
        if not c.evidence:
            continue
        tags = ["corrected"] * (c.id in corrected) + ["added"] * (c.id in added)
        ids = []
        for wording in c.history:
            if wording.evidence:
                ids.append(f"p{len(lines) + 1}")
                change = {} if wording.changed == "repeated" else {"superseded_by": f"p{len(lines) + 2}"}
                said = {"speaker": wording.speaker or c.speaker, **_said(wording.evidence), **change}
                lines.append({"id": ids[-1], "party": c.party, **said, **_judged(c), "tags": tags})
        ids.append(f"p{len(lines) + 1}")
        said = {"speaker": c.speaker, **_said(c.evidence, taken_back=c.verdict == "withdrawn")}
        lines.append({"id": ids[-1], "party": c.party, **said, **_judged(c), "tags": tags})
        chains += [ids] if len(ids) > 1 else []
    return lines, chains


def _said(evidence: tuple[Evidence, ...], taken_back: bool = False) -> dict[str, Any]:
    """Demand first, then the promise, a retraction last: the packet's order of evidence."""
    back = evidence[-1] if taken_back and len(evidence) > 1 else None
    left = evidence[:-1] if back else evidence
    found: dict[str, Any] = {"source": left[-1].source, "quote": left[-1]}
    if len(left) > 1 and left[0].source == left[-1].source:
        found["asked"] = left[0]
    return found | ({"withdrawn_by": {"source": back.source, "quote": back}} if back else {})


def _judged(c: Commitment) -> dict[str, Any]:
    judged: dict[str, Any] = {"category": c.category, "verdict": c.verdict}
    if c.verdict in ("covered", "contradicted") and c.contract_evidence:
        clause = c.contract_evidence[0]
        judged["contract"] = {"source": clause.source, "quote": clause}
    return judged


def _traps(packet: Packet) -> Iterator[dict[str, Any]]:
    for decision in packet.decisions:
        if decision.action.startswith(DISMISSED):
            for evidence in (*decision.evidence, *(e for p in decision.promises for e in p.evidence[-1:])):
                yield {"source": evidence.source, "quote": evidence, "why": decision.reason or "Dismissed."}


def _lines(packet: Packet) -> Iterator[tuple[str, Field]]:
    for section in type(packet.summary).model_fields:
        part = getattr(packet.summary, section)
        yield from ((f"{section}.{name}", getattr(part, name)) for name in type(part).model_fields)


def _fields(packet: Packet) -> Iterator[tuple[str, dict[str, Any]]]:
    """Lines that a source states in words short enough to be expected of others."""
    for path, field in _lines(packet):
        proven = [v for v in field.values if v.evidence]
        wanted = sorted({w for v in proven for w in _wordings(v.text)})
        if field.status in ("stated", "conflicting") and wanted:
            first = proven[0].evidence[0]
            yield path, {"any_of": wanted, "source": first.source, "quote": first}


def _wordings(text: str) -> Iterable[str]:
    """The value itself where it is short, else the figures in it."""
    if len(text.split()) <= SHORT:
        return [text]
    return [read.quantity.text for read in read_quantities(text)]


def _absent(packet: Packet) -> Iterator[str]:
    for path, field in _lines(packet):
        entered_only = bool(field.values) and not any(v.evidence for v in field.values)
        if field.status == "not_stated" or (field.status == "stated" and entered_only):
            yield path


def quotes_in(node: Any) -> Iterator[Evidence]:
    """Every evidence in the answers, which still hold them whole."""
    if isinstance(node, Evidence):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from quotes_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from quotes_in(value)
