"""Packets and answers for the scorers' tests, and what comes out of them."""

from __future__ import annotations

from typing import Any

from packets import packet_of

from eval.gold import Gold
from eval.items import Item
from eval.scorers import score

LIVE = "We'll have the two hangars live within nine weeks of signature."
TRAIN = "You get two training days at no charge."
AGAIN = "The two hangars are live by the first of May, as we said."


def evidence(quote: str, source: str = "call.vtt") -> dict[str, Any]:
    return {"source": source, "segment_id": "s1", "quote": quote, "locator": "00:01:00"}


def promise(quote: str, number: int = 1, source: str = "call.vtt", **more: Any) -> dict[str, Any]:
    return {
        "id": f"c-{number:06d}", "party": "vendor", "speaker": None, "category": "other", "text": quote,
        "evidence": [evidence(quote, source)], **more,
    }  # fmt: skip


def wanted(
    number: int, quote: str, verdict: str = "covered", source: str = "sources/call.vtt", **more: Any
) -> dict[str, Any]:
    return {
        "id": f"p{number}",
        "party": "vendor",
        "source": source,
        "quote": quote,
        "verdict": verdict,
        **more,
    }


def items(packet: dict[str, Any], gold: dict[str, Any], score_id: str, **more: Any) -> list[Item]:
    found = score(packet_of(packet), Gold.model_validate({"deal": "mill", **gold}), **more)
    return [item for item in found if item.score == score_id]


def pair(found: list[Item]) -> tuple[int, int]:
    """Right out of all."""
    return sum(item.count for item in found if item.right), sum(item.count for item in found)


def notes(found: list[Item]) -> list[str]:
    return [item.note for item in found if not item.right]
