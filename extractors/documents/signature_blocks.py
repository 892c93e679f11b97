"""Signature blocks: found among lines and tables, told apart party by party, and read field by field."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.documents.blocks import Block, fold
from extractors.documents.clause_numbers import is_title
from extractors.documents.signature_words import ALL_LABELS, DATE_LINE, TITLE_WORD, FieldName

LABEL = re.compile(rf"^(?:{ALL_LABELS})(?:\s*[:：]\s*|\s*(?=_{{2,}})|\s*$)", re.I)
INLINE_LABEL = re.compile(rf"(?<![\w(])(?:{ALL_LABELS})(?:\s*[:：]|\s*(?=_{{3,}}))", re.I)
MARK = re.compile(
    r"^(/s/|s/|\(?signed\)?\s(?!(?:for|by|on behalf|as an?|and|in the)\b)|x?_{4,}|\[\s*\]|"
    r"electronically signed|docusigned by|digitally signed|[^:]{2,40}\(signed\)$)", re.I)  # fmt: skip
COMPANY = re.compile(
    r"(?<![\w])(inc|l\.?l\.?c|llp|ltd|limited|corp|corporation|company|co|gmbh|ag|plc|b\.?v|s\.?a|s\.?a\.?s|s\.?r\.?l|"
    r"pty|lp|l\.p|n\.?v|ab|as|oy|kk|foundation|university|association|trust|bank|group|holdings|council|authority)"
    r"(?![\w])\.?", re.I)  # fmt: skip
PARTY_WORD = re.compile(
    r"^(?:(?:signed|executed)\s+(?:for|by|on behalf of|for and on behalf of)\s+(?:the\s+)?)?"
    r"(?:customer|client|vendor|provider|supplier|licensor|licensee|company|subscriber|contractor|consultant|"
    r"buyer|seller|party\s+[a-z0-9]|first party|second party|service provider|for and on behalf of|"
    r"on behalf of|accepted and agreed|agreed)\b|^(?:signed|executed) for\b", re.I)  # fmt: skip
NOT_SIGNING = re.compile(
    r"(?i)^((exhibit|schedule|annex\w*|appendix|attachment|article|section)\s+\S|\d{1,2}(\.\d+)*[.)]?\s+[A-Z])"
)
PAGE_TITLE = re.compile(r"(?i)\b(signatures?|execution|witness|page|exhibit|schedule|terms|agreement)\b")
LONGEST_LINE = 110
LEAST_FIELDS = 3
"""Labels that make a row the head of a table of signatures."""


@dataclass(frozen=True)
class SignatureRegion:
    """Blocks `start` up to (not including) `stop` form signature blocks; `parties` holds each one's text."""

    start: int
    stop: int
    parties: tuple[str, ...]


def label_of(text: str) -> FieldName | None:
    """The field that a line or cell labels, e.g. "Print Name: Jane" -> "name"."""
    match = LABEL.match(fold(text))
    return match.lastgroup if match else None  # type: ignore[return-value]


def find_signatures(blocks: Sequence[Block]) -> list[SignatureRegion]:
    """Every run of blocks that is a signature page's body, in order."""
    regions: list[SignatureRegion] = []
    index = 0
    while index < len(blocks):
        stop = _region_end(blocks, index)
        if stop is None:
            index += 1
            continue
        parties = tuple(_parties(_grid(blocks[index:stop])))
        if parties:
            regions.append(SignatureRegion(index, stop, parties))
        index = stop
    return regions


def _lines(block: Block) -> list[str]:
    return [
        fold(line) for cell in (block.cells or (block.text,)) for line in re.split(r"[\n\t]+| {3,}", cell)
    ]


def _labels(block: Block) -> set[FieldName]:
    found = {label_of(line) for line in _lines(block)}
    return {label for label in found if label}


def _unlabelled(block: Block) -> set[FieldName]:
    """Titles and dates that stand by themselves below a line that is signed."""
    lines = [line for line in _lines(block) if line and not label_of(line)]
    dated = any(DATE_LINE.fullmatch(line) for line in lines)
    titled = any(TITLE_WORD.search(line) and _bare_name(line) and not _party_like(line) for line in lines)
    return {*(("date",) if dated else ()), *(("title",) if titled else ())}


