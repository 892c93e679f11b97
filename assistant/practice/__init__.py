"""Practice: a deal whose packet was spoilt on purpose; a person reviews it and is told what they caught."""

from assistant.practice.flaws import Flaw, plant
from assistant.practice.score import PracticeResult, score_review
from assistant.practice.truth import practice_deal, practice_files, practice_sources, true_packet

__all__ = [
    "Flaw", "PracticeResult", "plant", "practice_deal", "practice_files", "practice_sources", "score_review",
    "true_packet",
]  # fmt: skip
