"""Logs as JSON lines: what happened, in numbers and names of our own, never a word of a deal.

A line holds the message as it stands in the program's text, without what would be filled into it, and of the
extra values only those in SHOWN. Of an error it tells the kind and the place; its words may quote a source.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from assistant.settings import Settings

OURS = "handoff"
SHOWN = (
    "key", "job", "tries", "seconds", "failed", "blockers", "unread", "calls", "tokens", "cost",
    "quotes_rejected", "count", "why", "status", "method", "step", "breaches",
)  # fmt: skip
"""Extra values that a line may hold: numbers, hashes, words of the program."""
LONGEST = 80


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, event, place; of other libraries no event, for its text may
    hold anything."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        ours = record.name.split(".")[0] == OURS
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if ours:
            line["event"] = str(record.msg)
        line["place"] = f"{record.module}:{record.lineno}"
        if ours:
            line |= {name: _plain(getattr(record, name)) for name in SHOWN if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            line |= told(record.exc_info[1])
        return json.dumps(line)


def told(error: BaseException) -> dict[str, Any]:
    """Kind and places of an error, innermost last, without its words."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "places": places[-8:]}


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, float, bool, type(None))) else str(value)[:LONGEST]


def set_up_logs(settings: Settings) -> None:
    """Send what this process logs to stderr, as the settings ask. Called once, at a door."""
    if settings.log is None:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonLines() if settings.log == "json" else logging.Formatter("%(levelname)s %(name)s %(msg)s")
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
