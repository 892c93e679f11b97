"""How a draft gets going: processes read the files and load the model while this one loads the rest."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

GARBAGE = 100_000
"""Objects made between two looks for unreachable ones; a program that ends soon needs few."""

if TYPE_CHECKING:
    from assistant.readers import Reader
    from assistant.settings import Settings
    from extractors import FolderRead, Source
    from extractors.recording import Hear


class Started(NamedTuple):
    """What is under way, and who will read."""

    files: Future[FolderRead]
    settings: Settings
    reader: Reader | None


def start_draft(folder: Path, reader: str | None, hear: Hear | None, *, dry: bool = False) -> Started:
    """Begin to read the folder, and make the reader ready meanwhile; a dry run makes its own reader."""
    from assistant.kept_patterns import kept_patterns
    from extractors.sandbox import Sandbox

    gc.set_threshold(GARBAGE)
    atexit.register(gc.freeze)  # Python ends without looking through everything once more
    sandbox, ahead = Sandbox(), Ahead()
    sandbox.start()
    with kept_patterns("draft"):
        from assistant.settings import read_settings

        settings = read_settings()
        hear = hear if dry else _start_aside(reader, settings, hear)
        from extractors import start_reading

        files = start_reading(folder, hear, sandbox, ahead)
        files.add_done_callback(lambda _: sandbox.renew())
        if dry:
            return Started(files, settings, None)
        from assistant import deal_file, pipeline, terminal  # noqa: F401 - while others work
        from assistant.cli.reading import reader_for

        answers = reader_for(reader, settings, folder)
        getattr(answers, "prepare", lambda: None)()
        from assistant.documents import word  # noqa: F401
    ahead.begin(getattr(answers, "look_ahead", lambda _: None))
    return Started(files, settings, answers)


class Ahead:
    """Shows each source to the reader as soon as both are there."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._early: list[Source] = []
        self._look: Callable[[Source], None] = self._early.append

    def __call__(self, source: Source) -> None:
        with self._lock:
            self._look(source)

    def begin(self, look: Callable[[Source], None]) -> None:
        """From now on it is the reader that looks, at those before too."""
        with self._lock:
            self._look = look
            for source in self._early:
                look(source)


def _start_aside(name: str | None, settings: Settings, hear: Hear | None) -> Hear | None:
    """Load beside all else what the reader asks: the model of meanings, which a chat model's reader hardly
    ever needs, or the chat model. Gives back what hears: hours of it only where the model can be asked."""
    from assistant.readers import default_reader

    chosen = name or default_reader(settings)
    if chosen == "embedded":
        from assistant.meanings import aside

        aside.start()
    if chosen != "llm" or not settings.model:
        return hear
    from assistant.readers.llm import chat_aside

    chat = chat_aside.start(settings)
    if hear is None or chat is None:
        return hear

    def hear_later(path: Path, recording: str) -> list[Source]:
        chat.load()
        return hear(path, recording)

    return hear_later
