"""Which sentences of an answered deal are its promises, and how much each tells when the reader learns.

A quote is looked up in its place. The same words said again elsewhere are neither a promise of their own nor
none: they are left out. What stands beside a promise in its turn counts less, a trap more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.evidence.record import DealRecord
from assistant.readers.embedded.utterances import Utterance, read_utterances
from eval.gold import Gold, GoldCommitment, GoldQuote
from eval.matching import BARE, same_file
from eval.scorers import same_words

BESIDE, TRAP = 0.3, 3.0
"""Weights of a sentence beside a promise, and of what only sounds like one."""
RUN = 3
"""Words that a sentence has in a row with a quote of which it is a part."""
_WORDS = re.compile(r"[a-z0-9']+")


def all_said(record: DealRecord) -> list[Utterance]:
    """Every sentence of the record's conversations, in their order."""
    return [u for source in record.conversations for u in read_utterances(record, source)]


def weighed(said: Sequence[Utterance], source: str, gold: Gold) -> Iterator[tuple[Utterance, bool, float]]:
    """Every sentence of one file that tells something: whether it is a promise, and its weight."""
    answers = [(c, _places(said, c)) for c in gold.commitments if same_file(c.source, source)]
    traps = [t for t in gold.traps if same_file(t.source, source)]
    held = {segment for _, places in answers for segment in places}
    for utterance in said:
        if any(_states(utterance, answer, places) for answer, places in answers):
            yield utterance, True, 1.0
        elif not any(a.party == utterance.side and said_in(utterance, a.quote) for a, _ in answers):
            trapped = any(_holds(utterance, trap) for trap in traps)
            beside = utterance.segment.id in held
            yield utterance, False, TRAP if trapped else BESIDE if beside else 1.0


def said_in(utterance: Utterance, quote: str) -> bool:
    """Whether the sentence is the quote, part of it, or contains it."""
    sentence = utterance.sentence.text
    inside = sentence in quote and len(sentence.split()) >= 2
    return inside or quote in sentence or same_words(sentence, quote)


def _places(said: Sequence[Utterance], answer: GoldCommitment) -> tuple[str, ...]:
    """Ids of the segments in which the quote stands; of a few words only that which answers the demand."""
    quote = _plain(answer.quote)
    texts = {u.segment.id: _plain(u.segment.text) for u in said}
    own = {u.segment.id for u in said if u.side == answer.party}
    found = [i for i, text in texts.items() if f" {quote} " in f" {text} "]
    found = [i for i in found if i in own] or found
    if len(found) > 1 and answer.asked:
        asked = _plain(answer.asked)
        order = list(texts)
        start = next((n for n, i in enumerate(order) if asked in texts[i]), 0)
        found = [i for i in found if order.index(i) >= start][:1] or found
    return tuple(found[:1] if len(quote.split()) <= BARE else found)


def _states(utterance: Utterance, answer: GoldCommitment, places: Sequence[str]) -> bool:
    if not places:
        return utterance.side == answer.party and said_in(utterance, answer.quote)
    if utterance.segment.id not in places:
        return False
    sentence, quote = _plain(utterance.sentence.text), _plain(answer.quote)
    if not sentence:
        return False
    words, wanted = sentence.split(), quote.split()
    run = SequenceMatcher(None, words, wanted, autojunk=False).find_longest_match().size
    return sentence in quote or quote in sentence or run >= max(RUN, len(words) / 2)


def _holds(utterance: Utterance, trap: GoldQuote) -> bool:
    sentence, quote = _plain(utterance.sentence.text), _plain(trap.quote)
    return len(sentence.split()) >= RUN and (sentence in quote or quote in sentence)


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower().replace("’", "'")))
