"""The words of describing a person."""

from __future__ import annotations

from assistant.review.people import Aspect

DESCRIBE = "Describe a person"
PERSON = "Person"
WHAT = "What is known"
TOLD = "In words"
SAVE = "Save it"
ASPECTS: dict[Aspect, str] = {
    "influence": "Influence", "stance": "Stance", "relationship": "Relationship with the AE",
    "objective": "What they want", "concern": "What worries them",
    "preference": "How and when to reach them, how fast they expect an answer, escalation",
    "defers_to": "Whom they defer to",
}  # fmt: skip
