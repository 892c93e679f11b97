"""Quantities as people say and write them, with their unit, bound, rate and place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.evidence.number_words import Number, read_numbers
from assistant.evidence.units import (
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    CURRENCY_WORDS,
    UNIT_WORDS,
    Better,
    Outcome,
    compare,
    singular,
)
from assistant.packet import Quantity

__all__ = ["Better", "Outcome", "ReadQuantity", "compare", "read_quantities"]

Bound = Literal["exactly", "at_most", "at_least", "about"]


@dataclass(frozen=True)
class ReadQuantity:
    """A quantity and the offsets of its words. `low` is the lower end of a range ("6-8 weeks": 6).

    `disagrees` is the figure in brackets where it differs from the words before it: "twelve (21) weeks"
    reads as 12 with `disagrees=21`; words prevail, as courts have it.
    """

    quantity: Quantity
    start: int
    end: int
    low: float | None = None
    disagrees: float | None = None


_TIME = "|".join(sorted(UNIT_WORDS, key=len, reverse=True))
_BEFORE: tuple[tuple[Bound, str], ...] = (
    ("at_most", r"up to|(?:no|not) more than|at most|within(?: the(?: first| next)?)?|inside(?: of)?|under|below"
                r"|less than|(?:no|not) later than|capped at|(?:a )?(?:maximum|max|limit|cap|ceiling)(?: of| is)?"
                r"|(?:to|not|never|doesn't|won't|shall not|may not) exceed(?:ing)?|limited to|in the next|as many as"),
    ("at_least", r"at least|(?:no|not) (?:fewer|less) than|(?:a )?minimum(?: of)?|more than|over|above|upwards? of"
                 r"|(?:a )?min(?: of)?"),
    ("about", r"about|around|roughly|approximately|approx\.?|some|circa|ca\.|nearly|almost|close to|more like|~"),
)  # fmt: skip
_AFTER: tuple[tuple[Bound, str], ...] = (
    ("at_most", r"(?:or (?:less|fewer|under|sooner|faster|better)|max(?:imum)?|tops|at (?:the )?(?:most|latest|outside))\b"),
    ("at_least", r"(?:(?:or|and) (?:more|above|higher|up|longer)|plus\b|minimum|at (?:the very )?least)\b|\+"),
    ("about", r"(?:or so|ish|-ish|give or take|more or less)\b"),
)  # fmt: skip
_BOUND_BEFORE = [(b, re.compile(rf"(?:{p})\s*(?:an?|the|just|only)?\s*\(?$", re.I)) for b, p in _BEFORE]
_BOUND_AFTER = [(b, re.compile(rf"\s*,?\s*{p}", re.I)) for b, p in _AFTER]
_TO = re.compile(r"\s*(?:-|–|—|to|or|and|through)\s*", re.I)
_BRACKET = re.compile(r"\s*(?:%|per ?cent|percent)?\s*(?:(?:US|United States )?dollars|euros?|pounds)?\s*\(\s*(?:US)?[$€£]?\s*(?:USD|EUR|GBP)?\s*$", re.I)  # fmt: skip
_CURRENCY_BEFORE = re.compile(
    r"(US\$|AU\$|CA\$|NZ\$|HK\$|A\$|C\$|S\$|[$€£¥₹]|\b(?:" + "|".join(CURRENCY_CODES) + r"))\s*$"
)
_CURRENCY_AFTER = re.compile(
    r"\s*(€|£|\b(?:" + "|".join([*CURRENCY_CODES, *CURRENCY_WORDS, "US dollars"]) + r")\b)"
    r"|\s*(?:US|United States|Canadian|Australian)\s+(dollars)\b", re.I,
)  # fmt: skip
_PERCENT = re.compile(r"\s*-?(?:%|percent(?:age)?(?: points?)?\b|per cent\b|pct\b|(?:percentage )points\b)", re.I)
_NINES = re.compile(r"\b(two|three|four|five|six|2|3|4|5)[ -](and a half[ -])?nines?(?:[ -](five))?(?:\s+(?:of\b)?)?", re.I)  # fmt: skip
_TIME_AFTER = re.compile(
    rf"[\s-]*(?:(?:full|consecutive|straight|whole|more|calendar|elapsed|clock|short|additional|extra|further|solid)\s+)*"
    rf"(?:(business|working|banking|work|office|support|service)[\s-]+)?({_TIME})\b'?"
    rf"(?P<half>\s+and\s+a\s+half)?", re.I,
)  # fmt: skip
_IN_BUSINESS_HOURS = re.compile(r"\s*,?\s*(?:within|during|in|inside)\s+(?:\w+\s+){0,2}(?:business|working|office|support|service) hours", re.I)  # fmt: skip
_ARTICLE_TIME = re.compile(
    rf"\b(?:within|inside(?: of)?|in|under|about|around|for|after|than|takes?|next|first|one full|same)\s+"
    rf"(?P<one>(?:an?|the|one|next|same|first)?\s*(?:full\s+)?(?:(business|working)\s+)?({_TIME})(?P<half>\s+and\s+a\s+half)?)\b(?!\s*['’]s)"
    rf"|\b(?P<two>an?\s+(?:(business|working)\s+)?({_TIME})(?P<half2>\s+and\s+a\s+half)?)"
    rf"(?=\s+(?:from|after|before|ahead|later|max|tops|or less|or so|notice|turnaround|response))"
    rf"|(?P<three>\b(?:next|same|following)\s+(?:(business|working|banking)\s+)?(day))\b", re.I,
)  # fmt: skip
_ROUND_CLOCK = re.compile(r"\b(?:24\s*[/x×-]\s*7(?:\s*[/x×-]\s*365)?|twenty[- ]four[- /]seven|(?:around|round) the clock|24 hours a day)\b", re.I)  # fmt: skip
_EVERY = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "annually": "year",
          "yearly": "year", "hourly": "hour"}  # fmt: skip
_FREQUENCY = re.compile(
    r"\b(?:(?P<times>once|twice|thrice)\s+(?:in\s+)?(?:a|an|per|each|every)\s+(?:calendar |contract )?(?P<tper>day|week|month|quarter|year|hour)"
    r"|(?P<adverb>daily|weekly|monthly|quarterly|annually|yearly|hourly)"
    r"|(?P<two>bi-?weekly|fortnightly|every (?:other|second|two|2) weeks?)"
    r"|every (?P<other>other )?(?P<each>day|week|month|quarter|hour))\b(?!-)", re.I,
)  # fmt: skip
_A_HEAD = re.compile(r"\s*(?:/|\ba\b|\bper\b|\beach\b)\s*(?:head|user|seat|person|employee|agent|licen[cs]e|site|unit)\b", re.I)
"""What follows a bare price: "thirty-six a head"."""
_PER = re.compile(
    rf"\s*,?\s*(?:each\s+)?(?:(?:/|per\b|an?\b|each\b|every\b|for (?:each|every)\b)\s*(?:(?:calendar|contract|subscription|named|authori[sz]ed|active|full|single)\s+)*"
    rf"(?P<unit>{_TIME}|[a-z]+)\b|(?P<adverb>annually|yearly|monthly|quarterly|weekly|daily|hourly|p\.?a\.?|pupm|pepm)\b)", re.I,
)  # fmt: skip
_NOT_COUNTED = re.compile(
    r"(?:(?<![\w'’])(?:sections?|articles?|exhibits?|clauses?|paragraphs?|schedules?|appendix|annex|priority|severity|sev|level|tier|"
    r"phase|type|step|stage|version|release|soc|iso|iec|saml|tls|oauth|edi|suite|page|class|category|part|option|day|week|"
    r"month|year|q|fy|p|s|v|no\.?|number|chapter|rule|form|item|route|windows|office|room|building|floor|unit)[ -]?|#)$", re.I,
)  # fmt: skip
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_DATE_AFTER = re.compile(rf"\s*(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTHS}", re.I)
_DATE_BEFORE = re.compile(rf"{_MONTHS}\.?\s*(?:\d{{1,2}},?\s*)?(?:the\s+)?$", re.I)
_MONEY_CONTEXT = re.compile(
    r"\b(?:price|priced|pricing|cost|costs|fee|fees|licen[cs]e|spend|spending|budget|pay|paying|invoice|quote|quoted|acv|tcv|arr|"
    r"deal|worth|annual|a year|per year|per annum|p\.a\.|total|subscription|contract|come down|list|net)\b", re.I,
)  # fmt: skip
_UPTIME_CONTEXT = re.compile(r"\b(?:up-?time|availab\w+|sla|reliab\w+)\b", re.I)
_STOP = frozenset(
    "a an the of to for in on at by with from and or but if so that this these those is are was were be been has have had do "
    "does did will shall would can could may might must not no we you they he she it i our your their his her its us them me as "
    "than then per each every into onto over under after before during until till through across between within without "
    "when where which who whose whom what how why because while about out off up down more less most least all any some "
    "there here just only also even still yet too very much many plus max minimum maximum".split()
)
_NOT_NOUNS = frozenset(
    "is was has does this thus its as us plus percent news always perhaps besides times yes less unless across towards "
    "goes gets says means needs wants comes makes takes uses access business process status address basis "
    "previous various serious weeks' days' sales series ones others nines costs pays runs lasts starts ends covers".split()
)
_ONE_OF = frozenset(
    "seat user licence license environment sandbox portal session workshop site branch location warehouse plant office connector "
    "integration interface report dashboard instance tenant admin administrator day review visit consultant manager engineer "
    "workspace brand language region module credit copy training class course webinar device store facility template workflow "
    "project call account entity subsidiary country line api gb tb".split()
)


_MULTIPLES = {"fortnight": (2, "week"), "quarter": (3, "month")}
"""Words for several of a canonical unit."""


def read_quantities(text: str, currency: str = "USD") -> list[ReadQuantity]:
    """Every quantity in the text in order of place. Bare amounts of money ("62 thousand a year") get `currency`.

    Dates, section numbers, versions and numbers without a unit are not quantities.
    """
    found = [*_fixed(text)]
    taken = [(q.start, q.end) for q in found]
    numbers = [n for n in read_numbers(text) if not any(a <= n.start < b for a, b in taken)]
    i = 0
    while i < len(numbers):
        read, used = _from_number(text, numbers, i, currency)
        if read:
            found.append(read)
        i += used
    taken = [(q.start, q.end) for q in found]
    found += [q for q in _articles(text) if not any(a < q.end and q.start < b for a, b in taken)]
    return sorted(found, key=lambda q: (q.start, q.end))


def _quantity(text: str, value: float, unit: str, bound: Bound, per: str | None, start: int, end: int) -> ReadQuantity:
    words = text[start:end].strip()
    return ReadQuantity(Quantity(value=value, unit=unit, bound=bound, per=per, text=words), start, end)


def _fixed(text: str) -> Iterator[ReadQuantity]:
    """Idioms: nines, 24/7, frequencies."""
    for m in _NINES.finditer(text):
        count = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}.get(m[1].lower()) or int(m[1])
        digits = "9" * count + ("5" if m[2] or m[3] else "")
        end = m.end()
        per, end = _per_after(text, end)
        yield _quantity(text, float(f"{digits[:2]}.{digits[2:] or 0}"), "percent", "exactly", per, m.start(), end)
    for m in _ROUND_CLOCK.finditer(text):
        yield _quantity(text, 168, "hour", "exactly", "week", m.start(), m.end())
    for m in _FREQUENCY.finditer(text):
        value, per = _frequency(m)
        yield _quantity(text, value, "time", "exactly", per, m.start(), m.end())


def _frequency(m: re.Match[str]) -> tuple[float, str]:
    if m["two"]:
        return 0.5, "week"
    if m["times"]:
        return {"once": 1.0, "twice": 2.0, "thrice": 3.0}[m["times"].lower()], m["tper"].lower()
    return (0.5 if m["other"] else 1.0), (m["each"] or _EVERY[m["adverb"].lower()]).lower()


def _from_number(text: str, numbers: list[Number], i: int, currency: str) -> tuple[ReadQuantity | None, int]:
    """The quantity that starts at number i, and how many numbers it uses up."""
    first = numbers[i]
    low, disagrees, used, start, last = None, None, 1, first.start, first
    if i + 1 < len(numbers):
        between = text[first.end : numbers[i + 1].start]
        if first.spoken and _BRACKET.fullmatch(between):
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
    if not _TO.fullmatch(between) or not 0 < first.value < second.value:
        return False
    if "and" in between.lower():
        return text[: first.start].lower().rstrip().endswith("between")
    return True


def _is_no_count(text: str, first: Number, last: Number) -> bool:
    before, after = text[max(0, first.start - 24) : first.start], text[last.end : last.end + 24]
    if _CURRENCY_BEFORE.search(before) or _PERCENT.match(after):
        return False
    if before[-1:] in (".", "/") and before[-2:-1].isdigit():
        return True
    if _NOT_COUNTED.search(before) or _DATE_AFTER.match(after) or re.match(r"(?:st|nd|rd|th)\b|:\d\d|/\d", after):
        return True
    return bool(_DATE_BEFORE.search(before)) and not re.match(r"\s+\w+s\b", after)


def _with_unit(text: str, first: Number, last: Number, low: float | None, currency: str) -> ReadQuantity | None:
    """The unit may stand before (currency) or after; in "twelve (12) weeks" after the bracket."""
    bracketed = first is not last and low is None
    value = first.value if bracketed else last.value
    end = _close_bracket(text, last.end) if bracketed else last.end
    before = text[: first.start]
    sign = _CURRENCY_BEFORE.search(before) or (bracketed and _CURRENCY_BEFORE.search(text[: last.start]))
    unit, start = None, first.start
    middle = text[first.end : last.start] if bracketed else ""
    if sign:
        unit = CURRENCY_SIGNS.get(sign[1].upper(), sign[1].upper())
        start = sign.start() if sign.start() < first.start else first.start
    elif m := _CURRENCY_AFTER.match(text, end) or (middle and _CURRENCY_AFTER.match(middle)):
        word = (m[1] or m[2]).lower()
        unit = CURRENCY_SIGNS.get(word) or CURRENCY_WORDS.get(word, "USD" if "dollar" in word else word.upper())
        end = m.end() if m.string is text else end
    elif (m := _PERCENT.match(text, end)) or _PERCENT.match(middle) or (bracketed and _PERCENT.match(text, last.end)):
        unit, end = "percent", max(end, m.end() if m else end)
    if unit:
        return _finish(text, value, unit, start, end)
    return _timed(text, value, start, end, before) or _counted_or_bare(text, first, last, value, start, end, currency)


def _close_bracket(text: str, end: int) -> int:
    m = re.match(r"\s*%?\s*\)", text[end:])
    return end + m.end() if m else end


def _timed(text: str, value: float, start: int, end: int, before: str) -> ReadQuantity | None:
    net = re.search(r"\bnet[\s-]*$", before, re.I)
    m = _TIME_AFTER.match(text, end)
    if net:
        stop = m.end() if m else end
        return _quantity(text, value, "day", "at_most", None, net.start(), stop)
    if not m:
        return None
    unit, end = UNIT_WORDS[m[2].lower()], m.end()
    value += 0.5 if m["half"] else 0
    if m[1] and unit in ("day", "hour"):
        unit = f"business_{unit}"
    if unit == "hour" and (inside := _IN_BUSINESS_HOURS.match(text, end)):
        unit, end = "business_hour", inside.end()
    return _finish(text, value * _MULTIPLES.get(unit, (1, ""))[0], _MULTIPLES.get(unit, (1, unit))[1], start, end)


def _counted_or_bare(
    text: str, first: Number, last: Number, value: float, start: int, end: int, currency: str
) -> ReadQuantity | None:
    near = text[max(0, start - 60) : end + 40]
    money = bool(_MONEY_CONTEXT.search(near))
    if first.tail and money and 20 <= value < 1000:
        return _finish(text, value * 1000 + first.tail * 100, currency, start, end)
    if _A_HEAD.match(text, end) and not re.match(r"\s*(?:hours?|days?)", text[end:]):
        return _finish(text, value, currency, start, end)
    if 90 <= value < 100 and value % 1 and _UPTIME_CONTEXT.search(text[max(0, start - 80) : end + 60]):
        return _finish(text, value, "percent", start, end)
    noun = _noun_after(text, end, value)
    if noun:
        return _finish(text, value, noun[0], start, noun[1], end)
    big = re.search(r"(?:\d\s*k|thousand|grand|million)$", text[start : last.end], re.I)
    if big and money:
        return _finish(text, value, currency, start, end)
    return _labelled(text, value, start, end)


def _noun_after(text: str, end: int, value: float) -> tuple[str, int] | None:
    """The counted noun: the first plural within four words, or a known noun after "one"."""
    loose = re.compile(r"[-\s]?(?:\+|some\b|odd\b|something\b)").match(text, end)
    at, words = (loose.end() if loose else end), 0
    while words < 5 and (m := re.compile(r"[\s-]+([A-Za-z][A-Za-z'’]*)").match(text, at)):
        word = m[1].lower()
        if word in _STOP and word not in ("more", "of"):
            return None
        plural = word in ("people", "gb", "tb", "mb") or (word.endswith("s") and word not in _NOT_NOUNS and not word.endswith("ss"))
        if (value == 1 and singular(word) in _ONE_OF) or (plural and value != 1):
            return singular(word), m.end()
        at, words = m.end(), words + 1
    return None


def _labelled(text: str, value: float, start: int, end: int) -> ReadQuantity | None:
    """"Named Users: 85" and the table row "Named Users | 85"."""
    m = re.search(r"([A-Za-z]+s)\s*(?:\([^)]*\)\s*)?[:|]\s*(?:up to\s*)?$", text[:start])
    rest = text[end:].lstrip()
    if m and m[1].lower() not in _NOT_NOUNS and (not rest or rest[0] in ".;,|)("):
        return _finish(text, value, singular(m[1].lower()), start, end)
    return None


def _finish(
    text: str, value: float, unit: str, start: int, end: int, figure_end: int | None = None
) -> ReadQuantity:
    bound: Bound = "exactly"
    for name, pattern in _BOUND_BEFORE:
        if m := pattern.search(text, max(0, start - 32), start):
            bound, start = name, m.start()
            break
    else:
        loose = re.match(r"[\s-]?(?:\+|plus\b)|[- ](?:some|odd|something)\b", text[figure_end:] if figure_end else "")
        if loose:
            bound = "at_least" if "+" in loose[0] or "plus" in loose[0] else "about"
        for name, pattern in _BOUND_AFTER:
            if bound == "exactly" and (m := pattern.match(text, end)):
                bound, end = name, m.end()
                break
    per, end = _per_after(text, end)
    return _quantity(text, value, unit, bound, per, start, end)


def _per_after(text: str, end: int) -> tuple[str | None, int]:
    parts: list[str] = []
    while len(parts) < 2 and (m := _PER.match(text, end)):
        word = (m["unit"] or m["adverb"]).lower()
        if m["adverb"]:
            word = {"pupm": "user/month", "pepm": "employee/month"}.get(word, _EVERY.get(word, "year"))
        elif word not in UNIT_WORDS and not _A_HEAD.match(m[0].lstrip(" ,")) and (word in _STOP or not re.match(r"\s*,?\s*(?:each\s+)?(?:/|per|for)", m[0], re.I)):
            break
        parts.append(UNIT_WORDS.get(word, singular(word)))
        end = m.end()
    return ("/".join(parts) or None), end


def _articles(text: str) -> Iterator[ReadQuantity]:
    """"within the hour", "in a week and a half", "next business day"."""
    for m in _ARTICLE_TIME.finditer(text):
        group = next(g for g in ("one", "two", "three") if m[g])
        kind, word = next((a, b) for a, b in ((m[2], m[3]), (m[6], m[7]), (m[10], m[11])) if b)
        if group == "one" and not re.match(r"(?:an?|the|one|next|same|first|business|working)\b", m[group].strip(), re.I):
            continue
        unit = UNIT_WORDS[word.lower()]
        if unit == "second":
            continue
        unit = f"business_{unit}" if kind and unit in ("day", "hour") else unit
        value = 1.5 if m["half"] or m["half2"] else 1.0
        at = m.start(group)
        times, unit = _MULTIPLES.get(unit, (1, unit))
        yield _finish(text, value * times, unit, at, m.end(group))
