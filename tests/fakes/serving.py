"""A CRM's answers over real HTTP: what was asked is kept, and trouble can be ordered."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    query: dict[str, list[str]]
    body: Any
    authorization: str


class Order(NamedTuple):
    """Trouble for the next requests whose method and path begin so: "before" or "after" the thing is done."""

    method: str
    path: str
    status: int
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed
    after: bool = False
    """Done all the same, and only the answer is lost."""


class Answer(NamedTuple):
    status: int
    body: Any = None
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed


class FakeCrm:
    """Keeps what was asked; children answer."""

    token = "good"

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.orders: deque[Order] = deque()
        self.address = ""

    def answer(self, asked: Asked) -> Answer:
        """What the CRM says."""
        raise NotImplementedError

    def refusal(self, status: int) -> Any:
        """The body of an error."""
        return {"message": "no"}

    def refuse(self, status: int, headers: dict[str, str]) -> Answer:
        """The answer that means trouble of that status."""
        return Answer(status, self.refusal(status), headers)

    def writes(self) -> list[Asked]:
        """All that would have changed something, queries by POST left out."""
        return [one for one in self.asked if one.method != "GET" and not one.path.endswith("/batch/read")]

    def reply(self, asked: Asked) -> Answer:
        """With the trouble that was ordered."""
        self.asked.append(asked)
        if asked.authorization != f"Bearer {self.token}" and "oauth2" not in asked.path:
            return self.refuse(401, {})
        order = self.orders[0] if self.orders else None
        if order is None or order.method != asked.method or not asked.path.startswith(order.path):
            return self.answer(asked)
        self.orders.popleft()
        if order.after:
            self.answer(asked)
        return self.refuse(order.status, order.headers)


@contextmanager
def serve(crm: FakeCrm) -> Iterator[FakeCrm]:
    """The CRM at `crm.address`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            parts = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("content-length", 0)))
            kind = self.headers.get("content-type", "")
            body = json.loads(raw) if raw and "json" in kind else raw.decode()
            asked = Asked(
                self.command, parts.path, parse_qs(parts.query), body, self.headers.get("authorization", "")
            )
            answer = crm.reply(asked)
            content = b"" if answer.body is None else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {**answer.headers, "content-type": "application/json"}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_one  # noqa: N815 - http.server's names

        def log_message(self, *said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    crm.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield crm
    finally:
        server.shutdown()
        server.server_close()