def _marked(block: Block) -> bool:
    return any(MARK.match(line) for line in _lines(block))


def _region_end(blocks: Sequence[Block], start: int) -> int | None:
    """Where the signature lines that begin at `start` end; None when none begin here."""
    if not _opens(blocks, start):
        return None
    if blocks[start].kind == "row" and _heads_columns(blocks[start].cells):
        rest = itertools.takewhile(lambda b: b.kind == "row", blocks[start:])
        return start + sum(1 for _ in rest)
    stop, last, seen = start, start, set[FieldName]()
    while stop < len(blocks) and stop - last <= 3 and _may_belong(blocks[stop]):
        labels = _labels(blocks[stop])
        if blocks[stop].kind != "row" and ("sign" in seen or _marked(blocks[stop])):
            labels |= _unlabelled(blocks[stop])
        if labels or _marked(blocks[stop]):
            last = stop
            seen |= labels | ({"sign"} if _marked(blocks[stop]) else set())
        stop += 1
    enough = "sign" in seen and len(seen - {"org", "other"}) >= 2
    trailing = last + 1
    while (
        enough
        and trailing < stop
        and not _party_like(blocks[trailing].text)
        and _marked(blocks[trailing - 1])
    ):
        if not _bare_name(blocks[trailing].text):
            break
        trailing += 1
    return trailing if enough else None


def _opens(blocks: Sequence[Block], start: int) -> bool:
    """A signature label or mark, or a party's name with one within the next three blocks."""
    block = blocks[start]
    if not _may_belong(block):
        return False
    if _labels(block) & {"sign"} or (_marked(block) and block.kind != "row"):
        return True
    follows = any(_labels(b) & {"sign", "name"} or _marked(b) for b in blocks[start + 1 : start + 4])
    near = follows and all(_may_belong(b) for b in blocks[start + 1 : start + 3])
    lines = [line for line in _lines(block) if line]
    return near and bool(lines) and all(_names_party(line) for line in lines)


def _may_belong(block: Block) -> bool:
    text = fold(block.text)
    if block.heading or block.label or (NOT_SIGNING.match(text) and not DATE_LINE.fullmatch(text)):
        return False
    lines = _lines(block)
    return all(len(line) <= LONGEST_LINE for line in lines) and not re.search(r"[a-z]{3,}\.\s*$", block.text)


def _names_party(line: str) -> bool:
    """Looks like a party's name where one is expected, right above the line to sign."""
    plain = is_title(line) and len(line.split()) >= 2 and not line.endswith((".", ":")) and not label_of(line)
    return _party_like(line) or (plain and not PAGE_TITLE.search(line))


def _party_like(line: str) -> bool:
    line = fold(line)
    if not line or label_of(line) or MARK.match(line) or len(line) > 90:
        return False
    return bool(COMPANY.search(line) or PARTY_WORD.match(line)) or (line.endswith(":") and len(line) < 60)


def _bare_name(text: str) -> bool:
    """An unlabelled name or title under the line for the signature."""
    words = fold(text).split()
    return 0 < len(words) <= 7 and text.strip()[:1].isupper() and not text.strip().endswith((".", ":"))


def _grid(blocks: Sequence[Block]) -> list[list[str]]:
    """Rows of cells: table rows as they are, lines split at tabs and wide gaps."""
    rows: list[list[str]] = []
    for block in blocks:
        if block.kind == "row":
            rows.append(list(block.cells))
        else:
            rows.extend(_split(line) for line in block.text.split("\n") if line.strip())
    return rows


def _split(line: str) -> list[str]:
    """Cells of a line: a label is joined to the value behind it."""
    cells: list[str] = []
    for part in (p.strip() for p in re.split(r"\t+| {3,}", line.strip())):
        bare = cells and label_of(cells[-1]) and LABEL.sub("", cells[-1]) == ""
        if bare and not label_of(part):
            cells[-1] = f"{cells[-1]} {part}"
        elif part:
            cells.append(part)
    return [part for cell in cells for part in _inline(cell)]


def _inline(cell: str) -> list[str]:
    """Two fields of the same kind on one line are two columns: "By: ____ By: ____"."""
    found = [(m.start(), m.lastgroup) for m in INLINE_LABEL.finditer(cell)]
    repeated = [at for n, (at, kind) in enumerate(found) if kind in [k for _, k in found[:n]]]
    if not repeated or found[0][0] != 0:
        return [cell]
    bounds = [0, *repeated, len(cell)]
    return [cell[a:b].strip() for a, b in itertools.pairwise(bounds)]


