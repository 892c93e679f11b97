"""A dry run: what would be sent is written down, and nothing leaves the machine."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from typing import Any

from assistant.readers.llm.context import estimate_tokens
from assistant.readers.llm.schemas import emptiest
from assistant.readers.llm.wire import Call, Manner, Raw, body


@dataclass
class Rehearsal:
    """Stands where the chat model stands; replies with the emptiest answer that fits."""

    model: str
    temperature: float | None = None
    calls: list[tuple[Call, Manner]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def send(self, call: Call, manner: Manner) -> Raw:
        """Written down, and nothing else."""
        with self._lock:
            self.calls.append((call, manner))
        text = json.dumps(emptiest(call.schema))
        return Raw(text, "stop", sum(estimate_tokens(said) for _, said in call.messages), 0, 0)

    def bodies(self) -> list[dict[str, Any]]:
        """Each request as it would go over the wire, in order of prompt and text."""
        return [body(call, manner, self.model, self.temperature) for call, manner in self.in_order()]

    def in_order(self) -> list[tuple[Call, Manner]]:
        """The calls in an order that does not depend on which thread was first."""
        return sorted(self.calls, key=lambda one: (one[0].prompt, one[0].messages))
