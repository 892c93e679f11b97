"""How a draft gets going: processes read the files and load the model while this one loads the rest."""

from __future__ import annotations

import gc
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

GARBAGE = 100_000
"""Objects made between two looks for unreachable ones; a program that ends soon needs few."""

if TYPE_CHECKING:
    from assistant.readers import Reader
    from assistant.settings import Settings
    from extractors import FolderRead
    from extractors.recording import Hear


class Started(NamedTuple):
    """What is under way, and who will read."""

    files: Future[FolderRead]
    settings: Settings
    reader: Reader | None


def start_draft(folder: Path, reader: str | None, hear: Hear, *, dry: bool = False) -> Started:
    """Begin to read the folder, and make the reader ready meanwhile; a dry run makes its own reader."""
    from assistant.kept_patterns import kept_patterns
    from extractors import start_reading

    gc.set_threshold(GARBAGE)
    files = start_reading(folder, hear)
    with kept_patterns("draft"):
        from assistant.cli.reading import reader_for
        from assistant.settings import read_settings

        settings = read_settings()
        if dry:
            return Started(files, settings, None)
        _start_meanings(reader, settings)
        from assistant import deal_file, documents, pipeline, terminal  # noqa: F401 - while others work

        answers = reader_for(reader, settings, folder)
        getattr(answers, "prepare", lambda: None)()
    return Started(files, settings, answers)


def _start_meanings(name: str | None, settings: Settings) -> None:
    """The embedded reader needs the model for every deal, a chat model's reader hardly ever."""
    from assistant.meanings import aside
    from assistant.readers import default_reader

    if (name or default_reader(settings)) == "embedded":
        aside.start()
