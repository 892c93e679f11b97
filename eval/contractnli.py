"""A reader's judge on ContractNLI: real non-disclosure agreements, each held against the same hypotheses.

A hypothesis is taken as a promise and a contract as the deal's only source: Entailment is covered,
Contradiction contradicted, NotMentioned neither. Nothing of the data set is learnt from. It is no part of
the project; its `dev.json` comes from https://stanfordnlp.github.io/contract-nli (CC BY 4.0).
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import HandoffError
from assistant.evidence.people import Roster
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Deal, Evidence
from assistant.readers import Reader, get_reader
from extractors.segments import Segment, Source

FILE = "dev.json"
LABELS = ("Entailment", "Contradiction", "NotMentioned")
PUBLISHED: Mapping[str, tuple[float, float]] = {
    "Span NLI BERT-base, trained on it": (0.838, 0.287),
    "Span NLI BERT-large, trained on it": (0.875, 0.357),
    "the paper's best, trained on it": (0.892, 0.405),
}
"""Accuracy and F1 of contradiction, of the paper's test contracts (Koreeda and Manning 2021)."""
DAY = date(2026, 1, 15)
_VERDICTS = {"covered": "Entailment", "contradicted": "Contradiction"}


@dataclass
class ContractNliScores:
    """How often a reader is right about a contract; every rate is between 0 and 1."""

    contracts: int = 0
    seconds: float = 0.0
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(right label, given label) -> decisions."""
    hypotheses: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    """The same of each hypothesis, by its short description."""
    evidence_found: int = 0
    evidence_total: int = 0
    """Decisions rightly made from the contract, and those that quote a span which annotators quoted."""

    @property
    def decisions(self) -> int:
        """Contracts times hypotheses."""
        return sum(self.confusion.values())

    @property
    def accuracy(self) -> float:
        """Right decisions out of all."""
        return accuracy(self.confusion)

    @property
    def majority(self) -> float:
        """What always giving the commonest label would score."""
        return max((_given(self.confusion, x, 0) for x in LABELS), default=0) / (self.decisions or 1)

    @property
    def macro_f1(self) -> float:
        """Mean of the three labels' F1."""
        return sum(self.f1(x) for x in LABELS) / len(LABELS)

    @property
    def evidence_overlap(self) -> float:
        """Of decisions rightly made from the contract, those quoting one of the annotators' spans."""
        return self.evidence_found / self.evidence_total if self.evidence_total else 0.0

    def f1(self, label: str) -> float:
        """Harmonic mean of a label's precision and recall; 0 where it was never right."""
        right = self.confusion[label, label]
        both = _given(self.confusion, label, 0) + _given(self.confusion, label, 1)
        return 2 * right / both if both else 0.0

    def lines(self) -> list[str]:
        """The figures for people, beside the published ones."""
        rows = [
            f"ContractNLI: {self.contracts} contracts, {self.decisions} decisions, {self.seconds:.1f} s",
            f"{'':38}{'accuracy':>10}{'F1 contradiction':>18}{'macro F1':>10}{'evidence':>10}",
            f"{'this reader, not trained on it':38}{self.accuracy:10.3f}{self.f1('Contradiction'):18.3f}"
            f"{self.macro_f1:10.3f}{self.evidence_overlap:10.3f}",
            f"{'always the commonest label':38}{self.majority:10.3f}{0.0:18.3f}",
        ]
        rows += [f"{name:38}{one:10.3f}{two:18.3f}" for name, (one, two) in PUBLISHED.items()]
        rows += [f"  {name:48}{accuracy(c):.2f}" for name, c in sorted(self.hypotheses.items())]
        for right in LABELS:
            cells = ", ".join(f"{self.confusion[right, given]} {given}" for given in LABELS)
            rows.append(f"  {right} was given as {cells}")
        return rows


def accuracy(confusion: Mapping[tuple[str, str], int]) -> float:
    """Share of the decisions in which both labels are the same."""
    total = sum(confusion.values())
    return sum(n for (right, given), n in confusion.items() if right == given) / total if total else 0.0


def run(data: Path, reader: str = "embedded") -> ContractNliScores:
    """Judge every hypothesis against every contract. `data` is dev.json or the folder that holds it.

    Raises HandoffError where there is no such file, or where it is none of ContractNLI's.
    """
    path = data / FILE if data.is_dir() else data
    try:
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        documents, labels = read["documents"], read["labels"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HandoffError(f"'{path}' is no ContractNLI file ({error!r}). Give its {FILE}.") from None
    return score(documents, labels, get_reader(reader))


def score(
    documents: Sequence[Mapping[str, Any]], labels: Mapping[str, Mapping[str, str]], reader: Reader
) -> ContractNliScores:
    """The same with the file's parts and the reader given."""
    scores = ContractNliScores()
    promises = [promise(key, label["hypothesis"]) for key, label in sorted(labels.items())]
    begun = time.perf_counter()
    for document in documents:
        record = DealRecord(Deal(), (contract(document),), (), Roster(), DAY)
        judged = reader.judge(promises, reader.find_terms(record), record)
        answers = document["annotation_sets"][0]["annotations"]
        for one in judged:
            _count(scores, one, answers[one.id], labels[one.id]["short_description"])
    scores.contracts, scores.seconds = len(documents), time.perf_counter() - begun
    return scores


def promise(key: str, hypothesis: str) -> Commitment:
    """A hypothesis as if somebody had said it."""
    said = Evidence(source="call", segment_id=key, quote=hypothesis, locator=key)
    return Commitment(
        id=key, party="vendor", speaker=None, category="other", text=hypothesis, evidence=(said,),
        said_on=DAY.isoformat(),
    )  # fmt: skip


def contract(document: Mapping[str, Any]) -> Source:
    """The contract with the data set's spans as its segments, called by their numbers."""
    spans = [" ".join(document["text"][a:b].split()) for a, b in document["spans"]]
    segments = tuple(
        Segment(id=str(i), text=text, kind="clause", locator=f"span {i}")
        for i, text in enumerate(spans)
        if text
    )
    return Source(name="contract", kind="contract", sha256="", segments=segments)


def _count(scores: ContractNliScores, one: Commitment, answer: Mapping[str, Any], name: str) -> None:
    right, given = answer["choice"], _VERDICTS.get(one.verdict, "NotMentioned")
    scores.confusion[right, given] += 1
    scores.hypotheses.setdefault(name, Counter())[right, given] += 1
    if right == given != "NotMentioned":
        scores.evidence_total += 1
        scores.evidence_found += bool(
            {e.segment_id for e in one.contract_evidence} & set(map(str, answer["spans"]))
        )


def _given(confusion: Mapping[tuple[str, str], int], label: str, side: int) -> int:
    """Decisions that have the label as the right one (side 0) or as the given one (1)."""
    return sum(n for pair, n in confusion.items() if pair[side] == label)
