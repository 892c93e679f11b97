import json
from pathlib import Path

import pytest

from extractors.segments import UnreadableSource
from extractors.transcript_json import extract

DATA = Path(__file__).parent / "data" / "transcripts"


def test_parties_name_the_speakers_and_milliseconds_are_recognised() -> None:
    source = extract((DATA / "parties_ms.json").read_bytes(), "x.json")[0]
    assert [(s.speaker, s.locator) for s in source.segments] == [
        ("Jane Roe", "00:07:40"),
        ("Bob Lee", "00:07:46"),
    ]
    assert source.segments[0].text.endswith("go on with it. Then we decide.")
    assert [(p.name, p.title, p.side) for p in source.people] == [
        ("Jane Roe", "VP Ops", "customer"), ("Bob Lee", "AE", "vendor"),
    ]  # fmt: skip
    assert (source.title, str(source.happened_on)) == ("Discovery", "2026-03-19")


def test_seconds_are_recognised() -> None:
    source = extract((DATA / "sentences_s.json").read_bytes(), "x.json")[0]
    assert [s.start for s in source.segments] == [0.5, 2.5]
    assert source.people[0].email == "jane@acme.com"


def test_single_words_are_joined_with_their_punctuation() -> None:
    source = extract((DATA / "words.json").read_bytes(), "x.json")[0]
    assert [(s.speaker, s.text) for s in source.segments] == [("Jane Roe", "Hello, Bob."), ("Bob Lee", "Hi.")]


def test_a_list_of_sentences_with_printed_times() -> None:
    rows = [
        {"speaker": "Ann", "time": "00:01:02", "text": "Hi."},
        {"speaker": "Bo", "time": "00:01:10", "text": "Yes."},
    ]
    source = extract(json.dumps(rows).encode(), "x.json")[0]
    assert [(s.speaker, s.locator) for s in source.segments] == [("Ann", "00:01:02"), ("Bo", "00:01:10")]


def test_turns_without_times() -> None:
    tree = {
        "meeting_transcripts": [{"speaker": "Ann", "content": "Hi."}, {"speaker": "Bo", "content": "Yes."}]
    }
    assert [s.locator for s in extract(json.dumps(tree).encode(), "x")[0].segments] == ["turn 1", "turn 2"]


def test_two_calls_in_one_export_are_two_sources() -> None:
    call = {
        "title": "A",
        "transcript": [{"speaker": "Ann", "text": "Hi."}, {"speaker": "Bo", "text": "Yes."}],
    }
    found = extract(json.dumps({"calls": [call, {**call, "title": "B"}]}).encode(), "x.json")
    assert [(s.name, s.title) for s in found] == [("x.json/1", "A"), ("x.json/2", "B")]


def test_an_affiliation_that_says_nothing_gives_no_side() -> None:
    tree = {"parties": [{"id": "1", "name": "Ann", "affiliation": "Unknown"}],
            "transcript": [{"speakerId": "1", "sentences": [{"start": 0, "text": "Hi."}]}]}  # fmt: skip
    assert extract(json.dumps(tree).encode(), "x")[0].people[0].side is None


def test_speakers_known_by_number_only_are_reported() -> None:
    rows = [{"speaker": 0, "text": "Hi."}, {"speaker": 1, "text": "Yes."}]
    source = extract(json.dumps({"utterances": rows}).encode(), "x.json")[0]
    assert [s.speaker for s in source.segments] == ["Speaker 0", "Speaker 1"]
    assert "no name" in source.warnings[0]


@pytest.mark.parametrize(
    "text", ['{"a": [1,', '{"account": "Acme", "contacts": [{"name": "Jo"}]}', "[" * 100_000, "[]", "{}"]
)
def test_json_without_speech_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(UnreadableSource, match=r"^Cannot read 'x.json': [^\n]+$"):
        extract(text.encode(), "x.json")
