"""Calls to a CRM: patience with limits, and every failure as one line that names the remedy."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from assistant.errors import HandoffError

T = TypeVar("T")
TRIES = 4
FOR_NOW = (500, 502, 503, 504)
"""Statuses that may pass. A write whose answer was one of them may have been made all the same."""
SECONDS = (5, 30)
"""To connect, and for an answer."""
LONGEST = 200


class NotThere(HandoffError):  # noqa: N818 - reads as what it says
    """The CRM has no such thing (any more)."""


@dataclass(frozen=True)
class Trouble:
    """What went wrong. `status` None: no answer came; `wait`: seconds that the CRM asks for."""

    status: int | None
    said: str
    wait: float | None = None


@dataclass(frozen=True)
class Caller:
    """Makes the calls to one CRM."""

    label: str
    variable: str
    """The setting that holds the token."""
    trouble_of: Callable[[Exception], Trouble | None]
    """What an exception of the client means; None: it is our bug."""
    patience: float = 120
    """Longest wait in seconds."""
    rights: str = ""
    """What the token needs, in words for a person."""
    sleep: Callable[[float], None] = field(default=time.sleep)

    def call(self, ask: Callable[[], T], what: str, *, again: bool = True) -> T:
        """The answer. `what` is asked for; `again=False`: not repeated where it may have been done."""
        for turn in range(1, TRIES + 1):
            try:
                return ask()
            except Exception as error:
                trouble = self.trouble_of(error)
                if trouble is None:
                    raise
                wait = self._wait(trouble, turn, again)
                if wait is None:
                    kind = NotThere if trouble.status == 404 else HandoffError
                    raise kind(self._told(trouble, what)) from None
                self.sleep(wait)
        raise AssertionError("the last turn answers or raises")

    def _wait(self, trouble: Trouble, turn: int, again: bool) -> float | None:
        """Seconds until the next try; None: there is none."""
        passes = trouble.status == 429 or (again and (trouble.status is None or trouble.status in FOR_NOW))
        wait = trouble.wait if trouble.wait is not None else 2.0 ** (turn - 1)
        return wait if passes and turn < TRIES and wait <= self.patience else None

    def _told(self, trouble: Trouble, what: str) -> str:
        said = re.sub(r"\s+", " ", trouble.said)[:LONGEST]
        if trouble.status is None:
            return f"{self.label} cannot be reached ({said}). Run it again: nothing is sent twice."
        if trouble.status == 401:
            return f"{self.label} does not take the token any more: make a new one and set {self.variable}."
        if trouble.status == 403:
            return f"{self.label} does not let this token do that ({said}): it needs {self.rights}."
        if trouble.status == 404:
            return f"{self.label} has no {what} for this token ({said}). Look up the id."
        if trouble.status == 400:
            return f"{self.label} does not take it ({said}). Was `handoff crm setup` run and deployed?"
        if trouble.status == 429:
            asked = f" {trouble.wait:g} seconds" if trouble.wait is not None else ""
            return f"{self.label} asks to wait{asked} ({said}). Run it again then: nothing is sent twice."
        return f"{self.label} answered {trouble.status} ({what}: {said}). Run again, it sends nothing twice."


def seconds(header: str | None) -> float | None:
    """A Retry-After in seconds; None where there is none, or a date."""
    return float(header) if header and re.fullmatch(r"\d{1,6}(\.\d+)?", header.strip()) else None
