"""Account handover and off-boarding: why the owner changes, who knows it, what is left to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.packet import Evidence, Finding, Packet, Severity, Value
from assistant.protocol.events import happened
from assistant.protocol.kinds import incoming, outgoing, scenarios
from assistant.protocol.policy import Policy
from assistant.protocol.template import real_values
from assistant.rules.rule import found, rule
from assistant.rules.wording import account, capital, shortened, slug

_SHORTEST = 4
"""Letters of a word that says what a goal is about."""
_STEM = 5
"""Letters by which two words are the same: "invoice", "invoicing"."""
_IDLE = frozenset(
    "with from that this they them their have were been will would should could about into than then when"
    " what which while every each more less most least original originally initial initially goal goals"
    " target targets status today currently reached missed partly percent month months year years weeks days"
    .split()
)  # fmt: skip


@rule("scenario-not-named", "minor")
def scenario_not_named(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: deal.yaml does not say which of the seven scenarios an account handover is.

    Why: what must be known hangs on it: a leave needs a day of return, a merger what changes for them.
    Ask: which scenario is it?
    Known problems: a reason that the sources state is shown, but it does not choose the scenario.
    """
    if packet.deal.scenario is None:
        labels = "; ".join(row.label for row in scenarios())
        yield found(
            "scenario-not-named", None, "minor", "customer_context",
            f"Nothing says which kind of change of owner this is for {account(packet.deal)}.",
            ask=f"Which of these is it: {labels}?",
            ask_of="outgoing_owner", where="deal.scenario",
        )  # fmt: skip


@rule("return-date-missing", "major")
def return_date_missing(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the owner goes on leave, and no day of return is named.

    Why: a temporary owner must know how long, and the customer when the old one is back.
    Ask: when is the owner back?
    Known problems: a day that only the sources name does not count; enter it as `return_date`.
    """
    if packet.deal.scenario == "leave" and packet.deal.return_date is None:
        who = outgoing(packet.deal) or "the outgoing owner"
        yield found(
            "return-date-missing", None, "major", "implementation_planning",
            f"It is not said when {who} is back from leave.",
            ask=f"On which day is {who} back, and who owns {account(packet.deal)} if that day moves?",
            ask_of="outgoing_owner", where="deal.return_date",
        )  # fmt: skip


@rule("customer-not-told", "major")
def customer_not_told(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: nobody noted that the customer was told who takes over and why; a blocker once the day has come.

    Why: the customer is told beforehand, by the one they know, and not by a stranger's first mail.
    Ask: when is the customer told, by whom?
    Known problems: a mail among the sources that tells it does not count until somebody notes it.
    """
    if happened(packet, "owner_change_told"):
        return
    day = packet.deal.handover_date
    severity: Severity = "blocker" if day and day <= packet.run.as_of else "major"
    since = f", though the owner changed on {day.isoformat()}" if day and severity == "blocker" else ""
    new = incoming(packet.deal) if packet.deal.trigger == "account_handover" else packet.deal.next_provider
    yield found(
        "customer-not-told", None, severity, "readiness",
        f"Nobody noted that {account(packet.deal)} was told who takes over and why{since}.",
        ask=f"When and by whom is {account(packet.deal)} told that {new or 'another'} takes over, and why?",
        ask_of="outgoing_owner", where="events.owner_change_told",
    )  # fmt: skip


@rule("no-follow-up-meeting", "minor")
def no_follow_up_meeting(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the owners met, and no follow-up meeting was held.

    Why: most questions come up once the new owner has worked with the account for some days.
    Ask: when do both owners meet again?
    Known problems: silent until the handoff meeting is noted as held.
    """
    if happened(packet, "meeting_held") and not happened(packet, "follow_up_held"):
        owners = " and ".join(name for name in (outgoing(packet.deal), incoming(packet.deal)) if name)
        yield found(
            "no-follow-up-meeting", None, "minor", "readiness",
            f"The owners of {account(packet.deal)} met, but no follow-up meeting was held.",
            ask=f"When do {owners or 'both owners'} meet again, and how does the transition go until then?",
            ask_of="incoming_owner", where="events.follow_up_held",
        )  # fmt: skip


@rule("feedback-not-asked", "minor")
def feedback_not_asked(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the handover is over, and the customer was not asked how it went.

    Why: the next handover learns from it, and a customer who was asked stays.
    Ask: what does the customer say about the change?
    Known problems: over means that the follow-up was held, or that the day of an off-boarding has passed.
    """
    day = packet.deal.handover_date
    ended = packet.deal.trigger == "off_boarding" and day is not None and day < packet.run.as_of
    if (happened(packet, "follow_up_held") or ended) and not happened(packet, "feedback_asked"):
        yield found(
            "feedback-not-asked", None, "minor", "readiness",
            f"{capital(account(packet.deal))} was not asked how the change went.",
            ask=f"What does {account(packet.deal)} say about the change of owner?",
            ask_of="cs_manager", where="events.feedback_asked",
        )  # fmt: skip


@rule("goal-without-status", "major")
def goal_without_status(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a goal of the start of which nothing says where it stands today.

    Why: the summary of work holds goals against where they stand; one without that was forgotten or hidden.
    Ask: was it reached, partly reached, missed or dropped?
    Known problems: goal and status are paired by the words they share, or by the place they stand in; as many
    statuses as goals in wholly other words count as paired.
    """
    goals = real_values(packet.summary.off_boarding.original_goals)
    told = real_values(packet.summary.off_boarding.goals_now)
    if not goals or not told:
        return  # missing-field asks for the whole line
    pairs = {n: [m for m, status in enumerate(told) if _fits(goal, status)] for n, goal in enumerate(goals)}
    spare = len(told) - len({m for fitting in pairs.values() for m in fitting})
    for number in [n for n, fitting in pairs.items() if not fitting][max(0, spare) :]:
        goal = goals[number]
        yield found(
            "goal-without-status", slug(shortened(goal.text, 40)), "major", "business_objectives",
            f'Nothing says where this goal stands today: "{shortened(goal.text, 120)}".',
            ask=f'Was "{shortened(goal.text, 120)}" reached, partly reached, missed or dropped?',
            ask_of="outgoing_owner", where="summary.off_boarding.goals_now", evidence=goal.evidence,
        )  # fmt: skip


def _fits(goal: Value, status: Value) -> bool:
    said = _stems(goal.text) & _stems(status.text)
    return bool(said or _places(goal.evidence) & _places(status.evidence))


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]+", text.lower())
    return {word[:_STEM] for word in words if len(word) >= _SHORTEST and word not in _IDLE}


def _places(evidence: tuple[Evidence, ...]) -> set[tuple[str, str]]:
    return {(e.source, e.segment_id) for e in evidence}
