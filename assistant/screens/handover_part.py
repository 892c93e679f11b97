"""A part of the handover screen: its components, and what fills them for the packet that is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import gradio as gr

from assistant.desk import Opened
from assistant.protocol.rights import User


class Part(NamedTuple):
    """`fill` gives a value for each of `outputs`."""

    outputs: list[Any]
    fill: Callable[[Opened | None, User], list[Any]]


def usable(yes: bool) -> Any:
    """A component that may be used, or not."""
    return gr.update(interactive=yes)
