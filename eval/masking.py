"""Names, addresses, large numbers and years of a deal, replaced by others: the same by the same, everywhere.

This makes a deal hard to recognise, not anonymous: whoever hands it on reads it first. Days and months stay,
and years move by 28, after which the calendar repeats, so that weekdays and terms still fit. Numbers of a
thousand and more are scaled by one factor, in words as in figures; smaller ones (days, percents, seats) stay.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from assistant.evidence.number_words import read_numbers
from eval.spelled import in_words

NAMES = Path(__file__).with_name("masking.toml")
YEARS = 28
FACTOR = 1.1
LEAST = 1000
FIRST_YEAR, LAST_YEAR = 1990, 2071
SHORTEST = 3
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_YEAR = re.compile(
    r"(?<![\d.,$€£/-])((?:19|20)\d\d)(?![\d,]|\.\d)|(?<=[-/.])((?:19|20)\d\d)\b|\b((?:19|20)\d\d)(?=[-/])"
)
_SPOKEN_YEAR = re.compile(
    r"\btwenty[ -](twenty|thirty)([ -](?:one|two|three|four|five|six|seven|eight|nine))?\b", re.I
)
_UNITS = "one two three four five six seven eight nine".split()
Span = tuple[int, int, str]


@dataclass
class Mask:
    """What replaces what in one deal. `words` are in small letters."""

    words: dict[str, str] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """The text with everything replaced."""
        return applied(text, self.spans(text), 0, len(text))

    def cut(self, text: str, quote: str) -> str | None:
        """What became of a quote that stands in the text; None where it does not."""
        start = text.find(quote)
        if start < 0:
            return None
        return applied(text, self.spans(text), start, start + len(quote))

    def spans(self, text: str) -> list[Span]:
        """The places to replace, left to right, none over another."""
        found: list[Span] = [(m.start(), m.end(), self._address(m[0])) for m in _EMAIL.finditer(text)]
        found += [(m.start(), m.end(), self.domains[m[0].lower()]) for m in self._domain().finditer(text)]
        found += [
            (m.start(), m.end(), _cased(self.words[m[0].lower()], m[0])) for m in self._word().finditer(text)
        ]
        found += [
            (m.start(), m.end(), str(int(m[0]) + YEARS)) for m in _YEAR.finditer(text) if _is_year(m[0])
        ]
        found += [(m.start(), m.end(), _later(m)) for m in _SPOKEN_YEAR.finditer(text)]
        found += _numbers(text)
        kept: list[Span] = []
        for span in sorted(found, key=lambda s: (s[0], -s[1])):
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept

    def _address(self, email: str) -> str:
        """Names within the local part go as well, however they are run together: rhaldane, r.haldane."""
        local, domain = email.lower().rsplit("@", 1)
        for word in sorted(self.words, key=lambda w: (-len(w), w)):
            local = local.replace(word, self.words[word].lower())
        return f"{local}@{self.domains.get(domain, 'post.example')}"

    def _word(self) -> re.Pattern[str]:
        return _alternatives(self.words)

    def _domain(self) -> re.Pattern[str]:
        return _alternatives(self.domains)


def make_mask(people: Iterable[str], companies: Iterable[str], domains: Iterable[str]) -> Mask:
    """Replacements for a deal's people, companies and domains, drawn in order from the list of names."""
    table = tomllib.loads(NAMES.read_text("utf-8"))
    given, family, firms = (iter(table[kind].split()) for kind in ("given", "family", "firms"))
    keep = frozenset(table["keep"].split())
    mask = Mask()
    for name in sorted(set(people)):
        first, *rest = [
            w for w in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name) if len(w) >= SHORTEST
        ] or [""]
        _add(mask, first, given, keep)
        for word in rest:
            _add(mask, word, family, keep)
    for name in sorted(set(companies)):
        for word in re.findall(r"[^\W\d_]+", name):
            _add(mask, word, firms, keep)
    for number, domain in enumerate(sorted(set(domains)), start=1):
        mask.domains[domain.lower()] = f"firm{number}.example"
    return mask


def _add(mask: Mask, word: str, pool: Iterable[str], keep: frozenset[str]) -> None:
    low = word.lower()
    if len(low) >= SHORTEST and low not in keep and low not in mask.words:
        mask.words[low] = next(iter(pool), f"name{len(mask.words)}")


def _alternatives(table: dict[str, str]) -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(table, key=lambda n: (-len(n), n)))
    return re.compile(rf"(?<![\w@])(?:{names})(?![\w])" if names else r"(?!)", re.I)


def applied(text: str, spans: Iterable[Span], start: int, end: int) -> str:
    """text[start:end] with its spans replaced; a span that the cut divides is taken whole."""
    parts, at = [], start
    for left, right, new in spans:
        if right <= start or left >= end:
            continue
        parts += [text[at : max(at, left)], new]
        at = right
    return "".join(parts) + text[at:end]


def _numbers(text: str) -> list[Span]:
    found = []
    for number in read_numbers(text):
        words = text[number.start : number.end]
        if number.value < LEAST or (words.isdigit() and _is_year(words)):
            continue
        value = round(number.value * FACTOR, 2)
        found.append((number.start, number.end, _like(words, value, number.spoken)))
    return found


def _like(words: str, value: float, spoken: bool) -> str:
    """The value in the manner of the words: figures with their commas, or words."""
    if spoken:
        return in_words(round(value))
    if not re.fullmatch(r"[\d.,' ]+", words):
        return f"{value:,.0f}"
    cents = bool(re.search(r"[.,]\d\d$", words))
    plain = f"{value:,.2f}" if cents else f"{value:,.0f}"
    return plain if re.search(r"\d[,' ]\d{3}", words) else plain.replace(",", "")


def _is_year(digits: str) -> bool:
    return FIRST_YEAR <= int(digits) <= LAST_YEAR


def _later(match: re.Match[str]) -> str:
    tens = {"twenty": 20, "thirty": 30}[match[1].lower()]
    unit = _UNITS.index(re.sub(r"[ -]", "", match[2].lower())) + 1 if match[2] else 0
    return f"twenty {in_words(tens + unit + YEARS)}"


def _cased(new: str, old: str) -> str:
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new if old[:1].isupper() else new.lower()
