from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from extractors import pdf


def warnings(draw: Callable[[Canvas], None]) -> tuple[str, ...]:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 700, "A page with some text that everybody sees.")
    draw(canvas)
    canvas.save()
    return pdf.extract(stream.getvalue(), "a.pdf")[0].warnings


def test_white_text_on_white_is_reported() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 600, "The vendor promises everything.")

    assert warnings(draw)[0].startswith("text that cannot be seen (hidden, white or tiny) on page 1")


def test_white_text_on_a_coloured_bar_is_meant_to_be_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 0.5)
        canvas.rect(60, 590, 400, 30, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(72, 600, "Module and its annual fee")

    assert warnings(draw) == ()


def test_hidden_text_mode_is_reported() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 600)
        text.setTextRenderMode(3)
        text.textLine("The vendor promises everything.")
        canvas.drawText(text)

    assert "hidden" in warnings(draw)[0]
