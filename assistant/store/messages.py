"""Messages on their way out: made once, claimed before they are sent, marked afterwards.

waiting   to be sent when its time has come
sending   somebody has claimed it and is at it
sent      it is out
unsure    it may be out or not: the sender crashed in the middle; a person decides
failed    it could not be sent; a person decides
dropped   a person decided that it is not to be sent
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from sqlalchemy import Connection, delete, func, select, update

from assistant.store.deals import PREFIX, number_of
from assistant.store.message_tables import messages, turns
from assistant.store.writes import insert_once

State = Literal["waiting", "sending", "sent", "unsure", "failed", "dropped"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class MessageRow:
    """A message. Times are ISO text in UTC; `people` are {login, name, email}."""

    deal: str
    key: str
    id: str
    kind: str
    at: str
    version: int
    people: list[dict[str, str | None]]
    subject: str
    body: str
    attachments: list[str]
    state: State
    tries: int
    next_at: str
    changed_at: str
    sender: str | None = None
    problem: str | None = None


def add_message(connection: Connection, message: MessageRow) -> bool:
    """Keep it, unless one of the same deal and key is there. True when it is new."""
    row = {field.name: getattr(message, field.name) for field in fields(MessageRow)}
    return insert_once(connection, messages, {**row, "deal": number_of(message.deal)})


def known_keys(connection: Connection, deal: str) -> set[str]:
    """The keys of every message that was ever made for the deal."""
    query = select(messages.c.key).where(messages.c.deal == number_of(deal))
    return set(connection.execute(query).scalars())


def claim_next(connection: Connection, at: str, sender: str) -> MessageRow | None:
    """The oldest message whose time has come, now "sending" and counted as a try; None: there is none."""
    due = (messages.c.state == "waiting") & (messages.c.next_at <= at)
    query = select(messages.c.id).where(due).order_by(messages.c.at, messages.c.deal, messages.c.key).limit(1)
    found = connection.execute(query.with_for_update(skip_locked=True)).scalar()
    if found is None:
        return None
    values = {"state": "sending", "sender": sender, "changed_at": at, "tries": messages.c.tries + 1}
    change = update(messages).where(messages.c.id == found).values(values).returning(messages)
    row = connection.execute(change).mappings().one()
    return _row(dict(row))


def mark(connection: Connection, id: str, state: State, at: str, **values: Any) -> None:
    """The message's new state, with `problem` and `next_at` where they change."""
    change = {"state": state, "changed_at": at, "problem": None, **values}
    connection.execute(update(messages).where(messages.c.id == id).values(**change))


def abandoned(connection: Connection, before: str) -> list[MessageRow]:
    """Messages that somebody claimed before that time and never marked."""
    left = (messages.c.state == "sending") & (messages.c.changed_at < before)
    return [_row(dict(row)) for row in connection.execute(select(messages).where(left)).mappings()]


def find_messages(
    connection: Connection, deal: str | None = None, states: Collection[State] = STATES,
    kind: str | None = None, since: str = "",
) -> list[MessageRow]:  # fmt: skip
    """Messages in those states, about moments since that one, in order of the moment."""
    query = select(messages).where(messages.c.state.in_(states), messages.c.at >= since)
    if kind is not None:
        query = query.where(messages.c.kind == kind)
    if deal is not None:
        query = query.where(messages.c.deal == number_of(deal))
    ordered = query.order_by(messages.c.at, messages.c.deal, messages.c.key)
    return [_row(dict(row)) for row in connection.execute(ordered).mappings()]


def find_message(connection: Connection, id: str) -> MessageRow | None:
    """The message of that id; its first letters will do where they name one only."""
    query = select(messages).where(func.substr(messages.c.id, 1, len(id)) == id).limit(2)
    found = [_row(dict(row)) for row in connection.execute(query).mappings()]
    return found[0] if len(found) == 1 else None


def take_turn(connection: Connection, name: str, holder: str, now: str, until: str) -> bool:
    """Whether it is the holder's turn, until then at most; False: somebody else's is not over."""
    if insert_once(connection, turns, {"name": name, "holder": holder, "until": until}):
        return True
    free = (turns.c.name == name) & ((turns.c.until < now) | (turns.c.holder == holder))
    change = update(turns).where(free).values(holder=holder, until=until)
    return connection.execute(change).rowcount == 1


def end_turn(connection: Connection, name: str, holder: str) -> None:
    """The next one may."""
    connection.execute(delete(turns).where((turns.c.name == name) & (turns.c.holder == holder)))


def _row(row: dict[str, Any]) -> MessageRow:
    return MessageRow(**{**row, "deal": f"{PREFIX}{row['deal']}"})
