from pathlib import Path

import pytest

from extractors import srt, vtt
from extractors.segments import UnreadableSource

DATA = Path(__file__).parent / "data" / "transcripts"
SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


def read(text: str) -> list[tuple[str | None, str, str]]:
    source = vtt.extract(text.encode(), "x.vtt")[0]
    return [(s.speaker, s.locator, s.text) for s in source.segments]


def test_voices_are_told_apart_and_joined_over_cues() -> None:
    source = vtt.extract((DATA / "voices.vtt").read_bytes(), "voices.vtt")[0]
    assert [(s.speaker, s.locator, s.text) for s in source.segments] == [
        ("Jane Roe", "00:00:01", "We can have it live by the first of June."),
        ("Bob O'Lee", "00:00:03", "R&D agrees, it is 3 < 5 weeks. And training is included."),
    ]
    assert [(p.name, p.organization) for p in source.people] == [
        ("Jane Roe", "Northwind"),
        ("Bob O'Lee", None),
    ]
    assert "1 of 3 cues" in source.warnings[0]
    assert (source.kind, str(source.happened_on)) == ("call", "2026-03-19")


def test_a_name_before_a_colon_opens_the_turn_and_a_remark_does_not() -> None:
    text = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nAnn Lo: Fine.\n\n"
    text += "2\n00:03.000 --> 00:04.000\nPricing note: we pay at 10:30\n"
    text += "\n3\n00:05.000 --> 00:06.000\nBo Li: Sure.\n\n"
    text += "4\n00:07.000 --> 00:08.000\nAnn Lo: Good.\nBo Li: Yes.\n"
    assert [(s, t) for s, _, t in read(text)] == [
        ("Ann Lo", "Fine."), (None, "Pricing note: we pay at 10:30"), ("Bo Li", "Sure."), ("Ann Lo", "Good."),
        ("Bo Li", "Yes."),
    ]  # fmt: skip


def test_a_speaker_on_a_line_of_its_own() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nAnn Lo\nWe start\n\n00:03.000 --> 00:04.000\nBo Li\nin May.\n"
    assert [(s, t) for s, _, t in read(text)] == [("Ann Lo", "We start"), ("Bo Li", "in May.")]


def test_an_anonymous_voice_is_not_the_last_one_that_spoke() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi\n\n00:03.000 --> 00:04.000\n<v>Who is it?</v>\n"
    assert [s for s, _, _ in read(text)] == ["Ann", None]


def test_cues_without_a_header_and_without_an_arrow_keep_their_words() -> None:
    text = "00:00:01.000 --> 00:00:02.000\nAnn Lo: one\n\n00:00:03.000\nAnn Lo: two\n"
    assert " ".join(t for _, _, t in read(text)) == "one two"


@pytest.mark.parametrize(
    "text", ["WEBVTT", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "WEBVTT\n\nNOTE nothing\n"]
)
def test_a_file_without_captions_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(UnreadableSource, match=r"^Cannot read 'x.vtt': it has no captions: [^\n]+$"):
        vtt.extract(text.encode(), "x.vtt")


def test_an_srt_in_windows_1252_with_a_cue_that_has_no_number() -> None:
    source = srt.extract((DATA / "cp1252.srt").read_bytes(), "2026-03-19.srt")[0]
    assert [(s.speaker, s.text) for s in source.segments] == [
        ("Dörte Groß", "That’s fine."), ("René Côté", "Très bien. We ship on Friday."),
        ("Dörte Groß", "Good."),
    ]  # fmt: skip
    assert len(source.warnings) == 1


@pytest.mark.skipif(not SHARED.exists(), reason="the shared real files are not here")
def test_no_word_of_a_real_call_is_lost() -> None:
    for path in sorted((SHARED / "transcripts").glob("*.vtt")):
        lines = [
            x
            for x in path.read_text("utf-8").split("\n")[1:]
            if x.strip() and "-->" not in x and not x.isdigit()
        ]
        spoken = " ".join(line.split(": ", 1)[-1] for line in lines)
        source = vtt.extract(path.read_bytes(), path.name)[0]
        assert " ".join(s.text for s in source.segments).split() == spoken.split()
