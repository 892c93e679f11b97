"""A handoff at a glance: the facts of one packet that reports count, each read from the packet itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from assistant.packet import Decision, Noun, Packet, Status, Trigger
from assistant.protocol.clocks import clocks
from assistant.protocol.events import Event, events, happened, last_of, utc
from assistant.protocol.moments import facts_of
from assistant.protocol.policy import Policy
from assistant.protocol.practices import practices_of
from assistant.protocol.score import band, score_packet
from assistant.protocol.score_meeting import LONG_AGO
from assistant.protocol.surprises import Class, surprises
from assistant.protocol.template import is_known, is_required, load_template, summary_field

HandoffStatus = Literal["pending", "scheduled", "completed"]
FirstReview = Literal["accept", "reject", "request_revision"]
REVIEWS: tuple[FirstReview, ...] = ("accept", "reject", "request_revision")


BY_SUBJECT = ("missing-field", "missing-category")
"""Rules whose gaps are counted by what is missing, not together."""


class Handoff(Noun):
    """Times are aware, in UTC; None: it has not happened, or nobody noted it."""

    id: str
    account: str
    rep: str | None
    """The AE, as the deal names them."""
    team: str | None
    csm: str | None
    segment: str | None
    trigger: Trigger
    status: Status
    closed: datetime | None = None
    submitted: datetime | None = None
    """For the first time."""
    accepted: datetime | None = None
    met: datetime | None = None
    """The handoff meeting."""
    met_due: datetime | None = None
    introduced: datetime | None = None
    first_review: FirstReview | None = None
    rejections: int = 0
    points: float = 0
    """Of the score, out of `knowable`."""
    knowable: float = 0
    band: str | None = None
    """None until all of the score is known."""
    completeness: float = 0
    """Required fields that are known, in per cent."""
    gaps: tuple[str, ...] = ()
    """Rules that still find something ("missing-field:scope.training"), codes of rejections."""
    practices: tuple[str, ...] = ()
    """What was done well: ids of PRACTICES."""
    satisfaction: float | None = None
    """0 to 10, thirty days in."""
    churned: datetime | None = None
    churn_reason: str | None = None
    surprises: tuple[Class, ...] = ()

    @property
    def score(self) -> float | None:
        """Points in per cent of those that can be known; None where none can."""
        return 100 * self.points / self.knowable if self.knowable else None

    @property
    def hours(self) -> float | None:
        """From closed-won to CS's acceptance."""
        if self.closed is None or self.accepted is None:
            return None
        return (self.accepted - self.closed) / timedelta(hours=1)

    def in_time(self, now: datetime) -> bool | None:
        """Whether the meeting was held within the SLA; None while that is open or cannot be told."""
        if self.met_due is None:
            return None
        if self.met is None:
            return False if now > self.met_due else None
        return self.met <= self.met_due


def handoff_of(packet: Packet, id: str, policy: Policy) -> Handoff:
    """What the packet says of the handoff."""
    deal, decisions, found = packet.deal, packet.decisions, events(packet)
    score = score_packet(packet, policy)
    left = last_of(found, "churned")
    return Handoff(
        id=id, account=deal.account or "", rep=deal.ae, team=deal.team, csm=deal.csm, segment=deal.segment,
        trigger=deal.trigger, status=packet.status, closed=facts_of(packet).closed(),
        met_due=_met_due(packet, policy), submitted=_first(decisions, "submit"), accepted=_accepted(packet),
        met=_at(found, "meeting_held"), introduced=_at(found, "introduction_sent"),
        first_review=next((d.action for d in decisions if d.action in REVIEWS), None),
        rejections=sum(d.action == "reject" for d in decisions),
        points=score.known, knowable=score.knowable, band=band(score, policy),
        completeness=completeness(packet, policy), gaps=_gaps(packet), practices=practices_of(packet, policy),
        satisfaction=_number(last_of(found, "satisfaction")), churned=left.at if left else None,
        churn_reason=left.text if left else None, surprises=tuple(s.kind for s in surprises(packet)),
    )  # fmt: skip


def handoff_status(packet: Packet) -> HandoffStatus:
    """As the CRM's handoff record has it."""
    if packet.status == "accepted":
        return "completed"
    return "scheduled" if happened(packet, "meeting_scheduled") else "pending"


def completeness(packet: Packet, policy: Policy) -> float:
    """Fields that this deal must have and that are known, in per cent; 100 where it must have none."""
    rows = [row for row in load_template().field if is_required(row, packet, policy)]
    known = sum(is_known(summary_field(packet.summary, row.path)) for row in rows)
    return round(100 * known / len(rows), 1) if rows else 100.0


def _met_due(packet: Packet, policy: Policy) -> datetime | None:
    """When the clock of the meeting runs out; what a clock is due does not hang on the time."""
    held = (clock for clock in clocks(packet, policy, LONG_AGO) if clock.id == "meeting_held")
    return next(held).due


def _gaps(packet: Packet) -> tuple[str, ...]:
    still = {f.id if f.rule in BY_SUBJECT else f.rule for f in packet.findings if f.is_open}
    codes = {reason.code for d in packet.decisions if d.action == "reject" for reason in d.reasons}
    return tuple(sorted(still | codes))


def _accepted(packet: Packet) -> datetime | None:
    """Of the acceptance that stands."""
    if packet.status != "accepted":
        return None
    times = [d.at for d in packet.decisions if d.action == "accept"]
    return utc(datetime.fromisoformat(times[-1])) if times else None


def _first(decisions: Sequence[Decision], action: str) -> datetime | None:
    times = (utc(datetime.fromisoformat(d.at)) for d in decisions if d.action == action)
    return next(times, None)


def _at(found: Sequence[Event], kind: str) -> datetime | None:
    event = last_of(found, kind)
    return event.at if event else None


def _number(event: Event | None) -> float | None:
    """The score in the note of a satisfaction event: "8", "8/10", "8.5 - happy"."""
    words = (event.text or "").replace("/", " ").split() if event else []
    try:
        value = float(words[0].replace(",", ".")) if words else -1.0
    except ValueError:
        return None
    return value if 0 <= value <= 10 else None
