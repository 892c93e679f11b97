"""What is read is shown to the reader at once, whichever of the two is ready first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.cli.starting import Ahead, _start_aside, start_draft
from assistant.errors import HandoffError
from assistant.pipeline import draft
from assistant.settings import Settings
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


def test_no_recording_is_listened_to_where_the_model_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    heard: list[str] = []

    def hear(path: Path, name: str) -> list[Source]:
        heard.append(name)
        return []

    hear_later = _start_aside("llm", Settings(_env_file=None, model="openai:without-a-key"), hear)
    assert hear_later is not None
    with pytest.raises(HandoffError, match="HANDOFF_API_KEY"):
        hear_later(Path("call.wav"), "call.wav")
    assert heard == []
