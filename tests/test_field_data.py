"""What the deal summary's reader learns from: talks that are labelled whole, and words that are no names."""

from __future__ import annotations

from eval.field_data import Stated, names_of, quoted_in, said


def rows(*texts: str, side: str = "C") -> list[Stated]:
    return [Stated(said(text, side), frozenset(), "talk", True) for text in texts]


def test_what_stands_with_a_capital_within_sentences_is_a_name_and_so_is_its_stem() -> None:
    names = names_of(rows("So we asked Darlene about it", "And Keith's crew was there"))
    assert {"darlene", "keith"} <= names
    assert names.isdisjoint({"we", "asked", "crew", "about"})


def test_a_word_that_is_mostly_written_small_is_no_name() -> None:
    said_often = rows("I asked Will", "So we will see", "They will come", "It will do")
    assert "will" not in names_of(said_often)


def test_raw_speech_that_writes_nothing_with_a_capital_makes_no_word_of_a_name() -> None:
    raw = rows("so i asked pauline", "and pauline said no", "pauline again")
    assert "pauline" in names_of([*raw, *rows("I told Pauline")])


def test_a_word_that_only_begins_sentences_and_is_never_written_small_is_a_name() -> None:
    assert "ines" in names_of(rows("Ines has the list", "So the list is long"))


def test_what_a_contract_defines_is_no_name_where_it_is_said_too() -> None:
    contract = rows("The Deliverable and the Organiser and each Kerbstone unit", side="K")
    names = names_of([*contract, *rows("So the deliverable is for the organiser")])
    assert "kerbstone" in names
    assert names.isdisjoint({"deliverable", "organiser"})


def test_a_sentence_is_quoted_where_it_holds_the_quote_or_is_a_long_part_of_it() -> None:
    assert quoted_in("Well, we start on 4 May.", "we start on 4 May.")
    assert quoted_in("we start on 4 May", "So we start on 4 May, and then it rains.")
    assert not quoted_in("It rains again on Friday.", "So we start on 4 May.")
