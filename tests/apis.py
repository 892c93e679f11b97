"""The API on a real port, with a token for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from databases import ready_settings
from desks import CHEAP, PEOPLE, Clock, make_desk
from fastapi import FastAPI
from serving import served

from assistant.desk import Desk
from assistant.protocol.rights import User
from assistant.server import make_server
from assistant.settings import Settings
from assistant.store import open_store
from assistant.store.tokens import make_token
from assistant.store.users import UsersFile

EVE = User(login="eve", name="Eve", role="ae")
"""An AE whose deals are others."""


class Api(NamedTuple):
    """The address of the server, the desk behind it, and everybody's token by login."""

    address: str
    desk: Desk
    tokens: dict[str, str]

    def program(self, login: str | None, **headers: str) -> httpx.Client:
        """A program of that person, or one without a token."""
        if login is not None:
            headers["authorization"] = f"Bearer {self.tokens[login]}"
        return httpx.Client(base_url=f"{self.address}/api/v1", headers=headers, timeout=30, verify=False)


def no_screens(api: FastAPI, *given: Any, **more: Any) -> FastAPI:
    """In place of the screens: nothing."""
    return api


@contextmanager
def running(
    folder: Path, settings: Settings | None = None, clock: Clock | None = None, reader: str | None = None
) -> Iterator[Api]:
    """The server with an empty store; a reader that answers at once, unless one is named."""
    settings = settings or ready_settings(folder)
    desk = make_desk(open_store(settings), clock)
    desk = replace(desk, reader=reader or desk.reader)
    people = UsersFile(folder / "users.json", CHEAP)
    tokens = {}
    for user in [*PEOPLE.values(), EVE]:
        people.add(user, None)
        tokens[user.login] = make_token(desk.store, user.login, "test", desk.stamp())
    with served(make_server(settings, desk, people, mount=no_screens)) as address:
        yield Api(address, desk, tokens)
    desk.store.close()
