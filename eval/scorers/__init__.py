"""Small scorers: a packet and its answers in, items out. None of them asks a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.packet import Packet
from eval.gold import Gold
from eval.items import Item
from eval.matching import Matched, match_commitments, same_words
from eval.scorers import fields, findings, people, promises, quotes, readiness
from eval.slices import Kinds

__all__ = ["SCORERS", "Scorer", "same_words", "score"]

Scorer = Callable[[Packet, Gold, Matched, Kinds], list[Item]]
SCORERS: tuple[Scorer, ...] = (
    promises.recall,
    promises.precision,
    promises.traps,
    promises.verdicts,
    promises.clauses,
    fields.stated,
    fields.absent,
    people.stakeholders,
    people.roles,
    readiness.categories,
    readiness.preconditions,
    findings.needed,
    findings.conflicts,
)
"""Each gives the items of one score; `quotes` needs the sources as well and stands apart."""


def score(packet: Packet, gold: Gold, texts: Mapping[tuple[str, str], str] | None = None) -> tuple[Item, ...]:
    """Everything that can be counted of a packet against its answers, in a fixed order.

    `texts` are the sources' segments, by file name and segment id; without them quotes are not checked.
    """
    kinds: Kinds = {source.name.rsplit("/", 1)[-1]: source.kind for source in packet.sources}
    matched = match_commitments(packet.commitments, gold)
    items = [item for scorer in SCORERS for item in scorer(packet, gold, matched, kinds)]
    return tuple(items + (quotes.verbatim(packet, texts) if texts is not None else []))
