"""Deals that wait for a worker, a pace that all workers share, and what was counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIME, HASH = sa.String(32), sa.String(64)


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "queued_deal",
        sa.Column("key", HASH, primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("how", sa.JSON(), nullable=False),
        sa.Column("files", sa.LargeBinary()),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("row", sa.JSON()),
        sa.Column("result", sa.LargeBinary()),
        sa.Column("queued_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, index=True),
    )
    op.create_table(
        "pace",
        sa.Column("endpoint", sa.String(300), primary_key=True),
        sa.Column("closed_until", sa.Float(), nullable=False),
        sa.Column("sent", sa.JSON(), nullable=False),
    )
    op.create_table(
        "meter",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("value", sa.Float(), nullable=False),
    )
