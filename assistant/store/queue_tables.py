"""Tables of what several machines do together. Nothing in them outlives its use; a backup leaves them out."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Integer, LargeBinary, String, Table, Text

from assistant.store.tables import metadata

queued_deals = Table(
    "queued_deal",
    metadata,
    Column("key", String(64), primary_key=True),  # of all that the packet depends on: see batch.jobs
    Column("name", Text, nullable=False),  # of the deal's folder
    Column("how", JSON, nullable=False),  # who reads, on which day, by which policy
    Column("files", LargeBinary),  # zip of the deal's files; gone when it is done
    Column("state", String(10), nullable=False),  # queued, done, failed
    Column("tries", Integer, nullable=False),  # how often a worker began
    Column("row", JSON),  # batch.Row as plain values
    Column("result", LargeBinary),  # zip of the documents
    Column("queued_at", String(32), nullable=False),
    Column("ended_at", String(32), index=True),
)

paces = Table(
    "pace",
    metadata,
    Column("endpoint", String(300), primary_key=True),
    Column("closed_until", Float, nullable=False),  # seconds of the epoch
    Column("sent", JSON, nullable=False),  # {second: [requests, tokens]} of the last minute
)

meters = Table(
    "meter",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Float, nullable=False),
)
