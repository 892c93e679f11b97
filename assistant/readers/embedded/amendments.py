"""An amendment overrides what it amends: replaced sections go, replaced words are put in."""
# ruff: noqa: E501 - a pattern is easier to read on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.readers.embedded.contract_lines import Line

_REF = r"(?:Section|Clause|Article|Paragraph|Exhibit|Schedule|§)s?\s*(?P<section>[A-Z]{0,2}[-.]?\d+(?:[.\-]\d+)*|[A-Z](?:[.\-]\d+)*)"
_WHOLE = re.compile(
    rf"{_REF}\b[^.;]{{0,160}}?\b(?:(?:is|are|shall be)\s+(?:hereby\s+)?(?:deleted|replaced|amended and restated|restated|superseded|amended to read|removed|struck)"
    rf"|is\s+(?:hereby\s+)?amended\s+(?:in its entirety|and replaced|as follows|to (?:read|provide|state)))",
    re.I,
)
_WORDS = re.compile(
    r"[\"“](?P<old>[^\"”]{1,160})[\"”]\s+(?:opposite\s+(?:to\s+)?[\"“][^\"”]{1,80}[\"”]\s+)?(?:is|are|shall be)\s+(?:hereby\s+)?(?:replaced|substituted|deleted and (?:replaced|substituted)|changed|amended)\s+"
    r"(?:by|with|to|to read|for)\s+(?:the (?:words?|figures?|entry)\s+)?[\"“](?P<new>[^\"”]{1,200})[\"”]"
    r"|(?:replac|substitut|delet)\w*\s+(?:the (?:words?|figure|number|phrase|date)s?\s+)?[\"“](?P<old2>[^\"”]{1,160})[\"”]\s+(?:and\s+(?:replac|insert|substitut)\w*\s+(?:it\s+)?)?(?:by|with)?\s*(?:the (?:words?|figure|number|phrase|date)s?\s+)?[\"“](?P<new2>[^\"”]{1,200})[\"”]",
    re.I,
)
_SECTION = re.compile(_REF, re.I)
_DEFINITION = re.compile(
    r"\bdefinitions? of (?:the terms? )?[\"“](?P<name>[^\"”]{2,60})[\"”][^.;\"“]{0,80}?\b(?:is|are|shall be)\s+(?:hereby\s+)?(?:deleted|replaced|amended|restated)",
    re.I,
)


@dataclass(frozen=True)
class Change:
    """What one sentence of an amendment does to a section: `old` is None when the whole section goes.

    With `defines` only the definition of that name goes, wherever it stands.
    """

    section: str
    old: str | None
    new: str
    by: Line
    defines: str | None = None


def apply_amendments(lines: Sequence[Line]) -> list[Line]:
    """The lines in force: without those that an amendment deletes or replaces, with replaced words put in."""
    changes = [c for line in lines if line.kind == "amendment" for c in changes_of(line)]
    if not changes:
        return list(lines)
    return [kept for line in lines if (kept := _kept(line, changes))]


def changes_of(line: Line) -> Iterator[Change]:
    """The changes that a line of an amendment makes."""
    text = line.full
    if definition := _DEFINITION.search(text):
        yield Change("", None, "", line, definition["name"])
        return
    section = _SECTION.search(text)
    words = list(_WORDS.finditer(text))
    if section and words:
        for m in words:
            yield Change(_bare(section["section"]), m["old"] or m["old2"], m["new"] or m["new2"], line)
        return
    for m in _WHOLE.finditer(text):
        yield Change(_bare(m["section"]), None, "", line)


def _kept(line: Line, changes: Sequence[Change]) -> Line | None:
    if line.kind == "amendment":
        return _without_old(line, [c.old for c in changes if c.by is line and c.old])
    if line.defines and any(c.defines == line.defines for c in changes):
        return None
    if line.segment.section is None:
        return line
    for change in changes:
        if change.defines or not _within(_bare(line.segment.section), change.section):
            continue
        if change.old is None:
            return None
        text = line.changed or line.text
        if change.old in text:
            line = replace(line, changed=text.replace(change.old, change.new))
    return line


def _without_old(line: Line, old: Sequence[str]) -> Line:
    """An amendment's sentence without the words that it takes out: they are agreed no longer."""
    text = line.text
    for words in old:
        text = re.sub(rf"[\"“]{re.escape(words)}[\"”]", "", text, count=1)
    return replace(line, changed=text) if text != line.text else line


def _bare(section: str) -> str:
    return section.strip(" .").replace("-", ".").upper()


def _within(section: str, changed: str) -> bool:
    """3.2.1 lies within 3.2."""
    return section == changed or section.startswith(changed + ".")
