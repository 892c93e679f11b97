"""How surely a quote out of a recording was heard: its seconds, and the words on which a promise hangs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from assistant.evidence.figures import as_figures, digits
from assistant.evidence.number_words import FRACTIONS, GROUPS, ORDINALS, SCALES, SMALL, TENS
from assistant.packet import HeardAs, Hearing, Telling
from extractors.segments import HeardWord, Segment

LONGEST, LOST = 8, 2
"""Words beyond which a difference is a stretch that one of the two did not hear, no misheard word."""
LOW = 0.5
"""Probability below which any word is told."""
LOST_WORD = 0.3
"""Probability below which a word beside a number was hardly the word that was said."""
ALMOST = 0.985
"""The same before a number: "for ten years" is often meant."""
_MONTHS = "january february march april may june july august september october november december"
_SHORT = "jan feb mar apr jun jul aug sep sept oct nov dec"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday tomorrow tonight yesterday q1 q2 q3 q4"
DATES = frozenset(f"{_MONTHS} {_SHORT} {_DAYS}".split())
NUMBERS = frozenset((*SMALL, *TENS, *SCALES, *GROUPS, *FRACTIONS, *ORDINALS, "percent", "once", "twice"))
_NEGATIONS = "no not never none nothing nobody without cannot neither nor except excluding excludes"
NEGATIONS = frozenset(_NEGATIONS.split())
_UNITS = "second minute hour day week month quarter year percent dollar euro pound cent user seat"
UNITS = frozenset(word + s for word in _UNITS.split() for s in ("", "s"))
HOMOPHONES = frozenset("to too for ate won tu fore".split())
ALIKE = HOMOPHONES | frozenset("free tree floor sex".split())
"""Words that sound like a number, or nearly so: "three" is heard as "free"."""
NEARLY = frozenset("do you through well".split())
"""Words that sound like a number and are none where a plural unit follows: "do days" for "two days"."""
BEFORE_SPANS = frozenset("after at by from in since till until".split())
SPANS = frozenset("month week day year quarter phase stage level tier".split())
"""What its number follows where one of BEFORE_SPANS stands before it: "by month well" for "month twelve"."""
CERTAIN = 0.995
"""How surely such a word is heard where it is meant: nearly always; where it was a number, seldom."""
MEASURING = frozenset("about around at by least most than every under over".split())
"""Words after which a number is likelier than "to" or "for"."""
PLACED = frozenset(("over", "under", "by"))
NO_VERBS = frozenset("it the we you they i he she and or but so because a an this that".split())
COUNTED = frozenset("all these those other our your their".split())
"""The same where a comma follows: "all for, and"."""
_OTHERS = "the you your us our me my him her them their it its this that any all"
ADDRESSED = frozenset(_OTHERS.split())
"""Words that follow a "to" or "for", and no number."""
BEFORE_UNITS = ADDRESSED | frozenset("a an each per every last next first of in by and or".split())
"""Words that stand before a unit in their own right."""
VAGUE = frozenset(("one", "second", "third", "half", "may", "march"))
"""Words that are a number or a date only beside another one or a unit: "that one", "we may"."""
NEGATED = 0.85
"""Probability below which a "not" is doubtful: those that were said are heard more surely than numbers."""
GLUED = 0.9
"""How surely three figures that begin with a 4 or a 2 are heard where no "for ten" or "to ten" was said."""
_GLUED = re.compile(r"[42]\d[1-9]|[42][1-9]0")
_JOINED = re.compile(r"(?!(?:19|20)\d\d)\d\d(?!00)\d\d|\d{3,}-\d+")
"""Figures that an engine makes of two numbers said one after the other: "7863", "2020-41"; no year."""
_ENDS = ".,;:!?\"'()[]…"
_PRICE = re.compile(r"[$€£¥]|\d(?:k|usd|eur|gbp)\b", re.I)


class Other(NamedTuple):
    """Words that may have been said instead of so many of those heard; `first`: by the first hearing."""

    kind: Telling
    text: str
    instead: int
    first: bool


def hearing(segment: Segment, start: int, end: int) -> Hearing | None:
    """How the words between two offsets of the segment were heard; None for what was written."""
    inside = [n for n, word in enumerate(segment.heard) if start <= word.at < end]
    if not inside:
        return None
    first, last = segment.heard[inside[0]], segment.heard[inside[-1]]
    return Hearing(
        start=first.start, end=last.end, words=tuple(_told(segment, inside).values()),
        otherwise=round(_otherwise_heard(segment, inside) / len(inside), 2),
    )  # fmt: skip


def unsure(segment: Segment, least: float) -> list[tuple[int, HeardAs]]:
    """The words of the segment that may be misheard, each with its offset. `least`: how sure a number, date,
    price or negation must be not to be among them."""
    told = _told(segment, range(len(segment.heard)))
    return [(segment.heard[n].at, word) for n, word in told.items() if is_unsure(word, least)]


def is_unsure(word: HeardAs, least: float) -> bool:
    """Whether it may be misheard: low probability, heard otherwise, a "to" where a number fits."""
    bare = word.text.lower().strip(_ENDS)
    if word.again is not None or word.maybe is not None or _JOINED.fullmatch(bare):
        return True
    if word.kind == "number" and (bare in ALIKE | NEARLY or (word.sure < GLUED and _GLUED.fullmatch(bare))):
        return True
    return word.sure < {"word": LOW, "negation": max(least, NEGATED)}.get(word.kind, least)


def sound_alike(one: float, other: float) -> bool:
    """Whether one ends in "-teen" where the other ends in "-ty": 15 and 50, 116 and 160, 15,000 and 50,000"""
    small, large = sorted((round(one), round(other)))
    if one != round(one) or other != round(other) or small <= 0:
        return False
    while small % 1000 == large % 1000 == 0:
        small, large = small // 1000, large // 1000
    teen, ty = small % 100, large % 100
    return small // 100 == large // 100 and 13 <= teen <= 19 and ty == 10 * (teen - 10)


def _otherwise_heard(segment: Segment, inside: Sequence[int]) -> int:
    """How many of the words a second hearing had otherwise."""
    runs = (
        range(n, n + word.instead)
        for n, word in enumerate(segment.heard[: inside[-1] + 1])
        if word.instead and not _style(segment, n, word)
    )
    return len({n for run in runs for n in run} & set(inside))


def _style(segment: Segment, n: int, word: HeardWord) -> bool:
    """Whether the second hearing only writes otherwise: "two dollars apiece" and "$2 a piece"."""
    mine = " ".join(segment.heard_word(m) for m in range(n, min(n + word.instead, len(segment.heard))))
    return _plain(mine) == _plain(word.again or "")


def _plain(text: str) -> str:
    """Its letters and figures, numbers as figures, without the names of currencies."""
    return re.sub(r"dollars?|euros?|pounds?|[\W_]", "", as_figures(text).lower().replace("%", "percent"))


def _told(segment: Segment, inside: Sequence[int]) -> dict[int, HeardAs]:
    """The words to be told, by their numbers, in order."""
    words = [_bare(segment, n) for n in range(len(segment.heard))]
    known = dict(_telling(segment.heard, words, inside))
    other = {n: found for n in inside if (found := _other(segment, words, n))}
    return {n: _heard_as(segment, n, other.get(n), known.get(n)) for n in sorted({*known, *other})}


def _other(segment: Segment, words: Sequence[str], n: int) -> Other | None:
    """What the second hearing made of a number, a date, a price or a "not", else a reading of the first."""
    word = segment.heard[n]
    told = [] if word.again is None else [(word.again, word.instead, False)]
    for text, instead, first in (*told, *((*other, True) for other in word.others)):
        if kind := _otherwise(words, n, text, instead):
            return Other(kind, text, instead, first)
    return None


def _heard_as(segment: Segment, n: int, other: Other | None, known: Telling | None) -> HeardAs:
    word = segment.heard[n]
    many = range(n, min(n + other.instead, len(segment.heard))) if other else (n,)
    itself = _kind(_bare(segment, n), UNITS) is not None
    alike = word.again is not None and other is None and itself
    return HeardAs(
        text=" ".join(segment.heard_word(m) for m in many), start=word.start,
        sure=round(1 - (1 - word.sure) / 2, 3) if alike else word.sure,  # "9" and "nine": both heard it
        kind=other.kind if other else known or "word",
        again=other.text if other and not other.first else None,
        maybe=other.text if other and other.first else None,
    )  # fmt: skip


def _otherwise(words: Sequence[str], n: int, again: str, instead: int) -> Telling | None:
    """What kind of thing another hearing took for another: a number, a date, a price, a "not"; or None."""
    last = n + instead
    long = LONGEST if again else LOST
    mine = " ".join(words[n:last])
    if max(last - n, len(again.split())) > long or _plain(mine) == _plain(again):
        return None
    if digits(mine) and digits(again.split(". ")[0]) == digits(mine):
        again = again.split(". ")[0]  # what follows was heard beyond the end
    theirs = [part.lower().strip(_ENDS) for part in again.split()]
    around = (words[max(n - 1, 0) : n], words[last : last + 2])
    sides = [[*around[0], *said, *around[1]] for said in (words[n:last], theirs)]
    kinds = [_kinds(said, len(around[0]), len(said) - len(around[1])) for said in sides]
    if digits(mine) != digits(again) and any({"number", "price"} & set(k) for k in kinds):
        return "price" if "price" in kinds[0] + kinds[1] else "number"
    if sorted(w for w in words[n:last] if w in DATES) != sorted(w for w in theirs if w in DATES):
        return "date"
    return "negation" if kinds[0].count("negation") != kinds[1].count("negation") else None


def _kinds(words: Sequence[str], first: int, last: int) -> list[Telling]:
    """What the words from `first` to `last` are, where they are something."""
    found = (_kind(words[n], {*words[max(n - 1, 0) : n], *words[n + 1 : n + 3]}) for n in range(first, last))
    return [kind for kind in found if kind]


def _telling(
    heard: Sequence[HeardWord], words: Sequence[str], inside: Sequence[int]
) -> Iterator[tuple[int, Telling]]:
    """The words that must not be wrong, and the others that may well be."""
    for n in inside:
        near = {*words[max(n - 1, 0) : n], *words[n + 1 : n + 3]}
        kind = _kind(words[n], near)
        after = words[n + 1] if n + 1 < len(words) else ""
        alike = kind is None and words[n] in ALIKE
        plural = after in UNITS and after[-1] == "s"
        counts = kind is None and words[n] in NEARLY | HOMOPHONES and (plural or _numbers_a_span(words, n))
        if counts or (alike and (_wavers(heard, words, n) or _measured(heard, words, n))):
            kind = "number"  # "at about to" may have been "at about two", "all for," "all four,"
        elif kind is None and heard[n].sure < LOW:
            ten = after in UNITS and words[n] not in BEFORE_UNITS  # "then weeks" may have been "ten weeks"
            kind = "number" if ten or _murmured(heard, words, n) else "word"
        if kind is not None:
            yield n, kind


def _wavers(heard: Sequence[HeardWord], words: Sequence[str], n: int) -> bool:
    """Whether a short word was heard less surely than it is where it is meant, and than a word near it."""
    beside = max(word.sure for word in heard[max(n - 2, 0) : n + 3])
    before, after = (words[m] if 0 <= m < len(words) else "" for m in (n - 1, n + 1))
    ranged = before == after or _kind(before, UNITS) == _kind(after, UNITS) == "number"  # "nine to five"
    if ranged or words[n] == "too":  # which follows what it adds to, where a number hardly stands
        return False
    runs = range(max(n - LONGEST, 0), n + 1)
    if any(heard[m].again is not None and m + heard[m].instead > n for m in runs):
        return False  # what else it was is known
    if words[n] in HOMOPHONES and after in ADDRESSED and not _parted(heard, words, n):
        return False
    close = words[n] not in HOMOPHONES or _kind(after, UNITS) == "number"
    return heard[n].sure < min(ALMOST if close else CERTAIN, beside)


def _murmured(heard: Sequence[HeardWord], words: Sequence[str], n: int) -> bool:
    """Whether a word beside a number was not heard at all, as "three data" for "through eAdapter", or two in
    a row hardly were: "six intense sense", "six and ten cents"."""
    return (heard[n].sure < LOST_WORD and _counted(words, n, n)) or any(
        heard[first].sure < LOW > heard[first + 1].sure
        and all(_kind(word, frozenset()) is None for word in words[first : first + 2])
        and _counted(words, first, first + 1)
        for first in (n - 1, n)
        if 0 <= first < len(heard) - 1
    )


def _counted(words: Sequence[str], first: int, last: int) -> bool:
    """Whether a number stands beside these words."""
    beside = [*words[max(first - 1, 0) : first], *words[last + 1 : last + 2]]
    return any(_kind(word, UNITS) in ("number", "price") for word in beside)


def _numbers_a_span(words: Sequence[str], n: int) -> bool:
    """Whether a number should stand here: "by month ...", but not "from day to day"."""
    if n < 2 or words[n - 2] not in BEFORE_SPANS or words[n - 1] not in SPANS:
        return False
    return n + 1 == len(words) or words[n + 1] != words[n - 1]


def _measured(heard: Sequence[HeardWord], words: Sequence[str], n: int) -> bool:
    """Whether what comes before calls for a number rather than for "to" or "for"."""
    if words[n] not in HOMOPHONES:
        return False
    before = words[n - 1] if n else ""
    parted = _parted(heard, words, n)
    after = words[n + 1] if n + 1 < len(words) else ""
    if words[n] in ("to", "too"):  # "about to send", "over to you" are no numbers
        return before in MEASURING - PLACED and (parted or after in NO_VERBS)
    return before in MEASURING or (before in COUNTED and parted)


def _parted(heard: Sequence[HeardWord], words: Sequence[str], n: int) -> bool:
    """Whether a comma follows the word."""
    return n + 1 < len(heard) and heard[n + 1].at > heard[n].at + len(words[n]) + 1


def _kind(word: str, near: Set[str]) -> Telling | None:
    if _PRICE.search(word):
        return "price"
    if re.search(r"\d", word):
        return "number"
    parts = word.split("-")
    if word in VAGUE and not any(re.search(r"\d", w) or w in NUMBERS - VAGUE or w in UNITS for w in near):
        return None
    if any(part in DATES for part in parts):
        return "date"
    if any(part in NUMBERS for part in parts):
        return "number"
    if is_negation(word):
        return "negation"
    return None


def is_negation(word: str) -> bool:
    """Whether the word, in lower case, denies."""
    return word in NEGATIONS or word.endswith(("n't", "n’t"))


def _bare(segment: Segment, n: int) -> str:
    return segment.heard_word(n).lower().strip(_ENDS)
