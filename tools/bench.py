"""Time and peak memory of a draft, a line an example: `python -m tools.bench [FOLDER ...]`.

Each deal is drafted RUNS times in processes of its own, and the best counts, for the machine may be busy with
other work. Seconds are wall-clock; CPU seconds are those of all processes together, on all cores.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 3.0, 500.0
"""What a draft may take on two cores."""
RUNS = 3
LOOK = 0.02
"""Seconds between two looks at the memory."""


class Cost(NamedTuple):
    """Wall and CPU seconds, and megabytes of all processes together, shared pages counted once."""

    wall: float
    cpu: float
    megabytes: float


def measure(folder: Path, *, memory: bool = False) -> Cost:
    """What one draft costs, as `handoff draft` runs it; looking at the memory takes time from it."""
    with tempfile.TemporaryDirectory() as out:
        program = [sys.executable, "-m", "assistant.cli", "draft", str(folder), "--quiet"]
        begun = time.perf_counter()
        child = os.spawnv(
            os.P_NOWAIT, sys.executable, [*program, "--as-of", _day(folder).isoformat(), "--out", out]
        )
        megabytes = _watched(child) if memory else 0.0
        _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"{folder}: the draft failed")
    return Cost(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, megabytes)


def best(folder: Path) -> Cost:
    """The least of each over RUNS drafts; memory is that of another one."""
    runs = [measure(folder) for _ in range(RUNS)]
    megabytes = measure(folder, memory=True).megabytes
    return Cost(min(r.wall for r in runs), min(r.cpu for r in runs), megabytes)


def _watched(child: int) -> float:
    """The most megabytes that the process and its children hold at a time, until it ends."""
    most = 0.0
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        most = max(most, sum(_megabytes(process) for process in _family(child)))
        time.sleep(LOOK)
    return most


def _family(process: int) -> list[int]:
    """The process, its children and theirs."""
    found = [process]
    for parent in found:  # grows while it is read
        with contextlib.suppress(OSError):
            tasks = Path(f"/proc/{parent}/task").iterdir()
            found += [int(n) for task in tasks for n in (task / "children").read_text().split()]
    return found


def _megabytes(process: int) -> float:
    """What a process holds, a page that n processes share counted as an n-th; 0 where it is gone."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return 0.0


def steps(folder: Path) -> list[tuple[str, float, float]]:
    """Name, wall and CPU seconds of each step of one draft in this process, imports first."""
    laps = [("Imports", time.perf_counter(), time.process_time())]
    from assistant.deal_file import find_deal_file, read_deal
    from assistant.pipeline import draft

    deal_file = find_deal_file(folder)
    deal = read_deal(deal_file) if deal_file else None

    def step(name: str) -> None:
        laps.append((name, time.perf_counter(), time.process_time()))

    draft(folder, deal, as_of=_day(folder), on_step=step)
    step("end")
    return [(name, end - begun, used - before) for (name, begun, before), (_, end, used) in pairwise(laps)]


def _day(folder: Path) -> date:
    for name in ("expected.yaml", "gold.yaml"):
        if (folder / name).exists():
            return date.fromisoformat(str(yaml.safe_load((folder / name).read_text("utf-8"))["as_of"]))
    return date(2026, 1, 1)


def main(folders: list[Path]) -> int:
    """Print a line a deal, then the steps of the first; 1 when a deal takes more than it may."""
    over = False
    named = f"best of {RUNS}"
    print(f"{named:<24}{'seconds':>9}{'of limit':>10}{'CPU s':>8}{'MB peak':>9}{'of limit':>10}")
    for folder in folders:
        wall, cpu, megabytes = best(folder)
        over |= wall > SECONDS or megabytes > MEGABYTES
        ratios = f"{wall:9.2f}{wall / SECONDS:10.0%}{cpu:8.2f}{megabytes:9.0f}{megabytes / MEGABYTES:10.0%}"
        print(f"{folder.name:<24}{ratios}")
    print(
        f"\n{'steps of ' + folders[0].name:<40}{'seconds':>9}{'CPU s':>8}   (CPU: computing ahead included)"
    )
    for name, wall, cpu in steps(folders[0]):
        print(f"{name:<40}{wall:9.2f}{cpu:8.2f}")
    return 1 if over else 0


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    sys.exit(main(given or sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())))
