"""The audit log: what was tampered with is found, by line."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from databases import ready_settings
from desks import ANA, drafted, make_desk
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assistant import desk as verbs
from assistant.store import Store, audit, open_store
from assistant.store.engine import FILE_NAME


@pytest.fixture
def tampered(tmp_path: Path) -> tuple[Store, sqlite3.Connection]:
    """A store with a history, and somebody who can write into its file and has dropped the triggers."""
    store = open_store(ready_settings(tmp_path))
    desk = make_desk(store)
    seen = drafted(desk)
    verbs.edit_value(desk, ANA, seen.deal.id, seen.version, path="scope.training", text="two sites")
    direct = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    for trigger in ("audit_no_update", "audit_no_delete", "packet_no_update"):
        direct.execute(f"DROP TRIGGER {trigger}")
    return store, direct


def test_an_untouched_log_holds(store: Store) -> None:
    desk = make_desk(store)
    drafted(desk)
    found = audit.verify(store)
    assert found.problems == () and found.lines == 4


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE audit SET by = 'somebody' WHERE number = 2", "line 2 was changed"),
        ("DELETE FROM audit WHERE number = 2", "line 2 is missing"),
        ("UPDATE audit SET hash = '0' WHERE number = 3", "line 4 does not follow"),
        ("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)", "version 2: the packet"),
        ("UPDATE packet SET content = x'00' WHERE version = 1", "version 1: the packet"),
    ],
)
def test_whatever_is_changed_behind_its_back_is_found(
    tampered: tuple[Store, sqlite3.Connection], change: str, told: str
) -> None:
    store, direct = tampered
    direct.execute(change)
    assert any(told in problem for problem in audit.verify(store).problems)


def test_a_version_of_a_packet_cannot_be_changed(store: Store) -> None:
    drafted(make_desk(store))
    with pytest.raises(DBAPIError, match="never changes"), store.write() as connection:
        connection.execute(text("UPDATE packet SET what = 'other'"))


def test_the_log_tells_no_content(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    verbs.edit_value(desk, ANA, seen.deal.id, seen.version, path="scope.training", text="two secret sites")
    assert not any(word in str(audit.lines(store)) for word in ("secret", "Fernhill", "first.vtt"))
