"""The quality score: points known out of points knowable now, each part with a reason; never a guess."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.units import MINUTES, dimension
from assistant.packet import Commitment, Packet, Score, ScorePart, Stakeholder
from assistant.protocol.policy import Policy
from assistant.protocol.real_names import names_a_person
from assistant.protocol.score_meeting import meeting_parts, timeliness_parts
from assistant.protocol.template import FieldRow, is_known, is_required, load_template, summary_field

NAMED, TITLED, UNDERSTOOD = 0.5, 0.25, 0.25
"""What a role of the stakeholder map is worth: a person, a title, and what moves them."""
CONTRACT_KINDS = ("contract", "order_form", "amendment")


def score_packet(packet: Packet, policy: Policy) -> Score:
    """The score of a packet. Meeting and timeliness are None until an event that is noted tells them."""
    meeting = (*meeting_parts(packet, policy), *timeliness_parts(packet, policy))
    parts = (*_documentation(packet, policy), *meeting)
    known = sum(part.points for part in parts if part.points is not None)
    knowable = sum(part.out_of for part in parts if part.points is not None)
    return Score(known=round(known, 1), knowable=knowable, out_of=sum(p.out_of for p in parts), parts=parts)


def band(score: Score, policy: Policy) -> str | None:
    """ "excellent", "good", "acceptable", "substandard"; None until all of the score can be known."""
    if score.knowable < score.out_of:
        return None
    bands, reached = policy.score.bands, 100 * score.known / score.out_of
    for name in ("excellent", "good", "acceptable"):
        if reached >= getattr(bands, name):
            return name
    return "substandard"


def _documentation(packet: Packet, policy: Policy) -> tuple[ScorePart, ...]:
    weights = policy.score.documentation
    required = [row for row in load_template().field if is_required(row, packet, policy)]
    risks = [r for r in required if r.category == "risk_factors" or r.path == "implementation_plan.risks"]
    return (
        _fields_part("deal summary complete", weights.summary_complete, required, packet, "required fields"),
        _map_part(weights.stakeholder_map, packet, policy),
        _commitments_part(weights.commitments_documented, packet, policy),
        _fields_part("risks identified", weights.risks_identified, risks, packet, "risk fields"),
    )


def _fields_part(name: str, out_of: int, rows: Sequence[FieldRow], packet: Packet, what: str) -> ScorePart:
    missing = [row.label for row in rows if not is_known(summary_field(packet.summary, row.path))]
    known = len(rows) - len(missing)
    why = f"{known} of {len(rows)} {what} are known" + (f"; missing: {', '.join(missing)}" if missing else "")
    return ScorePart(name=name, points=_points(out_of, known, len(rows)), out_of=out_of, why=why)


def _points(out_of: int, got: float, of: int) -> float | None:
    return round(out_of * got / of, 1) if of else None


def _map_part(out_of: int, packet: Packet, policy: Policy) -> ScorePart:
    """Each required role: half for a person, a quarter for a title, a quarter for what moves them."""
    roles = [role for role in load_template().role if is_required(role, packet, policy)]
    worth, lacking = 0.0, []
    for role in roles:
        people = [s for s in packet.stakeholders if s.side == "customer" and s.role == role.id]
        best = max((_detail(person) for person in people), default=0.0)
        worth += best
        if best < 1:
            lacking.append(f"{role.label} ({round(100 * best)} %)")
    full = len(roles) - len(lacking)
    why = f"{full} of {len(roles)} roles are described in full" + (
        f"; incomplete: {', '.join(lacking)}" if lacking else ""
    )
    return ScorePart(
        name="stakeholder map detailed", points=_points(out_of, worth, len(roles)), out_of=out_of, why=why
    )


def _detail(person: Stakeholder) -> float:
    if person.role == "end_users":  # a group: it has no name and no title of its own
        return NAMED + TITLED + (UNDERSTOOD if _is_understood(person) else 0)
    named = NAMED if names_a_person(person.name) else 0
    return named + (TITLED if person.title else 0) + (UNDERSTOOD if _is_understood(person) else 0)


def _is_understood(person: Stakeholder) -> bool:
    facts = (person.stance, person.influence, person.objectives, person.concerns, person.preferences)
    return any(facts)


def _commitments_part(out_of: int, packet: Packet, policy: Policy) -> ScorePart:
    """Each live promise: who made it, by when where that matters, checkable or not, held to a contract."""
    name = "commitments documented"
    live = [c for c in packet.commitments if c.verdict != "withdrawn"]
    if not live:
        why = "no promise was found; whether none was made cannot be known"
        return ScorePart(name=name, points=None, out_of=out_of, why=why)
    read_contract = any(source.kind in CONTRACT_KINDS for source in packet.sources)
    marks = [(*_marks(c, policy), read_contract) for c in live]
    counts = [sum(column) for column in zip(*marks, strict=True)]
    labels = (
        "name who made them",
        "have a date where one is needed",
        "can be checked",
        "stand beside a contract",
    )
    why = f"of {len(live)} promises " + ", ".join(
        f"{n} {label}" for n, label in zip(counts, labels, strict=True)
    )
    return ScorePart(name=name, points=_points(out_of, sum(counts), 4 * len(live)), out_of=out_of, why=why)


def _marks(commitment: Commitment, policy: Policy) -> tuple[bool, bool, bool]:
    dated = commitment.category not in policy.promises.needs_date or has_date(commitment)
    return bool(commitment.speaker), dated, commitment.verdict != "vague"


def has_date(commitment: Commitment) -> bool:
    """A due date, an event it waits for, or a duration in its number."""
    quantity = commitment.quantity
    timed = quantity is not None and (dimension(quantity.unit) == "time" or quantity.per in MINUTES)
    return bool(commitment.due or commitment.condition or timed)
