"""What each side promises in calls, mails and notes, sentence by sentence."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from assistant.evidence.figures import larger_as_figures
from assistant.evidence.number_words import read_numbers
from assistant.evidence.record import DealRecord
from assistant.meanings.similarity import embed_ahead, place_ahead
from assistant.packet import Commitment, Evidence
from assistant.readers.embedded.attributes import category_of, condition_of, due_of, quantity_of, strength_of
from assistant.readers.embedded.classifier import THRESHOLD
from assistant.readers.embedded.history import join_history
from assistant.readers.embedded.likelihood import begin_likelihoods
from assistant.readers.embedded.promise_view import placed, wording
from assistant.readers.embedded.subjects import distinctions_of, stems, subjects_of
from assistant.readers.embedded.utterances import Utterance, read_utterances
from extractors.segments import Source

NOTES_MORE = 0.2
"""Notes state facts of all kinds; what is promised in them must be plainer."""
ONE_BREATH, CLEARLY = 2, 0.7
"""Sentences apart, and the likelihood below which a sentence next to a promise is no promise of its own."""
UNSURE = 0.4
"""Likelihood below which what resembles an earlier promise is that promise, said again."""
AFTERTHOUGHT_WORDS = 12
AFTERTHOUGHT_SENTENCES = 4
"""How short and how close what follows a promise must be to be an afterthought of it."""


class Talk(NamedTuple):
    """A source, its sentences, and what tells when called how likely each is a promise, by its order."""

    source: Source
    said: list[Utterance]
    likely: Callable[[], dict[int, float]]


def find_commitments(record: DealRecord) -> list[Commitment]:
    """All commitments of both sides, oldest first; said again, changed or taken back they are one."""
    return begin_commitments(record)()


def begin_commitments(record: DealRecord) -> Callable[[], list[Commitment]]:
    """The talk is begun to be read; what is promised in it is found when called."""
    heard = [(source, read_utterances(record, source)) for source in record.conversations]
    return partial(_find, record, [Talk(*one, begin_likelihoods(one[1])) for one in heard])


def _find(record: DealRecord, talks: Sequence[Talk]) -> list[Commitment]:
    found: list[Commitment] = []
    sure: list[float] = []
    said: list[Utterance] = []
    for source, utterances, likely in talks:
        said += utterances
        least = THRESHOLD + (NOTES_MORE if source.kind == "notes" else 0.0)
        odds = likely()
        kept = [u for u in utterances if odds[u.order] >= least]
        groups = list(_with_afterthoughts(_neighbours(kept, odds)))
        here = [commitment_of(group, record) for group in groups]
        sure += [max(odds[u.order] for u in group) for group in groups]
        embed_ahead(c.text for c in here)  # their history is joined when all are known
        found += here
    found = list(_numbered(found))
    unsure = {c.id for c, likely in zip(found, sure, strict=True) if likely < UNSURE}
    joined = join_history(found, said, unsure)
    wordings = [(c, wording(c, record)) for c in joined]  # judge needs their vectors later
    place_ahead(placed(c, whole, before) for c, (_, whole, before) in wordings)
    embed_ahead(larger_as_figures(own) for _, (own, _, _) in wordings)
    return joined


def _numbered(found: Iterable[Commitment]) -> Iterator[Commitment]:
    """Equal words said again to another demand ("Yes, we do that") are another promise: an id of its own."""
    seen: Counter[str] = Counter()
    for commitment in found:
        seen[commitment.id] += 1
        again = seen[commitment.id]
        yield (
            commitment
            if again == 1
            else commitment.model_copy(update={"id": _digest(f"{commitment.id} {again}")})
        )


def _neighbours(kept: Iterable[Utterance], odds: Mapping[int, float]) -> Iterator[list[Utterance]]:
    """Sentences of one turn that elaborate one promise belong together."""
    group: list[Utterance] = []
    for utterance in kept:
        if group and not (_elaborates(utterance, group[-1]) or _one_breath(utterance, group, odds)):
            yield group
            group = []
        group.append(utterance)
    if group:
        yield group


def _one_breath(utterance: Utterance, group: Sequence[Utterance], odds: Mapping[int, float]) -> bool:
    """Next to a promise in its turn and no clear promise by itself: what leads up to it, or adds to it.

    One sentence does; a chain of them is several promises, of each of which a recording's ear is unsure.
    """
    near = _same_turn(utterance, group[-1]) and utterance.order - group[-1].order <= ONE_BREATH
    if len(group) > 1 or not near:
        return False
    return min(odds[utterance.order], max(odds[u.order] for u in group)) < CLEARLY


def _with_afterthoughts(groups: Iterable[list[Utterance]]) -> Iterator[list[Utterance]]:
    """A few words that follow a promise and name nothing new belong to it: "All eighteen, yeah."."""
    held: list[Utterance] = []
    last: list[Utterance] = []
    for group in groups:
        if held and _is_afterthought(group, held, last[-1]):
            # in the same breath it makes the quote longer; after an interruption it only confirms
            held = [*held, *group] if group[-1].segment.id == held[0].segment.id else held
        elif held:
            yield held
            held = group
        held = held or group
        last = group
    if held:
        yield held


def _is_afterthought(group: Sequence[Utterance], promise: Sequence[Utterance], last: Utterance) -> bool:
    first = group[0]
    near = (
        first.order - last.order <= AFTERTHOUGHT_SENTENCES and first.segment.message == last.segment.message
    )
    brief = sum(u.sentence.words for u in group) <= AFTERTHOUGHT_WORDS
    if not (near and brief and first.side == last.side):
        return False
    known = " ".join(t for u in promise for t in (u.sentence.text, u.asked.sentence.text if u.asked else ""))
    if first.asked and "answer_to_request" in first.cues:
        fresh = set(stems(first.asked.sentence.text)) - set(stems(known))
        if len(fresh) > 1:  # "Sure, we do that" to another demand is another promise
            return False
    words = " ".join(u.sentence.text for u in group)
    return subjects_of(first.sentence.text) <= subjects_of(known) and _numbers(words) <= _numbers(known)


def _numbers(text: str) -> set[str]:
    """What it counts, and which of several like things it means."""
    return {str(n.value) for n in read_numbers(text)} | distinctions_of(text)


def _elaborates(utterance: Utterance, before: Utterance) -> bool:
    if not _same_turn(utterance, before) or utterance.order != before.order + 1:
        return False
    granted = "answer_to_request" in before.cues and before.sentence.words <= 4
    return granted or utterance.plain.startswith(("and it ", "it ", "that ", "which ", "meaning "))


def _same_turn(a: Utterance, b: Utterance) -> bool:
    return a.segment.id == b.segment.id and a.source.name == b.source.name


def commitment_of(group: Sequence[Utterance], record: DealRecord) -> Commitment:
    """Sentences of one turn as one commitment, its verdict open."""
    first = group[0]
    quote = _span(first.segment.text, group)
    asked = next((u.asked for u in group if u.asked and "answer_to_request" in u.cues), None)
    if asked is None and first.sentence.words <= 6:
        asked = first.asked
    meaning = f"{asked.sentence.text} {quote}" if asked else quote
    said_on = _day(first)
    quantity = quantity_of(quote) or (quantity_of(meaning) if asked else None)
    return Commitment(
        id=_identity(first, quote),
        party=first.side,
        speaker=_name(first, record),
        category=category_of(meaning, first.side),
        text=meaning,
        strength=strength_of(group),
        condition=condition_of(quote),
        due=due_of(meaning, said_on),
        quantity=quantity,
        evidence=tuple(_evidence(u, q) for u, q in _quoted(asked, first, quote)),
        said_on=said_on.isoformat() if said_on else None,
    )


def _quoted(asked: Utterance | None, first: Utterance, quote: str) -> Iterator[tuple[Utterance, str]]:
    if asked:
        yield asked, asked.sentence.text
    yield first, quote


def _span(text: str, group: Sequence[Utterance]) -> str:
    """The contiguous words of the segment from the first sentence of the group to its last."""
    start = text.find(group[0].sentence.text)
    last = group[-1].sentence.text
    end = text.find(last, start) + len(last)
    return text[start:end]


def _evidence(utterance: Utterance, quote: str) -> Evidence:
    segment = utterance.segment
    return Evidence(source=utterance.source.name, segment_id=segment.id, quote=quote, locator=segment.locator)


def _identity(first: Utterance, quote: str) -> str:
    return _digest(f"{first.source.name}\n{quote}")


def _digest(words: str) -> str:
    return "c-" + hashlib.sha256(words.encode()).hexdigest()[:6]


def _day(utterance: Utterance) -> date | None:
    sent = utterance.segment.sent_at
    return sent.date() if sent else utterance.source.happened_on


def _name(utterance: Utterance, record: DealRecord) -> str | None:
    person = record.roster.find(utterance.segment.speaker, utterance.segment.sender_email)
    return person.name if person else utterance.segment.speaker
