"""One line for a person that says what a decision did; the history and a stale write show it."""

from __future__ import annotations

import re

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
DEEDS = {
    "create_deal": "started the deal", "change_deal": "changed what is known of the deal",
    "assign_csm": "gave the deal to a CSM", "delete_deal": "deleted the deal", "add_sources": "added files",
    "remove_source": "removed a file", "download": "downloaded a document", "crm_push": "wrote to the CRM",
    "draft_later": "asked a worker for a draft",
    "hear": "had a recording heard", "note_consent": "noted consent to a recording",
    "make_token": "made a token", "revoke_token": "revoked a token", "send_message": "sent a message",
    "sign_in": "signed in", "sign_in_refused": "was refused at the sign-in",
    "mark_not_applicable": "marked a line not applicable", "name_stakeholder": "named a person",
    "ask": "noted a question", "edit_value": "edited a line", "assign": "gave a promise an owner or a date",
    "answer_gap": "answered a gap", "record": "noted what happened", "unrecord": "took a note back",
    "tick": "ticked", "split": "split a promise", "merge": "merged promises",
}  # fmt: skip
"""Action of the audit log -> what a person reads where its subject is not told."""
LONGEST = 80
_REST = re.compile(r"(?: on)?:? *\{.*")


def what_happened(decision: Decision, packet: Packet | None) -> str:
    """The line, with the subject as people call it."""
    line = LINES.get(decision.action, decision.action.replace("_", " "))
    return line.format(
        subject=_called(decision.subject, packet),
        text=_short(decision.text or ""),
        role=(decision.role or "").replace("_", " "),
        ask_of=(decision.ask_of or "").replace("_", " "),
    )


def done_by(action: str) -> str:
    """What an action of the audit log is called where its subject is not told: "waived", "added a file"."""
    line = DEEDS.get(action) or LINES.get(action, action.replace("_", " "))
    return _REST.sub("", line).strip()


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
