"""The numbers, dates and hours that a promise or a line of the contract states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.evidence.dates import ReadDate, read_dates
from assistant.evidence.hours import Hours, read_hours
from assistant.evidence.number_words import read_numbers
from assistant.evidence.quantities import ReadQuantity, read_quantities
from assistant.evidence.units import dimension
from assistant.packet import Quantity
from assistant.readers.embedded.bare_numbers import ANY, bare_numbers, whole_times
from assistant.readers.embedded.contract_lines import Line
from assistant.readers.embedded.due_days import day_of_month, is_weekday
from assistant.readers.embedded.restated import restated

ELLIPSIS_WORDS = 7
_ALL = re.compile(r"\b(?:all|every one of|both|the other|minus)(?: (?:the|of|of the))? $", re.I)
_ONE = re.compile(r"\bone \(1\)(?=\s*(?:[.;,|]|$))", re.I)
_ROUTINE = re.compile(
    r"\bweek(?:day|end)s?\b|\b(?:each|every|any|a) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b", re.I,
)  # fmt: skip
"""Days of the week that come round again."""


@dataclass(frozen=True)
class Measures:
    """Everything countable that a text states."""

    quantities: tuple[ReadQuantity, ...]
    deadlines: tuple[ReadDate, ...]
    hours: tuple[Hours, ...] = ()
    text: str = ""
    """What the offsets of the quantities point into."""
    relative: tuple[ReadQuantity, ...] = ()
    """Durations of which days were computed: "ten days after signature"."""
    bare: tuple[ReadQuantity, ...] = ()
    """Numbers without a unit of their own."""
    singly: tuple[ReadQuantity, ...] = ()
    """The quantities before they are multiplied: "two days at each of the five hospitals" as two days."""

    @property
    def any(self) -> bool:
        """True when the text states a number or a date."""
        return bool(self.quantities or self.deadlines or self.hours)


def measure_line(line: Line, effective: date, events: Mapping[str, date]) -> Measures:
    """The numbers of a line of the contract; a bare number in a table row counts its label."""
    measures = measure(line.full, effective, events)
    dated = tuple(d for d in measures.deadlines if not is_weekday(d))
    measures = replace(measures, deadlines=dated, bare=(*measures.bare, *_ones(line.full)))
    if line.segment.kind != "table_row":
        return measures
    return replace(measures, quantities=measures.quantities + tuple(_of_cells(line.text)), text="")


def _ones(text: str) -> Iterator[ReadQuantity]:
    """ "Sandboxes | one (1)": a one that nothing follows."""
    for m in _ONE.finditer(text):
        yield ReadQuantity(Quantity(value=1, unit=ANY, text=m[0]), m.start(), m.end())


def _of_cells(row: str) -> Iterator[ReadQuantity]:
    """ "Payment Devices on loan | twenty-eight (28)" states 28 devices."""
    cells = [c.strip() for c in row.split("|")]
    nouns = re.findall(r"[A-Za-z]+s\b", re.split(r"[,(]|\b(?:on|of|for|with|above|per)\b", cells[0])[0])
    if not nouns:
        return
    for cell in cells[1:]:
        m = re.match(
            r"((?:up to |maximum )?(?:[a-z-]+ \([\d,]+\)|[\d,]+))(?=$|\s+(?:each|per|a|every)\b|\s*[;,])",
            cell,
            re.I,
        )
        if m:
            yield from read_quantities(f"{m[1]} {nouns[-1].lower()}{cell[m.end() :]}")


def term_durations(lines: Sequence[Line]) -> dict[str, Quantity]:
    """How long the contract's named periods last: {"first term": 12 months}; names in lower case."""
    found: dict[str, Quantity] = {}
    for line in lines:
        names = re.findall(r"[\"“](?:the )?([^\"”]*(?:Term|Period))[\"”]", line.text)
        title = line.title.rsplit(". ", 1)[-1]
        if re.search(r"\b(?:term|period)$", title, re.I):
            names.append(title)
        if re.match(r".*\b(?:Term|Period):\s", line.text):
            names.append(line.text.split(":")[0])
        lasts = [q.quantity for q in read_quantities(line.text) if q.quantity.unit in ("month", "year")]
        if names and lasts:
            found.setdefault(names[0].strip().lower(), lasts[0])
    return found


def measure(text: str, anchor: date, events: Mapping[str, date], before: str = "") -> Measures:
    """The quantities and deadlines of a text said or written on `anchor`, after the words `before`."""
    deadlines = tuple(read_dates(text, anchor, events))
    hours = tuple(read_hours(text))
    if hours or _ROUTINE.search(text):
        deadlines = tuple(d for d in deadlines if not is_weekday(d))
    if not deadlines and before and (day := day_of_month(text, before, anchor)):
        deadlines = (day,)
    inside = [(d.start, d.end) for d in deadlines] + [(h.at, h.upto) for h in hours]
    found = restated(text, [*read_quantities(text), *whole_times(text)])
    quantities = tuple(
        q for q in found if not any(a <= q.start < b for a, b in inside) or _is_rate(q.quantity)
    )
    relative = tuple(q for q in found if q not in quantities and dimension(q.quantity.unit) == "time")
    bare = bare_numbers(text, [*inside, *((q.start, q.end) for q in found)])
    named = tuple(_named_before(bare, before)) if before else ()
    bare = tuple(b for b in bare if not any(n.start == b.start for n in named))
    whole = multiplied(text, quantities)
    singly = (*quantities, *named) if whole != quantities else ()
    return Measures((*whole, *named), deadlines, hours, text, relative, bare, singly)


def _named_before(bare: Sequence[ReadQuantity], before: str) -> Iterator[ReadQuantity]:
    """ "Frozen for the five", where the talk before has "five years"."""
    known = {q.quantity.value: q.quantity for q in read_quantities(before) if q.quantity.unit != "time"}
    for b in bare:
        if q := known.get(b.quantity.value):
            yield replace(b, quantity=q.model_copy(update={"text": b.quantity.text}))


def elliptic(text: str) -> Measures:
    """ "Three it is": a number whose unit the conversation supplied; its unit is ANY."""
    numbers = read_numbers(text)
    if len(numbers) != 1 or len(text.split()) > ELLIPSIS_WORDS:
        return Measures((), ())
    n = numbers[0]
    whole = _ALL.search(text[: n.start])
    quantity = Quantity(value=n.value, unit=ANY, text=text[whole.start() if whole else n.start : n.end])
    return Measures((ReadQuantity(quantity, n.start, n.end),), ())


def multiplied(text: str, quantities: tuple[ReadQuantity, ...]) -> tuple[ReadQuantity, ...]:
    """ "Two days at each of the five hospitals" as ten days."""
    for at, q in enumerate(quantities):
        m = re.compile(r"[^.;]{0,40}?\b(?:at|for|in|to|with) each of (?:the |your |our )?").match(text, q.end)
        times = next((n for n in read_numbers(text) if m and n.start == m.end()), None)
        if times and q.quantity.unit != "percent":
            value = q.quantity.value * times.value
            whole = replace(q, quantity=q.quantity.model_copy(update={"value": value}))
            return (*quantities[:at], whole, *(x for x in quantities[at + 1 :] if x.start > times.end))
    return quantities


def _is_rate(quantity: Quantity) -> bool:
    return quantity.unit == "time"
