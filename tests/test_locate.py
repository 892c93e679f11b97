"""A quote is evidence only where it stands."""

from assistant.evidence.locate import fold, locate
from extractors.segments import Segment, Source


def _source(*texts: str) -> Source:
    segments = tuple(
        Segment(id=f"s{i}", text=t, kind="turn", locator=f"00:00:0{i}") for i, t in enumerate(texts)
    )
    return Source(name="call.vtt", kind="call", sha256="0", segments=segments)


def test_white_space_is_folded() -> None:
    assert fold("  a\n b\t c ") == "a b c"


def test_an_exact_quote_is_found_with_its_place() -> None:
    found = locate("eight  weeks\nfrom signature", _source("Hello.", "It's eight weeks from signature, yes."))
    assert found is not None
    assert (found.segment_id, found.quote, found.match) == ("s1", "eight weeks from signature", "exact")
    assert found.locator == "00:00:01"


def test_curly_quotes_and_dashes_match_and_the_segments_own_words_come_back() -> None:
    found = locate('that\'s in - "all" of it', _source("Well, that\u2019s in \u2013 \u201call\u201d of it."))
    assert found is not None
    assert found.quote == "that\u2019s in \u2013 \u201call\u201d of it"
    assert found.match == "exact"


def test_a_quote_with_a_slip_is_near() -> None:
    found = locate(
        "we will answer every ticket within four hours",
        _source("So we'll answer every ticket within four hours."),
    )
    assert found is not None
    assert found.match == "near"
    assert found.quote in "So we'll answer every ticket within four hours."


def test_a_changed_figure_is_no_evidence() -> None:
    assert (
        locate("you get 25 seats for the first year", _source("you get 35 seats for the first year")) is None
    )


def test_a_dropped_negation_is_no_evidence() -> None:
    assert (
        locate(
            "we do commit to any earlier date than that",
            _source("we do not commit to any earlier date than that"),
        )
        is None
    )


def test_an_invented_quote_is_not_found() -> None:
    assert locate("the moon is made of green cheese today", _source("We go live in ten weeks.")) is None
    assert locate("   ", _source("We go live.")) is None


def test_a_quote_across_two_segments_is_located_in_the_greater_part() -> None:
    source = _source("Seattle and Tacoma go live on 20 July, that is the plan.", "Good.")
    found = locate("Seattle and Tacoma go live on 20 July, that is the plan. Good.", source)
    assert found is not None
    assert found.segment_id == "s0"


def test_a_quote_half_here_half_there_is_refused() -> None:
    assert (
        locate(
            "one two three four five six seven eight", _source("one two three four", "five six seven eight")
        )
        is None
    )


def test_only_the_named_segment_is_searched() -> None:
    source = _source("four weeks", "four weeks")
    found = locate("four weeks", source, "s1")
    assert found is not None
    assert found.segment_id == "s1"
    assert locate("four weeks", source, "s9") is None
