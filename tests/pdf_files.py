"""Small PDF files made for the tests, written line by line so that each test shows what it is about."""

from __future__ import annotations

import io
from collections.abc import Iterable

from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

Placed = tuple[float, float, str]
"""x, y, text; a text in capitals is set in bold."""


def pdf(*pages: Iterable[Placed], size: float = 11) -> bytes:
    """A PDF with these lines on its pages."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=LETTER)
    for page in pages:
        for x, y, text in page:
            canvas.setFont("Helvetica-Bold" if text.isupper() else "Helvetica", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def lines(*texts: str, top: float = 700, x: float = 72, leading: float = 14) -> list[Placed]:
    """Texts below one another; an empty one leaves a gap."""
    return [(x, top - n * leading, text) for n, text in enumerate(texts) if text]
