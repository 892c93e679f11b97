from extractors.talk.turns import Cue, hms, turns


def test_a_sentence_across_cues_of_one_speaker_is_one_turn() -> None:
    found = turns([Cue("live by", "Ann", 3.2), Cue("the first of June.", "Ann", 5), Cue("OK.", "Bo", 9)])
    assert [(s.speaker, s.text, s.locator) for s in found] == [
        ("Ann", "live by the first of June.", "00:00:03"),
        ("Bo", "OK.", "00:00:09"),
    ]
    assert [s.id for s in found] == ["s0001", "s0002"]


def test_a_monologue_is_split_at_sentence_ends_with_the_time_of_its_cue() -> None:
    cues = [
        Cue(f"This is sentence number {n} of a very long and winding story.", "Ann", n * 10)
        for n in range(60)
    ]
    found = turns(cues)
    assert len(found) > 2
    assert all(len(s.text) <= 1300 and s.text.endswith("story.") for s in found)
    assert " ".join(s.text for s in found) == " ".join(c.text for c in cues)
    for segment in found:
        number = segment.text.split("number ")[1].split(" ")[0]
        assert segment.start == int(number) * 10


def test_a_monologue_without_a_full_stop_stays_whole() -> None:
    assert len(turns([Cue("and so on " * 300, "Ann", 1)])) == 1


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "We met Dr. Smith at Acme Inc. Tuesday. " * 60
    assert all(s.text.endswith("Tuesday.") for s in turns([Cue(text, "Ann", 0)]))


def test_without_speakers_a_pause_after_a_sentence_starts_a_paragraph() -> None:
    found = turns([Cue("We go", None, 0, 1), Cue("on Friday.", None, 1, 2), Cue("Right.", None, 9, 10)])
    assert [s.text for s in found] == ["We go on Friday.", "Right."]


def test_without_times_the_turn_is_counted() -> None:
    assert [s.locator for s in turns([Cue("a", "X"), Cue("b", "Y")])] == ["turn 1", "turn 2"]


def test_a_time_over_an_hour() -> None:
    assert hms(3723.9) == "01:02:03"


def test_pages_without_a_full_stop_are_cut_where_cues_begin() -> None:
    found = turns([Cue(f"and number {n} goes on", "Ann", n) for n in range(500)])
    assert 3 < len(found) < 20
    assert all(s.text.startswith("and number") for s in found)


def test_a_cue_without_a_name_goes_on_with_the_sentence_before_it() -> None:
    cues = [
        Cue("We have it live by", "Ann", 1.0, 4.0),
        Cue("the first of June.", None, 4.1, 6.0),
        Cue("Nothing else changes.", None, 6.05, 8.0),
        Cue("Hello?", None, 12.0, 13.0),
    ]
    assert [(s.speaker, s.text) for s in turns(cues)] == [
        ("Ann", "We have it live by the first of June. Nothing else changes."),
        (None, "Hello?"),
    ]
