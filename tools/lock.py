"""requirements.lock: every release that the environment is made of, names and versions only.

`python -m tools.lock write` resolves pyproject.toml anew; `... check` says what no longer fits.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
HEADER = "# Written by `make lock` from pyproject.toml; `make check` verifies that the two agree.\n"
PIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*==[0-9A-Za-z.!+]+")


def wanted(pyproject: str) -> list[Requirement]:
    """What pyproject.toml asks for, the dev group included."""
    data = tomllib.loads(pyproject)
    return [Requirement(line) for line in data["project"]["dependencies"] + data["dependency-groups"]["dev"]]


def problems(pyproject: str, lock: str) -> list[str]:
    """One line for each way in which the lock does not satisfy pyproject.toml; [] when it does."""
    lines = [line for line in lock.splitlines() if line and not line.startswith("#")]
    found = [f"not a plain name==version: {line!r}" for line in lines if not PIN.fullmatch(line)]
    if lines != sorted(set(lines)):
        found.append("lines are not sorted and unique")
    pins = dict(line.split("==", 1) for line in lines if "==" in line)
    for need in wanted(pyproject):
        version = pins.get(canonicalize_name(need.name))
        if version is None:
            found.append(f"{need.name} is missing")
        elif version not in need.specifier:
            found.append(f"{need.name} is locked at {version}, pyproject.toml asks for {need.specifier}")
    return found


def resolve(requirements: list[str]) -> list[str]:
    """Sorted `name==version` lines that satisfy the requirements, by uv when it is there and pip when not."""
    if shutil.which("uv"):
        command = ["uv", "pip", "compile", "-", "--no-header", "--no-annotate", "--python", sys.executable]
        done = subprocess.run(
            command, input="\n".join(requirements), capture_output=True, text=True, check=True
        )
        return sorted(line for line in done.stdout.splitlines() if PIN.fullmatch(line))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        subprocess.run([*command, "--report", str(report), *requirements], check=True)
        chosen = [item["metadata"] for item in json.loads(report.read_text("utf-8"))["install"]]
    return sorted(f"{canonicalize_name(m['name'])}=={m['version']}" for m in chosen)


def main(action: str) -> int:
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    if action == "write":
        lines = resolve([str(need) for need in wanted(pyproject)])
        LOCK.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
        print(f"{LOCK.name}: {len(lines)} releases")
        return 0
    found = problems(pyproject, LOCK.read_text("utf-8"))
    for line in found:
        print(f"{LOCK.name}: {line}; run `make lock`", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
