"""One line for a person that says what a decision did; the history and a stale write show it."""

from __future__ import annotations

from assistant.packet import Decision, Packet
from assistant.protocol.events import SUBJECT, event_row
from assistant.protocol.readiness import SUBJECT as READY
from assistant.protocol.readiness import readiness_label
from assistant.protocol.template import load_template

LINES = {
    "draft": "drafted the packet",
    "redraft": "drafted the packet again",
    "edit_value": "edited {subject}",
    "mark_not_applicable": "marked {subject} not applicable",
    "answer_gap": "answered: {subject}",
    "name_stakeholder": "named {text} as {role}",
    "describe_stakeholder": "described a person: {text}",
    "confirm_verdict": "confirmed the verdict on {subject}",
    "correct_verdict": "corrected the verdict on {subject}",
    "assign": "assigned {subject}",
    "ask": "asked the {ask_of} about {subject}",
    "add_promise": "added a promise: {text}",
    "merge": "merged promises into {subject}",
    "split": "split {subject}",
    "dismiss": "dismissed as no promise: {subject}",
    "bring_back": "brought back a promise: {text}",
    "waive": "waived: {subject}",
    "unwaive": "took a waiver back: {subject}",
    "read_meeting": "read the handoff meeting: {text}",
    "cover": "noted what was spoken of: {subject}",
    "propose_answer": "proposed an answer: {text}",
    "drop_answer": "turned a proposed answer down: {subject}",
    "mention": "noted what may be a promise: {text}",
    "action_item": "noted an action item: {text}",
    "tick": "ticked {subject}",
    "untick": "took a tick back: {subject}",
    "record": "noted: {subject}",
    "unrecord": "took a note back: {subject}",
    "surprise": "noted what was met: {text}",
    "submit": "submitted the packet",
    "accept": "accepted the packet",
    "reject": "rejected the packet",
    "request_revision": "asked for a revision",
}
"""Action -> its line."""
LONGEST = 80


def what_happened(decision: Decision, packet: Packet | None) -> str:
    """The line, with the subject as people call it."""
    line = LINES.get(decision.action, decision.action.replace("_", " "))
    return line.format(
        subject=_called(decision.subject, packet),
        text=_short(decision.text or ""),
        role=(decision.role or "").replace("_", " "),
        ask_of=(decision.ask_of or "").replace("_", " "),
    )


def _called(subject: str, packet: Packet | None) -> str:
    rows = {row.path: row.label for row in load_template().field}
    if subject in rows:
        return rows[subject].lower()
    if subject.startswith(SUBJECT):
        return event_row(subject.removeprefix(SUBJECT)).label.lower()
    if (item := readiness_label(subject.removeprefix(READY))) is not None and subject.startswith(READY):
        return item.lower()
    promises = {c.id: c.text for c in packet.commitments} if packet else {}
    if subject in promises:
        return f'"{_short(promises[subject])}"'
    findings = {f.id: f.message for f in packet.findings} if packet else {}
    return _short(findings.get(subject, subject))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
