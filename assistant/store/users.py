"""Who may sign in: one file of people with argon2 hashes of their passwords, written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import ValidationError

from assistant.errors import HandoffError
from assistant.protocol.rights import ROLES, User
from assistant.settings import Settings

FILE_NAME = "users.json"
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1024
HASHER = PasswordHasher()  # argon2id with the library's costs: some 50 ms and 64 MiB a try
NOBODY = HASHER.hash("nobody has this password, but it takes as long to refuse")


@dataclass(frozen=True)
class UsersFile:
    """The file of people. It is read anew each time: a person who is removed is out at once."""

    path: Path
    hasher: PasswordHasher = HASHER

    def all(self) -> list[User]:
        """Everybody, by login."""
        return [_user(login, entry) for login, entry in sorted(self._read().items())]

    def find(self, login: str) -> User | None:
        """The person of that login, or None."""
        entry = self._read().get(login)
        return _user(login, entry) if entry else None

    def check(self, login: str, password: str) -> User | None:
        """The person, when the password is theirs. It takes as long when nobody has the login."""
        entry = self._read().get(login)
        known = entry.get("hash", NOBODY) if entry else NOBODY
        try:
            self.hasher.verify(known, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return None
        return _user(login, entry) if entry else None

    def add(self, user: User, password: str | None) -> None:
        """Add the person, or change name, role and password. Without a password only SSO lets them in."""
        if not user.login or user.login != user.login.strip() or len(user.login) > 80:
            raise HandoffError("The login must be 1 to 80 characters, without blanks around it.")
        if user.role not in ROLES:
            raise HandoffError(f"There is no role '{user.role}'. Roles are: {', '.join(ROLES)}.")
        if password is not None and not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise HandoffError(f"A password has {SHORTEST_PASSWORD} characters at least. Choose another.")
        people = self._read()
        entry = user.model_dump(exclude={"login"})
        people[user.login] = {**entry, **({"hash": self.hasher.hash(password)} if password else {})}
        self._write(people)

    def remove(self, login: str) -> None:
        """Take the person out."""
        people = self._read()
        if people.pop(login, None) is None:
            raise HandoffError(f"There is nobody with the login '{login}'. `handoff user list` shows who is.")
        self._write(people)

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise HandoffError(
                f"Cannot read {self.path}: {error.strerror}. Give it to the server's user."
            ) from None
        try:
            people = json.loads(text)
            return {str(login): dict(entry) for login, entry in people.items()}
        except (ValueError, TypeError, AttributeError):
            raise HandoffError(
                f"{self.path} is no file of users. Put back a copy, or remove it and add them again."
            ) from None

    def _write(self, people: dict[str, dict[str, Any]]) -> None:
        text = json.dumps(people, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".users-")  # readable to us only
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except OSError as error:
            raise HandoffError(f"Cannot write {self.path}: {error.strerror}. Nothing was changed.") from None


def users_of(settings: Settings) -> UsersFile:
    """The file of those who may sign in."""
    return UsersFile(settings.users_file or settings.data_dir.expanduser() / FILE_NAME)


def _user(login: str, entry: dict[str, Any]) -> User:
    try:
        return User(login=login, name=entry["name"], role=entry["role"], email=entry.get("email"))
    except (KeyError, ValidationError):
        raise HandoffError(
            f"'{login}' in the file of users has no name or no known role: `handoff user add` them again."
        ) from None
