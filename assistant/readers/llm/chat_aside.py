"""The chat model in a process of its own: its library loads beside all else.

A door starts it (`start`); where nobody does, or where it breaks, the model is asked from here. Calls go in
as lines of JSON and replies come out, each with its number. The key goes by the pipe, never as an argument.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import asdict
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from pydantic import SecretStr

from assistant.errors import HandoffError
from assistant.readers.llm.chat import ChatModel
from assistant.readers.llm.failures import Failed
from assistant.readers.llm.wire import Call, Manner, Raw
from assistant.settings import Settings

CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1])\n"
    "from assistant.readers.llm.chat_aside import serve; serve()"
)
NEEDED = ("model", "base_url", "api_key", "connect_timeout", "timeout", "temperature", "model_options")
"""The settings that a ChatModel reads."""
READY = 0
"""The number under which the process tells that its library is loaded, or why it cannot be."""
Told = dict[str, Any]
"""{"raw": ...}, {"refused": a line for a person} or {"failed": ...}."""


class ChatAside:
    """The process. Many threads may send at once; it ends with the program that started it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._here = ChatModel(settings)
        self._counting, self._writing = Lock(), Lock()
        self._asked, self._broken = READY, False
        self._ready: Future[Told | None] = Future()
        self._waiting = {READY: self._ready}
        root = str(Path(__file__).resolve().parents[3])
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-c", CHILD, root], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the program that asks, which then ends this one
        )  # fmt: skip
        self._write(_told_settings(settings))
        Thread(target=self._read, daemon=True).start()

    def load(self) -> None:
        """Wait until questions can go out. Raises HandoffError where a package or the key is missing."""
        told = self._ready.result()
        _ = self._here.load() if told is None else _raw(told)

    def send(self, call: Call, manner: Manner) -> Raw:
        """Ask once. Raises Failed for what the library raised, HandoffError where it cannot be used."""
        told = self._told(call, manner)
        return self._here.send(call, manner) if told is None else Raw(**_raw(told))

    def _told(self, call: Call, manner: Manner) -> Told | None:
        """What the process tells of the call; None when it is gone."""
        answer: Future[Told | None] = Future()
        with self._counting:
            if self._broken:
                return None
            self._asked += 1
            number = self._asked
            self._waiting[number] = answer
        self._write({"number": number, "call": vars(call), "manner": vars(manner)})
        return answer.result()

    def _write(self, told: dict[str, Any]) -> None:
        line = json.dumps(told).encode() + b"\n"
        assert self._child.stdin is not None
        with self._writing, contextlib.suppress(OSError, ValueError):  # that it is gone, `_read` sees
            self._child.stdin.write(line)
            self._child.stdin.flush()

    def _read(self) -> None:
        """Hand out what is told, in a thread, until the process ends; who still waits is told None."""
        assert self._child.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            for line in self._child.stdout:
                told = json.loads(line)
                self._waiting.pop(told.pop("number")).set_result(told)
        with self._counting:
            self._broken = True
        for answer in self._waiting.values():
            answer.set_result(None)

    def stop(self) -> None:
        """End the process; whatever is asked after that, or is under way, is asked from here."""
        self._child.kill()
        self._child.wait()


_started: list[ChatAside] = []


def start(settings: Settings) -> ChatAside | None:
    """Begin to load the library in another process, which ends with this one. None where none can be."""
    if started(settings) is None and os.name == "posix":
        _started.append(ChatAside(settings))
        atexit.register(_started[-1].stop)
    return started(settings)


def started(settings: Settings) -> ChatAside | None:
    """The process that was started with these settings, if one was."""
    return next((one for one in _started if one.settings == settings), None)


def serve() -> None:
    """The process's side: the settings come in as the first line, then calls, until the end."""
    answers, writing, loaded = os.fdopen(os.dup(1), "wb"), Lock(), Event()
    os.dup2(2, 1)  # what a library prints must not get among the answers

    def say(number: int, told: Told) -> None:
        with writing:
            try:
                answers.write(json.dumps({"number": number, **told}).encode() + b"\n")
                answers.flush()
            except OSError:  # nobody is there any more
                os._exit(0)

    lines = _lines()
    model = ChatModel(_settings(next(lines)))

    def load() -> None:
        say(READY, _tried(lambda: {"loaded": model.load() is not None}))
        loaded.set()

    def serve_one(asked: dict[str, Any]) -> None:
        loaded.wait()
        say(asked["number"], _asked(model, asked))

    Thread(target=load, daemon=True).start()
    for asked in lines:
        Thread(target=serve_one, args=(asked,), daemon=True).start()


def _lines() -> Iterator[dict[str, Any]]:
    """What comes in, line by line. When the program is gone, midway perhaps, this process ends."""
    while (line := sys.stdin.buffer.readline()).endswith(b"\n"):
        yield json.loads(line)
    os._exit(0)


def _asked(model: ChatModel, asked: dict[str, Any]) -> Told:
    messages = tuple((role, text) for role, text in asked["call"]["messages"])
    call, manner = Call(**{**asked["call"], "messages": messages}), Manner(**asked["manner"])
    return _tried(lambda: asdict(model.send(call, manner)))


def _tried(ask: Callable[[], dict[str, Any]]) -> Told:
    try:
        return {"raw": ask()}
    except HandoffError as error:
        return {"refused": str(error)}
    except Exception as error:
        return {"failed": vars(Failed.of(error))}


def _raw(told: Told) -> dict[str, Any]:
    if "refused" in told:
        raise HandoffError(told["refused"])
    if "failed" in told:
        raise Failed(**told["failed"])
    raw: dict[str, Any] = told["raw"]
    return raw


def _told_settings(settings: Settings) -> dict[str, Any]:
    given = {name: getattr(settings, name) for name in NEEDED}
    return {**given, "api_key": settings.api_key.get_secret_value() if settings.api_key else None}


def _settings(told: dict[str, Any]) -> Settings:
    """As they were told; no variable of the environment is read again."""
    key = told["api_key"]
    return Settings.model_construct(**{**told, "api_key": None if key is None else SecretStr(key)})
