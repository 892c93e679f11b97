"""The first tables, and an audit log that only grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD, TIME, HASH = sa.String(80), sa.String(32), sa.String(64)


def upgrade() -> None:
    """Make everything."""
    _deals()
    _sources()
    _packets()
    _people()
    _audit()


def _deal() -> sa.Column[int]:
    return sa.Column("deal", KEY, sa.ForeignKey("deal.number", ondelete="CASCADE"), primary_key=True)


def _deals() -> None:
    op.create_table(
        "deal",
        sa.Column("number", KEY, primary_key=True, autoincrement=True),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("owner", WORD, nullable=False, index=True),
        sa.Column("csm", WORD, index=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("segment", sa.String(20)),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("submitted_at", TIME),
        sa.Column("returned_at", TIME),
        sa.Column("rejections", sa.Integer(), nullable=False),
        sa.Column("points", sa.Float()),
        sa.Column("knowable", sa.Float()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("blockers", "majors", "minors")),
        sqlite_autoincrement=True,
    )


def _sources() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", HASH, primary_key=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "source",
        _deal(),
        sa.Column("name", sa.String(500), primary_key=True),
        sa.Column("sha256", HASH, sa.ForeignKey("blob.sha256"), nullable=False, index=True),
        sa.Column("added_by", WORD, nullable=False),
        sa.Column("added_at", TIME, nullable=False),
    )
    op.create_table(
        "source_text",
        _deal(),
        sa.Column("name", sa.String(500), primary_key=True),
        sa.Column("sha256", HASH, primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def _packets() -> None:
    op.create_table(
        "packet",
        _deal(),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", WORD, nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "answer",
        sa.Column("deal", sa.String(200), primary_key=True),
        sa.Column("key", HASH, primary_key=True),
        sa.Column("content", sa.Text(), nullable=False),
    )
    op.create_index("ix_answer_key", "answer", ["key"])


def _people() -> None:
    op.create_table(
        "session",
        sa.Column("token", HASH, primary_key=True),
        sa.Column("login", WORD, nullable=False, index=True),
        sa.Column("until", TIME, nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", KEY, primary_key=True, autoincrement=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("by", WORD, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("deal", sa.String(40)),
        sa.Column("version", sa.Integer()),
        sa.Column("digest", HASH),
        sa.Column("previous", HASH, nullable=False),
        sa.Column("hash", HASH, nullable=False),
    )
    refuse = _refuse_in_sqlite if op.get_bind().dialect.name == "sqlite" else _refuse_in_postgres
    refuse("audit", "the audit log only grows")
    refuse("packet", "a version of a packet never changes", ("UPDATE",))


def _refuse_in_sqlite(table: str, why: str, words: tuple[str, ...] = ("UPDATE", "DELETE")) -> None:
    for word in words:
        op.execute(
            f"CREATE TRIGGER {table}_no_{word.lower()} BEFORE {word} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
        )


def _refuse_in_postgres(
    table: str, why: str, words: tuple[str, ...] = ("UPDATE", "DELETE", "TRUNCATE")
) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for word in words:
        op.execute(
            f"CREATE TRIGGER {table}_no_{word.lower()} BEFORE {word} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )
