"""Numbers that one side states in another unit: cents, fractions of a price, minutes of downtime."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.evidence.number_words import read_numbers
from assistant.evidence.quantities import ReadQuantity
from assistant.evidence.units import MINUTES, dimension, minutes
from assistant.packet import Quantity

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
_PRICED = re.compile(r"\b(?:price|rate|charge|fee|cost|pay)s?\b", re.I)
_WHOLLY_SAID = re.compile(
    r"[$€£.,]|\b(?:dollars?|euros?|pounds?|quid|bucks?|cents?|pence|(?-i:[A-Z]{3})|hundred|thousand|k|grand|million|point)\b|\dk\b",
    re.I,
)
_SCALES = (100, 0.01, 1000)
"""How much more "three ten" may be than 310: a price, and thousands."""
SHORTEST = 100
NEAR = 60
"""Characters around a number that tell what it measures."""
LONGEST_DOWN = MINUTES["day"] * 5


def restated(text: str, found: Sequence[ReadQuantity]) -> tuple[ReadQuantity, ...]:
    """The quantities with coins and fractions made comparable, and what else the text amounts to."""
    more = [*_fractions(text), *_prices(text)]
    taken = [(q.start, q.end) for q in more]
    kept = [
        q
        for q in found
        if not any(a < q.end and q.start < b for a, b in taken)
        and not _UNITS_OF_FRACTIONS.search(q.quantity.unit)
    ]
    whole = [*_coins(kept), *more, *_cover(text, kept)]
    return tuple(sorted([*whole, *_availability(text, whole)], key=lambda q: (q.start, q.end)))


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
        part_of_number = re.search(r"\band(?: an?)?[- ]$", text[: m.start("part")], re.I)
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
            yield _read(numbers[0] + numbers[1] / 100, "USD", text, m.start(), m.end("coins"))


def as_meant(said: Quantity, agreed: Iterable[Quantity]) -> Quantity:
    """ "Three ten", which machines write as 310, is $3.10 or $310,000 where the contract has one of these."""
    digits = round(said.value * (1 if said.value == int(said.value) else 100), 6)
    if not SHORTEST <= digits < 10_000 or digits != int(digits) or _WHOLLY_SAID.search(said.text):
        return said
    sums = [q.value for q in agreed if dimension(q.unit) == "money"]
    meant = (value for value in sums for scale in _SCALES if abs(said.value * scale - value) < 1e-6)
    return said if said.value in sums else said.model_copy(update={"value": next(meant, said.value)})


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
