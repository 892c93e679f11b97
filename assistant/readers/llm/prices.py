"""What a model costs, as far as the table or the settings know."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.settings import Settings

MILLION = 1_000_000


@dataclass(frozen=True)
class Price:
    """US dollars a million tokens."""

    input: float
    cached: float
    output: float

    def of(self, input_tokens: int, cached_tokens: int, output_tokens: int) -> float:
        """Dollars for one call; `cached_tokens` are among the input tokens."""
        fresh = max(input_tokens - cached_tokens, 0)
        return (fresh * self.input + cached_tokens * self.cached + output_tokens * self.output) / MILLION


def price_of(name: str, settings: Settings) -> Price | None:
    """The price of a model by its name without provider; None when nobody told it.

    A dated name ("gpt-x-2026-01-31") costs what the name without its date costs.
    """
    row = _table()["models"].get(name) or _table()["models"].get(_undated(name))
    known = Price(*row) if row else None
    given = settings.price_input, settings.price_cached, settings.price_output
    if known is None:
        fresh, cached, output = given
        if fresh is None or output is None:
            return None
        return Price(fresh, fresh if cached is None else cached, output)
    pairs = zip(given, (known.input, known.cached, known.output), strict=True)
    return Price(*(new if new is not None else old for new, old in pairs))


def table_date() -> str:
    """The day on which the table was last held against what providers publish."""
    return str(_table()["as_of"])


def _undated(name: str) -> str:
    head, _, tail = name.partition("-20")
    return head if tail[:2].isdigit() else name


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("assistant.readers.llm").joinpath("prices.toml").read_text("utf-8"))
