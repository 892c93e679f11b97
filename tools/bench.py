"""Time and peak memory of a draft, a line an example: `python -m tools.bench [FOLDER ...]`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 3.0, 500.0
"""What a draft may take on two cores."""


def measure(folder: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one draft in a process of its own (its largest process counts)."""
    expected = folder / "expected.yaml"
    day = yaml.safe_load(expected.read_text("utf-8"))["as_of"] if expected.exists() else "2026-01-01"
    with tempfile.TemporaryDirectory() as out:
        program = [sys.executable, "-m", "assistant.cli", "draft", str(folder), "--quiet"]
        begun = time.perf_counter()
        child = os.spawnv(os.P_NOWAIT, sys.executable, [*program, "--as-of", str(day), "--out", out])
        _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"{folder}: the draft failed")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def main(folders: list[Path]) -> int:
    over = False
    print(f"{'deal':<24}{'seconds':>9}{'of limit':>10}{'MB peak':>9}{'of limit':>10}")
    for folder in folders:
        seconds, megabytes = measure(folder)
        over |= seconds > SECONDS or megabytes > MEGABYTES
        ratios = f"{seconds:9.2f}{seconds / SECONDS:10.0%}{megabytes:9.0f}{megabytes / MEGABYTES:10.0%}"
        print(f"{folder.name:<24}{ratios}")
    return 1 if over else 0


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    sys.exit(main(given or sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())))
