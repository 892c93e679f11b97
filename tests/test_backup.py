"""Backup and restore: every row comes back, into either database, and nothing is overwritten."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from databases import ready_settings, settings_for
from desks import ANA, drafted, make_desk

from assistant import desk as verbs
from assistant.errors import HandoffError
from assistant.store import Store, audit, open_store
from assistant.store.backup import read_backup, write_backup


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_restored_store_has_every_version_file_and_line(
    store: Store, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    verbs.edit_value(desk, ANA, seen.deal.id, seen.version, path="scope.training", text="two sites")
    file = tmp_path / "copy.zip"
    written = write_backup(store, file)
    other = open_store(settings_for(kind, tmp_path / "other", request))
    assert read_backup(other, file) == written
    restored = make_desk(other)
    for version in (1, 2):
        was = verbs.get_packet(desk, ANA, seen.deal.id, version)
        assert verbs.get_packet(restored, ANA, seen.deal.id, version) == was
    assert verbs.get_source_bytes(restored, ANA, seen.deal.id, "calls/first.vtt").startswith(b"WEBVTT")
    assert audit.verify(other) == audit.verify(store)
    assert drafted(restored).deal.id == "deal-2"
    other.close()


def test_a_restore_into_a_store_in_use_is_refused(tmp_path: Path) -> None:
    store = open_store(ready_settings(tmp_path))
    drafted(make_desk(store))
    write_backup(store, tmp_path / "copy.zip")
    with pytest.raises(HandoffError, match="not empty"):
        read_backup(store, tmp_path / "copy.zip")


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    store = open_store(ready_settings(tmp_path))
    (tmp_path / "copy.zip").write_text("mine")
    with pytest.raises(HandoffError, match="overwrites nothing"):
        write_backup(store, tmp_path / "copy.zip")
    assert (tmp_path / "copy.zip").read_text() == "mine"


def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    store = open_store(ready_settings(tmp_path / "a"))
    drafted(make_desk(store))
    write_backup(store, tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as whole, zipfile.ZipFile(tmp_path / "cut.zip", "w") as cut:
        for name in whole.namelist():
            if name != "packet.jsonl":
                cut.writestr(name, whole.read(name))
    other = open_store(ready_settings(tmp_path / "b"))
    with pytest.raises(HandoffError, match="Nothing was changed"):
        read_backup(other, tmp_path / "cut.zip")
    assert verbs.list_deals(make_desk(other), ANA) == []


def test_sessions_are_not_in_a_backup(tmp_path: Path) -> None:
    store = open_store(ready_settings(tmp_path))
    write_backup(store, tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as bundle:
        assert "session.jsonl" not in bundle.namelist()
