"""Who reads a deal at the command line: the settings decide, and what a chat model is paid for is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.readers import Reader
    from assistant.readers.llm.question import Answers, StoredAnswer
    from assistant.settings import Settings

LONGEST_NAME = 200


class LaterAnswers:
    """The store's answers, opened when the first one is looked for: its library takes a while to load."""

    def __init__(self, opened: Callable[[], Answers]) -> None:
        self._opened = opened
        self._answers: Answers | None = None
        self._lock = threading.Lock()

    def get(self, key: str) -> StoredAnswer | None:
        return self._ready().get(key)

    def put(self, key: str, answer: StoredAnswer, deal: str) -> None:
        self._ready().put(key, answer, deal)

    def _ready(self) -> Answers:
        with self._lock:
            if self._answers is None:
                self._answers = self._opened()
            return self._answers


def kept_answers(settings: Settings) -> LaterAnswers:
    """The memory of paid answers in the store that the settings name."""

    def opened() -> Answers:
        from assistant.store import open_store
        from assistant.store.answers import KeptAnswers

        return KeptAnswers(open_store(settings))

    return LaterAnswers(opened)


def reader_for(name: str | None, settings: Settings, folder: Path) -> Reader:
    """The reader that a person asked for, else the settings' own."""
    from assistant.readers import default_reader, get_reader

    chosen = name or default_reader(settings)
    answers = kept_answers(settings) if chosen == "llm" else None
    return get_reader(chosen, settings, answers, deal_name(folder))


def readers_for(settings: Settings) -> Callable[[Path], Reader]:
    """Makes the chat model's reader of one deal's folder after another; together they keep its limits."""
    from assistant.readers import get_reader
    from assistant.readers.llm import open_traffic

    answers, traffic = kept_answers(settings), open_traffic(settings)
    return lambda folder: get_reader("llm", settings, answers, deal_name(folder), traffic)


def deal_name(folder: Path) -> str:
    """Under which name a folder's answers are kept: its path."""
    return str(folder.resolve())[-LONGEST_NAME:]
