"""The report as Markdown and as a page, README's accuracy, and the command line of the eval suite."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from measured import result, run

from eval.__main__ import main
from eval.bars import load_bars
from eval.benchmark import make_benchmark, write_benchmark
from eval.compare import compare
from eval.contractnli import ContractNliScores
from eval.items import CaseResult, Item, Usage
from eval.report import Shown, write_report
from eval.report.readme import NONE, accuracy
from eval.runs import Run, write_run

ROOT = Path(__file__).resolve().parent.parent


def verdicts(case: str) -> CaseResult:
    tags = ("hedged", "spoken")
    items = [Item(score="recall", id=f"p{i}", right=True, tags=tags) for i in range(6)]
    items += [
        Item(
            score="verdicts",
            id=f"p{i}",
            right=i < 4,
            gold="covered",
            got="covered" if i < 4 else "vague",
            tags=tags,
        )
        for i in range(6)
    ]
    return CaseResult(
        case=case, split="dev", items=tuple(items), usage=Usage(seconds=2, cost=0.25, tokens=900)
    )


def shown(*runs: Run, against: Run | None = None) -> Shown:
    first = runs or (run(verdicts("mill <b>"), verdicts("quay")),)
    return Shown(first, load_bars(), compare(against, first[0]) if against else None)


class Balanced(HTMLParser):
    """Every element that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """ "<line/>" opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_escapes_what_it_shows_and_fetches_nothing(tmp_path: Path) -> None:
    _, page = write_report(shown(), tmp_path)
    text = page.read_text("utf-8")
    parser = Balanced()
    parser.feed(text)
    assert parser.open == []
    assert "mill &lt;b&gt;" in text
    assert not re.search(r"https?://|<script|<link|@import|url\(", text)
    assert "prefers-color-scheme: dark" in text


def test_the_report_tells_scores_slices_verdicts_and_cost(tmp_path: Path) -> None:
    text, page = (file.read_text("utf-8") for file in write_report(shown(), tmp_path))
    for part in ("0.67 (0.67-0.67), n 12", "hedged", "900", "$0.50"):
        assert part in text or part.replace("900", "1,800") in text, part
    assert "Verdicts wanted and given" in page


def test_the_same_runs_give_the_same_page(tmp_path: Path) -> None:
    first = [f.read_bytes() for f in write_report(shown(), tmp_path / "a")]
    assert first == [f.read_bytes() for f in write_report(shown(), tmp_path / "b")]


def test_readers_stand_side_by_side(tmp_path: Path) -> None:
    both = shown(run(verdicts("mill")), run(verdicts("mill"), reader="llm", model="some:model"))
    text, page = (file.read_text("utf-8") for file in write_report(both, tmp_path))
    assert "llm (some:model)" in text and "llm (some:model)" in page
    assert page.count('class="dot s1"') > 0


def test_a_report_against_another_run_lists_what_turned(tmp_path: Path) -> None:
    old, new = run(result("mill", "rw")), run(result("mill", "wr"))
    text, page = (f.read_text("utf-8") for f in write_report(shown(new, against=old), tmp_path))
    assert "now wrong: mill recall p1: words of mill p1" in text
    assert "words of mill p1" in page


def test_readme_tells_on_what_how_many_and_when_from_the_last_kept_run(tmp_path: Path) -> None:
    assert accuracy(tmp_path) == NONE
    write_run(run(result("mill", "ww")), tmp_path)
    write_run(run(result("mill", "rw"), result("dam", "r", split="test"), date="2026-03-09"), tmp_path)
    text = accuracy(tmp_path)
    assert "2026-03-09" in text and "1 test deals" in text and "1 dev deals" in text
    assert "| Promises found | 1.00, n 1 | 0.50, n 2 |" in text


def test_the_benchmark_is_told_beside_the_published_figures(tmp_path: Path) -> None:
    scores = ContractNliScores(contracts=1, seconds=2.0)
    scores.confusion["Entailment", "Entailment"] += 3
    scores.confusion["Contradiction", "Entailment"] += 1
    write_run(run(result("mill", "rw")), tmp_path)
    write_benchmark(make_benchmark(scores, "2026-03-09", "0", "embedded"), tmp_path)
    assert "accuracy 0.750, F1 of contradiction 0.000, n 4" in accuracy(tmp_path)


def test_the_words_of_a_test_deal_are_refused_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    from eval.deals import deals

    assert main([str(deals("test")[0]), "--show"]) == 2
    assert "is a test deal" in capsys.readouterr().err
    assert main(["--split", "test", "--show"]) == 2


def test_compare_and_report_work_on_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write_run(run(result("mill", "rw")), tmp_path)
    new = write_run(run(result("mill", "rr"), date="2026-03-09"), tmp_path)
    assert main(["compare", str(old), str(new)]) == 0
    assert "now right: mill recall p2" in capsys.readouterr().out
    assert main(["report", str(new), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "report.html").is_file()


def test_what_is_not_there_ends_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--against", "never"]) == 2
    assert main([str(tmp_path)]) == 2
    assert main(["contractnli", "--data", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 3


def test_help_shows_examples_and_exit_codes() -> None:
    done = subprocess.run([sys.executable, "-m", "eval", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert "--split test" in done.stdout and "exit codes" in done.stdout


def test_a_run_of_a_named_deal_is_written_and_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    deal = tmp_path / "brook"
    deal.mkdir()
    (deal / "call.txt").write_text(
        "Ann Bell (Fernway): We'll have the two yards live by the first of May.\nCarl Moss (Brook): Good.\n"
    )
    quote = "We'll have the two yards live by the first of May."
    rows = [
        {"id": "p1", "party": "vendor", "source": "call.txt", "quote": quote, "verdict": "not_in_contract"}
    ]
    (deal / "gold.yaml").write_text(json.dumps({"deal": "brook", "as_of": "2026-03-01", "commitments": rows}))
    monkeypatch.chdir(tmp_path)
    assert main([str(deal)]) == 0
    [file] = (tmp_path / "out" / "eval").glob("*-embedded-given.json")
    [case] = json.loads(file.read_text())["cases"]
    assert [i["right"] for i in case["items"] if i["score"] == "recall"] == [True]
    assert "Promises found" in capsys.readouterr().out
