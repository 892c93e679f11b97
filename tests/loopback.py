"""A server on this machine that speaks the OpenAI protocol, for tests: it answers what a script says.

It can also be slow, ask for patience, cut, garble or fence its answers, hang up, and refuse what it does
not take. It tells how much of a request it had seen as the beginning of an earlier one, as providers
with a prompt cache do: the schema first, then the messages; only requests that had been answered before
this one came; blocks of 128 tokens from 1,024 on. It says nothing about quality: its answers are made up
by whoever writes the test.
"""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CHARS_PER_TOKEN = 4
BLOCK, LEAST_CACHED = 128, 1024


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    body: dict[str, Any]
    headers: dict[str, str]
    number: int
    """0 for the first that came to this server."""

    @property
    def system(self) -> str:
        return "\n".join(m["content"] for m in self.body["messages"] if m["role"] == "system")

    @property
    def text(self) -> str:
        """All that the user's side says: sources and question."""
        return "\n".join(m["content"] for m in self.body["messages"] if m["role"] == "user")

    @property
    def structured(self) -> str:
        """json_schema, json_object or prompt."""
        return str(self.body.get("response_format", {}).get("type", "prompt"))

    @property
    def schema_name(self) -> str | None:
        schema = self.body.get("response_format", {}).get("json_schema") or {}
        return schema.get("name")

    @property
    def rendered(self) -> str:
        """The request as a model reads it, beginning with what is most alike between requests."""
        schema = self.body.get("response_format", {}).get("json_schema")
        said = [f"<{m['role']}>{m['content']}" for m in self.body["messages"]]
        return "".join([json.dumps(schema, sort_keys=True) if schema else "", *said])


@dataclass(frozen=True)
class Says:
    """An answer. A dict becomes JSON; `finish` may be "length" or "content_filter"."""

    content: str | dict[str, Any]
    finish: str = "stop"
    after: float = 0.0
    """Seconds before it is sent, besides the server's own."""

    @property
    def text(self) -> str:
        return self.content if isinstance(self.content, str) else json.dumps(self.content)


@dataclass(frozen=True)
class Fails:
    """An error of the protocol."""

    status: int
    message: str = "failed"
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HangsUp:
    """The connection ends, before a byte or in the middle of the answer."""

    midway: bool = False


@dataclass(frozen=True)
class Garbage:
    """Status 200 and something that is no completion."""

    body: str = "<html>gateway</html>"


Answer = Says | Fails | HangsUp | Garbage | dict[str, Any] | str
Script = Callable[[Request], Answer]


@dataclass(frozen=True)
class Served:
    """One request that was answered, and what it would have cost."""

    request: Request
    status: int
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    begun: float = 0.0
    ended: float = 0.0


class Loopback:
    """The running server. `served` grows in the order in which answers were sent."""

    def __init__(self, script: Script, seconds: float = 0.0, port: int = 0) -> None:
        self.script, self.seconds = script, seconds
        self.served: list[Served] = []
        self._seen: list[str] = []
        self._count = 0
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"loopback": self})
        self._server = _Server(("127.0.0.1", port), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def start(self) -> Loopback:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def requests(self) -> list[Request]:
        """What was asked, in the order in which it came."""
        return sorted((one.request for one in self.served), key=lambda request: request.number)

    @property
    def answered(self) -> list[Served]:
        return [one for one in self.served if one.status == 200]

    def at_once(self) -> list[int]:
        """How many requests were under way at some time of each one, itself counted."""
        return [sum(o.begun < s.ended and s.begun < o.ended for o in self.served) for s in self.served]

    def number(self) -> int:
        with self._lock:
            self._count += 1
            return self._count - 1

    def cached(self, rendered: str) -> int:
        """Tokens of the request that an earlier, answered one began with."""
        with self._lock:
            seen = list(self._seen)
        longest = max((common_length(rendered, one) for one in seen), default=0)
        tokens = longest // CHARS_PER_TOKEN
        return tokens // BLOCK * BLOCK if tokens >= LEAST_CACHED else 0

    def note(self, served: Served) -> None:
        with self._lock:
            self.served.append(served)
            if served.status == 200:
                self._seen.append(served.request.rendered)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    loopback: Loopback

    def do_POST(self) -> None:
        begun = time.monotonic()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        request = Request(body, dict(self.headers.items()), self.loopback.number())
        cached = self.loopback.cached(request.rendered)
        answer = self.loopback.script(request)
        if isinstance(answer, (dict, str)):
            answer = Says(answer)
        time.sleep(self.loopback.seconds + (answer.after if isinstance(answer, Says) else 0))
        if isinstance(answer, Says):
            self._say(request, answer, cached, begun)
            return
        status = answer.status if isinstance(answer, Fails) else 0
        self.loopback.note(Served(request, status, begun=begun, ended=time.monotonic()))
        if isinstance(answer, Fails):
            error = {"message": answer.message, "type": "error", "param": None, "code": answer.code}
            self._send(answer.status, json.dumps({"error": error}), answer.headers)
        elif isinstance(answer, Garbage):
            self._send(200, answer.body, {})
        else:
            self._hang_up(answer)

    def _say(self, request: Request, says: Says, cached: int, begun: float) -> None:
        tokens_in = math.ceil(len(request.rendered) / CHARS_PER_TOKEN)
        tokens_out = math.ceil(len(says.text) / CHARS_PER_TOKEN)
        usage = {
            "prompt_tokens": tokens_in, "completion_tokens": tokens_out,
            "total_tokens": tokens_in + tokens_out, "prompt_tokens_details": {"cached_tokens": cached},
        }  # fmt: skip
        message = {"role": "assistant", "content": says.text}
        completion = {
            "id": f"chatcmpl-{request.number}", "object": "chat.completion", "created": 0,
            "model": request.body["model"], "usage": usage,
            "choices": [{"index": 0, "message": message, "finish_reason": says.finish}],
        }  # fmt: skip
        # Noted before it is sent: whoever has the answer may ask the next thing at once.
        self.loopback.note(Served(request, 200, tokens_in, cached, tokens_out, begun, time.monotonic()))
        self._send(200, json.dumps(completion), {})

    def _send(self, status: int, text: str, headers: dict[str, str]) -> None:
        data = text.encode()
        try:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _hang_up(self, how: HangsUp) -> None:
        if how.midway:
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b'{"id": "chatcmpl')
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Tests print what matters themselves."""


def common_length(one: str, other: str) -> int:
    """How many characters both begin with; by halving, since they are long and there are many."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


@contextmanager
def loopback(script: Script, seconds: float = 0.0) -> Iterator[Loopback]:
    """A server for the length of a test; each answer takes `seconds`."""
    server = Loopback(script, seconds).start()
    try:
        yield server
    finally:
        server.stop()
