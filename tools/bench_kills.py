"""Kills whoever asks at random moments, counts what is paid twice: `python -m tools.bench_kills [N]`.

A server on this machine answers; a process asks 24 questions in two rounds, keeps the answers in a store
of its own and is killed (SIGKILL) after a random time, 200 times over or as often as told. When a list
of questions is through, the next one begins. Counted are
- repaid: questions asked again although their answer was kept,
- lost: answers that were kept once and are gone,
- late: answers that the server had sent 0.3 seconds before a kill and that were not kept yet,
- under way: questions asked again because a kill came before their answer; nobody can have kept those.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NoReturn

from pydantic import BaseModel, ConfigDict, SecretStr

from assistant.readers.llm.client import Client
from assistant.readers.llm.opening import open_client
from assistant.readers.llm.question import Question
from assistant.settings import Settings
from assistant.store import open_store
from assistant.store.answers import KeptAnswers
from assistant.store.engine import FILE_NAME
from tests.loopback import Request, Says, loopback

ROUND, LONGEST, SOON = 12, 0.8, 0.3
"""Questions of one round; after how many seconds a process is killed at most; how many keeping may take."""


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: str
    kind: Literal["said"]


@dataclass
class Count:
    """What happened over all kills."""

    kills: int = 0
    finished: int = 0
    repaid: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def under_way(self) -> int:
        """Questions that went out again because their first answer never arrived."""
        return sum(times - 1 for times in self.asked.values()) - len(self.repaid)


def settings_for(url: str, folder: str) -> Settings:
    return Settings(
        model="openai:bench", base_url=url, api_key=SecretStr("none"), data_dir=Path(folder), concurrency=6
    )


def questions(batch: int, part: int) -> list[Question[Answer]]:
    numbers = [f"{batch}.{part}.{n}" for n in range(ROUND)]
    return [
        Question("bench", "0" * 64, "Rules.", "Sources.", f"Number {number}", Answer, 100)
        for number in numbers
    ]


def work(url: str, folder: str) -> None:
    """For each "batch delay" on stdin: fork a child that asks, kill it after the delay, tell how it ended.

    The fork saves loading the libraries two hundred times. A child that is through stays a zombie until it is
    waited for, so that its number cannot be anybody else's.
    """
    settings = settings_for(url, folder)
    open_store(settings).close()
    client = open_client(settings)
    client.load()
    for line in sys.stdin:
        batch, delay = line.split()
        child = os.fork()
        if child == 0:
            client.answers = KeptAnswers(open_store(settings))
            ask_all(client, int(batch))
        time.sleep(float(delay))
        os.kill(child, signal.SIGKILL)
        killed = time.monotonic()
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), killed, flush=True)


def ask_all(client: Client, batch: int) -> NoReturn:
    for part in (1, 2):
        client.ask(questions(batch, part))
    os._exit(0)


def measure(kills: int, seed: int = 7) -> Count:
    """So many kills; the same seed gives the same delays."""
    chance, count, batch = random.Random(seed), Count(), 0
    with tempfile.TemporaryDirectory() as folder:
        open_store(settings_for("http://unused", folder)).close()

        def script(request: Request) -> Says:
            number = number_of(request)
            if number in numbers_kept(folder):
                count.repaid.append(number)
            count.asked[number] += 1
            return Says({"number": number, "kind": "said"}, after=chance.random() * 0.03)

        with loopback(script) as server:
            program = [sys.executable, "-m", "tools.bench_kills", "--work", server.url, folder]
            worker = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            seen: set[str] = set()
            while count.kills < kills:
                begun = time.monotonic()
                ended, killed = run_once(worker, batch, chance.random() * LONGEST)
                now = numbers_kept(folder)
                here = [s for s in server.answered if s.begun > begun and s.ended < killed - SOON]
                sent = {number_of(s.request) for s in here}
                count.lost |= seen - now
                count.late |= sent - now
                seen = now
                count.kills += ended == -signal.SIGKILL
                count.finished += ended == 0
                batch += ended == 0
                if ended not in (0, -signal.SIGKILL):
                    raise SystemExit(f"the asking process failed with {ended}")
            worker.terminate()
    return count


def run_once(worker: subprocess.Popen[str], batch: int, delay: float) -> tuple[int, float]:
    """One child, killed after the delay unless it is through; its exit code and when it was killed."""
    assert worker.stdin and worker.stdout
    worker.stdin.write(f"{batch} {delay}\n")
    worker.stdin.flush()
    code, killed = worker.stdout.readline().split()
    return int(code), float(killed)


def number_of(request: Request) -> str:
    return request.text.rpartition(" ")[2]


def numbers_kept(folder: str) -> set[str]:
    """Read from the file itself, past the code that is measured."""
    with closing(sqlite3.connect(Path(folder) / FILE_NAME)) as database:
        rows = database.execute("SELECT content FROM answer").fetchall()
    return {json.loads(json.loads(row[0])["text"])["number"] for row in rows}


def main(kills: int) -> int:
    begun = time.perf_counter()
    count = measure(kills)
    print(
        f"{count.kills} kills, {count.finished} lists finished in {time.perf_counter() - begun:.0f} s: "
        f"{len(count.asked)} questions, {len(count.repaid)} repaid, {len(count.lost)} lost, "
        f"{len(count.late)} late, {count.under_way} under way when killed"
    )
    return 1 if count.repaid or count.lost else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(*sys.argv[2:4])
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 200))
