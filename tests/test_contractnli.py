"""ContractNLI's file becomes promises and contracts, and what a reader answers is counted against it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.errors import HandoffError
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, ContractTerm, Evidence
from assistant.readers import Reader
from eval.contractnli import contract, run, score

TEXT = "You shall return the notes.\nNobody may copy\n them."
DOCUMENT: dict[str, Any] = {
    "text": TEXT,
    "spans": [[0, 27], [28, len(TEXT)]],
    "annotation_sets": [
        {
            "annotations": {
                "a": {"choice": "Entailment", "spans": [0]},
                "b": {"choice": "Contradiction", "spans": [1]},
                "c": {"choice": "NotMentioned", "spans": []},
            }
        }
    ],
}
LABELS = {k: {"short_description": f"about {k}", "hypothesis": f"Hypothesis {k}."} for k in "abc"}


def answering(verdicts: dict[str, str]) -> Reader:
    """A reader with these verdicts, which always quotes the first span."""
    quote = Evidence(source="contract", segment_id="0", quote="You shall return the notes.", locator="span 0")

    def judge(
        said: Sequence[Commitment], terms: Sequence[ContractTerm], record: DealRecord
    ) -> list[Commitment]:
        return [c.model_copy(update={"verdict": verdicts[c.id], "contract_evidence": (quote,)}) for c in said]

    return cast(Reader, SimpleNamespace(find_terms=lambda record: [], judge=judge))


def test_spans_become_segments_with_their_white_space_folded() -> None:
    assert [s.text for s in contract(DOCUMENT).segments] == [
        "You shall return the notes.",
        "Nobody may copy them.",
    ]


def test_right_answers_score_one_and_quotes_are_compared() -> None:
    right = score(
        [DOCUMENT], LABELS, answering({"a": "covered", "b": "contradicted", "c": "not_in_contract"})
    )
    assert (right.accuracy, right.macro_f1, right.f1("Contradiction")) == (1.0, 1.0, 1.0)
    assert right.evidence_overlap == 0.5


def test_calling_everything_covered_scores_the_share_of_entailment() -> None:
    same = score([DOCUMENT], LABELS, answering(dict.fromkeys("abc", "covered")))
    assert same.accuracy == pytest.approx(1 / 3)
    assert same.f1("Contradiction") == 0.0
    assert any("0.287" in line for line in same.lines())


def test_the_file_is_found_in_its_folder_and_judged_by_name(tmp_path: Path) -> None:
    (tmp_path / "dev.json").write_text(json.dumps({"documents": [DOCUMENT], "labels": LABELS}))
    assert run(tmp_path, "embedded").decisions == 3


@pytest.mark.parametrize("text", ["not json", "[]", '{"documents": []}'])
def test_another_file_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "dev.json").write_text(text)
    with pytest.raises(HandoffError, match=r"is no ContractNLI file"):
        run(tmp_path / "dev.json")
