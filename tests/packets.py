"""Packets for tests: a complete one, on which no rule fires, and a bare one, with a fragment over it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from assistant.packet import Packet

DATA = Path(__file__).parent / "data"
BARE: dict[str, Any] = {
    "deal": {},
    "run": {"reader": "embedded", "version": "0", "as_of": "2026-03-10"},
}


def packet_of(fragment: dict[str, Any], base: str = "bare") -> Packet:
    """`base` is "bare" or "complete"; a table of the fragment merges into it, anything else replaces."""
    under = BARE if base == "bare" else tomllib.loads((DATA / "complete_packet.toml").read_text("utf-8"))
    return Packet.model_validate(_merged(under, fragment))


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    both = {key: _merged(under[key], over[key]) if _tables(under, over, key) else over[key] for key in over}
    return {**under, **both}


def _tables(under: dict[str, Any], over: dict[str, Any], key: str) -> bool:
    # A field of the summary ({status, values}) replaces the one below it whole.
    return isinstance(over[key], dict) and isinstance(under.get(key), dict) and "status" not in over[key]
