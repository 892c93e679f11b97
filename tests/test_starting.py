"""What is read is shown to the reader at once, whichever of the two is ready first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.cli.starting import Ahead, start_draft
from assistant.pipeline import draft
from extractors import Source, read_folder

ROOT = Path(__file__).resolve().parent.parent
DEAL = ROOT / "examples" / "pinecradle"


def test_sources_are_shown_once_and_in_order_before_and_after_the_reader_is_there() -> None:
    sources, _ = read_folder(DEAL)
    ahead, shown = Ahead(), list[Source]()
    ahead(sources[0])
    ahead(sources[1])
    assert shown == []
    ahead.begin(shown.append)
    ahead(sources[2])
    assert shown == sources[:3]


def test_each_source_is_told_as_it_is_read() -> None:
    told: list[Source] = []
    sources, _ = read_folder(DEAL, on_source=told.append)
    assert told == sources


def test_a_draft_that_was_started_ahead_is_the_same_as_one_that_was_not() -> None:
    started = start_draft(DEAL, "embedded", None)
    assert started.reader is not None
    ahead = draft(DEAL, as_of=date(2026, 1, 1), reader=started.reader, files=started.files)
    assert ahead == draft(DEAL, as_of=date(2026, 1, 1))
