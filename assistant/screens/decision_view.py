"""The decision: what blocks, what was decided before, what changed since the last round."""

from __future__ import annotations

from datetime import timedelta

from assistant.desk.words import what_happened
from assistant.packet import Decision, Finding, Packet, Status
from assistant.protocol.policy import Policy
from assistant.review.rounds import ReturnClock, is_escalated, open_blockers, rejections
from assistant.rules.wording import shortened
from assistant.screens import texts
from assistant.screens.markup import (
    chip,
    day_and_time,
    empty,
    safe,
    severity_chip,
    status_chip,
    table,
    tag,
    text,
)

LABEL = 80
"""Letters of a finding in a list to choose from."""
WHOSE_MOVE: dict[Status, str] = {
    "draft": texts.WITH_SALES_ANSWER_THE_GAPS,
    "submitted": texts.WITH_CS_ACCEPT_REJECT_OR,
    "accepted": texts.ACCEPTED_WORK_CAN_START_EDITS,
    "rejected": texts.BACK_WITH_SALES_FIX_EACH,
    "needs_revision": texts.BACK_WITH_SALES_REVISE_THEN,
}


def blocker_list(packet: Packet) -> str:
    """What blocks acceptance, promises in their own words; the empty state says that nothing does."""
    found = open_blockers(packet)
    if not found:
        return empty(texts.NOTHING_BLOCKS_ACCEPTANCE, texts.THE_CS_MANAGER_CAN_ACCEPT)
    items = (
        tag("li", f"{severity_chip('blocker')} {_blocker(f, packet)}", data_choose=f.id, tabindex="0",
            class_="card")
        for f in found
    )  # fmt: skip
    head = tag("h3", text(texts.WHAT_BLOCKS.format(number=len(found))))
    hint = tag("p", text(texts.CLICK_TO_SETTLE), class_="none")
    return safe(head + hint + tag("ul", items, class_="blockers"))


def gap_label(finding: Finding, packet: Packet) -> str:
    """A finding in one short line: the promise that it is about, else its own words."""
    for number, c in enumerate(packet.commitments, start=1):
        if finding.where == f"commitments.{c.id}":
            return f"P{number} “{shortened(c.text, LABEL)}”"
    return shortened(finding.message, LABEL)


def _blocker(finding: Finding, packet: Packet) -> str:
    for number, c in enumerate(packet.commitments, start=1):
        if finding.where == f"commitments.{c.id}":
            return f"{tag('strong', text(f'P{number}'))} “{text(c.text)}” {tag('small', text(c.explanation))}"
    return text(finding.message)


def decision_log(packet: Packet) -> str:
    """Who decided what and when, newest first."""
    if not packet.decisions:
        return empty(texts.NOBODY_HAS_DECIDED_ANYTHING_YET, texts.SUBMIT_THE_PACKET_WHEN_IT)
    rows = (
        (day_and_time(d.at), text(d.by), text(what_happened(d, packet)), _why(d))
        for d in reversed(packet.decisions)
    )
    return safe(table((texts.WHEN_UTC, texts.WHO, texts.WHAT, texts.WHY), rows, texts.DECISIONS))


def _why(d: Decision) -> str:
    reasons = "; ".join(
        " ".join(filter(None, (texts.REJECTION_CODES[r.code], f"({r.subject})" if r.subject else "", r.note)))
        for r in d.reasons
    )
    return text("; ".join(filter(None, (d.reason, d.text, reasons))))


def round_line(packet: Packet, policy: Policy, clock: ReturnClock | None) -> str:
    """Whose move it is, the clock of a returned packet, and the escalation of a repeated rejection."""
    parts = [status_chip(packet.status), tag("span", text(WHOSE_MOVE[packet.status]))]
    if clock:
        hours = abs(clock.left) // timedelta(hours=1)
        late = clock.is_overdue
        words = (
            texts.HOURS_OVERDUE.format(hours=hours)
            if late
            else texts.HOURS_LEFT_DUE.format(hours=hours, due=clock.due)
        )
        parts.append(chip("◷", words, "contradicted" if late else "vague"))
    if is_escalated(packet, policy):
        parts.append(chip("▲", texts.REJECTED_TIMES.format(times=rejections(packet)), "contradicted"))
    return safe(tag("div", parts, class_="packet-head"))
