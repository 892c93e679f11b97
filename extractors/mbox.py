"""Mailboxes saved as .mbox: all their mails in one source, in order of time."""

from __future__ import annotations

import re

from extractors.eml import read_letter
from extractors.letters import Letter, finish
from extractors.segments import Source, UnreadableSource

_START = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From (?:\S[^\r\n]*\d\d:\d\d|-)[^\r\n]*\r?\n")
_STUFFED = re.compile(rb"^>(>*From )", re.M)
_MOST_MAILS = 2000


def extract(data: bytes, name: str) -> list[Source]:
    """One source for the mailbox, then the attachments of its mails. Raises UnreadableSource without any mail."""
    letters: list[Letter] = []
    pieces = _pieces(data)
    for piece in pieces[:_MOST_MAILS]:
        try:
            letters.append(read_letter(piece, name))
        except UnreadableSource:
            continue
    if not letters:
        raise UnreadableSource(f"Cannot read {name!r}: no mail with headers in it; export the mailbox again as .mbox")
    unread = min(len(pieces), _MOST_MAILS) - len(letters)
    if unread:
        letters[0].warnings.append(f"{unread} of {len(pieces)} mails have no readable headers and were not read")
    if len(pieces) > _MOST_MAILS:
        letters[0].warnings.append(f"only the first {_MOST_MAILS} of {len(pieces)} mails were read; split the mailbox")
    return finish(letters, name, data)


def _pieces(data: bytes) -> list[bytes]:
    """The mails of a mailbox, "From " at the start of a line restored; the whole data when nothing divides it."""
    data = data.lstrip()
    marks = list(_START.finditer(data))
    ends = [m.start() for m in marks[1:]] + [len(data)]
    pieces = [data[m.end() : end] for m, end in zip(marks, ends, strict=True)]
    return [_STUFFED.sub(rb"\1", piece) for piece in pieces] or [data]
