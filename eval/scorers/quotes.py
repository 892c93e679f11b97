"""Quotes: does each stand, word for word, where it is said to stand?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.packet import Packet
from eval.items import Item


def verbatim(packet: Packet, texts: Mapping[tuple[str, str], str]) -> list[Item]:
    """Each distinct place quoted; `texts` by file name and segment id. The right ones are one item."""
    places = {(e["source"], e["segment_id"], e["quote"]) for e in _evidence(packet.model_dump(mode="json"))}
    wrong = sorted(p for p in places if not p[2] or p[2] not in texts.get(p[:2], ""))
    items = [
        Item(score="quotes", id=f"quote {i}", right=False, note=f"not in {p[0]} {p[1]}: {p[2]}")
        for i, p in enumerate(wrong, start=1)
    ]
    found = len(places) - len(wrong)
    return items + ([Item(score="quotes", id="found", right=True, count=found)] if found else [])


def _evidence(node: Any) -> Iterator[dict[str, Any]]:
    """Every evidence anywhere in a dumped packet."""
    if isinstance(node, dict):
        if "segment_id" in node and "quote" in node:
            yield node
        for value in node.values():
            yield from _evidence(value)
    elif isinstance(node, list):
        for value in node:
            yield from _evidence(value)
