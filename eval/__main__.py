"""The command line of the eval suite: `python -m eval`, see `python -m eval --help`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from assistant import __version__
from assistant.errors import HandoffError
from eval.bars import held, load_bars
from eval.compare import compare
from eval.deals import ROOT, SPLITS, deals, given, split_of
from eval.drafting import draft_deals, score_drafted
from eval.flakiness import flakiness
from eval.items import CaseResult
from eval.printed import bar_lines, comparison_lines, flaky_lines, run_lines, slice_lines, wrong_lines
from eval.runs import KEPT, About, Run, find_run, make_run, read_run, write_run

OUT = Path("out") / "eval"
REACHED, MISSED, UNUSABLE = 0, 1, 2
"""Exit codes."""
EXAMPLES = """\
examples:
  python -m eval                                   the dev split, embedded reader
  python -m eval aldermere --show                  one deal, and what went wrong in words
  python -m eval --split test                      totals and slices of the test split, never its texts
  python -m eval --against last                    is it better than the last kept run?
  python -m eval --split all --keep                keep the run in eval/runs
  python -m eval --reader llm --repeat 5           how steady a chat model is
  python -m eval compare RUN RUN
  python -m eval contractnli --data PATH           the public benchmark
  python -m eval report                            the last kept run as Markdown and as a page

exit codes: 0 done, 1 a bar is missed, 2 unusable
"""


def main(arguments: Sequence[str]) -> int:
    """Carry out a command line; gives the exit code."""
    words = list(arguments)
    command = words.pop(0) if words and words[0] in COMMANDS else "run"
    try:
        return COMMANDS[command](words)
    except HandoffError as error:
        print(f"eval: {error}", file=sys.stderr)
        return UNUSABLE


def _run(words: Sequence[str]) -> int:
    asked = _run_options().parse_args(words)
    folders = given(asked.folders) if asked.folders else deals(asked.split)
    if asked.show:
        _refuse_test_texts(folders)
    old = read_run(find_run(asked.against)) if asked.against else None
    run = _measured(
        folders, asked.reader, asked.repeat, asked.workers, "given" if asked.folders else asked.split
    )
    _print(run_lines(run))
    if asked.slices or asked.split == "test":
        _print(["", *slice_lines(run.cases)])
    if asked.show:
        _print(["", *wrong_lines(run.cases)])
    if asked.repeat > 1:
        _print(["", "unsteady:", *flaky_lines(flakiness(run))])
    if old:
        _print(["", *comparison_lines(compare(old, run))])
    print(f"\n{write_run(run, KEPT if asked.keep else OUT)}")
    return REACHED if asked.folders else _held(run)


def _measured(folders: Sequence[Path], reader: str, repeat: int, workers: int, split: str) -> Run:
    results: list[CaseResult] = []
    model, fingerprints = None, {}
    for attempt in range(1, repeat + 1):
        for drafted in draft_deals(folders, reader, workers):
            results.append(score_drafted(drafted, attempt))
            model, fingerprints = drafted.packet.run.model, drafted.packet.run.prompt_fingerprints
    about = About(
        date=date.today().isoformat(), version=__version__, commit=_commit(), reader=reader, model=model,
        prompt_fingerprints=fingerprints, split=split, attempts=repeat,
    )  # fmt: skip
    return make_run(about, results)


def _held(run: Run) -> int:
    table = load_bars()
    bars = held(run, table, "bar")
    missed = list(bar_lines(bars))
    _print([*bar_lines(held(run, table, "goal")), *missed])
    print(f"{len(bars) - len(missed)} of {len(bars)} bars reached")
    return MISSED if missed else REACHED


def _refuse_test_texts(folders: Sequence[Path]) -> None:
    hidden = [folder.name for folder in folders if split_of(folder) == "test"]
    if hidden:
        raise HandoffError(
            f"'{hidden[0]}' is a test deal: it is scored, never shown. To look at it, move it to dev in "
            "eval/split.toml and write a new one in its place."
        )


def _compare(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        "python -m eval compare", description="Hold a run against an earlier one."
    )
    parser.add_argument("before", help="a kept run's name, a file, or 'last'")
    parser.add_argument("after")
    asked = parser.parse_args(words)
    _print(comparison_lines(compare(*(read_run(find_run(name)) for name in (asked.before, asked.after)))))
    return REACHED


def _contractnli(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        "python -m eval contractnli", description="The reader's judge on a public set of real contracts."
    )
    parser.add_argument("--data", type=Path, required=True, help="dev.json of ContractNLI, or its folder")
    parser.add_argument("--reader", default="embedded")
    parser.add_argument("--keep", action="store_true", help="keep the figures in eval/runs")
    asked = parser.parse_args(words)
    from eval.benchmark import make_benchmark, write_benchmark
    from eval.contractnli import run

    scores = run(asked.data, asked.reader)
    _print(scores.lines())
    made = make_benchmark(scores, date.today().isoformat(), __version__, asked.reader, _commit())
    print(f"\n{write_benchmark(made, KEPT if asked.keep else OUT)}")
    return REACHED


def _report(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        "python -m eval report",
        description="Runs as Markdown and as one page; the first is what it is about.",
    )
    parser.add_argument(
        "runs", nargs="*", default=["last"], metavar="RUN", help="file, name, or 'last' (last)"
    )
    parser.add_argument("--against", metavar="RUN", help="show what changed since that run")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to (out/eval)")
    asked = parser.parse_args(words)
    from eval.benchmark import kept_benchmarks
    from eval.report import Shown, write_report

    runs = [read_run(find_run(name)) for name in asked.runs]
    change = compare(read_run(find_run(asked.against)), runs[0]) if asked.against else None
    shown = Shown(runs, load_bars(), change, kept_benchmarks(KEPT))
    _print(str(path) for path in write_report(shown, asked.out))
    return REACHED


def _run_options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m eval", description="Draft answered deals and score the packets.", epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="deals with answers, by path or name"
    )
    parser.add_argument(
        "--split", choices=SPLITS, default="dev", help="which deals, when none is named (dev)"
    )
    parser.add_argument("--reader", default="embedded", help="who reads (embedded)")
    parser.add_argument("--against", metavar="RUN", help="compare with a run: its file, its name, or 'last'")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="draft each deal N times")
    parser.add_argument("--show", action="store_true", help="list what was wrong, in words; dev only")
    parser.add_argument("--slices", action="store_true", help="print every slice")
    parser.add_argument("--keep", action="store_true", help="keep the run in eval/runs instead of out/eval")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="deals drafted at a time (2)")
    return parser


def _commit() -> str:
    """The code's commit, "+" behind it where files differ from it; "" outside of a checkout."""
    try:
        head = _git("rev-parse", "--short=12", "HEAD")
        changed = _git(
            "status", "--porcelain", "--untracked-files=no", "--", "assistant", "extractors", "prompts"
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head + ("+" if changed else "")


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": _run,
    "compare": _compare,
    "contractnli": _contractnli,
    "report": _report,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
