"""Sub-items of a clause: (a), (i), 1) ... placed at their depth; and long text split at sentence ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.documents.clause_numbers import roman_value

SENTENCE_END = re.compile(r"(?<=[.;!?])[\"”’)]?\s+(?=[A-Z(\"“0-9])")
ABBREVIATION = re.compile(r"\b(Inc|Ltd|Corp|Co|No|Nos|Sec|Art|e\.g|i\.e|Mr|Ms|Mrs|Dr|U\.S|v|vs|St|approx)\.$")


@dataclass
class ItemStack:
    """Marks of the items open now, outermost first, each as (kind of mark, position)."""

    marks: list[tuple[str, int, str]] = field(default_factory=list)

    def clear(self) -> None:
        """A new clause starts without items."""
        self.marks = []

    def place(self, printed: str) -> str:
        """Put an item at its depth and return its full mark, e.g. "(b)(ii)"."""
        core = printed.strip("().")
        readings = _readings(core)
        for depth in range(len(self.marks) - 1, -1, -1):
            kind, position, _ = self.marks[depth]
            if any(k == kind and p == position + 1 for k, p in readings):
                self.marks[depth:] = [(kind, position + 1, core)]
                return self._shown()
        first = next((r for r in readings if r[1] == 1), readings[0])
        known = [depth for depth, mark in enumerate(self.marks) if mark[0] == first[0]]
        depth = known[0] if known else len(self.marks)
        self.marks[depth:] = [(*first, core)]
        return self._shown()

    def continues(self, printed: str) -> bool:
        """Whether this mark is the next one of an open list."""
        readings = _readings(printed.strip("()."))
        return any((kind, position + 1) in readings for kind, position, _ in self.marks)

    def _shown(self) -> str:
        return "".join(f"({core})" for _, _, core in self.marks)


def _readings(core: str) -> list[tuple[str, int]]:
    """What a mark can be: "i" is the ninth letter or the first Roman numeral."""
    if core.isdigit():
        return [("digit", int(core))]
    case = "upper" if core.isupper() else "lower"
    roman = roman_value(core) if re.fullmatch(r"[ivxIVX]+", core) else None
    readings = [(f"{case} roman", roman)] if roman else []
    if len(set(core.lower())) == 1:
        letter = ord(core[0].lower()) - ord("a") + 1 + 26 * (len(core) - 1)
        readings.append((f"{case} letter", letter))
    return readings or [(f"{case} letter", 0)]


def split_long(text: str, limit: int) -> list[str]:
    """The text in pieces cut at sentence ends, of at most `limit` characters but for a longer sentence."""
    pieces: list[str] = []
    current = ""
    for sentence in sentences(text):
        if current and len(current) + len(sentence) + 1 > limit:
            pieces.append(current)
            current = ""
        current = f"{current} {sentence}".strip()
    return [*pieces, current] if current else pieces


def sentences(text: str) -> list[str]:
    """Sentences of a text in order; an abbreviation ends none."""
    found: list[str] = []
    start = 0
    for match in SENTENCE_END.finditer(text):
        if ABBREVIATION.search(text[start : match.start()]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    return [*found, text[start:].strip()] if text[start:].strip() else found
