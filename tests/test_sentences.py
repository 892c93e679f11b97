"""Sentences: where they end, where raw speech is cut, and what is left of them without fillers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.readers.embedded.sentences import LONG_SENTENCE, plain, split_sentences
from eval.training_data import SNIPPETS

RAW = (
    "so we walked the greenhouses with your growers last week and the heating loops are fine and we will "
    "put sensors in all nine houses before the first frost and you get the spare batteries with them because "
    "they run flat in the cold and it takes a man half a day to swap them out there"
)


def texts(text: str) -> list[str]:
    return [s.text for s in split_sentences(text)]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We meet Dr. Adeyemi at 4 p.m. on Tuesday.", 1),
        ("It is $4.50 a head, i.e. less than today.", 1),
        ("See Sec. 4 of the order form.", 1),
        ("Ask J. Moss, she runs the mill.", 1),
        ("Approx. 30 cows a day, e.g. Jerseys.", 1),
        ("Uptime was 99.95 last month.", 1),
        ("Hartley Ltd. Is the parent, St. Olave is the site.", 1),
        ("We sign today. Then we start.", 2),
        ("Really? yes! okay then", 3),
        ("It costs a lot. $400 to be exact.", 2),
        ('He said "fine." Then he left.', 2),
        ("The answer is no. 7 sheds is the most.", 1),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, count: int) -> None:
    assert len(texts(text)) == count


@pytest.mark.parametrize(
    "text", ["Merci. Élodie starts on Monday.", "Хорошо. Мы начнём в марте.", "Bra. Åsa ringer."]
)
def test_a_capital_of_any_alphabet_opens_a_sentence(text: str) -> None:
    assert len(texts(text)) == 2


def test_raw_speech_without_full_stops_is_cut_at_its_conjunctions() -> None:
    assert len(RAW.split()) > LONG_SENTENCE
    pieces = texts(RAW)
    assert len(pieces) >= 3
    assert any(p.startswith(("and we will put", "and you get")) for p in pieces)
    assert max(len(p.split()) for p in pieces) <= LONG_SENTENCE


def test_a_sentence_of_ordinary_length_is_not_cut_at_a_conjunction() -> None:
    text = "We will wire the two barns and you get a spare reader because they break."
    assert texts(text) == [text]


@pytest.mark.parametrize("path", sorted(SNIPPETS.glob("*.txt")), ids=lambda p: p.stem)
def test_every_word_belongs_to_exactly_one_sentence(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        assert words(" ".join(texts(line))) == words(line)


def test_every_word_of_raw_speech_belongs_to_exactly_one_sentence() -> None:
    assert words(" ".join(texts(RAW))) == words(RAW)


def test_sentences_are_verbatim_and_numbered_in_order() -> None:
    text = "Right, so… we'll do the  nets. And the cages? Also the barge, um, yes."
    sentences = split_sentences(text)
    assert all(s.text in text for s in sentences)
    assert [s.index for s in sentences] == [0, 1, 2]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Um, you know, we'll, we'll do the the two sites.", "we will do the two sites"),
        ("I can't, won't, shan't.", "i can not, will not, shall not"),
        ("We’re gonna start, they'd say.", "we are going to start, they would say"),
        ("Okay, so, well, we will ship it.", "we will ship it"),
        ("I mean, it's sort of included.", "it is included"),
        ("Nobody's going to charge you.", "nobody is going to charge you"),
        ("That is, like, twelve   acres.", "that is, twelve acres"),
        ("We have to have to go", "we have to go"),
        ("The farm's gates stay shut.", "the farm's gates stay shut"),
    ],
)
def test_fillers_contractions_and_stutters_are_undone(said: str, left: str) -> None:
    assert plain(said) == left


def test_a_question_is_known_by_its_mark_even_inside_quotation_marks() -> None:
    assert split_sentences('"Is the kiln covered?"')[0].is_question
    assert not split_sentences("Is the kiln covered.")[0].is_question


def test_words_are_counted_without_fillers() -> None:
    assert split_sentences("Um, we, we, you know, deliver.")[0].words == 2


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_holds_no_sentence(text: str) -> None:
    assert split_sentences(text) == ()


@pytest.mark.parametrize("text", ["Ok", "👍👍", "我们会在三月上线。", "...", "?!", "-", "é", "a" * 5000])
def test_odd_text_is_one_sentence_and_stays_as_it_is(text: str) -> None:
    assert texts(text) == [text]
