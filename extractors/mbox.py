"""Mailboxes saved as .mbox: all their mails in one source, in order of time."""

from __future__ import annotations

import re

from extractors.decode import decode
from extractors.eml import read_letter
from extractors.mail.letters import Letter, finish
from extractors.segments import Source, UnreadableSource

_START = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From (?:-|\S[^\r\n]*\d\d:\d\d)[^\r\n]*\r?\n"
    rb"|(?:\A|(?<=\n))From \S[^\r\n]*\r?\n(?=[A-Za-z][\w-]{1,40}:[ \t])"
)
"""The line above each mail: sender and date after a blank line, or anything above a header."""
_STUFFED = re.compile(rb"^>(>*From )", re.M)
_MOST_MAILS = 2000


def extract(data: bytes, name: str) -> list[Source]:
    """One source for the mailbox, then the attachments of its mails. UnreadableSource without any mail."""
    pieces = _pieces(data)
    letters = [letter for piece in pieces[:_MOST_MAILS] if (letter := _letter(piece, name)) is not None]
    if not letters:
        raise UnreadableSource(
            f"Cannot read {name!r}: there is no mail in it; export the mailbox again as .mbox"
        )
    unread = min(len(pieces), _MOST_MAILS) - len(letters)
    if unread:
        letters[0].warnings.append(f"{unread} of {len(pieces)} mails could not be read; save them as .eml")
    if len(pieces) > _MOST_MAILS:
        letters[0].warnings.append(
            f"only the first {_MOST_MAILS} of {len(pieces)} mails were read; split the mailbox"
        )
    return finish(letters, name, data)


def _letter(piece: bytes, name: str) -> Letter | None:
    """The mail; without headers its text is that of a sender unknown. None when there is no text either."""
    try:
        return read_letter(piece, name)
    except UnreadableSource:
        if not piece.strip() or not piece.startswith((b"\n", b"\r\n")):
            return None
        text = decode(piece, name).text
        return Letter(body=text, warnings=["a mail has no headers: its sender and date are unknown"])


def _pieces(data: bytes) -> list[bytes]:
    """The mails of a mailbox, ">From " restored to "From "; the whole data when nothing divides it."""
    data = data.lstrip()
    marks = list(_START.finditer(data))
    if not marks:
        return [data]
    ends = [m.start() for m in marks[1:]] + [len(data)]
    pieces = [data[m.end() : end] for m, end in zip(marks, ends, strict=True)]
    return [_STUFFED.sub(rb"\1", piece) for piece in pieces]
