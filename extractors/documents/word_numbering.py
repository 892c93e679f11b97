"""Automatic Word numbering, computed: numbering.xml holds formats and starts, counts exist on screen only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from extractors.documents.word_package import W
from extractors.documents.word_styles import OFF, Styles, value

ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
CARDINALS = (
    "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
    "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen", "Twenty",
)  # fmt: skip
ORDINALS = (
    "Zeroth", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
    "Eleventh", "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth",
    "Nineteenth", "Twentieth",
)  # fmt: skip
LEVELS = 9


def roman(number: int) -> str:
    """Upper-case Roman numeral; "" for zero."""
    digits = ""
    for weight, letters in ROMAN:
        count, number = divmod(number, weight)
        digits += letters * count
    return digits


def letter(number: int) -> str:
    """A, B ... Z, AA, BB ... as Word counts."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def shown(number: int, fmt: str) -> str:
    """A counter in one of Word's number formats; unknown formats count in decimals."""
    ordinal_end = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    words = {"cardinalText": CARDINALS, "ordinalText": ORDINALS}.get(fmt, ())
    forms = {
        "decimalZero": f"{number:02d}", "upperRoman": roman(number), "lowerRoman": roman(number).lower(),
        "upperLetter": letter(number), "lowerLetter": letter(number).lower(), "none": "",
        "ordinal": f"{number}{ordinal_end}",
    }  # fmt: skip
    return words[number] if number < len(words) else forms.get(fmt, str(number))


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and looks."""

    start: int = 1
    fmt: str = "decimal"
    text: str = ""
    legal: bool = False
    """Every number in the text is shown in decimals."""
    restart: int | None = None
    """0: never restarts; n: only a number of level n or higher restarts it; None: any higher level does."""
    style: str | None = None


@dataclass
class Numbering:
    """Counts along a document. Ask for labels in document order, once a paragraph."""

    styles: Styles
    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    nums: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: etree._Element | None, styles: Styles) -> Numbering:
        """Lists of a parsed numbering.xml; none when the document has no such part."""
        numbering = cls(styles)
        if root is None:
            return numbering
        links: dict[str, str] = {}
        for element in root.iterchildren(W + "abstractNum"):
            key = str(element.get(W + "abstractNumId"))
            numbering.abstract[key] = _levels(element)
            link = value(element, "numStyleLink")
            if link:
                links[key] = link
        for element in root.iterchildren(W + "num"):
            numbering._add_num(element)
        numbering._follow(links)
        return numbering

    def _add_num(self, element: etree._Element) -> None:
        num = str(element.get(W + "numId"))
        self.nums[num] = value(element, "abstractNumId") or ""
        for override in element.iterchildren(W + "lvlOverride"):
            level = _number(override.get(W + "ilvl"), 0)
            definition = override.find(W + "lvl")
            if definition is not None:
                self.overrides.setdefault(num, {})[level] = _level(definition)
            start = value(override, "startOverride")
            if start is not None:
                self.restarts.setdefault(num, {})[level] = _number(start, 1)

    def _follow(self, links: dict[str, str]) -> None:
        """A list may be defined by a list style: read the levels of the list that the style names."""
        for key, style_id in sorted(links.items()):
            for style in self.styles.chain(style_id):
                target = self.nums.get(value(style, "pPr/numPr/numId") or "")
                if target and target != key and self.abstract.get(target):
                    self.abstract[key] = self.abstract[target]
                    break

    def label(self, paragraph: etree._Element) -> str | None:
        """The number shown before this paragraph, e.g. "2.1" or "(a)"; None without one or with a bullet."""
        place = self._place(paragraph)
        if place is None or _only_section_break(paragraph):
            return None
        num, level = place
        definition = self._level_of(num, level)
        if definition is None:
            return None
        counts = self._count(num, level)
        if definition.fmt == "bullet":
            return None
        return self._shown(num, definition, counts) or None

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """List and level of a paragraph, from the paragraph or from its style chain."""
        num = value(paragraph, "pPr/numPr/numId")
        level = value(paragraph, "pPr/numPr/ilvl")
        style_id = value(paragraph, "pPr/pStyle") or self.styles.default
        for style in self.styles.chain(style_id) if num is None else ():
            num = value(style, "pPr/numPr/numId")
            if num is not None:
                level = level or value(style, "pPr/numPr/ilvl") or self._linked_level(num, style)
                break
        if num is None or num == "0" or num not in self.nums:
            return None
        return num, min(_number(level, 0), LEVELS - 1)

    def _linked_level(self, num: str, style: etree._Element) -> str | None:
        wanted = style.get(W + "styleId")
        levels = self.abstract.get(self.nums.get(num, ""), {})
        return next((str(n) for n, level in sorted(levels.items()) if level.style == wanted), None)

    def _level_of(self, num: str, level: int) -> Level | None:
        return self.overrides.get(num, {}).get(level) or self.abstract.get(self.nums[num], {}).get(level)

    def _count(self, num: str, level: int) -> list[int]:
        """Advance the list's counter of this level and reset the deeper ones; all counters up to it."""
        counters = self.counters.setdefault(self.nums[num], [None] * LEVELS)
        self._apply_restarts(num, level, counters)
        for upper in range(level):
            if counters[upper] is None:
                counters[upper] = self._start(num, upper)
        current = counters[level]
        counters[level] = self._start(num, level) if current is None else current + 1
        for deeper in range(level + 1, LEVELS):
            definition = self._level_of(num, deeper)
            limit = definition.restart if definition else None
            if limit is None or (limit > 0 and level < limit):
                counters[deeper] = None
        return [counters[n] or 0 for n in range(level + 1)]

    def _apply_restarts(self, num: str, level: int, counters: list[int | None]) -> None:
        """A list that restarts (w:startOverride) does so once, where it is first used at that level."""
        for restarted in sorted(self.restarts.get(num, {})):
            if restarted <= level and (num, restarted) not in self.started:
                self.started.add((num, restarted))
                counters[restarted] = None

    def _start(self, num: str, level: int) -> int:
        override = self.restarts.get(num, {}).get(level)
        definition = self._level_of(num, level)
        return override if override is not None else (definition.start if definition else 1)

    def _shown(self, num: str, definition: Level, counts: list[int]) -> str:
        def part(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            level = self._level_of(num, index)
            if index >= len(counts) or level is None:
                return ""
            return shown(counts[index], "decimal" if definition.legal and level.fmt != "none" else level.fmt)

        return re.sub(r"%([1-9])", part, definition.text).strip()


def _only_section_break(paragraph: etree._Element) -> bool:
    """Word shows no number on a paragraph that is nothing but a section break."""
    return paragraph.find(f"{W}pPr/{W}sectPr") is not None and paragraph.find(f".//{W}t") is None


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {
        _number(element.get(W + "ilvl"), 0): _level(element) for element in abstract.iterchildren(W + "lvl")
    }


def _level(element: etree._Element) -> Level:
    legal = element.find(W + "isLgl")
    restart = value(element, "lvlRestart")
    return Level(
        start=_number(value(element, "start"), 1),
        fmt=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        legal=legal is not None and legal.get(W + "val", "1") not in OFF,
        restart=None if restart is None else _number(restart, 0),
        style=value(element, "pStyle"),
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.lstrip("-").isdigit() else default
