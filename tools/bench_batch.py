"""Many deals, measured: `python -m tools.bench_batch [workers|queue|pace|kills] [N]`; else all of them.

- workers N: N generated deals by one worker process and by two; two must be 1.7 times as fast on two cores.
- queue N: N deals are queued (500 a second, memory flat), then handed out to a worker that does nothing with
  them: what the last tenth costs of the first tenth.
- pace N: four workers with a model that is limited to 60 calls a minute, for N minutes: never more than 60 in
  any minute at the model, and more than 54 on average.
- kills N: workers are killed (SIGKILL) N times at random moments; every deal ends once, none twice, and none
  is given up for what is not its fault.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

from assistant.batch import Ledger, Plan, find_jobs
from assistant.batch.collecting import Queueing, put_in_line
from assistant.batch.drafting import How
from assistant.batch.jobs import identity_of
from assistant.queue import Rhythm, run_worker
from assistant.store import queued
from tests.loopback import loopback
from tools.bench_model import answer
from tools.cluster import Cluster, cluster, settings_of
from tools.small_deals import write_deals

DAY = date(2026, 5, 18)
SPEED_UP, A_SECOND, MEMORY, LAST_OF_FIRST = 1.7, 500.0, 1.1, 1.1
CALLS, LEAST_CALLS, WORKERS = 60, 54, 4
NUMBERS = {"workers": 60, "queue": 10_000, "pace": 3, "kills": 100}
STALLED, LONGEST_LIFE = 2.0, 8.0
"""Of the workers that are killed: seconds of silence, and how long one lives at most."""


def row(what: str, value: float, bar: float, least: bool) -> bool:
    """Print one measurement; True when it misses its bar."""
    missed = value < bar if least else value > bar
    wanted, verdict = "at least" if least else "at most", "MISSED" if missed else "ok"
    print(f"{what:<58}{value:9.2f} {wanted:>8} {bar:7.2f}  {verdict}")
    return missed


def bench_workers(number: int) -> bool:
    """The same batch with one worker and with two."""
    with tempfile.TemporaryDirectory() as there:
        write_deals(Path(there) / "deals", number)
        seconds = {jobs: batch_seconds(Path(there), jobs, number) for jobs in (1, 2)}
    print(f"{number} deals: one worker {seconds[1]:.1f} s, two {seconds[2]:.1f} s")
    return row(f"two workers of one, {number} deals", seconds[1] / seconds[2], SPEED_UP, least=True)


def batch_seconds(there: Path, jobs: int, number: int) -> float:
    """Wall seconds of `handoff batch`, all of it."""
    out = there / f"out-{jobs}"
    program = [sys.executable, "-m", "assistant.cli", "batch", str(there / "deals"), "--quiet"]
    options = ["--reader", "embedded", "--as-of", str(DAY), "--jobs", str(jobs), "--out", str(out)]
    begun = time.perf_counter()
    subprocess.run([*program, *options], check=True)
    seconds = time.perf_counter() - begun
    drafted = [row.seconds for row in Ledger(out).rows.values()]
    tenth = max(number // 10, 1)
    first, last = sum(drafted[1 : tenth + 1]), sum(drafted[-tenth:])
    print(f"  {jobs} at once: {seconds:.1f} s; the last tenth takes {last / first:.2f} of the first tenth")
    return seconds


def bench_queue(number: int) -> bool:
    """Put so many deals in line, then hand them out."""
    with tempfile.TemporaryDirectory() as there, cluster(Path(there)) as made:
        write_deals(Path(there) / "deals", number)
        plan, settings = plan_of(made), settings_of(made.url, Path(there))
        jobs = find_jobs(Path(there) / "deals", Path(there) / "out")
        queueing, ledger = Queueing(made.store, "embedded"), Ledger(Path(there) / "out")
        tenth = max(number // 10, 1)
        begun = time.perf_counter()
        put_in_line(jobs[:tenth], plan, queueing, ledger)
        small = megabytes()
        put_in_line(jobs[tenth:], plan, queueing, ledger)
        rate, grown = number / (time.perf_counter() - begun), megabytes() / small
        work = Nothing(made)
        run_worker(settings, made.store, work, at_once=1, rhythm=Rhythm(), drain=True)
        steps = [after - before for before, after in pairwise(work.at)]
        first, last = quick(steps[:tenth]), quick(steps[-tenth:])
        ended = made.counts()["done"]
    print(f"{number} deals queued, {ended} handed out at {number / (work.at[-1] - work.at[0]):.0f} a second")
    return any([
        row("deals queued a second", rate, A_SECOND, least=True),
        row("memory after all, of that after the first tenth", grown, MEMORY, least=False),
        row("handing out: the last tenth of the first", last / first, LAST_OF_FIRST, least=False),
        row("deals that ended", ended, number, least=True),
    ])  # fmt: skip


def quick(seconds: list[float]) -> float:
    """What the quicker quarter takes on average: other work on the machine only makes the others slower."""
    best = sorted(seconds)[: max(len(seconds) // 4, 1)]
    return sum(best) / len(best)


class Nothing:
    """Work that only notes when it was asked; what is left is the price of the queue."""

    def __init__(self, made: Cluster) -> None:
        self._store, self.at = made.store, list[float]()

    def draft(self, key: str) -> None:
        with self._store.write() as connection:
            queued.take(connection, key)
        with self._store.write() as connection:
            queued.end(connection, queued.Ended(key, {"deal": "x", "key": key}, b"x"), False, str(DAY), {})
        self.at.append(time.perf_counter())

    def tick(self) -> None:
        """Nothing."""


def plan_of(made: Cluster) -> Plan:
    settings = settings_of(made.url, made.folder)
    return Plan(How(DAY), identity_of(settings, "embedded", DAY, None))


def megabytes() -> float:
    """Memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def bench_pace(minutes: int) -> bool:
    """Four workers that share a limit, as the model sees them."""
    with tempfile.TemporaryDirectory() as there, loopback(answer) as server:
        model = {
            "HANDOFF_MODEL": "openai:bench", "HANDOFF_BASE_URL": server.url, "HANDOFF_API_KEY": "none",
            "HANDOFF_CONTEXT": "200000", "HANDOFF_REQUESTS_PER_MINUTE": str(CALLS),
        }  # fmt: skip
        with cluster(Path(there), **model) as made:
            write_deals(Path(there) / "deals", 40 * minutes)
            options = ("batch", str(Path(there) / "deals"), "--as-of", str(DAY), "--queue", "--no-wait")
            made.start(*options, "--out", str(Path(there) / "out")).wait()
            made.start_workers(WORKERS, stalled_after=30)
            while not server.served:
                time.sleep(0.1)
            time.sleep(60 * minutes + 5)
            at = sorted(served.begun for served in server.served)
            refused = sum(served.status != 200 for served in server.served)
    span = at[-1] - at[0]
    most = max(sum(begun <= other < begun + 60 for other in at) for begun in at)
    whole = int(span // 60)
    average = sum(one < at[0] + 60 * whole for one in at) / whole
    print(f"{len(at)} calls in {span:.0f} s by {WORKERS} workers, {refused} refused")
    return any([
        row("calls in any 60 seconds", most, CALLS, least=False),
        row(f"calls a minute over {whole} minutes", average, LEAST_CALLS, least=True),
    ])  # fmt: skip


NURSERY = """
import os, signal, sys, tempfile
from pathlib import Path
from assistant.batch.drafting import draft_job
from assistant.batch.work import DeskWork
from assistant.queue import Rhythm, run_worker
from assistant.store import open_store
import procrastinate, psycopg_pool, assistant.documents.word
from tests.desks import QuickReader
from tools.cluster import settings_of
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
settings = settings_of(sys.argv[1], Path(sys.argv[2]))
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        store = open_store(settings)
        quick = lambda job, key, how: draft_job(job, key, how, how.load(), QuickReader())
        work = DeskWork(settings, store, reader_of=lambda name, deal: QuickReader(), alone=quick)
        run_worker(settings, store, work, at_once=1, rhythm=Rhythm(float(sys.argv[3]), 0.5))
        os._exit(0)
    print(child, flush=True)
"""
"""Forks workers, so that the libraries are not loaded a hundred times; their reader finds next to nothing."""


def bench_kills(kills: int, seed: int = 9) -> bool:
    """Kill workers until it was done so often, then let the last ones finish."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as there, cluster(Path(there)) as made:
        made.log_ends()
        plan, queueing = plan_of(made), Queueing(made.store, "embedded")
        ledger, total = Ledger(Path(there) / "out"), 0
        program = [sys.executable, "-c", NURSERY, made.url, there, str(STALLED)]
        nursery = subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        made.processes.append(nursery)
        lives = {born(nursery): life(chance) for _ in range(3)}
        done = 0
        while done < kills:
            if made.counts()["queued"] < 20:
                write_deals(Path(there) / f"deals-{total}", 40, first=total)
                jobs = find_jobs(Path(there) / f"deals-{total}", Path(there) / "out")
                total += len(put_in_line(jobs, plan, queueing, ledger).waiting)
            for worker in [pid for pid, until in lives.items() if until <= time.monotonic()]:
                os.kill(worker, signal.SIGKILL)
                del lives[worker]
                lives[born(nursery)] = life(chance)
                done += 1
            time.sleep(0.05)
        made.wait_until(total, 600)
        ends = Counter(key for key, _ in made.rows("SELECT key, state FROM ended_log"))
        again = made.rows("SELECT count(*) FROM queued_deal WHERE tries > 1")[0][0]
        failed = made.counts()["failed"]
    twice = sum(times > 1 for times in ends.values())
    print(f"{done} kills: {total} deals, {again} of them begun anew, {failed} given up")
    return any([
        row("deals that never ended", total - len(ends), 0, least=False),
        row("deals that ended twice", twice, 0, least=False),
        row("deals given up", failed, 0, least=False),
    ])  # fmt: skip


def life(chance: random.Random) -> float:
    return time.monotonic() + chance.random() * LONGEST_LIFE


def born(nursery: subprocess.Popen[str]) -> int:
    """The number of a new worker."""
    assert nursery.stdin and nursery.stdout
    nursery.stdin.write("\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


BENCHES: dict[str, Callable[[int], bool]] = {
    "workers": bench_workers, "queue": bench_queue, "pace": bench_pace, "kills": bench_kills,
}  # fmt: skip


def main(names: list[str], number: int | None) -> int:
    """All of the named measurements; 1 when one misses its bar."""
    missed = False
    for name in names:
        begun = time.perf_counter()
        missed |= BENCHES[name](number or NUMBERS[name])
        print(f"({name}: {time.perf_counter() - begun:.0f} s)\n", flush=True)
    return int(missed)


if __name__ == "__main__":
    given = sys.argv[1:]
    count = int(given.pop()) if given and given[-1].isdigit() else None
    sys.exit(main(given or list(BENCHES), count))
