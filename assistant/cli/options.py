"""What several commands share: options, exit codes, dates, JSON for machines."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import HandoffError

DRAFTED, BLOCKED, UNUSABLE, PARTLY_READ = 0, 1, 2, 3
"""Exit codes, the same for every command; README lists them."""

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines, nothing else.")]
PolicyOption = Annotated[
    Path | None, typer.Option("--policy", help="A TOML file with the policy's lines that you change.")
]


def day(text: str | None) -> date:
    """The day that a person wrote, or today."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HandoffError(f"--as-of '{text}' is no date. Write it as 2026-05-18.") from None


def print_json(data: object) -> None:
    """Print data as indented JSON."""
    import json

    print(json.dumps(data, indent=2, ensure_ascii=False))
