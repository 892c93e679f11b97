"""What must be known before work starts: mandatory categories, signatures, payment."""

from __future__ import annotations

import re

from assistant.packet import Packet
from assistant.protocol.payment import DELAY_ASKED, LONG_TERMS, LONGER_ASKED, NO_PURCHASE_ORDER, payment_days
from eval.gold import Gold
from eval.items import Item
from eval.matching import Matched
from eval.slices import Kinds

_FLAGS = (
    (NO_PURCHASE_ORDER, r"purchase order|\bpo\b"),
    (DELAY_ASKED, r"delay|withh?eld|will wait|postpone|later|defer"),
    (LONGER_ASKED, r"ask(?:s|ed)? (?:for longer|to pay at)|longer (?:payment )?terms (?:were )?asked"),
    (LONG_TERMS, r"longer|beyond|terms"),
)
"""The packet's words for a red flag, by how people put it in the answers; the first that fits."""


def categories(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each category that is wholly missing, by the answers or by the packet: do both say so?"""
    found = {f.category for f in packet.findings if f.rule == "missing-category"}
    wanted = set(gold.missing_categories)
    items = []
    for category in sorted(wanted | found):
        why = "not reported" if category in wanted else "wrongly reported"
        right = category in wanted & found
        items.append(
            Item(
                score="categories", id=category, right=right,
                note="" if right else f"missing category {why}: {category}",
            )
        )  # fmt: skip
    return items


def preconditions(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Signature, payment terms and red flags: three decisions a deal."""
    want, got = gold.preconditions, packet.readiness
    pairs: dict[str, tuple[object, object]] = {
        "contract_fully_executed": (want.contract_fully_executed, got.contract_fully_executed),
        "payment_terms": (_terms(want.payment_terms), _terms(got.payment_terms)),
        "red_flags": (sorted({flag(f) for f in want.red_flags}), sorted({flag(f) for f in got.red_flags})),
    }
    return [
        Item(
            score="preconditions", id=name, right=a == b, tags=(name.replace("_", "-"),),
            note="" if a == b else f"{name}: wanted {a!r}, got {b!r}",
        )
        for name, (a, b) in pairs.items()
    ]  # fmt: skip


def flag(text: str) -> str:
    """A red flag in the packet's words; the text itself where it is none of them."""
    low = text.lower()
    return low if low in dict(_FLAGS) else next((name for name, how in _FLAGS if re.search(how, low)), low)


def _terms(text: str | None) -> object:
    days = payment_days(text)
    return days if days is not None else (text or "").strip().lower() or None
