"""What a CRM gives and what is written into it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from assistant.packet import Deal

Kind = Literal["record", "note", "task"]


@dataclass(frozen=True)
class Fetched:
    """A deal as a CRM has it. `id` is the CRM's own."""

    id: str
    deal: Deal
    name: str
    owner_email: str | None
    is_won: bool


@dataclass(frozen=True)
class Write:
    """One thing to write: the handoff's record, a note, a task.

    `subject` tells writes of a kind apart ("packet", a finding's id); `fields` are names of FIELDS for a
    record (None empties one), "title", "body", "at", "due" and "done" for the others. `marker` stands in
    what is written, for it to be found again.
    """

    kind: Kind
    subject: str
    fields: dict[str, Any]
    marker: str

    @property
    def digest(self) -> str:
        """SHA-256 of what it says."""
        text = json.dumps([self.kind, self.subject, self.fields], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def shown(self) -> str:
        """One line for a person."""
        if self.kind == "record":
            shown = (f"{name} = {value}" for name, value in self.fields.items() if value is not None)
            empty = [name for name, value in self.fields.items() if value is None]
            return "record: " + ", ".join([*shown, *([f"empty: {' '.join(empty)}"] if empty else [])])
        done = "done: " if self.fields.get("done") else ""
        return f"{self.kind}: {done}{self.fields['title']}"


class Door(Protocol):
    """A CRM that was connected to. Every method raises HandoffError in one line that names the remedy."""

    def fetch_deal(self, remote: str) -> Fetched:
        """The CRM's deal with company, people and owner."""

    def find(self, remote: str, write: Write) -> str | None:
        """The id of what an earlier try has written with that marker, or None."""

    def send(self, remote: str, write: Write, known: str | None) -> str:
        """Make it, or change what has the id `known`; its id."""
