"""How much a model can take in, and how many tokens a text is, without asking anybody on the network."""

from __future__ import annotations

import math

from assistant.settings import Settings

CHARS_PER_TOKEN = 3.5
"""A little fewer than English has, so that an estimate errs on the safe side."""
UNKNOWN_CONTEXT = 32_000
"""Assumed where neither the settings nor the model's profile tell; small enough for today's chat models."""


def estimate_tokens(text: str) -> int:
    """Tokens of the text, rounded up. Letters outside of ASCII count as their bytes do."""
    return math.ceil(len(text.encode("utf-8")) / CHARS_PER_TOKEN)


def context_of(settings: Settings, profile: dict[str, object] | None = None) -> int:
    """Input tokens that the model takes: as set, else as its library knows, else UNKNOWN_CONTEXT."""
    known = (profile or {}).get("max_input_tokens")
    return settings.context or (known if isinstance(known, int) and known > 0 else UNKNOWN_CONTEXT)
