"""The panel: HTML that is chosen from by mouse and keyboard. Every list and every source is one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr

HERE = Path(__file__).parent


class Picked(NamedTuple):
    """What a person chose in a panel."""

    kind: str
    """"choose" a thing by id, "evidence" to be shown, or "words" selected in a source."""
    id: str = ""
    source: str = ""
    segment: str = ""
    quote: str = ""


def panel(value: str = "", *, elem_id: str, tall: bool = False) -> gr.HTML:
    """A panel; its `select` event carries what `picked` reads."""
    classes = ["panel", "tall"] if tall else ["panel"]
    return gr.HTML(
        value, elem_id=elem_id, elem_classes=classes, js_on_load=_script(), apply_default_css=False
    )


def picked(event: gr.EventData) -> Picked:
    """What the event says; strings only, whatever the browser sent."""
    data: dict[str, Any] = event._data if isinstance(event._data, dict) else {}
    return Picked(**{name: str(data.get(name, ""))[:20_000] for name in Picked._fields})


@cache
def _script() -> str:
    return (HERE / "panel.js").read_text("utf-8")
