"""What other programs need: their tokens and kept answers, and what was sent to and got from a CRM."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD, TIME, HASH = sa.String(80), sa.String(32), sa.String(64)


def upgrade() -> None:
    """Make the tables."""
    _api()
    _crm()
    op.create_table(
        "seen_call",
        sa.Column("origin", sa.String(40), primary_key=True),
        sa.Column("key", HASH, primary_key=True),
        sa.Column("at", TIME, nullable=False, index=True),
    )


def _deal(**more: bool) -> sa.Column[int]:
    return sa.Column("deal", KEY, sa.ForeignKey("deal.number", ondelete="CASCADE"), **more)  # type: ignore[arg-type]


def _api() -> None:
    op.create_table(
        "api_token",
        sa.Column("token", HASH, primary_key=True),
        sa.Column("login", WORD, nullable=False, index=True),
        sa.Column("label", WORD, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("until", TIME),
    )
    op.create_table(
        "api_reply",
        sa.Column("login", WORD, primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("digest", HASH, nullable=False),
        sa.Column("at", TIME, nullable=False, index=True),
        sa.Column("status", sa.Integer()),
        sa.Column("content", sa.Text()),
        _deal(index=True),
    )


def _crm() -> None:
    op.create_table(
        "crm_link",
        _deal(primary_key=True),
        sa.Column("crm", sa.String(40), primary_key=True),
        sa.Column("remote", sa.String(200), nullable=False),
    )
    op.create_index("ix_crm_link_remote", "crm_link", ["crm", "remote"], unique=True)
    op.create_table(
        "crm_write",
        _deal(primary_key=True),
        sa.Column("crm", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(40), primary_key=True),
        sa.Column("subject", sa.String(300), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", HASH, nullable=False),
        sa.Column("remote", sa.String(200)),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", WORD, nullable=False),
    )
