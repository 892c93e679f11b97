"""Excerpts: talk with its contract, one file each, read as a record with answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.excerpts import EXCERPTS, main, read_excerpt, read_excerpts
from eval.judge_data import hold_deal, with_demands
from eval.training_data import label_deal

TEXT = """\
# bell foundries, second call
V: Kofi Mensah, account executive
C: Bea Holloway, operations director
--- call 2026-03-04
Bea: Do the old moulds come across?
Kofi: {p1 All of them.} It took a week last time.
Bea: {p2 I'd have somebody free to check them.}
--- mail 2026-03-06 Kofi -> Bea
> and the scans?
{p3 As said, all your moulds come over.}
--- contract
# 4 Implementation
4.1 The Supplier shall migrate records made after 2018.
4.2 | Stage | Weeks |
4.3 | Data load | three (3) |
--- answers
p1 = p3
p2 not_in_contract resource
p3 contradicted exceeds_contract 4.1 data
"""


def excerpt(tmp_path: Path, text: str = TEXT):  # type: ignore[no-untyped-def]
    (tmp_path / "x_01.txt").write_text(text, encoding="utf-8")
    return read_excerpt(tmp_path / "x_01.txt")


def test_marks_become_answers_and_leave_the_text(tmp_path: Path) -> None:
    found = excerpt(tmp_path)
    assert [(p.id, p.party, p.quote, p.verdict) for p in found.promises] == [
        ("p1", "vendor", "All of them.", "contradicted"),
        ("p2", "customer", "I'd have somebody free to check them.", "not_in_contract"),
        ("p3", "vendor", "As said, all your moulds come over.", "contradicted"),
    ]
    assert found.sources[0].segments[1].text == "All of them. It took a week last time."
    assert found.complaints == []


def test_a_promise_said_again_is_a_chain_whose_last_wording_stands(tmp_path: Path) -> None:
    assert excerpt(tmp_path).gold.same_promise == (("p1", "p3"),)


def test_a_table_row_knows_its_header_and_a_clause_its_heading(tmp_path: Path) -> None:
    contract = excerpt(tmp_path).sources[-1]
    assert contract.segments[0].headings == ("4 Implementation",)
    assert contract.segments[2].kind == "table_row"
    assert contract.segments[2].headings[-1] == "Stage | Weeks"


def test_what_is_marked_is_what_the_reader_learns_from(tmp_path: Path) -> None:
    found = excerpt(tmp_path)
    said = {x.utterance.sentence.text: x.promise for x in label_deal(found.record, found.gold)}
    assert said["All of them."] is True
    assert said["It took a week last time."] is False


def test_a_short_answer_is_judged_with_the_question_it_answers(tmp_path: Path) -> None:
    found = excerpt(tmp_path)
    held = list(hold_deal(found.record, with_demands(found.record, found.gold)))
    assert held[0].promise.whole == "Do the old moulds come across? All of them."
    assert "opposes" in held[0].labels


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("Bea: Do the old", "Bee: Do the old", "no declared speaker"),
        ("{p1 All of them.}", "{p1 All of them.", "a mark is"),
        ("p2 not_in_contract resource", "p2 not_in_contract people", "no category"),
        ("exceeds_contract 4.1", "exceeds_contract 9.9", "no contract line has the number"),
        ("contradicted exceeds_contract 4.1", "contradicted 4.1", "needs one of"),
        ("p2 not_in_contract resource\n", "", "p2 has no answer"),
        ("p2 not_in_contract resource", "p7 vague other", "p7 is answered and nowhere marked"),
        ("{p3 As", "{p1 As", "marked 2 times"),
        ("4.1 The", "The", "begins with its number"),
        ("--- answers", "--- riddles", "no part"),
        ("mail 2026-03-06 Kofi", "mail 2026-03-06 Zoe", "who writes"),
    ],
)
def test_what_is_malformed_is_complained_of(tmp_path: Path, right: str, wrong: str, complaint: str) -> None:
    assert right in TEXT
    assert any(complaint in c for c in excerpt(tmp_path, TEXT.replace(right, wrong)).complaints)


def test_a_circle_of_promises_said_again_ends(tmp_path: Path) -> None:
    found = excerpt(tmp_path, TEXT.replace("p3 contradicted exceeds_contract 4.1 data", "p3 = p1"))
    assert any("has no answer" in c for c in found.complaints)


def test_series_of_a_kind_can_be_read_alone(tmp_path: Path) -> None:
    for name in ("a_01.txt", "aa_01.txt", "k_01.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [e.name for e in read_excerpts(tmp_path)] == ["a_01", "aa_01", "k_01"]
    assert [e.name for e in read_excerpts(tmp_path, kinds=["sparse"])] == ["a_01"]
    assert [e.name for e in read_excerpts(tmp_path, kinds=["alike", "dense"])] == ["aa_01", "k_01"]


def test_a_malformed_file_is_named_when_all_are_read(tmp_path: Path) -> None:
    excerpt(tmp_path, TEXT.replace("Bea: Do", "Bee: Do"))
    with pytest.raises(ValueError, match=r"x_01\.txt:5"):
        read_excerpts(tmp_path)


def test_the_check_counts_and_complains(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    excerpt(tmp_path)
    assert main([str(tmp_path / "x_01.txt")]) == 0
    assert "1 excerpts" in capsys.readouterr().out
    excerpt(tmp_path, TEXT.replace("{p3 As", "{p1 As"))
    assert main([str(tmp_path / "x_01.txt")]) == 1


def test_every_sparse_excerpt_of_the_project_is_well_formed() -> None:  # `make check` looks at all
    assert len(read_excerpts(EXCERPTS, kinds=["sparse", "alike"])) > 400
