"""Numbers that one side states in another unit: cents, fractions of a price, minutes of downtime."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.evidence.number_words import read_numbers
from assistant.evidence.quantities import ReadQuantity
from assistant.evidence.quantity_parts import per_after
from assistant.evidence.units import CURRENCY_WORDS, MINUTES, dimension, minutes
from assistant.packet import Quantity
from assistant.readers.embedded.bare_numbers import ANY

PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_SMALL_COIN = {"cent": "USD", "penny": "GBP", "pence": "GBP", "dime": "USD"}
_FRACTION = re.compile(
    r"\b(?:(?P<times>an?|one|two|three)[- ])?(?P<part>half|third|quarter|fourth|fifth|sixth|eighth|tenth)s?\b"
    r"(?! (?:of )?(?:an? |the )?(?:hour|day|year|century|month|past|way))",
    re.I,
)
_OF_MONEY = re.compile(
    r"\b(?:off|reduc\w+|discount\w*|credit\w*|refund\w*|back|fees?|prices?|charges?|rates?|invoices?|bills?"
    r"|instal?lments?|cheaper|deposit)\b",
    re.I,
)
_UNITS_OF_FRACTIONS = re.compile(r"(?:ten|hundred|thousand)th$")
_DOWN = re.compile(
    r"\b(?:un-?availab\w+|not (?:be )?available|down(?:[- ]?time)?|outages?|offline|dark|lose)\b", re.I
)
_UP = re.compile(r"\b(?:up[- ]?time|availab\w+|nines)\b", re.I)
_YEARLY = re.compile(r"\b(?:years?|annum|annual\w*|twelve months|12 months)\b", re.I)
_MONTHLY = re.compile(r"\bmonth(?:s|ly)?\b", re.I)
_COVER = re.compile(r"\b(?:insur\w+|cover\w*|liab\w+|carry|carries|indemn\w+|polic(?:y|ies))\b", re.I)
_MILLIONS = re.compile(r"\b(?:million|mill|grand|thousand)\b", re.I)
_TENS = "ten|eleven|twelve|fifteen|twenty|twenty-five|thirty|thirty-five|forty|forty-five|fifty|sixty|seventy"
_PRICE = re.compile(
    rf"\b(?P<whole>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    rf"sixteen|seventeen|eighteen|nineteen)[ -](?P<coins>{_TENS}|seventy-five|eighty|ninety|ninety-five"
    r"|ninety-nine)\b(?P<each>\s+(?:an?|per|each|apiece)\b)?",
    re.I,
)
_NAMED_COIN = re.compile(r"\b(?:dollars?|pounds?|euros?|bucks|quid)$", re.I)
_ONE_COIN = re.compile(r"\ba (?P<coin>dollar|pound|euro)\b", re.I)
_COINS = re.compile(
    rf" (?P<coins>(?:{_TENS}|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)\b"
    r"(?! (?:per ?cent|[a-z]+s\b))", re.I,
)  # fmt: skip
_PRICED = re.compile(r"\b(?:price|rate|charge|fee|cost|pay)s?\b", re.I)
_WHOLLY_SAID = re.compile(
    r"[$€£.,]|\b(?:dollars?|euros?|pounds?|quid|bucks?|cents?|pence|(?-i:[A-Z]{3})|hundred|thousand|k|grand|million|point)\b|\dk\b",
    re.I,
)
_SCALES = (100, 0.01, 1000)
"""How much more "three ten" may be than 310: a price, and thousands."""
SAME_SIZE, OTHER_SIZE = 2.0, 8.0
"""How many times two sums may differ to be about as much, and from where they cannot be."""
SHORTEST = 100
NEAR = 60
"""Characters around a number that tell what it measures."""
LONGEST_DOWN = MINUTES["day"] * 5


def restated(text: str, found: Sequence[ReadQuantity]) -> tuple[ReadQuantity, ...]:
    """The quantities with coins and fractions made comparable, and what else the text amounts to."""
    more = [*_fractions(text), *_prices(text), *_one_and_coins(text)]
    taken = [(q.start, q.end) for q in more]
    kept = [
        q
        for q in found
        if not any(a < q.end and q.start < b for a, b in taken)
        and not _UNITS_OF_FRACTIONS.search(q.quantity.unit)
    ]
    whole = [*_coins([*_small_coins(text, kept)]), *more, *_cover(text, kept)]
    return tuple(sorted([*whole, *_availability(text, whole)], key=lambda q: (q.start, q.end)))


def _one_and_coins(text: str) -> Iterator[ReadQuantity]:
    """ "A dollar ten" is 1.10."""
    for m in _ONE_COIN.finditer(text):
        if coins := _COINS.match(text, m.end()):
            value = 1 + read_numbers(coins["coins"])[0].value / 100
            per, end = per_after(text, coins.end())
            read = _read(value, CURRENCY_WORDS[m["coin"].lower()], text, m.start(), coins.end())
            yield replace(read, quantity=read.quantity.model_copy(update={"per": per}), end=end)


def _small_coins(text: str, found: Sequence[ReadQuantity]) -> Iterator[ReadQuantity]:
    """ "Two dollars ten", "three pounds fifty": the number that follows the coins' name."""
    for q in found:
        said = text[q.start : q.end].strip()
        coins = _COINS.match(text, q.start + len(said)) if _NAMED_COIN.search(said) else None
        number = read_numbers(coins["coins"])[0].value if coins else 0
        if coins and q.quantity.value == int(q.quantity.value):
            per, end = per_after(text, coins.end())
            whole = _changed(q, q.quantity.value + number / 100, q.quantity.unit)
            q = replace(whole, quantity=whole.quantity.model_copy(update={"per": per}), end=end)
        yield q


