"""A dry run: what would be sent is written down, and nothing leaves the machine."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from typing import Any

from assistant.readers.llm.context import estimate_tokens
from assistant.readers.llm.prices import price_of, table_date
from assistant.readers.llm.schemas import emptiest
from assistant.readers.llm.wire import Call, Manner, Raw, body
from assistant.settings import Settings


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


def estimate(rehearsal: Rehearsal, settings: Settings) -> dict[str, Any]:
    """Calls, tokens and dollars of what was rehearsed; `lines` says it for a person."""
    calls = [call for call, _ in rehearsal.in_order()]
    tokens = sum(_tokens(call) for call in calls)
    most = sum(call.max_output for call in calls)
    price = price_of(rehearsal.model, settings)
    cost = None if price is None else price.of(tokens, 0, 0)
    highest = None if price is None else price.of(tokens, 0, most)
    lines = [f"{prompt}: {n} calls, about {size:,} tokens" for prompt, n, size in _by_prompt(calls)]
    lines.append(f"In all {len(calls)} calls, about {tokens:,} tokens in, at most {most:,} out.")
    if cost is None:
        lines.append(
            f"The price of {rehearsal.model} is not known: set HANDOFF_PRICE_INPUT and HANDOFF_PRICE_OUTPUT."
        )
    else:
        lines.append(
            f"That costs about ${cost:.2f} to read (less where the provider caches) and up to ${highest:.2f} "
            f"with the longest answers, by the prices of {table_date()} or your own."
        )
    return {
        "calls": len(calls), "input_tokens": tokens, "most_output_tokens": most, "dollars_to_read": cost,
        "dollars_at_most": highest, "lines": lines,
    }  # fmt: skip


def _by_prompt(calls: list[Call]) -> list[tuple[str, int, int]]:
    """Prompt, how many calls, their tokens; the larger first."""
    names = sorted({call.prompt for call in calls})
    rows = [(name, [call for call in calls if call.prompt == name]) for name in names]
    return sorted(((n, len(c), sum(map(_tokens, c))) for n, c in rows), key=lambda row: (-row[2], row[0]))


def _tokens(call: Call) -> int:
    schema = estimate_tokens(json.dumps(call.schema))
    return schema + sum(estimate_tokens(said) for _, said in call.messages)
