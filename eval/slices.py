"""Slices: what kind of promise, deal or field an item is about. Answers tag; what can be seen is added."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.evidence.number_words import read_numbers
from eval.gold import GoldCommitment
from extractors.segments import SourceKind

TERSE = 5
"""A promise of at most so many words is terse."""
SAID = {"call": "spoken", "recording": "spoken", "email": "mail", "notes": "notes"}
PAPER = {"amendment": "amendment", "order_form": "order-form"}
Kinds = Mapping[str, SourceKind]
"""File name without folders -> what was recognised as its kind."""


def tags_of(chain: Sequence[GoldCommitment], kinds: Kinds) -> tuple[str, ...]:
    """The slices of one promise, by its last wording and by what happened to it."""
    last = chain[-1]
    found = {tag for wording in chain for tag in wording.tags} | _made(last) | _judged(last, kinds)
    if kind := SAID.get(kinds.get(_name(last.source), "")):
        found.add(kind)
    if any(wording.superseded_by for wording in chain):
        found.add("changed")
    elif len(chain) > 1:
        found.add("said-again")
    return tuple(sorted(found))


def _made(last: GoldCommitment) -> set[str]:
    """How it was said, and by whom."""
    found = {f"about-{last.category}"} if last.category else set()
    if last.party == "customer":
        found.add("customer-own")
    if last.asked:
        found.add("agreed-to-demand")
    if len(re.findall(r"[\w’']+", last.quote)) <= TERSE:
        found.add("terse")
    if any(number.spoken for number in read_numbers(last.quote)):
        found.add("number-in-words")
    return found


def _judged(last: GoldCommitment, kinds: Kinds) -> set[str]:
    """What the contract makes of it."""
    found = {f"is-{last.verdict.replace('_', '-')}"} if last.verdict != "withdrawn" else {"retracted"}
    if last.contract and (paper := PAPER.get(kinds.get(_name(last.contract.source), ""))):
        found.add(paper)
    if last.contract and "|" in last.contract.quote:
        found.add("table-term")
    return found


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]
