"""How likely a later promise is an earlier one said again or changed: a learnt weighing of what can be seen.

Weights are learnt by `python -m eval.train_chains`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from assistant.evidence.number_words import read_numbers
from assistant.evidence.quantities import read_quantities
from assistant.meanings.similarity import embed, embed_ahead
from assistant.packet import Commitment, Quantity
from assistant.readers.embedded.patterns import joined, read_patterns, read_table
from assistant.readers.embedded.sentences import plain
from assistant.readers.embedded.subjects import distinctions_of, overlap, rarity, stems, subjects_of
from assistant.readers.embedded.utterances import Utterance

WEIGHTS_FILE = Path(str(files("assistant.readers.embedded").joinpath("data", "same_promise.json")))
LEAST_NEAR = 0.3
"""Meaning and rare words together, below which nothing else is looked at."""
FEW_WORDS = 5
NEXT, NEAR, FAR = 1, 6, 20
"""Sentences between two promises of one conversation."""
NAMES = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][a-z]{2,}\b")
TIME = frozenset({"minute", "hour", "business_hour", "day", "business_day", "week", "month", "year"})
Place = tuple[str, str]


@dataclass(frozen=True)
class Deal:
    """What is the same for all promises of a deal."""

    rarity: Mapping[str, float]
    order: Mapping[Place, int] = field(default_factory=dict)
    """Position of a turn's first sentence in its conversation."""
    turns: Mapping[Place, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def rarest(self) -> float:
        """How rare a word is that occurs once."""
        return max(self.rarity.values(), default=1.0)


def deal_of(said: Sequence[Utterance]) -> Deal:
    """The deal in which these sentences were said."""
    order: dict[Place, int] = {}
    for u in said:
        order.setdefault((u.source.name, u.segment.id), u.order)
    return Deal(
        rarity([u.sentence.text for u in said]),
        order,
        {(u.source.name, u.segment.id): u.segment.text for u in said},
        {u.source.name: u.source.kind for u in said},
    )


def pairs(
    found: Sequence[Commitment], deal: Deal
) -> Iterator[tuple[Commitment, Commitment, dict[str, float]]]:
    """Every later promise with every earlier one that is near enough to be looked at, and its signals."""
    embed_ahead(compared(found))
    for n, later in enumerate(found):
        for c, seen in zip(found, _seen(found[:n], later, deal), strict=False):
            if seen is not None:
                yield c, later, seen


def likely_same(earlier: Sequence[Commitment], later: Commitment, deal: Deal) -> list[float]:
    """For each earlier promise how likely the later one is the same, 0 to 1."""
    weights = load_weights()
    return [0.0 if seen is None else _likely(seen, weights) for seen in _seen(earlier, later, deal)]


def compared(found: Iterable[Commitment]) -> Iterator[str]:
    """The texts of promises that are compared in meaning."""
    return (text for c in found for text in (c.text, quote_of(c)))


def _seen(
    earlier: Sequence[Commitment], later: Commitment, deal: Deal
) -> Iterator[dict[str, float] | None]:
    """The signals of each earlier promise; None where it is too far from the later one to be looked at."""
    near = [nearness(c, later, deal) if may_be_same(c, later) else 0.0 for c in earlier]
    ranked = sorted(near, reverse=True)
    for c, here in zip(earlier, near, strict=True):
        yield signals(c, later, deal, here, _rival(here, ranked)) if here >= LEAST_NEAR else None


def _rival(here: float, ranked: Sequence[float]) -> float:
    """The nearness of the nearest other one."""
    if len(ranked) < 2:
        return 0.0
    return ranked[1] if here == ranked[0] else ranked[0]


def _likely(seen: Mapping[str, float], weights: Mapping[str, float]) -> float:
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in seen.items())
    return 1 / (1 + math.exp(-total))


def may_be_same(a: Commitment, b: Commitment) -> bool:
    """Not of two sides, and not of things that the words tell apart: P1 here, P2 there."""
    left, right = distinctions_of(a.text), distinctions_of(b.text)
    return a.party == b.party and not (left and right and not left & right)


def nearness(a: Commitment, b: Commitment, deal: Deal) -> float:
    """Meaning and rare words of the two texts."""
    return _cosine(a.text, b.text) + overlap(a.text, b.text, deal.rarity)


def signals(
    earlier: Commitment, later: Commitment, deal: Deal, here: float, rival: float
) -> dict[str, float]:
    """What speaks for and against; `here` is their nearness, `rival` that of the nearest other one."""
    shared = overlap(earlier.text, later.text, deal.rarity)
    seen = {
        **_of_words(earlier, later, shared, deal),
        **_of_numbers(earlier, later, shared),
        **_of_places(earlier, later, shared, deal),
        **_of_manner(later, shared),
        "category": earlier.category == later.category,
        "category_other": earlier.category != later.category
        and "other" not in (earlier.category, later.category),
        "lead": here - rival,
        "nearest": here >= rival,
    }
    seen["corrects_near"] = seen["corrects"] * seen["gap_near"]
    return {name: float(value) for name, value in seen.items()}