def _parties(rows: list[list[str]]) -> Iterable[str]:
    """One text a party, its lines in order, joined by blanks."""
    if rows and _heads_columns(rows[0]):
        yield from _by_row(rows[0], rows[1:])
        return
    columns = _labelled_columns(rows) if _has_label_column(rows) else _plain_columns(rows)
    for column in columns:
        for party in _stacked(_label_first(column)):
            text = fold(" ".join(party))
            if any(label_of(line) or MARK.match(line) for line in party):
                yield text


def _heads_columns(cells: Sequence[str]) -> bool:
    """A row of labels without values: "Signature | Name | Date" above a row for each party."""
    return len({label for cell in cells if (label := label_of(cell)) and not _value_of(cell)}) >= LEAST_FIELDS


def _by_row(labels: list[str], rows: list[list[str]]) -> Iterable[str]:
    """A party a row, its fields under a row of labels."""
    for row in rows:
        cells = itertools.zip_longest(labels, row[: len(labels)], fillvalue="")
        named = (f"{label.rstrip(':')}: {cell}" if label_of(label) else cell for label, cell in cells)
        yield fold(" ".join(named))


def _label_first(column: list[str]) -> list[str]:
    """Labels printed below the line they belong to ("Jane Roe" over "Printed Name") are put before it."""
    bare = [
        n
        for n, line in enumerate(column)
        if label_of(line) and not _value_of(line) and not line.endswith(":")
    ]
    below = [n for n in bare if n and not label_of(column[n - 1]) and not _party_like(column[n - 1])]
    if len(below) < 2 or len(below) < len(bare):
        return column
    moved = list(column)
    for n in below:
        moved[n - 1], moved[n] = f"{column[n]}: {column[n - 1]}", ""
    return [line for line in moved if line]


def _has_label_column(rows: list[list[str]]) -> bool:
    """The first column holds labels only and the values stand in the others."""
    wide = [row for row in rows if len(row) > 1]
    bare = [row for row in wide if label_of(row[0]) and not _value_of(row[0].split("\n")[0])]
    values = [cell for row in bare for cell in row[1:] if cell]
    return len(bare) >= 2 and not any(label_of(cell) for cell in values)


def _value_of(line: str) -> str:
    return LABEL.sub("", fold(line)).strip()


def _labelled_columns(rows: list[list[str]]) -> list[list[str]]:
    width = max(len(row) for row in rows)
    padded = [row + [""] * (width - len(row)) for row in rows]
    head = next((row for row in padded if not label_of(row[0]) and any(row[1:])), None)
    used = [n for n in range(1, width) if head and head[n]] or [
        n for n in range(1, width) if any(row[n] for row in padded)
    ]
    columns: list[list[str]] = []
    for n in used or range(1, min(width, 2)):
        columns.append([])
        for row in padded:
            label = fold(row[0].split("\n")[0]).rstrip(":")
            named = label_of(label)
            lines = [f"{label}: {fold(row[n])}".strip()] if named else [fold(row[n])]
            columns[-1].extend(line for line in lines if line)
    return columns


def _plain_columns(rows: list[list[str]]) -> list[list[str]]:
    """Columns of lines. A line with fewer cells than columns belongs to the first, unless cells are fixed."""
    width = max((len(row) for row in rows), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        for n, cell in enumerate(row):
            columns[n].extend(fold(line) for line in cell.split("\n") if line.strip())
    return [column for column in columns if column]


def _stacked(column: list[str]) -> list[list[str]]:
    """Parties below one another: each new party's name, or a second line to sign, starts the next."""
    parties: list[list[str]] = [[]]
    seen: set[FieldName] = set()
    for line in column:
        label = label_of(line)
        again = (
            label == "sign" and "sign" in seen and not (seen == {"sign"} and line.lower().startswith("by"))
        )
        if again or (seen and _party_like(line)):
            parties.append([])
            seen = set()
        parties[-1].append(line)
        seen |= {label} if label else ({"sign"} if MARK.match(line) else set())
    return [party for party in parties if party]
