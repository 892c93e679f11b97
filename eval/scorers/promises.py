"""Promises: found or missed, invented, judged, and held against the right clause."""

from __future__ import annotations

from assistant.packet import Packet
from eval.gold import Gold
from eval.items import Item
from eval.matching import Matched, quotes_it, same_file, same_words
from eval.slices import SAID, Kinds, tags_of


def recall(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each promise of the answers: was it found?"""
    found = [
        Item(score="recall", id=pair.wanted.id, right=True, tags=tags_of(pair.chain, kinds))
        for pair in matched.pairs
    ]
    missed = [
        Item(
            score="recall", id=chain[-1].id, right=False, tags=tags_of(chain, kinds),
            note=f"missed: {chain[-1].quote}",
        )
        for chain in matched.missed
    ]  # fmt: skip
    return sorted([*found, *missed], key=lambda item: _order(item.id))


def precision(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each promise of the packet: is it one?"""
    extra = {c.id for c in matched.extra}
    items = []
    for c in packet.commitments:
        wrong, last = c.id in extra, c.evidence[-1] if c.evidence else None
        kind = SAID.get(kinds.get(last.source.rsplit("/", 1)[-1], "")) if last else None
        tags = {f"about-{c.category}", *([kind] if kind else [])}
        tags |= {"customer-own"} if c.party == "customer" else set()
        note = f"no promise: {last.quote if last else c.text}" if wrong else ""
        items.append(Item(score="precision", id=c.id, right=not wrong, tags=tuple(sorted(tags)), note=note))
    return items


def traps(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each trap: was it left alone? A promise that the answers know may quote the words around it."""
    items = []
    for number, trap in enumerate(gold.traps, start=1):
        taken = any(quotes_it(c.evidence, trap) for c in matched.extra)
        note = f"trap taken: {trap.quote}" if taken else ""
        items.append(Item(score="traps", id=f"trap {number}", right=not taken, note=note))
    return items


def verdicts(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each promise that was found: has it the verdict of the wording that stands?"""
    items = []
    for pair in matched.pairs:
        want, got = pair.wanted.verdict, pair.found.verdict
        note = "" if want == got else (
            f"is {want}, got {got}: {pair.wanted.quote} || {pair.found.explanation}"
        )  # fmt: skip
        items.append(
            Item(
                score="verdicts", id=pair.wanted.id, right=want == got, tags=tags_of(pair.chain, kinds),
                gold=want, got=got, note=note,
            )
        )  # fmt: skip
    return sorted(items, key=lambda item: _order(item.id))


def clauses(packet: Packet, gold: Gold, matched: Matched, kinds: Kinds) -> list[Item]:
    """Each promise that was found and has a clause: is that clause quoted?"""
    items = []
    for pair in matched.pairs:
        clause = pair.wanted.contract
        if clause is None or not clause.quote:
            continue
        right = any(
            same_words(e.quote, clause.quote) and same_file(e.source, clause.source)
            for e in pair.found.contract_evidence
        )
        note = "" if right else f"clause not quoted: {clause.section} {clause.quote}"
        tags = tags_of(pair.chain, kinds)
        items.append(Item(score="clauses", id=pair.wanted.id, right=right, tags=tags, note=note))
    return sorted(items, key=lambda item: _order(item.id))


def _order(name: str) -> tuple[str, int, str]:
    """p2 before p14."""
    letters = name.rstrip("0123456789")
    return letters, int(name[len(letters) :] or 0), name
