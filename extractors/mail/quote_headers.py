"""Header blocks of quoted mails: From, Sent, To, Subject in the languages of business mail."""

from __future__ import annotations

import re

from extractors.mail.dates import printed_date
from extractors.mail.words import HEADER_KEYS

LONGEST_LINE = 1000
"""Longer lines are text: no mail program prints such a header."""
_HEADER_LINES = 14
_KEY_LINE = re.compile(r"[*_ ]{0,4}([^\W\d_][\w -]{0,18}?)\s?[*_]{0,2}\s?[::]\s?[*_]{0,2}\s*(.*)")


def header_fields(lines: list[tuple[int, str]], start: int, depth: int) -> tuple[dict[str, str], int]:
    """The header fields from `start` on by kind, and how many lines they take."""
    fields: dict[str, str] = {}
    taken, last = 0, None
    for offset, (line_depth, text) in enumerate(lines[start : start + _HEADER_LINES]):
        if line_depth != depth or len(text) > LONGEST_LINE:
            break
        found = _KEY_LINE.fullmatch(text.strip())
        kind = HEADER_KEYS.get(found[1].strip().lower()) if found else None
        if found and kind and kind not in fields:
            fields[kind] = found[2].strip(" *_")
            taken, last = offset + 1, kind
        elif not text.strip():
            if not _more_fields(lines, start + offset + 1, depth, fields):
                break
        elif last and _continues(lines, start + offset, depth, fields, last, text):
            fields[last] = f"{fields[last]} {text.strip()}".strip()
            taken = offset + 1
        elif not kind:
            break
    return fields, taken


def _more_fields(lines: list[tuple[int, str]], index: int, depth: int, fields: dict[str, str]) -> bool:
    """Whether the very next line is a header field not seen yet (HTML prints each as a paragraph)."""
    if index >= len(lines) or lines[index][0] != depth:
        return False
    found = _KEY_LINE.fullmatch(lines[index][1].strip()[:LONGEST_LINE])
    kind = HEADER_KEYS.get(found[1].strip().lower()) if found else None
    return (kind is not None and kind not in fields and not is_header({**fields, kind: ""})) or (
        kind in ("to", "cc", "subject", "sent", "other") and kind not in fields
    )


def _continues(
    lines: list[tuple[int, str]], index: int, depth: int, fields: dict[str, str], last: str, text: str
) -> bool:
    """Whether this line goes on with the header value before it: wrapped names or a wrapped date."""
    if fields[last].endswith((",", ";")) or (last in ("to", "cc") and "@" in text and ";" in text):
        return True
    if not fields[last]:
        return True
    return _more_fields(lines, index + 1, depth, fields)


def is_header(fields: dict[str, str], announced: bool = False) -> bool:
    """Whether the fields are those of a mail; prose with "From:" and "To:" has neither address nor date.

    `announced`: a line like "-----Original Message-----" stands above.
    """
    if not fields.get("from") or len(fields.keys() & {"sent", "to", "subject"}) < 1:
        return False
    has_date = printed_date(fields.get("sent", ""), None) is not None
    return announced or "@" in fields["from"] or has_date
