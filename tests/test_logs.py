"""What is logged: JSON lines of numbers and names of our own, whatever a deal or an error says."""

from __future__ import annotations

import io
import json
import logging

import pytest

from assistant.logs import JsonLines

SECRET = "We waive the setup fee for Fernhill"


def logged(name: str, *arguments: object, **more: object) -> dict[str, object]:
    """One record as its line."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JsonLines())
    log = logging.Logger(name)
    log.addHandler(handler)
    log.warning(*arguments, **more)  # type: ignore[arg-type]
    assert SECRET not in text.getvalue()
    line: dict[str, object] = json.loads(text.getvalue())
    return line


def test_a_line_has_the_event_and_what_was_counted() -> None:
    line = logged("handoff.batch", "drafted", extra={"key": "a" * 64, "seconds": 1.5, "failed": False})
    assert (line["event"], line["key"], line["seconds"], line["failed"]) == ("drafted", "a" * 64, 1.5, False)
    assert line["level"] == "warning" and str(line["place"]).startswith("test_logs:")


def test_words_that_are_filled_into_a_message_or_added_to_it_are_left_out() -> None:
    assert logged("handoff.batch", "%s was said", SECRET)["event"] == "%s was said"
    assert "text" not in logged("handoff.batch", "said", extra={"text": SECRET})
    assert logged("handoff.batch", "said", extra={"why": "x" * 500})["why"] == "x" * 80


def test_what_another_library_says_is_only_counted() -> None:
    line = logged("httpx.client", f"POST {SECRET}")
    assert line["logger"] == "httpx.client" and "event" not in line


def test_an_error_tells_its_kind_and_place_and_none_of_its_words() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        line = logged("handoff.batch", "a draft broke", exc_info=error)
    assert line["error"] == "ValueError"
    assert "test_an_error_tells" in str(line["places"])


@pytest.mark.parametrize("value", [SECRET, [SECRET], {"quote": SECRET}])
def test_no_unlisted_value_gets_through(value: object) -> None:
    line = logged("handoff.x", "e", extra={"quote": value})
    assert set(line) == {"at", "level", "logger", "event", "place"}
