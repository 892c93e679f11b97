"""What the promise classifier sees of a sentence: its cues, its words, its place in the talk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.readers.embedded.cues import cues_in, is_act
from assistant.readers.embedded.utterances import Utterance

_NUMBER_WORDS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million dozen half""".split()
_DATE_WORDS = """january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday christmas easter thanksgiving q1 q2 q3 q4""".split()
_CLASSES = dict.fromkeys(_NUMBER_WORDS, "NUM") | dict.fromkeys(_DATE_WORDS, "DATE")
_ORDINAL = re.compile(
    r"(?:twenty|thirty)?-?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth"
    r"|twentieth|thirtieth)$"
)
_TOKEN = re.compile(r"[$€£]?\d[\d.,:]*%?(?:st|nd|rd|th|k|m)?|[a-z]+(?:'[a-z]+)?|[?]")
_LENGTHS = (2, 4, 7, 12, 20, 35)


def tokens_of(plain: str) -> list[str]:
    """Words of a plain sentence, numbers as NUM, MONEY, PCT and days as DATE."""
    out: list[str] = []
    for token in _TOKEN.findall(plain):
        kind = _kind(token)
        if kind != "NUM" or not out or out[-1] != "NUM":
            out.append(kind)
    return out


def _kind(token: str) -> str:
    if token[0] in "$€£":
        return "MONEY"
    if token[0].isdigit():
        return "PCT" if token.endswith("%") else "NUM"
    return _CLASSES.get(token) or ("NUM" if _ORDINAL.match(token) else token)


def features_of(utterance: Utterance) -> frozenset[str]:
    """Names of the features that a sentence has; a customer's come once more, marked "C|"."""
    shared = frozenset(_features(utterance))
    if utterance.side == "vendor":
        return shared
    return shared | {f"C|{f}" for f in shared if f[0] in "cswa"} | {"C|"}


def _features(utterance: Utterance) -> Iterator[str]:
    tokens = tokens_of(utterance.plain)
    yield from (f"cue:{c}" for c in utterance.cues)
    yield from (f"w:{t}" for t in tokens)
    yield from (f"b:{a}_{b}" for a, b in pairwise(tokens))
    yield from (f"t:{a}_{b}_{c}" for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False))
    yield from (f"s:{'_'.join(tokens[:n])}" for n in (1, 2, 3) if len(tokens) >= n)
    yield f"len:{sum(len(tokens) > n for n in _LENGTHS)}"
    yield f"at:{min(utterance.sentence.index, 4)}"
    yield from _asked(utterance)
    yield from _around(utterance)


def _around(utterance: Utterance) -> Iterator[str]:
    """What was said before, and how the other side takes it: promises are repeated, thanked for, doubted."""
    reply = tokens_of(utterance.reply)
    if reply:
        yield "replied"
        yield f"r:{reply[0]}"
        yield f"r:{'_'.join(reply[:2])}"
        own = {t for t in tokens_of(utterance.plain) if len(t) > 3}
        if len(reply) <= 8 and own & set(reply):
            yield "r:echo"
    if utterance.before:
        yield from (f"p:{c}" for c in sorted(cues_in(utterance.before)))
        yield f"p:{'_'.join(tokens_of(utterance.before)[:2])}"


def _asked(utterance: Utterance) -> Iterator[str]:
    if not utterance.asked:
        return
    yield "asked"
    yield f"grants:{utterance.grants}:{min(utterance.sentence.index, 2)}"
    for act in ("request", "recap"):
        if is_act(act, utterance.asked.plain):
            yield f"asked:{act}"
            yield f"asked:{act}:{utterance.grants}"
    yield from (f"q:{'_'.join(tokens_of(utterance.asked.plain)[:n])}" for n in (1, 2))
    if utterance.grants and utterance.sentence.index == 0:
        yield from (f"granted:{c}" for c in sorted(cues_in(utterance.asked.plain)))
        yield f"granted:{'alone' if utterance.alone else 'and more'}"
