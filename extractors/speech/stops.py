"""Full stops where people stop, and only there: engines write "we can do that, the export is free" over a
sentence's end, and "it is free for you. Card present or online." within one."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from extractors.speech.heard import Passage, Word
from extractors.speech.pauses import BREATH

SHORTEST = 0.3
"""Seconds of quiet below which a comma is taken for one, where pauses do not tell the two apart."""
SHARE = 0.2
"""Part of the pauses at a recording's full stops that are shorter than what ends a sentence in it."""
VALLEY, NEAR = 0.65, 0.04
"""Pauses are of two kinds, at commas and at full stops, where lengths between the two, within so many
seconds, are rarer than either, by this part."""
CLEAR = 0.08
"""Seconds by which a pause is longer than what parts the two kinds where it is a full stop's beyond doubt."""
ENOUGH, LONGEST, ROUNDS = 8, 1.0, 10
"""Pauses of a kind below which they say little; seconds beyond which one is neither; rounds until two kinds
of them settle."""
_LEADS = re.compile(
    r"(?:^|, )(?:(?:and|but|so|or|well|okay|yeah),? )?(?:if|when|whenever|once|unless|until|while|because"
    r"|since|although|though|as|after|before|provided|assuming|for|in|on|at|by|with|from)\b[^,]*,$",
    re.I,
)
"""What leads up to the sentence it stands in: "if you sign by June,"."""
_AUX = (
    r"(?:(?:is|are|was|were)(?:n't)? (?:it|that|this|there|the|your|our|those|these|you|they|we)"
    r"|(?:do|does|did)(?:n't)? (?:you|we|they|i|he|she|the|your|our|those|these)"
    r"|does(?:n't)? (?:it|that|this)|did(?:n't)? (?:it|that)|(?:have|has|had)(?:n't)? (?:you|we|they|he|she)"
    r"|(?:can|could|will|would|shall)(?:'t|n't)? (?:i|you|we|they|he|she|it|that|this|there|the|your|our)"
    r"|(?:should|may) (?:i|we))\b"
)
_ASKS = re.compile(
    r"(?:(?:and|but|so|or|well|okay|ok|oh|yeah|right|now|then|um|uh|hi|hello|sorry),? )*"
    rf"(?:{_AUX}|(?:what|how|why|where|who|which|when)(?:'s| (?:is|are|was|were|do|does|did|can|could|will"
    r"|would|should|about|happens|else|much|many|long|soon|often|far|exactly)\b)"
    r"(?! (?:we|you|i|they|he|she)\b [^,]*\b(?:is|was)\b))",
    re.I,
)
"""How a question begins: the verb before who does it."""
_ADDS = re.compile(r"and\b(?: [^\s,]+){1,5}$", re.I)
"""A whole turn that asks for one thing more: "And the card fee"."""
_BEGINS = frozenset(
    "the a an and but so you you'd you'll you're we we'd we'll we're he she they it it's that that's this "
    "there if when what how yes no yeah okay well because or then".split()
)
"""Words that an engine writes with a capital only where a sentence begins."""


