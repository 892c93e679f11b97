"""Tables of what goes out: each message once, and whose turn it is to send."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, String, Table, Text

from assistant.store.tables import metadata, of_deal

messages = Table(
    "message",
    metadata,
    of_deal(),
    Column("key", String(200), primary_key=True),  # what it is about and when: the same is never made twice
    Column("id", String(32), nullable=False, unique=True),  # digest of deal and key; the Message-ID's
    Column("kind", String(40), nullable=False),  # a row of outbox/messages.toml
    Column("at", String(32), nullable=False),  # the moment that it is about
    Column("version", Integer, nullable=False),  # of the packet then; its attachments are made of it
    Column("people", JSON, nullable=False),  # [{login, name, email}]
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("attachments", JSON, nullable=False),  # names of documents
    Column("state", String(10), nullable=False, index=True),  # see store/messages.py
    Column("tries", Integer, nullable=False),
    Column("next_at", String(32), nullable=False),  # no try before
    Column("changed_at", String(32), nullable=False),
    Column("sender", String(20)),
    Column("problem", Text),
)

turns = Table(
    "turn",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", String(32), nullable=False),  # after that it is over whatever became of the holder
)
