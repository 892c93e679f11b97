"""Saved web pages (.html): a mail when quoted or headed like one, else the page's text."""

from __future__ import annotations

import re

from extractors import html_mail
from extractors.plain import read_text
from extractors.segments import Source, UnreadableSource

MAIL_MARKS = re.compile(
    r"(?i)gmail_(?:quote|extra|default)|moz-cite-prefix|appendonsend|divRplyFwdMsg|OLK_SRC_BODY|yahoo_quoted|MsoNormal"
    r"|<blockquote|hotmail|mail\.ru|-----\s*original message|(?:\bfrom|\bvon|\bde)\s*:"
    r".{0,400}(?:\bsent|\bdate|\bsubject)\s*:",
)


def extract(data: bytes, name: str) -> list[Source]:
    """The page as one source. UnreadableSource when it shows no text."""
    markup = html_mail.markup_text(data, name)
    text, warnings = html_mail.html_text(markup)
    if not text.strip():
        raise UnreadableSource(f"Cannot read '{name}': the page shows no text: save it as .pdf or .txt.")
    source = read_text(text, data, name, tuple(warnings))
    if source.kind == "notes" and MAIL_MARKS.search(markup[:200_000]):
        return html_mail.extract(data, name)
    return [source]
