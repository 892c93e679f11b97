"""`handoff user`, `audit`, `backup`, `restore` and `serve` as a person at a shell meets them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from databases import plain_settings
from desks import drafted, make_desk

from assistant.store import open_store

PASSWORD = "correct horse battery\n"


def handoff(folder: Path, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HANDOFF_")}
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *words], input=told, capture_output=True, text=True,
        check=False, env={**kept, "HANDOFF_DATA_DIR": str(folder)}, timeout=120,
    )  # fmt: skip


def test_people_are_added_listed_and_removed(tmp_path: Path) -> None:
    added = handoff(tmp_path, "user", "add", "ana", "--name", "Ana Ruiz", "--role", "ae", told=PASSWORD)
    assert (added.returncode, added.stdout) == (0, "ana may sign in as ae.\n")
    assert "Ana Ruiz" in handoff(tmp_path, "user", "list").stdout
    assert handoff(tmp_path, "user", "remove", "ana").returncode == 0
    gone = handoff(tmp_path, "user", "remove", "ana")
    assert gone.returncode == 2 and "handoff user list" in gone.stderr


@pytest.mark.parametrize(
    ("role", "told", "why"), [("king", PASSWORD, "no role"), ("ae", "short\n", "characters")]
)
def test_a_wrong_role_or_a_short_password_is_told_in_one_line(
    tmp_path: Path, role: str, told: str, why: str
) -> None:
    done = handoff(tmp_path, "user", "add", "ana", "--name", "Ana", "--role", role, told=told)
    assert done.returncode == 2 and why in done.stderr and done.stderr.count("\n") == 1


def test_the_audit_log_is_verified_and_a_store_carried_to_another_place(tmp_path: Path) -> None:
    drafted(make_desk(open_store(plain_settings(tmp_path / "a"))))
    verified = handoff(tmp_path / "a", "audit", "verify")
    assert verified.returncode == 0 and "last hash" in verified.stdout
    assert handoff(tmp_path / "a", "backup", str(tmp_path / "copy.zip")).returncode == 0
    assert handoff(tmp_path / "b", "restore", str(tmp_path / "copy.zip")).returncode == 0
    assert handoff(tmp_path / "b", "audit", "verify").stdout == verified.stdout


def test_a_desk_that_nobody_may_enter_says_how_to_add_somebody(tmp_path: Path) -> None:
    done = handoff(tmp_path, "serve", "--port", "0")
    assert done.returncode == 2 and "handoff user add" in done.stderr


def test_the_demo_is_not_served_to_others(tmp_path: Path) -> None:
    done = handoff(
        tmp_path, "serve", "--demo", "--host", "0.0.0.0", "--port", "0", "--examples", str(tmp_path / "none")
    )
    assert done.returncode == 2 and "this machine only" in done.stderr
