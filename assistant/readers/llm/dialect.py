"""What an endpoint was found to take; what it refused once is not sent again."""

from __future__ import annotations

import threading
from dataclasses import replace

from assistant.readers.llm.wire import Manner
from assistant.settings import Structured

NEXT: dict[Structured, Structured] = {"json_schema": "json_object", "json_object": "prompt"}
SCHEMA_WORDS = ("response_format", "json_schema", "json_object", "structured output", "schema", "grammar")


class Dialect:
    """One endpoint's way of speaking the protocol, learnt from its refusals and shared by all threads."""

    def __init__(self, structured: Structured | None = None, first: Structured = "json_schema") -> None:
        """`structured` is what a person fixed; else `first` is tried and gone down from."""
        self.manner = Manner(structured or first)
        self._fixed = structured is not None
        self._lock = threading.Lock()

    def learn(self, refusal: str, used: Manner) -> bool:
        """Take note of what a refused request complained of; True when asking again makes sense."""
        with self._lock:
            if self.manner != used:
                return True
            learnt = self._without(refusal.lower(), used)
            self.manner = learnt or used
            return learnt is not None

    def _without(self, words: str, used: Manner) -> Manner | None:
        if "temperature" in words and used.temperature:
            return replace(used, temperature=False)
        if "max_completion_tokens" in words and not used.old_output_name:
            return replace(used, old_output_name=True)
        if any(word in words for word in SCHEMA_WORDS) and used.structured in NEXT and not self._fixed:
            return replace(used, structured=NEXT[used.structured])
        return None
