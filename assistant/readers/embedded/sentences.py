"""Sentences of a turn or paragraph, and what is left of them once fillers and contractions are undone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LONG_SENTENCE = 45
"""Words after which a sentence without full stops (raw ASR) is cut at its conjunctions."""

_END = re.compile(r"(?:[.?!…]+[\"'”’)\]]*)(?=\s+[\"'“‘(\[]?(?:[^\W_a-z]|[$€£]))|(?:[?!]+)(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|vs|inc|ltd|corp|co|e\.g|i\.e|approx|dept|jr|sr|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|a\.m|p\.m|u\.s|u\.k)\.|\b[A-Z]\.)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:nos?|sec|art|para|pp?|fig|sect)\.$", re.IGNORECASE)
_CUT = re.compile(
    r"(?:,|;|\s-)?\s+(?=(?:and|but|so|because|then|plus|also)\s+(?:we|i|you|it|that|they|he|she|there|the)\b)",
    re.IGNORECASE,
)
_CURLY = str.maketrans("’‘`", "'''")
_UNAPOSTROPHED = [
    (re.compile(pattern), expansion)
    for pattern, expansion in [
        (r"\bcannot\b", "can not"),
        (r"\bgonna\b", "going to"),
        (r"\bwanna\b", "want to"),
        (r"\bgotta\b", "got to"),
    ]
]
_CONTRACTIONS = [
    (re.compile(pattern), expansion)
    for pattern, expansion in [
        (r"\bcan't\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"\bshan't\b", "shall not"),
        (r"\bain't\b", "is not"),
        (r"n't\b", " not"),
        (r"\blet's\b", "let us"),
        (r"\bi'm\b", "i am"),
        (r"'re\b", " are"),
        (r"'ve\b", " have"),
        (r"'ll\b", " will"),
        (r"'d\b", " would"),
        (
            r"\b(it|that|there|he|she|what|who|here|where|everything|everybody|everyone|nobody|nothing|this)'s\b",
            r"\1 is",
        ),
    ]
]
_FILLERS = re.compile(
    r"\b(?:u[mh]+|er+m?|hm+|mhm|you know|i mean|sort of|kind of|basically|actually|honestly|frankly|literally"
    r"|obviously)\b,?"
    r"|(?<=\s)like,(?=\s)"
)
_OPENERS = re.compile(
    r"^(?:(?:okay|ok|so|well|alright|all right|right|look|listen|and|but|oh|ah|hey|now|yeah no|no no|great"
    r"|perfect|cool|also|plus|then|anyway)\b[,.]?\s*)+"
)
_STUTTER = re.compile(r"\b([\w']+(?: [\w']+)?)(?:,? \1\b)+")


@dataclass(frozen=True)
class Sentence:
    """`text` is verbatim; `plain` is lower case without fillers, stutters and contractions, for patterns."""

    text: str
    plain: str
    index: int
    """Position in its segment, from 0."""

    @property
    def words(self) -> int:
        """How many words the plain form has."""
        return len(self.plain.split())

    @property
    def is_question(self) -> bool:
        """It ends with a question mark."""
        return self.text.rstrip("\"'”’) ").endswith("?")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a segment, in order; every word belongs to one of them."""
    pieces = [part for piece in _at_full_stops(text) for part in _at_conjunctions(piece)]
    return tuple(Sentence(piece, plain(piece), i) for i, piece in enumerate(pieces))


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Lower case, contractions written out, fillers and repeated words gone, white space folded."""
    out = text.lower().translate(_CURLY)
    for pattern, expansion in (*_UNAPOSTROPHED, *_CONTRACTIONS) if "'" in out else _UNAPOSTROPHED:
        out = pattern.sub(expansion, out)
    out = re.sub(r"\s+", " ", _FILLERS.sub(" ", out)).strip(" ,.-…")
    out = _STUTTER.sub(r"\1", out)
    return re.sub(r"\s+([,.?!])", r"\1", _OPENERS.sub("", out)).strip(" ,")


def _at_full_stops(text: str) -> list[str]:
    pieces, start = [], 0
    for match in _END.finditer(text):
        head = text[start : match.end()].rstrip("\"'”’)")
        number_follows = text[match.end() :].lstrip()[:1].isdigit()
        if _ABBREVIATION.search(head) or (_NUMBERED.search(head) and number_follows):
            continue
        pieces.append(text[start : match.end()].strip())
        start = match.end()
    pieces.append(text[start:].strip())
    return [p for p in pieces if p]


def _at_conjunctions(sentence: str) -> list[str]:
    if len(sentence.split()) <= LONG_SENTENCE:
        return [sentence]
    pieces: list[str] = []
    start = 0
    for match in _CUT.finditer(sentence):
        if len(sentence[start : match.start()].split()) >= 8 and len(sentence[match.end() :].split()) >= 6:
            pieces.append(sentence[start : match.start()].strip())
            start = match.end()
    return [*pieces, sentence[start:].strip()]
