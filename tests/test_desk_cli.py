"""`handoff user`, `audit`, `backup`, `restore` and `serve` as a person at a shell meets them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest
from databases import plain_settings, ready_settings
from desks import drafted, make_desk
from shells import DESK, shell

from assistant.store import open_store

PASSWORD = "correct horse battery\n"


class Done(NamedTuple):
    code: int
    said: str
    failed: str


def handoff(folder: Path, *commands: str, told: str = "") -> list[Done]:
    """What each of the commands did, one after the other; all are told the same."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HANDOFF_")}
    env = {**kept, "HANDOFF_DATA_DIR": str(folder)}
    done = [shell(*DESK).run(*words.split(), env=env, told=told) for words in commands]
    return [Done(one.returncode, one.stdout, one.stderr) for one in done]


def test_people_are_added_listed_and_removed(tmp_path: Path) -> None:
    added, listed, removed, gone = handoff(
        tmp_path, "user add ana --name Ana_Ruiz --role ae", "user list", "user remove ana", "user remove ana",
        told=PASSWORD,
    )  # fmt: skip
    assert (added.code, added.said) == (0, "ana may sign in as ae.\n")
    assert "Ana_Ruiz" in listed.said and removed.code == 0
    assert gone.code == 2 and "handoff user list" in gone.failed


@pytest.mark.parametrize(
    ("role", "told", "why"), [("king", PASSWORD, "no role"), ("ae", "short\n", "characters")]
)
def test_a_wrong_role_or_a_short_password_is_told_in_one_line(
    tmp_path: Path, role: str, told: str, why: str
) -> None:
    (done,) = handoff(tmp_path, f"user add ana --name Ana --role {role}", told=told)
    assert done.code == 2 and why in done.failed and done.failed.count("\n") == 1


def test_the_audit_log_is_verified_and_a_store_carried_to_another_place(tmp_path: Path) -> None:
    drafted(make_desk(open_store(ready_settings(tmp_path / "a"))))
    verified, backed_up = handoff(tmp_path / "a", "audit verify", f"backup {tmp_path / 'copy.zip'}")
    assert verified.code == 0 and "last hash" in verified.said and backed_up.code == 0
    restored, again = handoff(tmp_path / "b", f"restore {tmp_path / 'copy.zip'}", "audit verify")
    assert restored.code == 0 and again.said == verified.said


def test_a_desk_that_nobody_may_enter_says_how_to_add_somebody(tmp_path: Path) -> None:
    empty, others = handoff(
        tmp_path, "serve --port 0", f"serve --demo --host 0.0.0.0 --port 0 --examples {tmp_path / 'none'}"
    )
    assert empty.code == 2 and "handoff user add" in empty.failed
    assert others.code == 2 and "this machine only" in others.failed


def test_the_store_that_was_asked_for_is_the_one_that_is_made(tmp_path: Path) -> None:
    handoff(tmp_path / "here", "audit verify")
    assert (plain_settings(tmp_path / "here").data_dir / "handoff.sqlite3").is_file()
