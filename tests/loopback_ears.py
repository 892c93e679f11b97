"""A speech service on this machine: it takes uploads as OpenAI's does and answers what it is told."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One upload: its form, the file's bytes, the key."""

    form: dict[str, list[str]]
    sound: bytes
    key: str | None


@dataclass
class SpeechService:
    """`answers(asked, number)` gives status and JSON for each upload; `asked` keeps them."""

    answers: Callable[[Asked, int], tuple[int, Any]]
    asked: list[Asked] = field(default_factory=list)
    url: str = ""


@contextmanager
def speech_service(answers: Callable[[Asked, int], tuple[int, Any]]) -> Iterator[SpeechService]:
    """The service, listening while the block runs."""
    service = SpeechService(answers)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            found = _read(body, self.headers["content-type"], self.headers.get("authorization"))
            with lock:
                service.asked.append(found)
                number = len(service.asked) - 1
            status, answer = service.answers(found, number)
            data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *told: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def _read(body: bytes, kind: str, key: str | None) -> Asked:
    boundary = kind.partition("boundary=")[2].encode()
    form: dict[str, list[str]] = {}
    sound = b""
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]*)"', head)
        assert name is not None
        if b"filename=" in head:
            sound = content[:-2]
        else:
            form.setdefault(name[1].decode(), []).append(content[:-2].decode())
    return Asked(form, sound, key)


def diarized(*rows: tuple[str, float, float, str]) -> dict[str, Any]:
    """diarized_json of (speaker, start, end, text) rows."""
    return {
        "text": " ".join(row[3] for row in rows),
        "segments": [{"speaker": s, "start": a, "end": b, "text": t} for s, a, b, t in rows],
    }
