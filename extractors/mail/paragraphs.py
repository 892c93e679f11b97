"""Paragraphs of a plain-text mail: wrapped lines are joined, list items stand alone."""

from __future__ import annotations

import re

from extractors.decode import fold

ITEM = re.compile(r"\s*(?:[-*•·▪‣◦–—●○o]\s+(?=\S)|\(?\d{1,3}[.)]\s+|\(?[a-zA-Z][.)]\s+|\(?[ivx]{1,5}[.)]\s+)")
_BULLET = re.compile(r"\s*[-*•·▪‣◦–—●○]\s+")
_LABEL = re.compile(r"[A-Z][\w /&'’-]{0,28}:\s+\S")
_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_DRAWN = "_=*~#-–—|>•· ."
"""What drawn lines are made of."""
_HANGS = re.compile(r"\b(?:and|or|but|the|an?|of|in|on|to|by|at|for|from|with|than|our|your|is|are|will|be)$")
"""A line that cannot be the end of a sentence."""
_WIDEST_WRAP = 100
_NARROWEST_WRAP = 50


def paragraphs(lines: list[str]) -> list[str]:
    """Paragraphs in order, white space folded to single blanks; nothing but bullets is left out.

    Lines are joined where the mail program wrapped them: the next line's first word did not fit, the next
    line goes on in lower case, or the sentence is not at its end. A line with an item number or bullet
    starts a paragraph.
    """
    width = _wrap_width(lines)
    words = {w.strip(".,;:!?()") for line in lines for w in line.split()}
    blocks: list[list[str]] = []
    previous: str | None = None
    for line in lines:
        if not line.strip():
            previous = None
            continue
        if previous is not None and blocks and _goes_on(previous, line, width, blocks[-1]):
            blocks[-1].append(line)
        else:
            blocks.append([line])
        previous = line
    return [p for p in (fold(_join(block, words)) for block in blocks) if p.strip(_DRAWN)]


def _wrap_width(lines: list[str]) -> int:
    """Width at which the text was wrapped; 0 when it was not."""
    widths = [len(line.rstrip()) for line in lines if len(line) <= _WIDEST_WRAP]
    width = max(widths, default=0)
    return width if width >= _NARROWEST_WRAP else 0


def _goes_on(previous: str, line: str, width: int, block: list[str]) -> bool:
    """Whether `line` belongs to the paragraph that `block` holds so far, `previous` its last line."""
    text, before = line.strip(), previous.rstrip()
    if ITEM.match(line):
        return bool(_HANGS.search(before)) and not _BULLET.match(line)
    if text[:1].islower() or _HANGS.search(before):
        return True
    if ITEM.match(block[0]) and _indent(line) > _indent(block[0]) + 1:
        return True
    if width and len(before) <= _WIDEST_WRAP and len(before) + 1 + len(text.split(None, 1)[0]) > width:
        return not (_LABEL.match(text) and _END.search(before))
    if _END.search(before) or _LABEL.match(text):
        return False
    return len(block) > 1 or (before.endswith((",", "-", "&", "/")) and len(before) > 30)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _join(block: list[str], words: set[str]) -> str:
    text = _BULLET.sub("", block[0], count=1).strip() if _BULLET.match(block[0]) else block[0].strip()
    for line in block[1:]:
        piece = line.strip()
        if text.endswith("-") and piece[:1].isalnum() and text[-2:-1].isalpha() and not _suspended(piece):
            head, tail = text.rsplit(None, 1)[-1][:-1], piece.split(None, 1)[0]
            text = (text[:-1] if (head + tail).strip(".,;:") in words else text) + piece
        else:
            text = f"{text} {piece}"
    return text


def _suspended(piece: str) -> bool:
    """ "pre- and post-": the hyphen stands for a word, not for a break."""
    return piece.split(None, 1)[0] in ("and", "or", "to", "und", "oder", "et", "ou")
