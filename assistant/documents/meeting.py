"""The papers of the handoff meeting: the tailored agenda, the notes form, the checklist."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.documents.blocks import Block, Bullets, Cell, Heading, Line, Paragraph, Table, cell
from assistant.documents.words import account_of, count, severities, tally, whom
from assistant.packet import Packet
from assistant.protocol.agenda import AgendaItem, AgendaQuestion, agenda, meeting_minutes
from assistant.protocol.checklist import ChecklistItem, When, checklist
from assistant.protocol.events import happened
from assistant.protocol.participants import Seat, participants
from assistant.protocol.policy import Policy

WHEN: dict[When, str] = {
    "before": "Before the meeting",
    "meeting": "In the meeting",
    "after": "After the meeting",
}
TO_FILL = "…" * 30
"""A line that a person writes on; never an empty field."""


def meeting_agenda(packet: Packet, policy: Policy) -> list[Block]:
    """Who must come, and how the minutes are spent, with the questions that this packet leaves open."""
    minutes = meeting_minutes(packet, policy)
    return [
        Heading(f"Handoff meeting: {account_of(packet)}", 0),
        Paragraph(
            (
                Line(f"{_when(packet)}{minutes} minutes."),
                Line(f"Findings: {severities(packet)}. Promises: {tally(packet)}."),
            )
        ),
        Heading("Who comes", 1),
        _seats(packet, policy),
        Heading("Agenda", 1),
        Table(
            ("Minutes", "Segment", "Questions to ask"),
            (0.13, 0.27, 0.6),
            tuple(_agenda_row(item, packet) for item in agenda(packet, policy)),
        ),
        Paragraph(
            cell(
                "Recorded or noted; the checklist is filled in the meeting; every action has an owner.",
                "muted",
            )
        ),
    ]


def _when(packet: Packet) -> str:
    event = happened(packet, "meeting_scheduled")
    at = event.planned_for if event else None
    return f"{at.strftime('%Y-%m-%d %H:%M UTC')}, " if at else ""


def _seats(packet: Packet, policy: Policy) -> Table:
    return Table(
        ("Seat", "Person", "Attendance", "Why"),
        (0.26, 0.26, 0.16, 0.32),
        tuple(
            (cell(s.label, "strong"), _who(s), cell(s.need), cell(s.why))
            for s in participants(packet, policy)
        ),
    )


def _who(seat: Seat) -> Cell:
    if seat.name:
        return cell(seat.name)
    return cell("nobody named yet", "bad" if seat.need == "mandatory" else "muted")


def _agenda_row(item: AgendaItem, packet: Packet) -> tuple[Cell, ...]:
    rest = cell(f"{count(item.left_over, 'more question')} by mail", "muted") if item.left_over else ()
    questions = tuple(_question(q, packet) for q in item.questions)
    span = f"{item.start}–{item.start + item.minutes}"
    return cell(span), (Line(item.label, "strong"), Line(item.covers, "muted")), (*questions, *rest)


def _question(question: AgendaQuestion, packet: Packet) -> Line:
    to = f"{whom(question.ask_of, packet)}: " if question.ask_of else ""
    return Line(f"• {to}{question.ask}")


def meeting_notes(packet: Packet, policy: Policy) -> list[Block]:
    """The standard form for notes: attendance, answers to each question, action items."""
    return [
        Heading(f"Handoff meeting notes: {account_of(packet)}", 0),
        Paragraph((Line(f"Date and time: {TO_FILL}"), Line(f"Recording: {TO_FILL}"))),
        Heading("Attendance", 1),
        Table(
            ("Seat", "Person", "Came"),
            (0.35, 0.4, 0.25),
            tuple(
                (cell(f"{s.label} ({s.need})"), cell(s.name or TO_FILL), cell("yes / no"))
                for s in participants(packet, policy)
            ),
        ),
        *_answers(packet, policy),
        Heading("Action items", 1),
        Table(("Action", "Owner", "Due"), (0.6, 0.2, 0.2), ((cell(TO_FILL), cell("…"), cell("…")),) * 5),
    ]


def _answers(packet: Packet, policy: Policy) -> Iterator[Block]:
    for item in agenda(packet, policy):
        yield Heading(item.label, 1)
        rows = tuple((cell(q.ask), cell(TO_FILL)) for q in item.questions)
        yield Table(("Question", "Answer"), (0.5, 0.5), rows)


def handoff_checklist(packet: Packet, policy: Policy) -> list[Block]:
    """The 21 items: filled where the packet knows, open for a person elsewhere."""
    items = checklist(packet, policy)
    done = sum(item.state != "open" for item in items)
    blocks: list[Block] = [
        Heading(f"Handoff checklist: {account_of(packet)}", 0),
        Paragraph(cell(f"{done} of {len(items)} done.")),
    ]
    for when, label in WHEN.items():
        blocks += [Heading(label, 1), Bullets(tuple(_item(i) for i in items if i.when == when))]
    return blocks


def _item(item: ChecklistItem) -> Cell:
    mark = "☐" if item.state == "open" else "☑"
    how = {"proven": "shown by the packet", "ticked": "ticked", "open": "open"}[item.state]
    why = cell(f"{how}: {item.why}", "muted") if item.why else ()
    return (Line(f"{mark} {item.label}", "plain" if item.state == "open" else "strong"), *why)
