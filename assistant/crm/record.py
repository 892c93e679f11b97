"""A packet as writes for a CRM: the record of PROTOCOL 8, a note, tasks. Pure: nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from assistant.crm.nouns import Write
from assistant.documents.blocks import Block, Heading, Table, lines_of
from assistant.documents.transfer_packet import transfer_packet
from assistant.documents.words import account_of
from assistant.packet import Commitment, Finding, Packet
from assistant.protocol.events import Event, events
from assistant.protocol.handoffs import completeness, handoff_status
from assistant.protocol.policy import Policy

Type = Literal["choice", "text", "link", "number", "date", "moment"]
MOST_TASKS = 50
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST = 250
OPEN_VERDICTS = ("contradicted", "not_in_contract", "vague")


class Row(NamedTuple):
    """A property of the handoff's record."""

    label: str
    type: Type
    choices: tuple[str, ...] = ()


FIELDS: dict[str, Row] = {
    "status": Row("Handoff status", "choice", ("pending", "scheduled", "completed")),
    "acceptance": Row("CS acceptance", "choice", ("pending", "accepted", "rejected", "needs_revision")),
    "packet_link": Row("Deal summary", "link"),
    "completeness": Row("Completeness, per cent", "number"),
    "quality_score": Row("Quality score", "number"),
    "open_questions": Row("Open questions", "number"),
    "promises_to_settle": Row("Promises to settle", "number"),
    "csm": Row("CSM", "text"),
    "participants": Row("Handoff meeting: who was there", "text"),
    "meeting_at": Row("Handoff meeting", "moment"),
    "recording_link": Row("Recording or notes", "text"),
    "accepted_on": Row("Accepted on", "date"),
    "introduction_on": Row("Introduction sent on", "date"),
    "kickoff_on": Row("Kickoff on", "date"),
}
"""Property -> what it is, in the order of PROTOCOL 8; set-up makes them all."""
TAKEN_BACK = ("participants", "meeting_at", "recording_link", "introduction_on", "kickoff_on")
"""What people note and may take back: where it is not known it is emptied over there."""
BEFORE_ACCEPTANCE = ("status", "acceptance")
"""All that is written while customer success has not accepted."""
ACCEPTANCE = {"accepted": "accepted", "rejected": "rejected", "needs_revision": "needs_revision"}


def plan(packet: Packet, deal: str, policy: Policy, link: str | None = None) -> list[Write]:
    """What to write for this packet, in order. `link`: the deal's address on the desk."""
    record = _record(packet, policy, link)
    fields = {name: value for name, value in record.items() if value is not None or name in TAKEN_BACK}
    if packet.status != "accepted":
        kept = {name: fields[name] for name in BEFORE_ACCEPTANCE}
        return [Write("record", "packet", kept, marker(deal, "record"))]
    at = accepted_at(packet)
    note = {"title": f"Handoff: {account_of(packet)}", "body": _note(packet, policy, link), "at": at}
    return [
        Write("record", "packet", fields, marker(deal, "record")),
        Write("note", "packet", note, marker(deal, "note")),
        *(Write("task", subject, task, marker(deal, subject)) for subject, task in _tasks(packet, at)),
    ]


def marker(deal: str, subject: str) -> str:
    """What tells that a note or task is ours, and which."""
    return f"[handoff {deal} {subject}]"


def accepted_at(packet: Packet) -> str:
    """When customer success took it, ISO; "" while it has not."""
    return next((d.at for d in reversed(packet.decisions) if d.action == "accept"), "")


def _record(packet: Packet, policy: Policy, link: str | None) -> dict[str, Any]:
    last = {event.kind: event for event in events(packet)}
    score, promises = packet.score, [c for c in packet.commitments if c.verdict in OPEN_VERDICTS]
    return {
        "status": handoff_status(packet),
        "acceptance": ACCEPTANCE.get(packet.status, "pending"),
        "packet_link": link,
        "completeness": completeness(packet, policy),
        "quality_score": round(score.known, 1) if score else None,
        "open_questions": sum(f.is_open for f in packet.findings),
        "promises_to_settle": len(promises),
        "csm": packet.deal.csm,
        "participants": ", ".join(last["meeting_held"].people) or None if "meeting_held" in last else None,
        "meeting_at": _moment(last.get("meeting_held") or last.get("meeting_scheduled")),
        "recording_link": last["meeting_held"].text if "meeting_held" in last else None,
        "accepted_on": accepted_at(packet)[:10] or None,
        "introduction_on": _day(last.get("introduction_sent")),
        "kickoff_on": _day(last.get("kickoff_held") or last.get("kickoff_scheduled")),
    }


def _moment(event: Event | None) -> str | None:
    return (event.planned_for or event.at).isoformat(timespec="seconds") if event else None


def _day(event: Event | None) -> str | None:
    return (event.planned_for or event.at).date().isoformat() if event else None


def _note(packet: Packet, policy: Policy, link: str | None) -> str:
    text = "\n".join(_plain(transfer_packet(packet, policy)))
    return f"{text}\n\n{link}\n" if link else text


def _plain(blocks: Iterable[Block]) -> Iterator[str]:
    """Lines of text: a CRM shows neither Markdown nor tables."""
    for block in blocks:
        if isinstance(block, Heading):
            yield f"\n{block.text}"
        elif isinstance(block, Table):
            rows = ([", ".join(line.text for line in cell) for cell in row] for row in block.rows)
            yield from ("- " + ": ".join(filter(None, row)) for row in rows)
        else:
            yield from (line.text for line in lines_of(block))


def _tasks(packet: Packet, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Promises that have a date or are not settled, then open questions; gravest first."""
    wanted = (*OPEN_VERDICTS, "covered")
    promises = [c for c in packet.commitments if c.verdict in wanted and (c.due or c.verdict != "covered")]
    found = [*map(_of_promise, promises), *(_of_finding(f) for f in _questions(packet))]
    asked: dict[str, tuple[str, dict[str, Any]]] = {}
    for subject, task in found:
        asked.setdefault(task["title"], (subject, task))  # two gaps with one question are one task
    for subject, task in list(asked.values())[:MOST_TASKS]:
        yield subject, {**task, "at": at}


def _questions(packet: Packet) -> list[Finding]:
    """Open findings that are about no promise: those have their own task."""
    still = [f for f in packet.findings if f.is_open and not f.answered]
    return [f for f in still if not f.where.startswith("commitments.")]


def _of_promise(promise: Commitment) -> tuple[str, dict[str, Any]]:
    due = f" (due {promise.due})" if promise.due else ""
    body = [promise.text + due, f"Against the contract: {promise.verdict.replace('_', ' ')}"]
    body += [promise.explanation] if promise.explanation else []
    body += [f"“{quote.quote}” ({quote.source}, {quote.locator})" for quote in promise.evidence[-1:]]
    task = {"title": _short(f"Promise: {promise.text}"), "body": "\n".join(body)}
    if promise.due and DAY.match(promise.due):
        task["due"] = promise.due[:10]
    return promise.id, task


def _of_finding(finding: Finding) -> tuple[str, dict[str, Any]]:
    whom = finding.ask_of.replace("_", " ")
    return finding.id, {"title": _short(f"Ask {whom}: {finding.ask}"), "body": finding.message}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