def _of_words(a: Commitment, b: Commitment, shared: float, deal: Deal) -> dict[str, float]:
    left, right = stems(a.text), stems(b.text)
    common = set(left) & set(right)
    weigh = {s: deal.rarity.get(s, deal.rarest) for s in {*left, *right}}
    both = sum(weigh[s] for s in common)
    meaning = _cosine(a.text, b.text)
    if min(len(quote_of(a).split()), len(quote_of(b).split())) > FEW_WORDS - 2:
        meaning = max(meaning, _cosine(quote_of(a), quote_of(b)))
    here, there = subjects_of(a.text), subjects_of(b.text)
    names, others = set(NAMES.findall(quote_of(a))), set(NAMES.findall(quote_of(b)))
    both_pairs = set(pairwise(left)) & set(pairwise(right))
    asked = len(a.evidence) > 1 and len(b.evidence) > 1
    return {
        "meaning": meaning, "meaning_3": meaning**3, "words": shared, "meaning_words": meaning * shared,
        "of_later": both / max(0.1, sum(weigh[s] for s in set(right))),
        "of_earlier": both / max(0.1, sum(weigh[s] for s in set(left))),
        "rarest": max((weigh[s] for s in common if not s.isdigit()), default=0.0) / deal.rarest,
        "word_pairs": min(len(both_pairs), 3),
        "subjects": len(here & there) / max(1, len(here | there)), "no_subject": not here & there,
        "names_shared": min(len(names & others), 2),
        "names_differ": bool(names and others) and not names & others,
        "brief_later": len(set(stems(quote_of(b)))) < FEW_WORDS,
        "brief_earlier": len(set(stems(quote_of(a)))) < FEW_WORDS,
        "answers": len(b.evidence) > 1,
        "same_demand": overlap(a.evidence[0].quote, b.evidence[0].quote, deal.rarity) if asked else 0.0,
    }  # fmt: skip


def _of_numbers(a: Commitment, b: Commitment, shared: float) -> dict[str, float]:
    left, right = _numbers(a.text), _numbers(b.text)
    units, others = _units(a.text), _units(b.text)
    return {
        "numbers_shared": min(len(left & right), 2), "numbers_words": bool(left & right) * shared,
        "number_changed": bool(left and right and units & others) and not left & right,
        "number_new": bool(right - left), "unit_shared": bool(units & others),
        "unit_other": bool(units and others) and not units & others,
        "due_both": bool(a.due and b.due), "due_same": bool(a.due) and a.due == b.due,
    }  # fmt: skip


def _of_places(a: Commitment, b: Commitment, shared: float, deal: Deal) -> dict[str, float]:
    first, second = _place(a), _place(b)
    together = first[0] == second[0]
    gap = abs(deal.order.get(second, 0) - deal.order.get(first, 0)) if together else math.inf
    kind = deal.kinds.get(second[0], "")
    return {
        "speaker": a.speaker == b.speaker, "together": together, "together_words": together * shared,
        "gap_none": gap <= NEXT, "gap_near": gap <= NEAR, "gap_far": FAR < gap < math.inf,
        "in_mail": kind == "email", "in_notes": kind == "notes",
        "turn_later": overlap(a.text, deal.turns.get(second, b.text), deal.rarity),
        "turn_earlier": overlap(deal.turns.get(first, a.text), b.text, deal.rarity),
    }  # fmt: skip


def _of_manner(later: Commitment, shared: float) -> dict[str, float]:
    words = plain(quote_of(later))
    patterns = {**read_patterns("again.toml"), **_said_again()}
    found = {name: bool(pattern.search(words)) for name, pattern in patterns.items()}
    return {**found, **{f"{name}_words": is_so * shared for name, is_so in found.items()}}


@cache
def _said_again() -> Mapping[str, re.Pattern[str]]:
    return {name: joined(read_table("retractions.toml")[name], {}) for name in ("again", "replaces")}


def quote_of(commitment: Commitment) -> str:
    """Its own words, without the demand that they answer."""
    return commitment.evidence[-1].quote


def _place(commitment: Commitment) -> Place:
    return commitment.evidence[-1].source, commitment.evidence[-1].segment_id


def _cosine(a: str, b: str) -> float:
    vectors = embed((a, b))
    return 0.0 if vectors is None else float(vectors[0] @ vectors[1])


@lru_cache(maxsize=20_000)
def _numbers(text: str) -> frozenset[float]:
    return frozenset(n.value for n in read_numbers(text))


@lru_cache(maxsize=20_000)
def _units(text: str) -> frozenset[str]:
    return frozenset(kind_of(q.quantity) for q in read_quantities(text))


def kind_of(quantity: Quantity) -> str:
    """What it measures: its unit, all units of time being one."""
    return "time" if quantity.unit in TIME else quantity.unit


@cache
def load_weights() -> Mapping[str, float]:
    """Weight of each signal, in log-odds, and the "bias"."""
    weights: dict[str, float] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return weights
