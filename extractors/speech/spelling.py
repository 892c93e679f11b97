"""Names and terms that a deal's papers spell, put right where a recording's ear wrote what sounds the same.

"Halbeg" is Halberg, "feel lark" FieldLark. What was heard stays beside the name, as a hearing of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from extractors.segments import HeardWord, Segment

LONGEST = 5
"""Words that may be heard for one name."""
LOW = 0.6
"""Probability below which words that a dictionary has may be a name that is as long."""
LETTERS = 6
"""Letters of a name that two sure words make up as they are: "quick books"."""
FULL, SOUNDS, FEW = 6, 4, 3
"""Sounds of a person's full name, which needs no doubt; of a name; and of one that is one unknown word."""
ALIKE = 0.6
"""Part of the letters that both have where they sound the same."""
NEAR = 0.65
"""The same where they nearly sound the same."""
_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("gh", ""), (r"\bkn", "n"), (r"\bwr", "r"), ("sch", "j"), ("ch(?=[rl])", "k"),
    ("tch|ch|sh|dg|(?<=[aeiou])su(?=r)|(?<=[aeiou])ti(?=on)", "j"), ("g(?=[eiy])", "j"), ("c(?=[eiy])", "s"),
    ("ng(?![aeiou])", "n"), ("th", "t"), ("x", "ks"), ("[cq]", "k"), ("z", "s"), ("d", "t"), ("b", "p"),
    ("v", "f"), ("g", "k"), ("[hw]", ""), (r"(?<=\w)y", ""), (r"(?<!^)[aeiou]", ""), (r"^[aeiou]", "a"),
    (r"(.)\1+", r"\1"),
)  # fmt: skip
"""Letters > the sound that an ear keeps of them; voiced and voiceless ones are one, vowels count in front."""
_RULES = [(re.compile(pattern), sound) for pattern, sound in _SOUNDS]
_WORD = re.compile(r"(\W*)(.*?)((?:['’]s)?\W*)", re.S)
Known = Callable[[str], bool]


@dataclass(frozen=True)
class Names:
    """What may be put right: names and terms as the papers write them, and what a dictionary has."""

    written: Iterable[str]
    known: Known
    by_sound: dict[str, str] = field(default_factory=dict)
    by_letters: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.written:
            self.by_sound.setdefault(sound(name), name)
            self.by_letters.setdefault(_letters(name), name)


def put_right(segment: Segment, names: Names) -> Segment:
    """The segment with such words as the papers write them; the same where there are none."""
    words = [segment.heard_word(n) for n in range(len(segment.heard))]
    runs = list(_runs(words, segment.heard, names)) if " ".join(words) == segment.text else []
    if all(name is None for _, _, name in runs):
        return segment
    texts = [[words[first]] if name is None else name.split() for first, _, name in runs]
    ends = [0, *accumulate(map(len, texts))]
    begins = {n: ends[k] for k, (first, last, _) in enumerate(runs) for n in range(first, last)}
    begins[len(words)] = ends[-1]
    heard = list[HeardWord]()
    for (first, last, name), parts in zip(runs, texts, strict=True):
        word = segment.heard[first]
        until = min(first + word.instead, len(words))
        told = word._replace(
            instead=begins[until] - begins[first],
            others=tuple((o, begins[min(first + m, len(words))] - begins[first]) for o, m in word.others),
        )
        if name is not None:
            end = segment.heard[last - 1].end
            told = HeardWord(0, word.start, end, word.sure, " ".join(words[first:last]), len(parts))
        more = HeardWord(0, told.start, told.end, told.sure)
        heard += [told, *[more] * (len(parts) - 1)]
    said = [part for parts in texts for part in parts]
    at = [0, *accumulate(len(part) + 1 for part in said)]
    placed = (word._replace(at=place) for word, place in zip(heard, at, strict=False))
    return segment.model_copy(update={"text": " ".join(said), "heard": tuple(placed)})


