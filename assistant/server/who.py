"""Who is asking: a session cookie, or the header of a trusted proxy. Nobody else."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from starlette.requests import HTTPConnection

from assistant.desk import Desk
from assistant.protocol.rights import User
from assistant.settings import Settings
from assistant.store import sessions

COOKIE = "handoff_session"
USER_HEADER, SECRET_HEADER, ADDRESS_HEADER = "x-forwarded-user", "x-handoff-proxy-secret", "x-forwarded-for"


class People(Protocol):
    """Whoever may sign in."""

    def find(self, login: str) -> User | None: ...

    def check(self, login: str, password: str) -> User | None: ...

    def all(self) -> list[User]: ...


@dataclass(frozen=True)
class Gate:
    """Knows people by what their requests bring."""

    desk: Desk
    people: People
    settings: Settings

    def user_of(self, request: HTTPConnection) -> User | None:
        """Who sent the request, or None."""
        if self._by_proxy(request) and (login := request.headers.get(USER_HEADER)):
            return self.people.find(login)
        token = request.cookies.get(COOKIE)
        login = sessions.login_of(self.desk.store, token, self.desk.stamp()) if token else None
        return self.people.find(login) if login else None

    def address_of(self, request: HTTPConnection) -> str:
        """Where it comes from; the proxy's word counts only with the secret."""
        if self._by_proxy(request) and (told := request.headers.get(ADDRESS_HEADER)):
            return told.split(",")[0].strip()
        return request.client.host if request.client else ""

    def let_in(self, user: User) -> str:
        """A new session; its token, which only the browser keeps."""
        token = secrets.token_urlsafe(32)
        until = self.desk.now() + timedelta(hours=self.settings.session_hours)
        stamp = until.astimezone(self.desk.now().tzinfo).isoformat(timespec="seconds")
        sessions.begin(self.desk.store, token, user.login, self.desk.stamp(), stamp)
        return token

    def let_out(self, request: HTTPConnection) -> None:
        """End the request's session."""
        if token := request.cookies.get(COOKIE):
            sessions.end(self.desk.store, token)

    def _by_proxy(self, request: HTTPConnection) -> bool:
        secret = self.settings.proxy_secret
        given = request.headers.get(SECRET_HEADER)
        if secret is None or not given:
            return False
        return hmac.compare_digest(given.encode(), secret.get_secret_value().encode())
