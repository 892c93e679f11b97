"""The field table: what people and contracts say for each path of the deal summary (data/fields.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from assistant.packet import KIND_SECTIONS, Trigger
from assistant.readers.embedded.patterns import Pattern, filled, joined, read_table

STRONG, ASKED, WEAK, LABEL, CLAUSE, TITLED = 3.0, 2.0, 1.0, 3.0, 3.0, 2.0
"""Points of each kind of sign; see the head of data/fields.toml."""
MOST_WEAK = 2
AGAIN = 0.5
"""Points for each further sign of the same kind in one sentence, at most two."""

ALTERNATIVES = ("strong", "asked", "label", "never", "must", "clause", "titled", "unclause")
"""Keys whose patterns count once, whichever of them matches."""


@dataclass(frozen=True)
class FieldRow:
    """How one path is recognised; the meaning of every key stands at the head of data/fields.toml."""

    path: str
    by: Literal["customer", "vendor", "any"] = "any"
    limit: int = 3
    floor: float = 3.0
    first: Literal["said", "contract"] = "said"
    show: Literal["sentence", "money", "date", "percent", "payment"] = "sentence"
    needs: tuple[str, ...] = ()
    questions: bool = False
    latest: bool = False
    answers: bool = False
    """The answer to the path's question is a value without any other sign, unless it declines."""
    rare: bool = False
    """Often stated by nobody: what only sounds like it must do so clearly."""
    usual: bool = False
    """Stated in most deals although `rare`: what means it may do so less clearly."""
    unwritten: bool = False
    """What nobody wrote down or finished is what the path is about, not a sign that it is not known."""
    ahead: bool = False
    """A plan: days that lie before the deal's first talk are none."""
    others: bool = False
    """What is told of others than this deal's parties states the path as well."""
    conditional: bool = False
    """Clauses that rule on a case ("if", "where", "subject to") state the path as well."""
    systems: float = 0.0
    """Points for naming a product or system."""
    exclusive: bool = False
    """What stands under such a clause title is a value, whatever its words."""
    strong: Pattern | None = None
    weak: tuple[Pattern, ...] = ()
    asked: Pattern | None = None
    label: Pattern | None = None
    never: Pattern | None = None
    must: Pattern | None = None
    """What a value without any other sign must say, its question or its clause's title at least."""
    clause: Pattern | None = None
    titled: Pattern | None = None
    unclause: Pattern | None = None

    def is_asked_of(self, trigger: Trigger) -> bool:
        """Whether this kind of handover has the path's section."""
        return trigger in KIND_SECTIONS.get(self.path.split(".")[0], (trigger,))


@cache
def field_rows() -> tuple[FieldRow, ...]:
    """The rows of data/fields.toml in file order."""
    table = read_table("fields.toml")
    return tuple(_row(path, row, table["words"]) for path, row in table.items() if path != "words")


def _row(path: str, row: Mapping[str, Any], words: Mapping[str, str]) -> FieldRow:
    settings: dict[str, Any] = {k: v for k, v in row.items() if k not in (*ALTERNATIVES, "weak", "needs")}
    settings |= {k: joined(row[k], words) for k in ALTERNATIVES if k in row}
    weak = tuple(re.compile(filled(p, words)) for p in row.get("weak", ()))
    return FieldRow(path, weak=weak, needs=tuple(row.get("needs", ())), **settings)
