"""Names that a recording's ear wrote as they sound are put right by how the deal's papers write them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.packet import Deal
from assistant.pipeline import make_record
from assistant.recordings.spelled import spelled
from assistant.recordings.terms import is_known, names_in, words_of
from extractors.segments import HeardBy, HeardWord, Person, Segment, Source
from extractors.speech.spelling import Names, put_right, sound

NAMES = Names(
    ("Suresh Ramdin", "Suresh", "Ledgerline", "Entra", "QuickBooks", "Anneke", "Lucinda Fairweather"),
    is_known,
)


def turn(text: str, sure: float = 0.9, **first: object) -> Segment:
    heard, at = list[HeardWord](), 0
    for n, word in enumerate(text.split()):
        heard.append(HeardWord(at, float(n), n + 0.9, sure))
        at += len(word) + 1
    heard[0] = heard[0]._replace(**first)  # type: ignore[arg-type]
    return Segment(id="1", text=text, kind="turn", locator="", heard=tuple(heard))


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("Sresh, do you see it?", "Suresh, do you see it?"),
        ("that is Sirish's team.", "that is Suresh's team."),
        ("our quick books, and", "our QuickBooks, and"),
        ("an Interplus login", "an Entra plus login"),
        ("I am Loose in the fair weather, hello", "I am Lucinda Fairweather, hello"),
        ("ask Annick first", "ask Anneke first"),
        ("it is in there on the entry", "it is in there on the entry"),
        ("Suresh and Entra and QuickBooks", "Suresh and Entra and QuickBooks"),
        ("so rushed at the Ledger Line", "so rushed at the Ledgerline"),
        ("so rushed at the ledger line", "so rushed at the ledger line"),
        ("call 4 serious people", "call 4 serious people"),
    ],
)
def test_words_that_sound_like_a_name_are_written_like_it(heard: str, written: str) -> None:
    assert put_right(turn(heard), NAMES).text == written


def test_a_strange_word_is_the_one_name_that_is_a_single_sound_away() -> None:
    names = Names(("Ludmila", "Kilmallock"), is_known)
    assert put_right(turn("it is lagmila, then"), names).text == "it is Ludmila, then"
    assert put_right(turn("it is lagmila, then"), names).heard[2].again == "lagmila,"
    assert put_right(turn("a familiar school"), names).text == "a familiar school"
    both = Names(("Ludmila", "Lupmila"), is_known)
    assert put_right(turn("it is lagmila, then"), both).text == "it is lagmila, then"


def test_names_that_begin_a_cell_are_put_right_and_words_that_papers_write_small_are_none() -> None:
    said = "To roskree they told us, the Invoycing"
    paper = Source(
        name="a.pdf", kind="contract", sha256="0",
        segments=(Segment(id="1", text="Roscrea | Escalation | B-2", kind="clause", locator=""),
                  Segment(id="2", text="Invoycing is monthly, and escalation too", kind="clause", locator=""),
                  Segment(id="3", text="an invoycing run", kind="clause", locator="")),
    )  # fmt: skip
    assert names_in([paper], words_of([paper])) == ("Roscrea",)
    heard_by = HeardBy(audio="a.mp3", audio_sha256="0", engine="e", model="m", transcript_sha256="1")
    heard = Source(name="a.mp3", kind="recording", sha256="1", segments=(turn(said),), heard_by=heard_by)
    [_, call] = spelled(Deal(), [paper, heard])
    assert call.segments[0].text == "To Roscrea they told us, the Invoycing"


def test_words_that_a_dictionary_has_become_a_name_only_where_they_were_hardly_heard() -> None:
    names = Names(("CampLedger",), is_known)
    assert put_right(turn("out of camp pleasure now"), names).text == "out of camp pleasure now"
    assert put_right(turn("out of camp pleasure now", 0.5), names).text == "out of CampLedger now"


def test_every_word_keeps_its_second_and_a_name_what_was_heard_for_it() -> None:
    right = put_right(turn("with Loose in the fair weather on Monday.", again="if", instead=7), NAMES)
    assert right.text == "with Lucinda Fairweather on Monday."
    assert [(w.at, w.start, w.end) for w in right.heard] == [
        (0, 0.0, 0.9), (5, 1.0, 5.9), (13, 1.0, 5.9), (25, 6.0, 6.9), (28, 7.0, 7.9),
    ]  # fmt: skip
    assert (right.heard[0].again, right.heard[0].instead) == ("if", 4)
    assert (right.heard[1].again, right.heard[1].instead) == ("Loose in the fair weather", 2)


def test_voiced_and_voiceless_sounds_are_one_and_vowels_count_in_front() -> None:
    assert sound("camp pleasure") == sound("CampLedger")
    assert sound("Sirish") == sound("Suresh")
    assert sound("entra") == sound("inter") != sound("tray")


def test_a_draft_reads_a_recording_with_the_names_of_its_papers() -> None:
    spoken = HeardBy(audio="a.mp3", audio_sha256="0", engine="e", model="m", transcript_sha256="1")
    said = turn("Sresh will do the Interplus login.")
    call = Source(name="a.mp3", kind="recording", sha256="1", segments=(said,), heard_by=spoken)
    told = Segment(id="1", text="Please keep the Entra login.", kind="paragraph", locator="")
    mail = Source(name="b.eml", kind="email", sha256="2", segments=(told,),
                  people=(Person(name="Suresh Ram"),))  # fmt: skip
    record = make_record(Deal(), [call, mail], [], date(2026, 1, 5))
    [heard] = [s for s in record.sources if s.kind == "recording"]
    assert heard.segments[0].text == "Suresh will do the Entra plus login."
    assert heard.sha256 != call.sha256  # it is another text
    [alone] = make_record(Deal(), [call], [], date(2026, 1, 5)).sources
    assert alone.segments[0].text == said.text
    assert alone.sha256 == call.sha256
