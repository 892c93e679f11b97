"""Stakeholders: who matters, and as what."""

from __future__ import annotations

from assistant.evidence.names import fold_name, same_name
from assistant.packet import Packet, Stakeholder
from eval.gold import Gold, GoldStakeholder
from eval.items import Item
from eval.matching import Matched, words
from eval.slices import Kinds

SHORTEST = 4
"""Letters of a word by which two names of a group are compared."""


def stakeholders(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each stakeholder of the answers: is that person (or group) in the packet?"""
    items = []
    for number, wanted in enumerate(gold.stakeholders, start=1):
        right = bool(_those(packet, wanted))
        note = "" if right else f"nobody called {wanted.name}"
        items.append(_item("stakeholders", number, wanted, right, note))
    return items


def roles(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each stakeholder of the answers: has that person the role? Who was not found has none."""
    items = []
    for number, wanted in enumerate(gold.stakeholders, start=1):
        got = [s.role for s in _those(packet, wanted)]
        note = "" if wanted.role in got else f"{wanted.name} is {wanted.role}, got {got}"
        items.append(_item("roles", number, wanted, wanted.role in got, note))
    return items


def _item(score: str, number: int, wanted: GoldStakeholder, right: bool, note: str) -> Item:
    role = (wanted.role or "no-role").replace("_", "-")
    return Item(score=score, id=f"person {number}", right=right, tags=(role,), note=note)


def _those(packet: Packet, wanted: GoldStakeholder) -> list[Stakeholder]:
    """People by full name, spellings allowed; who is known by one name only, by that. Groups share a word."""
    if wanted.role == "end_users":
        named = {w for w in words(wanted.name) if len(w) >= SHORTEST}
        return [s for s in packet.stakeholders if s.role == "end_users" or named & set(words(s.name))]
    return [s for s in packet.stakeholders if same_person(s.name, wanted.name)]


def same_person(one: str, other: str) -> bool:
    """Whether two names are likely one person's; "Karl Berg" is not Karl Voll."""
    first, second = fold_name(one), fold_name(other)
    if min(len(first.split()), len(second.split())) < 2:
        return bool(set(first.split()) & set(second.split()))
    return same_name(first, second)
