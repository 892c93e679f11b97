"""The tables of the store. Times are ISO text in UTC, so that both databases sort and compare them alike.

Migrations are written by hand in `migrations/versions`; `tests/test_store.py` holds them against this file.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()
Key = BigInteger().with_variant(Integer, "sqlite")


def of_deal() -> Column[int]:
    """The deal that a row belongs to, and goes with."""
    return Column("deal", Key, ForeignKey("deal.number", ondelete="CASCADE"), primary_key=True)


deals = Table(
    "deal",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=True),
    Column("known", JSON, nullable=False),  # packet.Deal
    Column("owner", String(80), nullable=False, index=True),  # login of the AE
    Column("csm", String(80), index=True),  # login of the CSM it is assigned to
    Column("status", String(20), nullable=False),
    Column("version", Integer, nullable=False),  # of the newest packet; 0 before the first draft
    Column("account", Text, nullable=False),
    Column("vendor", Text, nullable=False),
    Column("segment", String(20)),
    Column("created_at", String(32), nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("submitted_at", String(32)),
    Column("returned_at", String(32)),  # last rejection or request for revision
    Column("rejections", Integer, nullable=False),
    Column("points", Float),
    Column("knowable", Float),
    Column("blockers", Integer, nullable=False),
    Column("majors", Integer, nullable=False),
    Column("minors", Integer, nullable=False),
    Column("moments", JSON),  # [protocol.moments.Moment] of the newest packet; None: not noted yet
    sqlite_autoincrement=True,  # the number of a deleted deal is never given again
)

blobs = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

sources = Table(
    "source",
    metadata,
    of_deal(),
    Column("name", String(500), primary_key=True),
    Column("sha256", ForeignKey("blob.sha256"), nullable=False, index=True),
    Column("added_by", String(80), nullable=False),
    Column("added_at", String(32), nullable=False),
)

texts = Table(
    "source_text",
    metadata,
    of_deal(),
    Column("name", String(500), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),  # extractors.Source as JSON, zlib
)

packets = Table(
    "packet",
    metadata,
    of_deal(),
    Column("version", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("by", String(80), nullable=False),  # login
    Column("by_name", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("what", Text, nullable=False),  # one line for people
    Column("content", LargeBinary, nullable=False),  # packet.json, zlib
)

answers = Table(
    "answer",
    metadata,
    Column("deal", String(200), primary_key=True),  # a deal's id, or the folder's name at the command line
    Column("key", String(64), primary_key=True),
    Column("content", Text, nullable=False),  # StoredAnswer as JSON
    Index("ix_answer_key", "key"),
)

sessions = Table(
    "session",
    metadata,
    Column("token", String(64), primary_key=True),  # SHA-256 of the cookie
    Column("login", String(80), nullable=False, index=True),
    Column("until", String(32), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("deal", String(40)),
    Column("version", Integer),
    Column("digest", String(64)),  # SHA-256 of what was stored: proves it without holding it
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

tokens = Table(
    "api_token",
    metadata,
    Column("token", String(64), primary_key=True),  # SHA-256 of what the program sends
    Column("login", String(80), nullable=False, index=True),
    Column("label", String(80), nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("until", String(32)),
)

replies = Table(
    "api_reply",
    metadata,
    Column("login", String(80), primary_key=True),
    Column("key", String(200), primary_key=True),  # the Idempotency-Key
    Column("digest", String(64), nullable=False),  # of what was asked
    Column("at", String(32), nullable=False, index=True),
    Column("status", Integer),  # None while the answer is being made
    Column("content", Text),
    Column("deal", Key, ForeignKey("deal.number", ondelete="CASCADE"), index=True),
)

crm_links = Table(
    "crm_link",
    metadata,
    of_deal(),
    Column("crm", String(40), primary_key=True),
    Column("remote", String(200), nullable=False),
    Index("ix_crm_link_remote", "crm", "remote", unique=True),
)

crm_writes = Table(
    "crm_write",
    metadata,
    of_deal(),
    Column("crm", String(40), primary_key=True),
    Column("kind", String(40), primary_key=True),  # "status", "note", "task" ...
    Column("subject", String(300), primary_key=True),  # "packet", a finding's id ...
    Column("version", Integer, nullable=False),  # of the packet that it says
    Column("digest", String(64), nullable=False),  # of what was sent
    Column("remote", String(200)),  # None: begun, and not known to have arrived
    Column("at", String(32), nullable=False),
    Column("by", String(80), nullable=False),
)

calls = Table(
    "seen_call",
    metadata,
    Column("origin", String(40), primary_key=True),  # "hubspot", "signed", a watched folder ...
    Column("key", String(64), primary_key=True),
    Column("at", String(32), nullable=False, index=True),
)
