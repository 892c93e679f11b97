"""The words of the handover screen."""

from __future__ import annotations

from assistant.protocol.clocks import State

HANDOVER = "Handover"
CLOCKS, CLOCK, STATE, DUE_UTC, LEFT, WHOSE = "Clocks", "Clock", "State", "Due (UTC)", "Time left", "Whose"
STATES: dict[State, tuple[str, str, str]] = {
    "waiting": ("○", "Not started", "muted"), "running": ("◷", "Running", "vague"),
    "met": ("✓", "Met", "covered"), "late": ("✗", "Done late", "contradicted"),
    "breached": ("■", "Overdue", "contradicted"), "not_needed": ("–", "Not needed", "muted"),
}  # fmt: skip
NO_CLOCK = "No clock runs"
NO_CLOCK_TODO = "Note below when the deal was closed; the clocks start from there."
DAYS_HOURS = "{days} d {hours} h"
HOURS = "{hours} h"
OVERDUE_BY = "{time} over"
ROUND = "{label}, round {round}"
HAPPENED, WHAT, WHEN_UTC, NOTED_BY, WORDS = "What happened", "What", "When (UTC)", "Noted by", "Words"
PLANNED = "{when} (planned)"
NOTHING_HAPPENED = "Nothing was noted yet"
NOTHING_HAPPENED_TODO = "Choose below what happened, and note it."
NOTE_WHAT_HAPPENED = "Note what happened"
NOTE_IT, TAKE_BACK = "Note it", "Take the last such note back"
WHAT_HAPPENED = "What happened"
WHEN = "When, in UTC (empty: now)"
WHEN_HINT = "2026-05-18 14:30"
PEOPLE = "Who was there, a name a line"
IN_WORDS = "In words"
CHECKLIST = "Checklist: {done} of {all} done"
CHECKLIST_TODO = "Click a line that you vouch for, or move to it and press Enter; again takes it back."
BEFORE, MEETING, AFTER = "Before the meeting", "In the meeting", "After the meeting"
ITEM_STATES = {
    "proven": ("✓", "Shown by the packet", "covered"), "ticked": ("✎", "Ticked", "covered"),
    "open": ("○", "Open", "vague"),
}  # fmt: skip
SCORE = "Score: {known:g} of {knowable:g} points that can be known now"
PART, POINTS, WHY = "Part", "Points", "Why"
OF = "{points:g} of {out_of:g}"
NOT_YET = "not yet, of {out_of:g}"
COMPLETENESS = "Completeness: {percent:g} % of the required fields"
REVIEW = "72-hour review: what was met that nobody expected"
MET = "What was met"
LOOK = "Look what was told"
CLASS = "What the packet and its sources had said"
NOTE_SURPRISE = "Note it"
LIKELY = "Proposed: {kind}."
STOOD = "It stood in {source}, {locator}: “{quote}”"
TOLD = "The packet told it: {what}"
SURPRISES = "Met so far"
CSM, GIVE = "Customer success manager", "Give the deal to them"
ASSIGN = "Who receives the account"
GIVEN = "{deal} is now with {csm}."
NOT_STARTED = "Not started yet: {clocks}."
ROOM = "{load.name}: {load.open} open, limit {load.limit}"
READINESS = "Ready to start"
READY = "Ready to start: {done} of {all}"
RED = ("■", "Not so", "contradicted")
MEETING_READ = "Transcript or minutes of the handoff meeting"
MEETING_FILE = "Its transcript or minutes (.vtt, .srt, .txt, .md, .docx); empty: the one among the files"
MEETING_START = "Read it"
CHOOSE_FILE = "Choose the meeting's transcript or minutes first."
PROPOSED = "Answers that the meeting gave: confirm each, or drop it"
CHOOSE_ANSWER = "No answer is chosen. Choose one of those that wait."
IN_OTHER_WORDS = "In other words (empty: as it was said)"
CONFIRM, DROP = "It is the answer", "It is none"
SAID_BY = "{by}, {locator}: “{quote}”"
ACTIONS = "Action items"
ACTION = "{text} ({owner}{due})"
NOBODY = "nobody"
