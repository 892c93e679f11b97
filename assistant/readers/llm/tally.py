"""What a draft took: calls, tokens, dollars, and which prompts were asked."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from assistant.readers.llm.question import Question, StoredAnswer


@dataclass
class Tally:
    """Counts every answer that the draft rests on; those kept from before are also counted as reused."""

    calls: int = 0
    reused: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    seconds: float = 0.0
    """Spent waiting for replies."""
    fingerprints: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, answer: StoredAnswer, question: Question[Any], *, reused: bool) -> None:
        """One answer more."""
        with self._lock:
            self.calls += 1
            self.reused += reused
            self.input_tokens += answer.input_tokens
            self.cached_tokens += answer.cached_tokens
            self.output_tokens += answer.output_tokens
            self.cost += answer.cost
            self.fingerprints[question.prompt] = question.fingerprint

    @property
    def tokens(self) -> int:
        """Read and written."""
        return self.input_tokens + self.output_tokens
