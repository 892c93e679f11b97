"""The public benchmark's result as it is kept: figures only, nothing of the data set."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.packet import Noun
from eval.contractnli import LABELS, PUBLISHED, ContractNliScores, accuracy

NAME = "contractnli"


class Benchmark(Noun):
    """One run of ContractNLI."""

    date: str
    version: str
    commit: str = ""
    reader: str
    contracts: int
    decisions: int
    accuracy: float
    contradiction_f1: float
    macro_f1: float
    evidence_overlap: float
    majority: float
    """Accuracy of always giving the commonest label."""
    hypotheses: dict[str, float]
    """Accuracy of each, by its short description."""
    confusion: dict[str, dict[str, int]]
    """Right label -> given label -> decisions."""
    published: dict[str, tuple[float, float]]
    """Accuracy and F1 of contradiction of systems that were trained on the data."""
    seconds: float


def make_benchmark(
    scores: ContractNliScores, date: str, version: str, reader: str, commit: str = ""
) -> Benchmark:
    """The scores with what they were measured on."""
    return Benchmark(
        date=date, version=version, commit=commit, reader=reader,
        contracts=scores.contracts, decisions=scores.decisions,
        accuracy=round(scores.accuracy, 4), contradiction_f1=round(scores.f1("Contradiction"), 4),
        macro_f1=round(scores.macro_f1, 4), evidence_overlap=round(scores.evidence_overlap, 4),
        majority=round(scores.majority, 4),
        hypotheses={name: round(accuracy(c), 4) for name, c in sorted(scores.hypotheses.items())},
        confusion={a: {b: scores.confusion[a, b] for b in LABELS} for a in LABELS},
        published=dict(PUBLISHED), seconds=round(scores.seconds, 1),
    )  # fmt: skip


def write_benchmark(benchmark: Benchmark, folder: Path) -> Path:
    """Keep it in the folder; the same day and reader are overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{benchmark.date}-{NAME}-{benchmark.reader}.json"
    path.write_text(json.dumps(benchmark.model_dump(mode="json"), indent=1) + "\n", "utf-8")
    return path


def kept_benchmarks(folder: Path) -> list[Benchmark]:
    """The last one of each reader."""
    files = sorted(folder.glob(f"*-{NAME}-*.json"))
    found = [Benchmark.model_validate_json(file.read_text("utf-8")) for file in files]
    return list({one.reader: one for one in found}.values())
