"""Recordings: how far their hearing is, and what was heard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table."""
    op.create_table(
        "recording",
        sa.Column("deal", KEY, sa.ForeignKey("deal.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", sa.String(500), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False, index=True),
        sa.Column("done", sa.Float(), nullable=False),
        sa.Column("total", sa.Float(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("people", sa.Integer()),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("sound", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
    )
