"""Fields of the deal summary: stated right where a source states them, absent where none does."""

from __future__ import annotations

import re

from assistant.packet import Packet
from assistant.packet.summary import Field
from eval.gold import Gold
from eval.items import Item
from eval.matching import Matched
from eval.slices import Kinds

LONGEST = 80
"""Words of a quote above which it states nothing in particular."""
_SIGNS = {ord(c): to for chars, to in (("’‘`´", "'"), ("“”", '"'), ("‐‑‒–—−", "-")) for c in chars}


def stated(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each field that the answers state: does the packet say one of the wanted wordings?"""
    items = []
    for path, wanted in gold.fields.items():
        field = _field(packet, path)
        text = _said(field)
        right = field.status in ("stated", "conflicting") and any(says(text, str(w)) for w in wanted.any_of)
        note = "" if right else f"{path} ({field.status}): wanted {list(wanted.any_of)}, got {text[:160]!r}"
        items.append(Item(score="fields", id=path, right=right, tags=(path.split(".")[0],), note=note))
    return items


def absent(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each field that no source states: was it left open?"""
    items = []
    for path in gold.absent_fields:
        field = _field(packet, path)
        right = field.status == "not_stated"
        note = "" if right else f"{path} invented: {_said(field)[:200]!r}"
        items.append(Item(score="absent", id=path, right=right, tags=(path.split(".")[0],), note=note))
    return items


def says(text: str, wanted: str) -> bool:
    """Whether the text holds the wording: from a word's start, figures to their end ("9" is not in "19")."""
    wording = re.escape(_folded(wanted))
    before = r"(?<![\w.,])" if wanted[:1].isdigit() else r"(?<!\w)"
    after = r"(?!\d|[.,]\d)" if wanted[-1:].isdigit() else ""
    return bool(wanted) and re.search(before + wording + after, _folded(text)) is not None


def _field(packet: Packet, path: str) -> Field:
    section, name = path.split(".")
    found: Field = getattr(getattr(packet.summary, section), name)
    return found


def _said(field: Field) -> str:
    """What the field says: its values and the quotes that prove them."""
    quotes = [e.quote for v in field.values for e in v.evidence if len(e.quote.split()) <= LONGEST]
    return " / ".join([*(v.text for v in field.values), *quotes])


def _folded(text: str) -> str:
    return " ".join(text.translate(_SIGNS).lower().split())
