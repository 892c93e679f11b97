"""schemathesis against the API as it runs: what it is sent is made from the description, valid and not.

Not part of `make test`: `make api-test` runs it.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from apis import Api, running
from databases import settings_for
from desks import Clock, drafted, submitted

CONFIG = Path(__file__).with_name("schemathesis.toml")
PHASES = "examples,coverage,fuzzing,stateful"


class Rushing(Clock):
    """Each look at it is twenty minutes later: nobody has to wait after wrong tokens."""

    def __call__(self) -> datetime:
        self.pass_hours(1 / 3)
        return self.now


@pytest.mark.parametrize(("login", "kind"), [("olu", "sqlite"), ("mia", "postgres")])
def test_the_api_is_what_its_description_says(
    tmp_path: Path, login: str, kind: str, request: pytest.FixtureRequest
) -> None:
    settings = settings_for(kind, tmp_path, request).model_copy(update={"api_per_minute": 1_000_000})
    with running(tmp_path, settings, Rushing(), "embedded") as api:
        (submitted if login == "mia" else drafted)(api.desk)
        with api.program(None) as program:
            program.get("/openapi.json", timeout=120)  # the first time takes longer than schemathesis waits
        done = subprocess.run(_command(api, login), capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stdout[:40_000]


def _command(api: Api, login: str) -> list[str]:
    address = f"{api.address}/api/v1/openapi.json"
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run", address]
    only = ["--include-path-regex", "decisions$"] if login == "mia" else []
    return [*command, "--phases", PHASES, *only, "-H", f"Authorization: Bearer {api.tokens[login]}"]
