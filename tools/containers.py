"""Dockerfile and compose.yaml as data: what they say, what is wrong with it, and the steps of a build.

Understood are FROM ... AS, COPY [--from], RUN, ENV, WORKDIR, USER, ENTRYPOINT, CMD and HEALTHCHECK.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("/src", "/dist", "/opt", "/data", "/home")
"""Folders of the image that a build writes to."""
SKIPPED = re.compile(r"^(useradd|mkdir /data|chown)")


@dataclass(frozen=True)
class Step:
    """One instruction: its word in capitals and the rest of its lines as one."""

    word: str
    rest: str


@dataclass
class Image:
    """What a build leaves behind: the folder that stands for "/", and how the image starts."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def here(self, text: str) -> str:
        """The text with the image's folders in the place where they are now."""
        return re.sub(rf"(?<![\w./-])({'|'.join(PLACES)})(?=[/\s\"']|$)", rf"{self.root}\1", text)


def steps(text: str) -> list[Step]:
    """The instructions of a Dockerfile, comments left out."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    return [Step(*line.strip().split(None, 1)) for line in whole.splitlines()]


def faults_of_image(found: list[Step], root: Path = ROOT) -> Iterator[str]:
    """What must not be in a Dockerfile of ours."""
    stages = [step.rest.split(" AS ")[-1] for step in found if step.word == "FROM"]
    for step in found:
        if step.word == "FROM" and (":" not in step.rest or ":latest" in step.rest):
            yield f"FROM {step.rest}: say which version"
        if step.word in ("CMD", "ENTRYPOINT") and not step.rest.startswith("["):
            yield f"{step.word}: write it as a list, so that signals arrive"
        if step.word == "ADD":
            yield "ADD: use COPY"
        if step.word == "COPY":
            *flags, _ = [part for part in step.rest.split() if part.startswith("--from=")] + [""]
            if flags and flags[0].removeprefix("--from=") not in stages:
                yield f"COPY {step.rest}: there is no such stage"
            if not flags and (gone := [n for n in step.rest.split()[:-1] if not (root / n).exists()]):
                yield f"COPY {gone[0]}: there is no such file"
    users = [step.rest for step in found if step.word == "USER"]
    if not users or users[-1] in ("root", "0"):
        yield "USER: do not run as root"
    if not any(step.word == "HEALTHCHECK" for step in found):
        yield "HEALTHCHECK: say how one sees that it works"


def faults_of_compose(text: str) -> Iterator[str]:
    """What must not be in a compose file of ours."""
    found = yaml.safe_load(text)
    volumes = set(found.get("volumes", {}))
    for name, service in found["services"].items():
        if "image" not in service and "build" not in service:
            yield f"{name}: neither image nor build"
        if ":latest" in service.get("image", "") or service.get("privileged"):
            yield f"{name}: latest or privileged"
        for port in service.get("ports", ()):
            if not str(port).startswith("127.0.0.1:"):
                yield f"{name}: port {port} is open to everybody"
        for volume in service.get("volumes", ()):
            if not volume.startswith(("./", "/")) and volume.split(":")[0] not in volumes:
                yield f"{name}: volume {volume} is not declared"
        for other in service.get("depends_on", {}):
            if other not in found["services"]:
                yield f"{name}: depends on {other}, which is not there"
        for key, value in service.get("environment", {}).items():
            if "PASSWORD" in key and "${" not in str(value):
                yield f"{name}: {key} stands in the file"


def build(text: str, root: Path, python: str, environment: Mapping[str, str]) -> Image:
    """Go through the steps with `root` in the place of "/". Raises CalledProcessError where one fails."""
    image = Image(root)
    for step in steps(text):
        if step.word == "FROM":
            image.environment, image.folder = {}, "/"
        elif step.word == "WORKDIR":
            image.folder = step.rest
            Path(image.here(step.rest)).mkdir(parents=True, exist_ok=True)
        elif step.word == "COPY":
            _copy(step.rest, image)
        elif step.word == "RUN":
            _run(step.rest, image, python, environment)
        elif step.word == "ENV":
            image.environment |= dict(re.findall(r'(\w+)="?([^"\s]+)"?', step.rest))
        elif step.word in ("ENTRYPOINT", "CMD"):
            setattr(image, {"CMD": "command"}.get(step.word, "entrypoint"), json.loads(step.rest))
        elif step.word == "HEALTHCHECK":
            image.health = json.loads(step.rest[step.rest.index("[") :])
    return image


def _copy(rest: str, image: Image) -> None:
    *names, to = [part for part in rest.split() if not part.startswith("--")]
    target = Path(image.here(to if to.startswith("/") else f"{image.folder}/{to}"))
    for name in names:
        if "--from=" in rest:  # all stages share one root here, so it is there already
            continue
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            into = target / source.name if to.endswith("/") else target
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, into)


def _run(rest: str, image: Image, python: str, environment: Mapping[str, str]) -> None:
    """The commands, without those that need the rights of a machine's owner."""
    parts = [part.strip() for part in rest.split("&&")]
    wanted = [image.here(part) for part in parts if not SKIPPED.match(part)]
    if len(wanted) < len(parts):
        Path(image.here("/data")).mkdir(exist_ok=True)
        Path(image.here("/home/handoff")).mkdir(parents=True, exist_ok=True)
    # virtualenv brings its own pip: neither uv's environments nor Debian's Python have one to give.
    made = [re.sub(r"^python -m venv ", f"{sys.executable} -m virtualenv --quiet ", part) for part in wanted]
    script = " && ".join(re.sub(r"^python ", f"{python} ", part) for part in made) or "true"
    folder = Path(image.here(image.folder))
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["sh", "-euc", script], cwd=folder, env=dict(environment), check=True)


def service_commands(text: str, image: Image) -> dict[str, list[str]]:
    """Name -> what the service runs, of those that run our image."""
    found: dict[str, Any] = yaml.safe_load(text)["services"]
    ours = {name: one for name, one in found.items() if one.get("image") == "handoff"}
    return {name: [*image.entrypoint, *one.get("command", image.command)] for name, one in ours.items()}