def _runs(
    words: Sequence[str], heard: Sequence[HeardWord], names: Names
) -> Iterator[tuple[int, int, str | None]]:
    """The words one by one, (first, last + 1, None), and those that are a name with how it is written."""
    n = 0
    while n < len(words):
        many, name = next(_names_at(words, heard, n, names), (1, None))
        yield n, n + many, name
        n += many


def _names_at(
    words: Sequence[str], heard: Sequence[HeardWord], n: int, names: Names
) -> Iterator[tuple[int, str]]:
    """How many words from `n` on are a name, and its spelling with their punctuation; the shortest first."""
    for many in range(1, min(LONGEST, len(words) - n) + 1):
        run = words[n : n + many]
        if any(re.search(r"\d", word) for word in run) or any(word[-1] in ".,?!;:" for word in run[:-1]):
            return
        found = _WORD.fullmatch(" ".join(run))
        name = _name(found[2], min(word.sure for word in heard[n : n + many]), names) if found else None
        if found and name and name.lower() != found[2].lower():
            yield many, found[1] + name + found[3]


def _name(said: str, sure: float, names: Names) -> str | None:
    parts, key = re.split(r"[\s-]+", said), sound(said)
    whole = names.by_letters.get(_letters(said))
    if whole and len(_letters(said)) >= LETTERS and _is_one(parts, whole, names):
        return whole
    if any(_letters(part) in names.by_letters for part in parts):
        return None
    name = names.by_sound.get(key)
    strange = not all(names.known(part) for part in parts)
    if name and _alike(said, name):
        if len(key) >= FULL and len(parts) > 1 and (" " in name or sure < LOW):
            return name
        if strange and ((len(key) >= SOUNDS and key[0] != "a") or (len(key) >= FEW and len(parts) == 1)):
            return name
    return (_nearly(said, key, names) or _beginning(said, names)) if strange and len(parts) == 1 else None


def _is_one(parts: Sequence[str], whole: str, names: Names) -> bool:
    """Whether words with the letters of a name are it: "quick books" for QuickBooks, but "cut over" may be
    what people do rather than the Cutover that a paper defines."""
    if len(parts) == 1:
        return not names.known(parts[0])
    within = re.search(r"[a-z][A-Z]", whole) is not None
    return within or all(part[:1].isupper() for part in parts) or not all(map(names.known, parts))


def _nearly(said: str, key: str, names: Names) -> str | None:
    """The one name that is a single sound away from a word that no dictionary has: "gretcha" for Greta."""
    from rapidfuzz.distance import Levenshtein

    single = ((s, name) for s, name in names.by_sound.items() if len(s) >= SOUNDS and " " not in name)
    near = [name for s, name in single if Levenshtein.distance(key, s, score_cutoff=1) <= 1]
    alike = [name for name in near if _alike(said, name, NEAR)]
    return alike[0] if len(alike) == 1 else None


def _beginning(said: str, names: Names) -> str | None:
    """A name and the word after it, heard as one: "interplus" for "Entra plus"."""
    for cut in range(len(said) - 3, 3, -1):
        head, rest = said[:cut], said[cut:]
        name = names.by_sound.get(sound(head))
        if name and " " not in name and len(sound(name)) >= FEW and names.known(rest) and _alike(head, name):
            return f"{name} {rest}"
    return None


def _alike(said: str, name: str, least: float = ALIKE) -> bool:
    """Whether enough letters are the same, too, and the one is no form of the other."""
    from rapidfuzz.distance import Indel

    mine, theirs = _letters(said), _letters(name)
    form = mine.startswith(theirs) or theirs.startswith(mine)
    return not form and Indel.normalized_similarity(mine, theirs) >= least


def sound(words: str) -> str:
    """What an ear keeps of the words: the same for "camp pleasure" and "CampLedger"."""
    key = re.sub(r"[^a-z\s]", "", words.lower())
    for pattern, kept in _RULES[:-4]:
        key = pattern.sub(kept, key)
    key = re.sub(r"\s", "", key)
    for pattern, kept in _RULES[-4:]:
        key = pattern.sub(kept, key)
    return key


def _letters(words: str) -> str:
    return re.sub(r"[^a-z]", "", words.lower())
