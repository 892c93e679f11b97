"""Sentences in their place: who says them, on which side, and what they answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.evidence.record import DealRecord
from assistant.evidence.sides import other
from assistant.packet import Side
from assistant.readers.embedded.actors import Actors
from assistant.readers.embedded.cues import cues_in, is_act
from assistant.readers.embedded.sentences import Sentence, split_sentences
from extractors.segments import Segment, Source

LOOK_BACK = 4
"""Turns before an answer in which the demand may stand; short interruptions lie between."""
INTERRUPTION = 10
"""Words up to which what a colleague says is an interruption."""
SHARED_WORDS = 2
"""Content words that an answer by mail has in common with what it answers."""


@dataclass(frozen=True)
class Utterance:
    """One sentence of one speaker."""

    source: Source
    segment: Segment
    sentence: Sentence
    side: Side
    order: int
    """Position among all utterances of the source, from 0."""
    asked: Utterance | None = None
    """The other side's demand or question that this sentence answers."""
    grants: bool = False
    """The answer opens with an agreement."""
    cues: frozenset[str] = field(default=frozenset())
    before: str = ""
    """Plain form of the sentence before it in the same turn."""
    alone: bool = False
    """Nothing else is said in its turn."""
    reply: str = ""
    """Plain form of what the other side says right after this turn."""

    @property
    def plain(self) -> str:
        """The sentence's plain form."""
        return self.sentence.plain


def read_utterances(record: DealRecord, source: Source) -> list[Utterance]:
    """All sentences of a conversation in order, with their context and cues."""
    turns = [s for s in source.segments if s.kind in ("turn", "paragraph", "table_row") and s.text]
    sides = _sides(record, turns)
    said = [list(_sentences(source, s, side)) for s, side in zip(turns, sides, strict=True)]
    names = _company_words(record.roster.vendor)
    actors = Actors(record.roster)
    out: list[Utterance] = []
    for i, sentences in enumerate(said):
        asked = _demand(said, i)
        grants = bool(asked) and _grants(sentences)
        before, reply = "", _reply(said, i)
        for utterance in sentences:
            around = {"before": before, "reply": reply, "alone": len(sentences) == 1}
            found = _in_context(utterance, asked, grants, len(out), names, around)
            out.append(replace(found, cues=found.cues | actors.cues(utterance.sentence.text, utterance.side)))
            before = utterance.plain
    return out


def _reply(said: Sequence[Sequence[Utterance]], i: int) -> str:
    after = said[i + 1] if i + 1 < len(said) else ()
    if not after or not said[i] or after[0].side == said[i][0].side:
        return ""
    return next((u.plain for u in after if u.plain), "")


def _sentences(source: Source, segment: Segment, side: Side) -> Iterator[Utterance]:
    for sentence in split_sentences(segment.text):
        yield Utterance(source, segment, sentence, side, 0)


def _side(record: DealRecord, segment: Segment) -> Side:
    # Who is on neither list is taken for the seller: a promise missed costs more than one looked at twice.
    return record.roster.side_of(segment.speaker, segment.sender_email) or "vendor"


def _sides(record: DealRecord, turns: Sequence[Segment]) -> list[Side]:
    """Of every turn; what a mail quotes between its own paragraphs is what the other side asked."""
    senders = {s.message: _side(record, s) for s in turns if s.message is not None and s.speaker}
    return [
        other(senders[s.message]) if s.quoted and not s.speaker and s.message in senders else _side(record, s)
        for s in turns
    ]


def _demand(said: Sequence[Sequence[Utterance]], i: int) -> Utterance | None:
    """The other side's last request before turn `i`, across short interruptions."""
    side = said[i][0].side if said[i] else None
    speaker = said[i][0].segment.speaker if said[i] else None
    for j in range(i - 1, max(-1, i - 1 - LOOK_BACK), -1):
        turn = said[j]
        if not turn or turn[0].segment.message != said[i][0].segment.message:
            continue
        if turn[0].side != side:
            return next((u for u in reversed(turn[-3:]) if _asks(u)), None)
        if turn[0].segment.speaker == speaker or sum(u.sentence.words for u in turn) > INTERRUPTION:
            return None
    return None


def _asks(utterance: Utterance) -> bool:
    plain = utterance.plain
    if is_act("not_a_request", plain):
        return False
    return utterance.sentence.is_question or is_act("request", plain) or is_act("recap", plain)


def _grants(sentences: Sequence[Utterance]) -> bool:
    first = next((u.plain for u in sentences if u.plain), "")
    return is_act("affirm", first) and not is_act("not_an_affirm", first)


def _in_context(
    u: Utterance,
    asked: Utterance | None,
    grants: bool,
    order: int,
    names: frozenset[str],
    around: Mapping[str, Any],
) -> Utterance:
    cues = set(cues_in(u.plain))
    if u.sentence.is_question:
        cues.add("question")
    early = u.sentence.index <= 2
    if asked and early and grants and is_act("request", asked.plain):
        cues.add("answer_to_request")
    elif asked and early:
        cues.add("answer_to_question")
    if asked and early and grants and is_act("recap", asked.plain) and not asked.sentence.is_question:
        cues.add("recap_confirmed")
    if u.segment.message is not None:
        cues.add("in_mail")
    if u.source.kind == "notes":
        cues.add("in_notes")
    if names & set(re.findall(r"[a-z]{3,}", u.plain)):
        cues.add("our_company")
    asked = asked if early else None
    return replace(u, order=order, asked=asked, grants=grants, cues=frozenset(cues), **around)


def _company_words(name: str | None) -> frozenset[str]:
    words = re.findall(r"[a-z]{3,}", (name or "").lower())
    return frozenset(words) - {"inc", "ltd", "llc", "corp", "company", "gmbh", "the", "group"}
