"""The table of recordings: what was heard in them, and how far a hearing is."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Integer, LargeBinary, String, Table, Text

from assistant.store.tables import metadata, of_deal

recordings = Table(
    "recording",
    metadata,
    of_deal(),
    Column("name", String(500), primary_key=True),
    Column("sha256", String(64), nullable=False),  # of the sound
    Column("state", String(10), nullable=False, index=True),
    Column("done", Float, nullable=False),  # seconds heard
    Column("total", Float, nullable=False),  # seconds in all; 0 while nobody knows
    Column("problem", Text),
    Column("people", Integer),  # how many speak, where somebody said so
    Column("names", JSON, nullable=False),  # "Speaker 1" -> a name
    Column("moved", JSON, nullable=False),  # number of a passage -> the speaker a person gave it
    Column("sound", Integer, nullable=False),  # 0 once the sound was dropped
    Column("content", LargeBinary),  # extractors.speech.heard.Transcript as JSON, zlib
    Column("changed_at", String(32), nullable=False),
    Column("by", String(80), nullable=False),  # login
)
