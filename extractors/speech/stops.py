"""Full stops where people stop: engines write "we can do that, the export is free" over a sentence's end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.speech.heard import Passage, Word

SHORTEST = 0.3
"""Seconds of quiet below which a comma is taken for one."""
SHARE = 0.2
"""Part of the pauses at a recording's full stops that are shorter than what ends a sentence in it."""
ENOUGH = 8
"""Full stops below which their pauses say little."""
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
    of each turn, and with a question mark after what is worded as a question."""
    least = longest_comma(passages)
    out, said, fresh = list[Passage](), list[str](), False
    for n, passage in enumerate(passages):
        after = passages[n + 1] if n + 1 < len(passages) else None
        words = list[Word]()
        for word in passage.words:
            text = word.text[:1].upper() + word.text[1:] if fresh else word.text
            said.append(text)
            last = len(words) + 1 == len(passage.words)
            ends = text[-1] in ".?!…" or (last and _stops(passage, after, " ".join(said), least))
            alone = last and _alone(passages, n) and len(said) == len(passage.words)
            words.append(word._replace(text=_ended(text, said, alone) if ends else text))
            fresh = ends and text[-1] not in ".?!…"
            said = [] if ends else said
        out.append(passage.model_copy(update={"words": tuple(words)}))
    return out


def longest_comma(passages: Sequence[Passage]) -> float:
    """Seconds from which on a pause ends a sentence in this recording."""
    stops = sorted(
        after.start - this.end
        for this, after in pairwise(passages)
        if this.speaker == after.speaker and this.text[-1] in ".?!"
    )
    return max(SHORTEST, stops[int(SHARE * len(stops))]) if len(stops) >= ENOUGH else float("inf")


def _stops(passage: Passage, after: Passage | None, said: str, least: float) -> bool:
    """Whether a sentence ends with this passage, which has no full stop."""
    if after is None or after.speaker != passage.speaker:
        return True
    if after.start - passage.end < least:
        return False
    if said.endswith(","):
        return not _LEADS.search(said)
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
