"""The file of people: hashes only, written whole, read anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from desks import CHEAP

from assistant.errors import HandoffError
from assistant.protocol.rights import User
from assistant.store.users import UsersFile

ANA = User(login="ana", name="Ana Ruiz", role="ae")
PASSWORD = "correct horse battery"


@pytest.fixture
def people(tmp_path: Path) -> UsersFile:
    return UsersFile(tmp_path / "users.json", CHEAP)


def test_a_person_is_known_by_their_password_only(people: UsersFile) -> None:
    people.add(ANA, PASSWORD)
    assert people.check("ana", PASSWORD) == ANA
    assert people.check("ana", PASSWORD + "!") is None
    assert people.check("ben", PASSWORD) is None


def test_no_password_stands_in_the_file_and_only_its_owner_reads_it(people: UsersFile) -> None:
    people.add(ANA, PASSWORD)
    assert PASSWORD not in people.path.read_text() and "argon2id" in people.path.read_text()
    assert people.path.stat().st_mode & 0o077 == 0


def test_a_person_without_a_password_signs_in_by_the_proxy_only(people: UsersFile) -> None:
    people.add(ANA, None)
    assert people.find("ana") == ANA
    assert people.check("ana", "") is None and people.check("ana", "nobody has this password") is None


def test_who_is_removed_is_out_at_once(people: UsersFile) -> None:
    people.add(ANA, PASSWORD)
    other = UsersFile(people.path)
    people.remove("ana")
    assert other.check("ana", PASSWORD) is None and other.all() == []


@pytest.mark.parametrize("password", ["short", "x" * 2000])
def test_a_password_of_the_wrong_length_is_refused(people: UsersFile, password: str) -> None:
    with pytest.raises(HandoffError, match="characters"):
        people.add(ANA, password)
    assert people.all() == []


@pytest.mark.parametrize("text", ["", "[]", "{", '{"ana": 3}', '{"ana": {"name": "Ana", "role": "king"}}'])
def test_a_damaged_file_is_told_in_one_line_and_lets_nobody_in(people: UsersFile, text: str) -> None:
    people.path.write_text(text)
    with pytest.raises(HandoffError):
        people.find("ana")


def test_nobody_is_removed_who_is_not_there(people: UsersFile) -> None:
    with pytest.raises(HandoffError, match="handoff user list"):
        people.remove("ben")
