"""Questions that every handover asks, whatever its sources say (protocol, 3.7 and 10)."""

from __future__ import annotations

from assistant.packet import AskOf, Noun, Packet

LINE = "risk_factors.remaining_concerns"


class StandingQuestion(Noun):
    """A question by its id; the answer becomes a value of `line`, worded by `says`."""

    id: str
    text: str
    says: str = "{answer}"
    ask_of: AskOf = "ae"
    line: str = LINE


SURPRISE = "surprise-question"
STANDING: tuple[StandingQuestion, ...] = (
    StandingQuestion(id=SURPRISE, text="What have I not told you that might surprise you?"),
    StandingQuestion(
        id="ae-risk-level",
        text="How risky is this account in your view: low, medium or high? Why, and what would lower it?",
        says="The AE's own risk level: {answer}",
    ),
    StandingQuestion(
        id="buyer-beliefs",
        text="What does the buyer believe they bought that stands in no document?",
        says="The buyer believes they bought: {answer}",
    ),
)  # fmt: skip
"""In the order in which they are asked."""


def standing(id: str) -> StandingQuestion | None:
    """The question of that id, or None."""
    return next((question for question in STANDING if question.id == id), None)


def unanswered(packet: Packet) -> tuple[StandingQuestion, ...]:
    """Those that nobody answered yet."""
    done = {d.subject for d in packet.decisions if d.action == "answer_gap"}
    return tuple(question for question in STANDING if question.id not in done)
