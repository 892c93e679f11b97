"""Quantities as people say and write them, with their unit, bound, rate and place in the text."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from assistant.evidence.number_words import Number, read_numbers
from assistant.evidence.quantity_idioms import article_idioms, fixed_idioms
from assistant.evidence.quantity_parts import MULTIPLES, ReadQuantity, finish, quantity_at
from assistant.evidence.quantity_patterns import (
    A_HEAD,
    BRACKET,
    CURRENCY_AFTER,
    CURRENCY_BEFORE,
    DATE_AFTER,
    DATE_BEFORE,
    IN_BUSINESS_HOURS,
    MONEY_CONTEXT,
    NOT_COUNTED,
    NOT_NOUNS,
    ONE_OF,
    PERCENT,
    STOP,
    TIME_AFTER,
    TO,
    UPTIME_CONTEXT,
)
from assistant.evidence.units import (
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    UNIT_WORDS,
    Better,
    Outcome,
    compare,
    singular,
)

__all__ = ["Better", "Outcome", "ReadQuantity", "compare", "read_quantities"]


def read_quantities(text: str, currency: str = "USD") -> list[ReadQuantity]:
    """Every quantity in the text in order of place. Bare money ("62 thousand a year") is in `currency`.

    Dates, section numbers, versions and numbers without a unit are not quantities.
    """
    return list(_read(text, currency))


@lru_cache(maxsize=20_000)  # terms, promises and the judge ask about the same lines
def _read(text: str, currency: str) -> tuple[ReadQuantity, ...]:
    found = [*fixed_idioms(text)]
    taken = [(q.start, q.end) for q in found]
    numbers = [n for n in read_numbers(text) if not any(a <= n.start < b for a, b in taken)]
    i = 0
    while i < len(numbers):
        read, used = _from_number(text, numbers, i, currency)
        if read:
            found.append(read)
        i += used
    taken = [(q.start, q.end) for q in found]
    found += [q for q in article_idioms(text) if not any(a < q.end and q.start < b for a, b in taken)]
    return tuple(sorted(found, key=lambda q: (q.start, q.end)))


def _from_number(text: str, numbers: list[Number], i: int, currency: str) -> tuple[ReadQuantity | None, int]:
    """The quantity that starts at number i, and how many numbers it uses up."""
    first = numbers[i]
    low, disagrees, used, last = None, None, 1, first
    if i + 1 < len(numbers):
        between = text[first.end : numbers[i + 1].start]
        if first.spoken and BRACKET.fullmatch(between):
            second = numbers[i + 1]
            disagrees = second.value if abs(second.value - first.value) > 1e-9 else None
            last, used = second, 2
        elif _is_range(text, first, numbers[i + 1]):
            low, last, used = first.value, numbers[i + 1], 2
    read = None if _is_no_count(text, first, last) else _with_unit(text, first, last, low, currency)
    if read is None and used == 2:
        return (None, 1)
    return (replace(read, low=low, disagrees=disagrees) if read else None), used


def _is_range(text: str, first: Number, second: Number) -> bool:
    between = re.sub(r"[$€£%]", "", text[first.end : second.start])
    if not TO.fullmatch(between) or not 0 < first.value < second.value:
        return False
    if "and" in between.lower():
        return text[: first.start].lower().rstrip().endswith("between")
    return True


def _is_no_count(text: str, first: Number, last: Number) -> bool:
    before, after = text[max(0, first.start - 24) : first.start], text[last.end : last.end + 24]
    if CURRENCY_BEFORE.search(before) or PERCENT.match(after):
        return False
    if before[-1:] in (".", "/") and before[-2:-1].isdigit():
        return True
    if (
        NOT_COUNTED.search(before)
        or DATE_AFTER.match(after)
        or re.match(r"(?:st|nd|rd|th)\b|:\d\d|/\d", after)
    ):
        return True
    return bool(DATE_BEFORE.search(before)) and not re.match(r"\s+\w+s\b", after)


def _with_unit(
    text: str, first: Number, last: Number, low: float | None, currency: str
) -> ReadQuantity | None:
    """The unit may stand before (currency) or after; in "twelve (12) weeks" after the bracket."""
    bracketed = first is not last and low is None
    value = first.value if bracketed else last.value
    end = _close_bracket(text, last.end) if bracketed else last.end
    before = text[: first.start]
    sign = CURRENCY_BEFORE.search(before) or (bracketed and CURRENCY_BEFORE.search(text[: last.start]))
    unit, start = None, first.start
    middle = text[first.end : last.start] if bracketed else ""
    if sign:
        unit = CURRENCY_SIGNS.get(sign[1].upper(), sign[1].upper())
        start = sign.start() if sign.start() < first.start else first.start
    elif m := CURRENCY_AFTER.match(text, end) or (middle and CURRENCY_AFTER.match(middle)):
        word = (m[1] or m[2]).lower()
        unit = CURRENCY_SIGNS.get(word) or CURRENCY_WORDS.get(
            word, "USD" if "dollar" in word else word.upper()
        )
        end = m.end() if m.string is text else end
    elif (
        (m := PERCENT.match(text, end))
        or PERCENT.match(middle)
        or (bracketed and PERCENT.match(text, last.end))
    ):
        unit, end = "percent", max(end, m.end() if m else end)
    if unit:
        return finish(text, value, unit, start, end)
    return _timed(text, value, start, end, before) or _counted_or_bare(
        text, first, last, value, start, end, currency
    )


def _close_bracket(text: str, end: int) -> int:
    m = re.match(r"\s*%?\s*\)", text[end:])
    return end + m.end() if m else end


def _timed(text: str, value: float, start: int, end: int, before: str) -> ReadQuantity | None:
    net = re.search(r"\bnet[\s-]*$", before, re.I)
    m = TIME_AFTER.match(text, end)
    if net:
        stop = m.end() if m else end
        return quantity_at(text, value, "day", "at_most", None, net.start(), stop)
    if not m:
        return None
    unit, end = UNIT_WORDS[m[2].lower()], m.end()
    value += 0.5 if m["half"] else 0
    if m[1] and unit in ("day", "hour"):
        unit = f"business_{unit}"
    if unit == "hour" and (inside := IN_BUSINESS_HOURS.match(text, end)):
        unit, end = "business_hour", inside.end()
    return finish(
        text, value * MULTIPLES.get(unit, (1, ""))[0], MULTIPLES.get(unit, (1, unit))[1], start, end
    )


def _counted_or_bare(
    text: str, first: Number, last: Number, value: float, start: int, end: int, currency: str
) -> ReadQuantity | None:
    near = text[max(0, start - 60) : end + 40]
    money = bool(MONEY_CONTEXT.search(near))
    if first.tail and money and 20 <= value < 1000:
        return finish(text, value * 1000 + first.tail * 100, currency, start, end)
    if A_HEAD.match(text, end) and not re.match(r"\s*(?:hours?|days?)", text[end:]):
        return finish(text, value, currency, start, end)
    if 90 <= value < 100 and value % 1 and UPTIME_CONTEXT.search(text[max(0, start - 80) : end + 60]):
        return finish(text, value, "percent", start, end)
    noun = _noun_after(text, end, value)
    if noun:
        return finish(text, value, noun[0], start, noun[1], end)
    big = re.search(r"(?:\d\s*k|thousand|grand|million)$", text[start : last.end], re.I)
    if big and money:
        return finish(text, value, currency, start, end)
    return _labelled(text, value, start, end)


def _noun_after(text: str, end: int, value: float) -> tuple[str, int] | None:
    """The counted noun: the first plural within four words, or a known noun after "one"."""
    loose = re.compile(r"[-\s]?(?:\+|some\b|odd\b|something\b)").match(text, end)
    at, words = (loose.end() if loose else end), 0
    while words < 5 and (m := re.compile(r"[\s-]+([A-Za-z][A-Za-z'’]*)").match(text, at)):
        word = m[1].lower()
        if word in STOP and word not in ("more", "of"):
            return None
        plural = word in ("people", "gb", "tb", "mb") or (
            word.endswith("s") and word not in NOT_NOUNS and not word.endswith("ss")
        )
        if (value == 1 and singular(word) in ONE_OF) or (plural and value != 1):
            return singular(word), m.end()
        at, words = m.end(), words + 1
    return None


def _labelled(text: str, value: float, start: int, end: int) -> ReadQuantity | None:
    """ "Named Users: 85" and the table row "Named Users | 85"."""
    m = re.search(r"([A-Za-z]+s)\s*(?:\([^)]*\)\s*)?[:|]\s*(?:up to\s*)?$", text[:start])
    rest = text[end:].lstrip()
    if m and m[1].lower() not in NOT_NOUNS and (not rest or rest[0] in ".;,|)("):
        return finish(text, value, singular(m[1].lower()), start, end)
    return None