def with_stops(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with a full stop for each comma at which the speaker pauses as at full stops, at the end
    of each turn, and with a question mark after what is worded as a question; a full stop at which nobody
    pauses longer than at commas becomes one."""
    parted = between(passages)
    passages = passages if parted is None else _without_false(passages, parted)
    least = longest_comma(passages) if parted is None else parted
    surely = parted + CLEAR if parted else float("inf")
    out, said, fresh = list[Passage](), list[str](), False
    for n, passage in enumerate(passages):
        after = passages[n + 1] if n + 1 < len(passages) else None
        words = list[Word]()
        for word in passage.words:
            text = word.text[:1].upper() + word.text[1:] if fresh else word.text
            said.append(text)
            last = len(words) + 1 == len(passage.words)
            ends = text[-1] in ".?!…" or (last and _stops(passage, after, " ".join(said), least, surely))
            alone = last and _alone(passages, n) and len(said) == len(passage.words)
            words.append(word._replace(text=_ended(text, said, alone) if ends else text))
            fresh = ends and text[-1] not in ".?!…"
            said = [] if ends else said
        out.append(passage.model_copy(update={"words": tuple(words)}))
    return out


def longest_comma(passages: Sequence[Passage]) -> float:
    """Seconds from which on a pause ends a sentence in a recording whose pauses are of one kind."""
    stops = _pauses(passages, ".?!")
    return max(SHORTEST, stops[int(SHARE * len(stops))]) if len(stops) >= ENOUGH else float("inf")


def between(passages: Sequence[Passage]) -> float | None:
    """Seconds that part the short pauses at its marks from the long ones; None where they are of one kind.

    Whether an engine wrote a comma or a full stop there is not asked: some write one for all.
    """
    marks = _pauses(passages, ".,?!")
    if len(marks) < 2 * ENOUGH:
        return None
    middle = sum(marks) / len(marks)
    for _ in range(ROUNDS):
        short, long = ([p for p in marks if (p >= middle) is side] for side in (False, True))
        if min(len(short), len(long)) < ENOUGH:
            return None
        ends = (short[len(short) // 2], long[len(long) // 2])
        middle = sum(ends) / 2
    lengths = [n / 100 for n in range(round(100 * ends[0]), round(100 * ends[1]) + 1)]
    met = {at: sum(abs(pause - at) <= NEAR for pause in marks) for at in (*lengths, *ends)}
    rarest = [at for at in lengths if met[at] == min(met[n] for n in lengths)]
    apart = ends[1] > ends[0] + 2 * NEAR and met[rarest[0]] <= VALLEY * min(met[at] for at in ends)
    return rarest[len(rarest) // 2] if apart else None


def _pauses(passages: Sequence[Passage], marks: str) -> list[float]:
    """The seconds of quiet after these marks, where the same voice goes on, the shortest first."""
    pairs = pairwise((word, p.speaker) for p in passages for word in p.words)
    gaps = ((a.text[-1], b.start - a.end) for (a, one), (b, other) in pairs if one == other)
    return sorted(gap for mark, gap in gaps if mark in marks and BREATH <= gap <= LONGEST)


def _without_false(passages: Sequence[Passage], least: float) -> list[Passage]:
    """The passages without the full stops at which nobody stops for so many seconds."""
    small = {w.text for p in passages for w in p.words if w.text.islower()}
    words = [(word, p.speaker) for p in passages for word in p.words]
    texts = [word.text for word, _ in words]
    begin = 0
    for n, ((word, one), (after, other)) in enumerate(pairwise(words)):
        short = one == other and after.start - word.end < least
        asks = word.text[-1] == "?" and _ASKS.match(" ".join(texts[begin : n + 1]))
        if short and word.text[-1] in ".?" and not asks:
            texts[n] = texts[n].rstrip(".?") + ","
            texts[n + 1] = _within(texts[n + 1], small)
        begin = n + 1 if texts[n][-1] in ".?!" else begin
    given = iter(texts)
    return [
        p.model_copy(update={"words": tuple(w._replace(text=next(given)) for w in p.words)}) for p in passages
    ]


def _within(text: str, small: Set[str]) -> str:
    """A word that no sentence begins with any more; names keep their capital."""
    low = text.lower()
    plain = low.rstrip(".,?!…")
    return low if plain in small or plain in _BEGINS else text


def _stops(passage: Passage, after: Passage | None, said: str, least: float, surely: float) -> bool:
    """Whether a sentence ends with this passage, which has no full stop; `surely`: however it is worded."""
    if after is None or after.speaker != passage.speaker:
        return True
    pause = after.start - passage.end
    if pause < least:
        return False
    if said.endswith(","):
        return pause >= surely or not _LEADS.search(said)
    first = after.words[0].text
    return first[:1].isupper() and first.lower().strip(",.?!") in _BEGINS


def _alone(passages: Sequence[Passage], n: int) -> bool:
    """Whether a passage is all that its speaker says before somebody else does."""
    beside = [passages[m].speaker for m in (n - 1, n + 1) if 0 <= m < len(passages)]
    return passages[n].speaker is not None and passages[n].speaker not in beside


def _ended(text: str, said: Sequence[str], alone: bool) -> str:
    """The last word of a sentence with the mark that ends it; `alone`: it is a whole turn."""
    if text[-1] in "?!…":
        return text
    sentence, bare = " ".join(said), text.rstrip(",.;:-")
    asks = _ASKS.match(sentence) or (alone and _ADDS.match(sentence.rstrip(",.;:-")))
    return bare + ("?" if asks else ".")
