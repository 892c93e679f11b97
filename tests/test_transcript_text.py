from pathlib import Path

import pytest

from extractors.transcript_text import extract, looks_like_transcript

DATA = Path(__file__).parent / "data" / "transcripts"
EXPECTED = [("Jane Roe", "We go live in June: all of it."), ("Bob", "Sure."), ("Jane Roe", "Good.")]
LAYOUTS = {
    "time and label": "[00:03:12] Jane Roe: {0}\n[00:03:20] Bob: {1}\n[00:03:25] Jane Roe: {2}",
    "time and label, no brackets": "00:03:12 Jane Roe: {0}\n00:03:20 Bob: {1}\n00:03:25 Jane Roe: {2}",
    "time of day": "Jane Roe  12:04 PM\n{0}\n\nBob  12:05 PM\n{1}\n\nJane Roe  12:05 PM\n{2}",
    "minutes": "Jane Roe  0:03\n{0}\n\nBob  0:10\n{1}\n\nJane Roe  1:02:15\n{2}",
    "tabs": "00:00:01\tJane Roe\t{0}\n00:00:05\tBob\t{1}\n00:00:09\tJane Roe\t{2}",
    "bold label": "**Jane Roe:** {0}\n\n**Bob:** {1}\n\n**Jane Roe:** {2}",
    "bold label, colon outside": "**Jane Roe**: {0}\n\n**Bob**: {1}\n\n**Jane Roe**: {2}",
    "bold name, time": "**Jane Roe** [00:12]\n{0}\n\n**Bob** [00:15]\n{1}\n\n**Jane Roe** [00:20]\n{2}",
    "company": "Jane Roe (Acme): {0}\nBob (Contoso): {1}\nJane Roe (Acme): {2}",
    "times between": "00:05:00\n\nJane Roe: {0}\nBob: {1}\n\n00:10:00\n\nJane Roe: {2}",
    "time range": "0:0:0.0 --> 0:0:1.5\nJane Roe\n{0}\n"
    "0:0:3.27 --> 0:0:4.2\nBob\n{1}\n0:0:5.2 --> 0:0:6.1\nJane Roe\n{2}",
    "name and time in brackets": "Jane Roe (00:00):\n{0}\n\nBob (00:12):\n{1}\n\nJane Roe (00:15):\n{2}",
    "heading": "### Jane Roe 00:01\n{0}\n\n### Bob 00:04\n{1}\n\n### Jane Roe 00:09\n{2}",
    "at time": "@0:02 - Jane Roe (Acme)\n{0}\n\n@0:10 - Bob (Contoso)\n{1}\n\n@1:10 - Jane Roe (Acme)\n{2}",
    "chat": "12:04:01 From Jane Roe to Everyone : {0}\n12:04:09 From Bob to Everyone : {1}\n"
    "12:05:09 From Jane Roe to Everyone : {2}",
    "time first": "00:00:01 - Jane Roe\n{0}\n\n00:00:04 - Bob\n{1}\n\n00:00:09 - Jane Roe\n{2}",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_turns(layout: str) -> None:
    text = LAYOUTS[layout].format(*(words for _, words in EXPECTED))
    assert looks_like_transcript(text)
    source = extract(text.encode(), "call.txt")[0]
    assert [(s.speaker, s.text) for s in source.segments] == EXPECTED
    assert {p.name for p in source.people} == {"Jane Roe", "Bob"}


def test_a_header_tells_title_day_and_people_and_a_remark_is_no_speaker() -> None:
    source = extract((DATA / "blocks.txt").read_bytes(), "blocks.txt")[0]
    turns = [s for s in source.segments if s.kind == "turn"]
    assert [(s.speaker, s.locator, s.start, s.text) for s in turns] == [
        ("Jane Roe", "12:04 PM", 0, "Hello all. Pricing note: we pay at 10:30"),
        ("Bob Lee", "12:05 PM", 60, "We take it live in June."),
        ("Jane Roe", "1:06 PM", 3720, "Good."),
    ]
    assert str(source.happened_on) == "2026-03-19"
    assert [(p.name, p.title, p.organization) for p in source.people] == [
        ("Jane Roe", "VP Ops", "Northwind"), ("Bob Lee", None, "Contoso"),
    ]  # fmt: skip


def test_numbered_speakers_on_lines_of_their_own() -> None:
    source = extract(b"Speaker 1\nHello all of you.\n\nSpeaker 2\nHi.\n\nSpeaker 1\nSo what?\n", "x.txt")[0]
    assert [s.speaker for s in source.segments] == ["Speaker 1", "Speaker 2", "Speaker 1"]


def test_without_speakers_paragraphs_are_kept_and_it_is_said() -> None:
    source = extract(b"We met today. It went well.\n\nWe will deliver it by Friday.\n", "call.txt")[0]
    assert [(s.speaker, s.locator) for s in source.segments] == [(None, "turn 1"), (None, "turn 2")]
    assert "does not say who speaks" in source.warnings[0]


def test_clock_times_of_two_parts_are_hours_when_nobody_could_speak_so_fast() -> None:
    words = "many words are said here by this person " * 60
    text = "\n".join(f"{n} {10 + i}:30\n{words}\n" for i, n in enumerate(["Ann Lo", "Bo Li"] * 3))
    turns = extract(text.encode(), "x.txt")[0].segments
    assert turns[-1].start == 5 * 3600


@pytest.mark.parametrize(
    "text",
    ["Agenda: pricing\nOwner: Jane\nDue: Friday\nNotes: none\n",
     "1. Services. The Provider shall: (a) host; and (b) support.\n2. Fees: as in the Order Form.\n",
     "# Prep\n\n- Budget: 40k\n- Jane: wants SSO\n- Bob: sends papers\n- Jane: fine with net 45\n",
     "Dear Ann,\n\nas agreed: we start on Monday at 10:30.\n\nBest,\nBob\n"],
)  # fmt: skip
def test_what_is_no_transcript(text: str) -> None:
    assert not looks_like_transcript(text)
