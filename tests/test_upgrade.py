"""A store of the first handoff is brought up to date when it is opened, and nothing in it is lost."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from databases import new_database, plain_settings
from desks import ANA, CEM, FILES, Clock, make_desk
from pydantic import SecretStr
from sqlalchemy import Connection, create_engine, text

from assistant import desk as verbs
from assistant.packet import Deal, Packet, Run
from assistant.settings import Settings
from assistant.store import Store, audit, open_store
from assistant.store.answers import KeptAnswers
from assistant.store.backup import read_backup, write_backup
from assistant.store.engine import FILE_NAME
from assistant.store.packets import packed
from assistant.store.schema import HEAD, MIGRATIONS, revision_of, upgrade

NOW, FIRST = "2026-05-18T09:00:00+00:00", "0001"
CALL = FILES["calls/first.vtt"]
KNOWN = Deal(account="Fernhill Foods")
ANSWER = {"text": "{}", "model": "m", "input_tokens": 7, "cached_tokens": 0, "output_tokens": 1, "cost": 0.5}


def old_rows() -> list[tuple[str, dict[str, Any]]]:
    """A deal with its file, its packet and a paid answer, in the columns of the first migration."""
    packet = Packet(deal=KNOWN, run=Run(reader="embedded", version="0", as_of=date(2026, 5, 18)))
    known = {k: v for k, v in KNOWN.model_dump(mode="json").items() if k in ("account", "vendor", "trigger")}
    digest = audit.digest_of(CALL)
    return [
        ("deal", {"number": 1, "known": json.dumps(known), "owner": "ana", "csm": "cem", "status": "draft",
                  "version": 1, "account": "Fernhill Foods", "vendor": "", "created_at": NOW,
                  "changed_at": NOW, "rejections": 0, "blockers": 0, "majors": 0, "minors": 0}),
        ("blob", {"sha256": digest, "size": len(CALL), "content": CALL}),
        ("source", {"deal": 1, "name": "calls/first.vtt", "sha256": digest, "added_by": "ana",
                    "added_at": NOW}),
        ("packet", {"deal": 1, "version": 1, "at": NOW, "by": "ana", "by_name": "Ana Ruiz",
                    "action": "draft", "what": "drafted", "content": packed(packet)}),
        ("answer", {"deal": "deal-1", "key": "k" * 64, "content": json.dumps(ANSWER)}),
    ]  # fmt: skip


def make_old(connection: Connection) -> None:
    """The tables as they were, filled by plain SQL: today's table definitions know more."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, FIRST)
    rows = old_rows()
    for table, row in rows:
        values = ", ".join(f":{name}" for name in row)
        names = ", ".join(f'"{name}"' for name in row)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval(pg_get_serial_sequence('deal', 'number'), 1)"))
    digest = audit.digest_of(dict(rows)["packet"]["content"])
    audit.append(connection, at=NOW, by="ana", action="draft", deal="deal-1", version=1, digest=digest)


@pytest.fixture(params=["sqlite", "postgres"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a store at the first migration, with data."""
    settings, url = plain_settings(tmp_path), f"sqlite:///{tmp_path / FILE_NAME}"
    if request.param == "postgres":
        address = new_database(request.getfixturevalue("postgres_server"))
        settings = settings.model_copy(update={"database_url": SecretStr(address)})
        url = address.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with engine.begin() as connection:
        make_old(connection)
    engine.dispose()
    return settings


def see_all(store: Store) -> None:
    """Everything that the old store had is there and can be worked with."""
    desk = make_desk(store, Clock())
    seen = verbs.get_packet(desk, CEM, "deal-1")
    assert (seen.version, seen.packet.deal.account) == (1, "Fernhill Foods")
    assert verbs.get_source_bytes(desk, ANA, "deal-1", "calls/first.vtt") == CALL
    assert KeptAnswers(store).holdings()[0].cost == 0.5
    assert audit.verify(store).problems == ()
    assert [line.deal.id for line in verbs.list_deals(desk, ANA)] == ["deal-1"]


def test_an_old_store_is_brought_up_to_date_and_goes_on(old: Settings) -> None:
    store = open_store(old)
    assert revision_of(store) == HEAD
    see_all(store)
    desk = make_desk(store, Clock())
    assert verbs.draft(desk, ANA, "deal-1").opened.version == 2
    assert verbs.create_deal(desk, ANA, KNOWN)[0].id == "deal-2"
    store.close()


def test_what_was_upgraded_can_be_backed_up_and_restored(old: Settings, tmp_path: Path) -> None:
    store = open_store(old)
    write_backup(store, tmp_path / "all.zip")
    restored = open_store(plain_settings(tmp_path / "other"))
    read_backup(restored, tmp_path / "all.zip")
    see_all(restored)
    store.close()


def test_every_migration_follows_the_one_before() -> None:
    numbers = sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    assert numbers[-1] == HEAD


def test_a_new_file_is_what_all_migrations_make_of_an_empty_one(tmp_path: Path) -> None:
    open_store(plain_settings(tmp_path)).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated'}")
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    files = (tmp_path / FILE_NAME, tmp_path / "migrated")
    new, migrated = (sorted(sqlite3.connect(file).iterdump()) for file in files)
    assert new == migrated, "run `make docs`"
