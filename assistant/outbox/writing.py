"""Plans in words: the templates of messages.toml, filled strictly."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from assistant.outbox.planning import Plan
from assistant.packet import Noun
from assistant.protocol.policy import Policy
from assistant.protocol.rights import ROLE_NAMES
from assistant.store.audit import digest_of
from assistant.store.deals import DealRow
from assistant.store.messages import MessageRow

FILE = Path(__file__).with_name("messages.toml")
Receivers = dict[str, list[dict[str, str | None]]]
"""Role -> {login, name, email} of everybody who has it for a deal."""
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""Line breaks and marks that turn writing round: a name is a name, and never a second header."""
LONGEST = 120


class Template(Noun):
    """A row of messages.toml."""

    subject: str
    body: str
    attach: tuple[str, ...] = ()


class Words(NamedTuple):
    """What a message says."""

    subject: str
    body: str


@cache
def templates() -> dict[str, Template]:
    """Kind of message -> its words."""
    rows = tomllib.loads(FILE.read_text("utf-8")).items()
    return {kind: Template.model_validate(row) for kind, row in rows}


def write(plan: Plan, row: DealRow, policy: Policy, base: str) -> Words:
    """The message in words. `base` is the desk's address: "https://handoff.example.com"."""
    template = templates()[plan.kind]
    zone = ZoneInfo(policy.calendar.zone)
    filled = {name: _shown(value, zone) for name, value in plan.fields.items()}
    fields = {
        **filled, "account": plain(row.account) or row.id, "blockers": row.blockers, "majors": row.majors,
        "link": f"{base.rstrip('/')}/?deal={row.id}",
    }  # fmt: skip
    if "doer" in filled:
        fields["doer"] = ROLE_NAMES[plan.fields["doer"]]
    return Words(template.subject.format_map(fields), template.body.strip().format_map(fields) + "\n")


def message_rows(
    planned: list[Plan], row: DealRow, people: Receivers, policy: Policy, base: str, at: str
) -> list[MessageRow]:
    """The plans as messages that wait to be sent. `at`: now, ISO in UTC."""
    return [_row(plan, row, people, write(plan, row, policy, base), at) for plan in planned]


def plain(text: str) -> str:
    """One line without marks that do something, cut where it is too long."""
    line = " ".join(CONTROL.sub(" ", text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def when(moment: datetime, zone: ZoneInfo) -> str:
    """ "Mon 18 May 2026, 16:00 CEST"."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M %Z}"


def _row(plan: Plan, row: DealRow, people: Receivers, words: Words, at: str) -> MessageRow:
    told = {person["login"]: person for role in plan.to for person in people.get(role, [])}
    return MessageRow(
        deal=row.id, key=plan.key, id=digest_of(f"{row.id} {row.created_at} {plan.key}".encode())[:32],
        kind=plan.kind, at=plan.at.isoformat(timespec="seconds"), version=row.version,
        people=list(told.values()), subject=words.subject, body=words.body,
        attachments=list(templates()[plan.kind].attach) if row.version else [], state="waiting", tries=0,
        next_at=at, changed_at=at,
    )  # fmt: skip


def _shown(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, datetime):
        return when(value, zone)
    return "soon" if value is None else value


