"""In front of the API: who sends the token, how much they send, how often. Without one no body is read."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from math import ceil
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import problem
from assistant.errors import HandoffError
from assistant.protocol.rights import User
from assistant.server.throttle import Throttle
from assistant.server.who import Gate
from assistant.store.tokens import login_of_token

OPEN = "/openapi.json"
"""The description of the API: the same for every desk, and nothing of a deal in it."""
MOST_JSON = 2_000_000
"""Bytes of a body that is no file."""
MINUTE = timedelta(minutes=1)
MOST_CALLERS = 10_000

scheme = HTTPBearer(
    auto_error=False, bearerFormat="handoff_...",
    description="A token of a person: `handoff user token LOGIN`. It has that person's rights.",
)  # fmt: skip


def caller(request: Request, _token: Annotated[object, Depends(scheme)]) -> User:
    """The person in whose name the program acts; `Door` has let them in."""
    user = request.state.user
    assert isinstance(user, User)
    return user


Caller = Annotated[User, Depends(caller)]


class Rate:
    """How many requests a person's programs sent in this minute; in memory, times are handed in."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def wait(self, login: str, now: datetime) -> timedelta:
        """Count a request; how long it has to wait. Zero: go ahead."""
        with self._lock:
            began, count = self._counts.pop(login, (now, 0))
            if now - began >= MINUTE:
                began, count = now, 0
            self._counts[login] = (began, count + 1)
            while len(self._counts) > MOST_CALLERS:
                self._counts.popitem(last=False)
        return began + MINUTE - now if count >= self._most else timedelta(0)


class Door:
    """ASGI middleware around the API: sets `request.state.user`, or answers with a problem."""

    def __init__(self, app: ASGIApp, gate: Gate, most_a_minute: int) -> None:
        self._app, self._gate = app, gate
        self._rate, self._throttle = Rate(most_a_minute), Throttle()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        refusal = None
        if scope["type"] == "http" and _path(scope) != OPEN:
            request = HTTPConnection(scope)
            refusal = await run_in_threadpool(self._stranger, request) or _too_large(request)
        await (refusal or self._app)(scope, receive, send)

    def _stranger(self, request: HTTPConnection) -> Response | None:
        now, address = self._gate.desk.now(), self._gate.address_of(request)
        try:
            user = self._user(request)
        except HandoffError as error:
            return problem("unavailable", str(error))
        if user is not None:
            request.state.user = user
            return _slow_down(self._rate.wait(user.login, now))
        if "authorization" in request.headers:
            if wait := self._throttle.wait(f"token {address}", address, now):
                return _slow_down(wait)
            self._throttle.failed(f"token {address}", address, now)
        detail = "Send `Authorization: Bearer TOKEN` with a token that counts: `handoff user token LOGIN`."
        return problem("not-signed-in", detail, {"www-authenticate": "Bearer"})

    def _user(self, request: HTTPConnection) -> User | None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            return None
        login = login_of_token(self._gate.desk.store, token.strip(), self._gate.desk.stamp())
        return self._gate.people.find(login) if login else None


def _slow_down(wait: timedelta) -> Response | None:
    if not wait:
        return None
    seconds = ceil(wait.total_seconds())
    return problem("too-many", f"Wait {seconds} seconds, then go on.", {"retry-after": str(seconds)})


def _too_large(request: HTTPConnection) -> Response | None:
    """Files are sent by PUT to their address, and the guard has seen to those."""
    length = request.headers.get("content-length", "0")
    if request.scope["method"] == "PUT" and "/sources/" in _path(request.scope):
        return None
    if length.isdigit() and int(length) <= MOST_JSON:
        return None
    return problem("too-large", f"A body that is no file has at most {MOST_JSON // 1_000_000} MB.")


def _path(scope: Scope) -> str:
    """The path below the mount."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root) if root else path
