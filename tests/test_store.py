"""The store: made and updated by migrations, refused changes, and what happens when the database cannot."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from databases import plain_settings
from pydantic import SecretStr
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from assistant.packet import Deal
from assistant.store import (
    Store,
    StoreBusy,
    StoreError,
    StoreFull,
    glances,
    message_tables,
    open_store,
    queue_tables,
    recording_table,
)
from assistant.store import audit as log
from assistant.store.deals import add_deal, delete_deal, find_deal, find_deals
from assistant.store.engine import FILE_NAME
from assistant.store.sources import add_file, file_bytes, find_files
from assistant.store.tables import metadata

for module in (queue_tables, message_tables, recording_table, glances):
    assert module.metadata is metadata  # imported, so that all tables are known
NOW = "2026-05-18T09:00:00+00:00"


def test_the_migrations_make_what_the_tables_say(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    assert [entry for entry in found if "alembic_version" not in str(entry)] == []


def test_a_store_that_is_opened_again_keeps_what_it_has(tmp_path: Path) -> None:
    first = open_store(plain_settings(tmp_path))
    with first.write() as connection:
        add_deal(connection, Deal(account="Fernhill"), "ana", None, NOW)
    first.close()
    with open_store(plain_settings(tmp_path)).read() as connection:
        assert [row.account for row in find_deals(connection)] == ["Fernhill"]


def test_two_that_open_a_new_store_at_once_make_it_once(tmp_path: Path) -> None:
    opened: list[Store] = []
    threads = [
        threading.Thread(target=lambda: opened.append(open_store(plain_settings(tmp_path)))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4


def test_a_store_of_a_newer_handoff_is_left_alone(tmp_path: Path) -> None:
    store = open_store(plain_settings(tmp_path))
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer handoff"):
        open_store(plain_settings(tmp_path))


def test_only_the_owner_of_the_folder_can_read_the_store(tmp_path: Path) -> None:
    open_store(plain_settings(tmp_path / "own"))
    assert (tmp_path / "own" / FILE_NAME).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("change", ["UPDATE audit SET action = 'other'", "DELETE FROM audit"])
def test_the_audit_log_refuses_changes(store: Store, change: str) -> None:
    with store.write() as connection:
        log.append(connection, at=NOW, by="ana", action="sign_in")
    with pytest.raises(DBAPIError, match="only grows"), store.write() as connection:
        connection.execute(text(change))
    assert [line.action for line in log.lines(store)] == ["sign_in"]


def test_a_write_that_breaks_off_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as connection:
        add_deal(connection, Deal(account="Fernhill"), "ana", None, NOW)
        raise RuntimeError("broken off")
    with store.read() as connection:
        assert find_deals(connection) == []


def test_the_number_of_a_deleted_deal_is_never_given_again(store: Store) -> None:
    with store.write() as connection:
        first = add_deal(connection, Deal(), "ana", None, NOW)
        delete_deal(connection, first)
        assert add_deal(connection, Deal(), "ana", None, NOW) != first


def test_bytes_that_two_deals_have_are_kept_once_and_go_with_the_last(store: Store) -> None:
    with store.write() as connection:
        first, second = (add_deal(connection, Deal(), "ana", None, NOW) for _ in range(2))
        for deal in (first, second):
            add_file(connection, deal, "call.vtt", b"WEBVTT", "ana", NOW)
        delete_deal(connection, first)
        assert file_bytes(connection, second, "call.vtt") == b"WEBVTT"
        delete_deal(connection, second)
        assert connection.execute(text("SELECT count(*) FROM blob")).scalar() == 0


def test_a_file_of_the_same_name_takes_the_old_ones_place(store: Store) -> None:
    with store.write() as connection:
        deal = add_deal(connection, Deal(), "ana", None, NOW)
        for content in (b"one", b"two"):
            add_file(connection, deal, "notes.txt", content, "ana", NOW)
        assert [file.size for file in find_files(connection, deal)] == [3]
        assert file_bytes(connection, deal, "notes.txt") == b"two"


def test_a_locked_database_is_told_in_one_line_and_nothing_is_lost(tmp_path: Path) -> None:
    store = open_store(plain_settings(tmp_path))
    event.listen(store.engine, "connect", lambda c, _: c.execute("PRAGMA busy_timeout=50"))
    store.engine.dispose()
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy, match="try again"), store.write():
        pass
    other.execute("ROLLBACK")
    with store.write() as connection:
        add_deal(connection, Deal(), "ana", None, NOW)


def test_a_full_disk_is_told_in_one_line_and_nothing_is_half_written(tmp_path: Path) -> None:
    store = open_store(plain_settings(tmp_path))
    event.listen(store.engine, "connect", lambda c, _: c.execute("PRAGMA max_page_count=60"))
    store.engine.dispose()
    with store.write() as connection:
        deal = add_deal(connection, Deal(), "ana", None, NOW)
    with pytest.raises(StoreFull, match="Make room"), store.write() as connection:
        add_file(connection, deal, "long.txt", b"x" * 1_000_000, "ana", NOW)
    with store.read() as connection:
        assert find_files(connection, deal) == []
        assert find_deal(connection, deal).owner == "ana"


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="HANDOFF_DATA_DIR"):
        open_store(plain_settings(tmp_path / "file" / "inside"))


@pytest.mark.parametrize("url", ["mysql://a@b/c", "nonsense", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_database_that_cannot_be_used_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    secret = url.replace("nobody@", "nobody:hush-hush@")
    settings = plain_settings(tmp_path).model_copy(update={"database_url": SecretStr(secret)})
    with pytest.raises(StoreError) as told:
        open_store(settings)
    assert "hush-hush" not in str(told.value) and "\n" not in str(told.value)
