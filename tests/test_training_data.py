"""Training snippets and answered deals become labelled sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conversation import call, mail, record_of, utterances_of

from eval.gold import Gold
from eval.labelling import BESIDE, TRAP, said_in
from eval.training_data import SNIPPETS, Labelled, label, label_deal, read_snippets

TALK = """# ferries, a first call
C: We run nine ferries. Can you cover the crew app?
V: Sure. >>We'll give every crew the app at no charge.<< Anyway, that is the map.

V@: Thanks for the tour. >>The two terminals go live on 4 May.<<
C@: >>You'll have our crew list by Friday<<, I'd say.
"""


def read(folder: Path, text: str, name: str = "a.txt") -> list[Labelled]:
    (folder / name).write_text(text, "utf-8")
    return list(read_snippets(folder))


def test_marked_sentences_are_promises_and_all_others_are_not(tmp_path: Path) -> None:
    rows = read(tmp_path, TALK)
    assert [r.utterance.sentence.text for r in rows if r.promise] == [
        "We'll give every crew the app at no charge.",
        "The two terminals go live on 4 May.",
        "You'll have our crew list by Friday, I'd say.",
    ]
    assert [r.utterance.sentence.text for r in rows if not r.promise] == [
        "We run nine ferries.",
        "Can you cover the crew app?",
        "Sure.",
        "Anyway, that is the map.",
        "Thanks for the tour.",
    ]


def test_marks_and_comments_leave_no_trace_in_the_text(tmp_path: Path) -> None:
    texts = " ".join(r.utterance.sentence.text for r in read(tmp_path, TALK))
    assert not set("<>#") & set(texts)


def test_letters_tell_the_side_and_the_at_sign_a_mail(tmp_path: Path) -> None:
    rows = {r.utterance.sentence.text: r.utterance for r in read(tmp_path, TALK)}
    assert rows["We run nine ferries."].side == "customer"
    assert rows["Sure."].side == "vendor"
    assert "in_mail" not in rows["Sure."].cues
    assert "in_mail" in rows["Thanks for the tour."].cues


def test_a_blank_line_ends_a_snippet_and_its_context(tmp_path: Path) -> None:
    rows = read(tmp_path, TALK)
    assert [r.origin for r in rows] == ["a-0"] * 5 + ["a-1"] * 3
    granted = next(r.utterance for r in rows if r.utterance.sentence.text == "Sure.")
    assert granted.asked and granted.asked.sentence.text == "Can you cover the crew app?"
    assert next(r.utterance for r in rows if r.origin == "a-1").asked is None


def test_files_are_read_in_order_of_name(tmp_path: Path) -> None:
    read(tmp_path, "V: Second.", "b.txt")
    assert [r.origin for r in read(tmp_path, "V: First.", "a.txt")] == ["a-0", "b-0"]


@pytest.mark.parametrize(
    "line", ["X: hello", "Vera: hello", "hello", "V hello", "V: a >>mark left open", "C: closed<< only"]
)
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match="a-0"):
        read(tmp_path, f"V: Fine.\n{line}\n")


@pytest.mark.parametrize("text", ["", "\n\n\n", "# only a comment\n"])
def test_no_talk_gives_no_sentences(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == []


def test_the_committed_snippets_hold_more_plain_talk_than_promises_of_either_side(tmp_path: Path) -> None:
    rows = read(tmp_path, (SNIPPETS / "a_founding.txt").read_text("utf-8"))
    assert len(rows) > 300
    assert 0.1 < sum(r.promise for r in rows) / len(rows) < 0.5
    assert {r.utterance.side for r in rows if r.promise} == {"vendor", "customer"}


@pytest.mark.parametrize("path", sorted(SNIPPETS.glob("*.txt")), ids=lambda p: p.stem)
def test_every_committed_line_has_a_side_and_closed_marks(path: Path) -> None:
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip() and line[0] != "#"]
    assert lines
    assert [line for line in lines if not re.match(r"(?:[VC]@?|N): *\S", line)] == []
    assert [line for line in lines if re.search(r">>|<<", re.sub(r">>.*?<<", "", line))] == []


def test_a_quote_is_a_promise_only_of_the_side_that_says_it() -> None:
    record = record_of("Nora: We wire both barns.\nTom: We wire both barns.")
    rows = list(label(record, [("customer", "We wire both barns.")], "mill"))
    assert [(r.utterance.side, r.promise, r.origin) for r in rows] == [
        ("vendor", False, "mill"),
        ("customer", True, "mill"),
    ]


def test_a_deals_answers_count_in_their_own_file_only() -> None:
    line = "Nora: We wire both barns by May."
    record = record_of(call(line, name="sources/call.vtt"), mail(line, name="sources/mail.eml"))
    answer = {
        "id": "p1",
        "party": "vendor",
        "source": "sources/mail.eml",
        "quote": "We wire both barns by May.",
        "verdict": "vague",
    }
    rows = list(label_deal(record, Gold.model_validate({"deal": "mill", "commitments": [answer]})))
    assert [(r.utterance.source.name, r.promise) for r in rows] == [
        ("sources/call.vtt", False),
        ("sources/mail.eml", True),
    ]


@pytest.mark.parametrize(
    ("sentence", "quote", "inside"),
    [
        ("We wire both barns.", "We wire both barns.", True),
        ("We wire both barns.", "Sure. We wire both barns. By May.", True),
        ("Well, we wire both barns and the shed.", "we wire both barns", True),
        ("Sure.", "Sure. We wire both barns.", False),
        ("We run nine ferries.", "We wire both barns.", False),
    ],
)
def test_a_sentence_is_marked_when_it_is_the_quote_part_of_it_or_holds_it(
    sentence: str, quote: str, inside: bool
) -> None:
    assert said_in(utterances_of(f"Nora: {sentence}")[0], quote) is inside


def test_notes_of_the_seller_are_paragraphs_that_nobody_speaks(tmp_path: Path) -> None:
    rows = read(tmp_path, "N: They run four kilns.\nN: >>Told them we lend the probes for a year.<<\n")
    assert [r.utterance.source.kind for r in rows] == ["notes", "notes"]
    assert [(r.utterance.segment.speaker, r.promise) for r in rows] == [(None, False), (None, True)]


def rows_of(lines: str, *answers: dict[str, str], traps: tuple[str, ...] = ()) -> list[tuple[bool, float]]:
    deal = {
        "deal": "mill",
        "commitments": [{"id": "p1", "source": "call.vtt", "verdict": "vague", **a} for a in answers],
        "traps": [{"source": "call.vtt", "quote": quote} for quote in traps],
    }
    return [(r.promise, r.weight) for r in label_deal(record_of(lines), Gold.model_validate(deal))]


def test_words_of_a_promise_said_again_elsewhere_teach_nothing() -> None:
    lines = "Nora: You get both barns wired by May.\nTom: Really?\nNora: Both barns wired by May."
    found = rows_of(lines, {"party": "vendor", "quote": "You get both barns wired by May."})
    assert found == [(True, 1.0), (False, 1.0)]  # the third line is neither


def test_what_stands_beside_a_promise_counts_less_and_a_trap_more() -> None:
    lines = "Nora: We wire both barns. The lamps are old.\nTom: Could you ever do the shed too?"
    answer = {"party": "vendor", "quote": "We wire both barns."}
    assert rows_of(lines, answer, traps=("Could you ever do the shed too?",)) == [
        (True, 1.0),
        (False, BESIDE),
        (False, TRAP),
    ]


def test_a_bare_answer_is_looked_for_behind_its_demand() -> None:
    lines = "Tom: Is it cold?\nNora: We do.\nTom: Who wires the barn?\nNora: We do."
    answer = {"party": "vendor", "quote": "We do.", "asked": "Who wires the barn?"}
    assert [promise for promise, _ in rows_of(lines, answer)] == [False, False, True]
