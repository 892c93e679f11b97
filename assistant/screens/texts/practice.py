"""The words of practice."""

from __future__ import annotations

PRACTICE = "Practice: a packet that was spoilt on purpose"
WHAT_IT_IS = (
    "A made-up deal with its call, mail and contract. Some of what its packet says is wrong: review it like"
    " any other, then look under Decision what you caught."
)  # fmt: skip
START = "Start a practice"
RESULT = "What I caught (shows every flaw, so look at the end)"
POINTS = "{points} points: {caught} of {all} flaws caught"
CAUGHT, MISSED = ("✓", "Caught", "covered"), ("✗", "Missed", "contradicted")
WAS_RIGHT = "These were right:"
