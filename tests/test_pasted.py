"""Transcripts that were copied out of meeting tools: each turn with its speaker, time and words."""
# ruff: noqa: E501 - one row a case

import time

import pytest

from extractors.reading import read_source
from extractors.segments import Segment
from extractors.talk.pasted import tidied
from tests.pdf_files import lines, pdf

SAID = (
    ("Nora Lindgren", "Thanks for joining, shall we start with the depots?"),
    ("Carla Osei", "Yes please, we have nine depots and four hundred people."),
    ("Tom Haddad", "And two of them have no network to speak of."),
    ("Nora Lindgren", "We'll ship a gateway for those two by the end of April."),
)
TIMES = ("00:04", "00:11", "00:19", "00:25")

INITIALS = "NL\nNora Lindgren\n00:00:04\nThanks for joining, shall we start with the depots?\n\n" + (
    "CO\nCarla Osei\n00:00:11\nYes please, we have nine depots and four hundred people.\n\n"
    "TH\nTom Haddad\n00:00:19\nAnd two of them have no network to speak of.\n\n"
    "NL\nNora Lindgren\n00:00:25\nWe'll ship a gateway for those two by the end of April.\n"
)


def _each(layout: str, above: str = "", below: str = "", between: str = "\n") -> str:
    told = [
        layout.format(name=n, caps=n.split()[-1].upper(), time=t, said=s)
        for (n, s), t in zip(SAID, TIMES, strict=True)
    ]
    return above + between.join(told) + "\n" + below


SHAPES = {
    "initials, name, time": INITIALS,
    "date with a time of day above": _each(
        "{name}   {time}\n{said}\n", "Rollout\nMarch 4, 2026, 2:00PM\n31m 12s\n\nNora Lindgren started transcription\n\n"
    ),
    "weekday above": _each("{name} (Rep) {time} - 01:00\n{said}", "Wednesday, March 4th 2026 at 2:00 PM\n\n"),
    "page and tool below": _each(
        "{name}  {time}\n{said}\n", "", "Transcribed by https://otter.ai\nPage 1 of 1\nConfidential\n"
    ),
    "time at the end, family names in capitals": _each("{caps}: {said} [{time}]\n", "Datum: 04.03.2026\n\n"),
    "marks of direction": _each("\u200e[00:{time} - 00:01:00]\u200e {name} (Corvane): {said}"),
    "time, then name": _each("{time} | {name}\n{said}\n"),
}  # fmt: skip


def _turns(text: str) -> list[Segment]:
    return [s for s in read_source(text.encode(), "copied.txt")[0].segments if s.kind == "turn"]


@pytest.mark.parametrize("shape", SHAPES)
def test_each_turn_has_its_speaker_time_and_words(shape: str) -> None:
    turns = _turns(SHAPES[shape])
    assert [t.text for t in turns] == [said for _, said in SAID]
    families = [(t.speaker or "").split()[-1].lower() for t in turns]
    assert families == [name.split()[-1].lower() for name, _ in SAID]
    assert [t.start for t in turns] == [4, 11, 19, 25]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_pdf_of_the_same_is_a_call_too(shape: str) -> None:
    printed = SHAPES[shape].replace("\u200e", "").split("\n")
    source = read_source(pdf(lines(*printed, leading=13)), "copied.pdf")[0]
    assert source.kind == "call"
    assert [s.text for s in source.segments if s.kind == "turn"] == [said for _, said in SAID]


def test_names_before_dashes_open_turns() -> None:
    turns = _turns(_each("{name} \u2014 {said}", "R\u00e9union du 4 mars 2026\n\n"))
    assert [t.speaker for t in turns] == [name for name, _ in SAID]


def test_a_list_with_dashes_is_no_transcript() -> None:
    notes = "Pricing \u2014 12% off\nTraining \u2014 two days\nScope \u2014 no payroll\n"
    assert tidied(notes) == notes


@pytest.mark.parametrize(
    ("above", "day"),
    [("4 mars 2026", "2026-03-04"), ("4. M\u00e4rz 2026", "2026-03-04"), ("Datum: 04.03.2026", "2026-03-04"),
     ("4 de marzo de 2026", "2026-03-04")],
)  # fmt: skip
def test_a_date_above_is_the_day_and_nobody(above: str, day: str) -> None:
    source = read_source(_each("{name}: {said}", f"{above}\n\n").encode(), "copied.txt")[0]
    assert str(source.happened_on) == day
    assert {p.name for p in source.people} == {name for name, _ in SAID}


def test_a_company_in_capitals_stands_above_its_people() -> None:
    head = "Participants\n\nTARN VALLEY DAIRIES\nCarla Osei, VP Operations\nTom Haddad, IT Manager\n\nTranscript\n\n"
    people = read_source((head + SHAPES["time, then name"]).encode(), "copied.txt")[0].people
    assert {(p.name, p.organization) for p in people} >= {("Carla Osei", "Tarn Valley Dairies")}
    assert "TARN VALLEY DAIRIES" not in {p.name for p in people}


@pytest.mark.parametrize("line", [" " * 3000 + "a started", "A b" + " " * 3000 + "x", "Nora: " + "y " * 900 + "[00:0", ". " * 120])
def test_odd_lines_take_no_time(line: str) -> None:
    begun = time.process_time()
    tidied((line + "\n") * 200)
    assert time.process_time() - begun < 10  # seconds, where they take a third of one
