"""The words of practice."""

from __future__ import annotations

from assistant.practice.flaws import Kind

PRACTICE = "Practice: a packet that was spoilt on purpose"
WHAT_IT_IS = (
    "A made-up deal with its call, mail and contract. Some of what its packet says is wrong: review it like"
    " any other, then look under Decision what you caught."
)  # fmt: skip
START = "Start a practice"
RESULT = "How far I am"
EVERY_FLAW = "Show every flaw (ends the exercise)"
POINTS = "{points} points: {caught} of {all} flaws caught"
CAUGHT, MISSED = ("✓", "Caught", "covered"), ("✗", "Missed", "contradicted")
KIND, CAUGHT_SO_FAR = "What may be wrong", "Caught so far"
KINDS: dict[Kind, str] = {
    "verdict": "Verdicts on promises", "dropped": "Promises that the packet lost",
    "added": "Promises that nobody made", "field": "Lines of the summary",
    "person": "People and their roles", "signed": "The contract's signatures",
}  # fmt: skip
OF = "{caught} of {all}"
ALARMS = "Right things that you changed or objected to: {number}. Each costs five points."
WAS_RIGHT = "These were right:"
