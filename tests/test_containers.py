"""Dockerfile and compose.yaml keep our rules, and a file that does not is told what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.containers import ROOT, build, faults_of_compose, faults_of_image, steps

GOOD = 'FROM python:3.11 AS one\nFROM python:3.11\nUSER 7\nHEALTHCHECK CMD ["x"]\nENTRYPOINT ["handoff"]\n'


def test_ours_have_no_faults() -> None:
    assert list(faults_of_image(steps((ROOT / "Dockerfile").read_text("utf-8")))) == []
    assert list(faults_of_compose((ROOT / "compose.yaml").read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("FROM python", "say which version"),
        ("FROM python:latest", "say which version"),
        ("USER root", "do not run as root"),
        ("CMD handoff serve", "write it as a list"),
        ("ADD a b", "use COPY"),
        ("COPY nowhere.txt /", "there is no such file"),
        ("COPY --from=two /dist /dist", "there is no such stage"),
    ],
)
def test_a_fault_of_an_image_is_told(line: str, fault: str) -> None:
    assert list(faults_of_image(steps(GOOD))) == []
    assert [told for told in faults_of_image(steps(GOOD + line)) if fault in told]


@pytest.mark.parametrize(
    ("service", "fault"),
    [
        ("{image: 'x:latest'}", "latest"),
        ("{image: x, ports: ['80:80']}", "open to everybody"),
        ("{image: x, volumes: ['data:/data']}", "not declared"),
        ("{image: x, environment: {DB_PASSWORD: hush}}", "stands in the file"),
        ("{command: [x]}", "neither image nor build"),
    ],
)
def test_a_fault_of_a_compose_file_is_told(service: str, fault: str) -> None:
    assert [told for told in faults_of_compose(f"services:\n  a: {service}\n") if fault in told]


def test_the_steps_of_a_build_are_gone_through_in_a_folder(tmp_path: Path) -> None:
    text = (
        'FROM python:3.11\nWORKDIR /src\nCOPY LICENSE ./\nENV A="b" C=/data\n'
        "RUN useradd x && cp LICENSE /dist-copy && \\\n    cp LICENSE /src/again\n"
        'ENTRYPOINT ["handoff"]\nCMD ["serve"]\nHEALTHCHECK --timeout=5s CMD ["python"]\n'
    ).replace("/dist-copy", "./copy")
    image = build(text, tmp_path, sys.executable, {"PATH": "/usr/bin:/bin"})
    assert (tmp_path / "src" / "again").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert (image.environment, image.entrypoint, image.command) == (
        {"A": "b", "C": "/data"},
        ["handoff"],
        ["serve"],
    )
    assert image.health == ["python"]