def _coins(found: Sequence[ReadQuantity]) -> Iterator[ReadQuantity]:
    """ "Two dollars and ten cents" as 2.10, "four cents" as 0.04."""
    held: ReadQuantity | None = None
    for q in found:
        currency = _SMALL_COIN.get(q.quantity.unit)
        if currency and held and q.start - held.end <= len(" and a "):
            held = _changed(held, held.quantity.value + q.quantity.value / 100, held.quantity.unit)
            continue
        if held:
            yield held
        held = _changed(q, q.quantity.value / 100, currency) if currency else q
    if held:
        yield held


def _changed(q: ReadQuantity, value: float, unit: str) -> ReadQuantity:
    quantity = q.quantity.model_copy(update={"value": round(value, 6), "unit": unit})
    return ReadQuantity(quantity, q.start, q.end, q.low, q.disagrees)


def _fractions(text: str) -> Iterator[ReadQuantity]:
    """ "Reduced by one eighth" as 12.5 per cent, where it is a share of money."""
    for m in _FRACTION.finditer(text):
        ahead = text[: m.start("part")] + "|" + text[: m.start()]
        part_of_number = re.search(r"\band(?: an?)?[- ](?:$|\|)|\band $", ahead, re.I)
        if part_of_number or (not m["times"] and m["part"].lower() != "half"):
            continue
        near = text[max(0, m.start() - NEAR) : m.start()] + "#" + text[m.end() : m.end() + NEAR]
        if _OF_MONEY.search(near):
            times = {"two": 2, "three": 3}.get((m["times"] or "").lower(), 1)
            value = round(100 * times / PARTS[m["part"].lower()], 2)
            yield _read(value, "percent", text, m.start(), m.end())


def _prices(text: str) -> Iterator[ReadQuantity]:
    """ "Nine fifty a head" as 9.50, "price: two ten" as 2.10."""
    for m in _PRICE.finditer(text):
        if not m["each"] and not _PRICED.search(text[max(0, m.start() - NEAR // 2) : m.start()]):
            continue
        numbers = [n.value for part in ("whole", "coins") for n in read_numbers(m[part])]
        if len(numbers) == 2:
            read = _read(numbers[0] + numbers[1] / 100, "USD", text, m.start(), m.end("coins"))
            per, end = per_after(text, m.end("coins"))
            yield replace(read, quantity=read.quantity.model_copy(update={"per": per}), end=end)


def as_meant(said: Quantity, agreed: Iterable[Quantity]) -> Quantity:
    """ "Three ten", which machines write as 310, is $3.10 or $310,000 where the contract has such a sum."""
    agreed = tuple(agreed)
    thousands = said.value * 1000
    if said.unit == ANY and any(dimension(q.unit) == "money" and q.value == thousands for q in agreed):
        return said.model_copy(update={"value": thousands})  # "that's the forty-two"
    digits = round(said.value * (1 if said.value == int(said.value) else 100), 6)
    if not SHORTEST <= digits < 10_000 or digits != int(digits) or _WHOLLY_SAID.search(said.text):
        return said
    sums = [q.value for q in agreed if dimension(q.unit) == "money" and q.value]
    if not sums or said.value in sums:
        return said
    scaled = [said.value, *(said.value * scale for scale in _SCALES)]
    size, value = min((_times(one, other), i) for i, one in enumerate(scaled) for other in sums)
    if size > SAME_SIZE or _times(said.value, min(sums, key=lambda s: _times(said.value, s))) < OTHER_SIZE:
        return said
    return said.model_copy(update={"value": round(scaled[value], 6)})


def _times(one: float, other: float) -> float:
    return max(one, other) / max(min(one, other), 1e-6)


def _cover(text: str, found: Sequence[ReadQuantity]) -> Iterator[ReadQuantity]:
    """ "We carry twenty million" is money where it is about insurance or liability."""
    taken = [(q.start, q.end) for q in found]
    if not _COVER.search(text):
        return
    for n in read_numbers(text):
        plain = not any(a < n.end and n.start < b for a, b in taken)
        if plain and n.value >= 1000 and _MILLIONS.search(text[n.start : n.end]):
            yield _read(n.value, "USD", text, n.start, n.end)


def _availability(text: str, found: Sequence[ReadQuantity]) -> Iterator[ReadQuantity]:
    """ "Not down for more than forty-five minutes a month" as the availability it leaves."""
    period = "month" if _MONTHLY.search(text) else None
    if _YEARLY.search(text):
        period = "year"
    if period is None or not (_DOWN.search(text) or _UP.search(text)):
        return
    if any(q.quantity.unit == "percent" for q in found):
        return
    for q in found:
        lasts = minutes(q.quantity)
        near = text[max(0, q.start - 2 * NEAR) : q.end + NEAR]
        if lasts and lasts <= LONGEST_DOWN and q.quantity.unit in ("minute", "hour") and _DOWN.search(near):
            yield _read(round(100 * (1 - lasts / MINUTES[period]), 2), "percent", text, q.start, q.end)


def _read(value: float, unit: str, text: str, start: int, end: int) -> ReadQuantity:
    return ReadQuantity(Quantity(value=value, unit=unit, text=text[start:end].strip()), start, end)
