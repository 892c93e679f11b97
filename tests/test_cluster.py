"""Several processes together, some of them killed: what is done is kept and each deal ends once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from databases import restart_postgres, running_postgres

from assistant.batch import Ledger
from tests.loopback import Request, loopback
from tools.bench_model import answer
from tools.cluster import Cluster, cluster, kill
from tools.small_deals import write_deals

pytestmark = pytest.mark.cluster
ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-05-18"
PATIENCE = 150.0


def local_batch(deals: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    """`handoff batch` in a process group of its own, on this machine alone."""
    program = [sys.executable, "-m", "assistant.cli", "batch", str(deals), "--out", str(out), "--as-of", DAY]
    return subprocess.Popen(
        [*program, "--reader", "embedded", "--jobs", "2", *more], cwd=ROOT, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # in the background it is ignored
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def until_done(out: Path, number: int) -> None:
    """Wait until so many deals are in the ledger."""
    until = time.monotonic() + PATIENCE
    while len(Ledger(out).rows) < number:
        assert time.monotonic() < until
        time.sleep(0.05)


def living(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_batch_that_was_stopped_or_killed_goes_on_where_it_was(tmp_path: Path, how: signal.Signals) -> None:
    write_deals(tmp_path / "deals", 5)
    first = local_batch(tmp_path / "deals", tmp_path / "out")
    until_done(tmp_path / "out", 1)
    if how == signal.SIGINT:
        os.killpg(first.pid, how)
    else:
        first.kill()
    _, told = first.communicate(timeout=30)
    if how == signal.SIGINT:
        assert (first.returncode, "goes on with the rest" in told) == (2, True)
    until = time.monotonic() + 10
    while living(first.pid):
        assert time.monotonic() < until, "a worker outlived its batch"
        time.sleep(0.1)
    kept = len(Ledger(tmp_path / "out").rows)
    again, _ = local_batch(tmp_path / "deals", tmp_path / "out", "--json").communicate(timeout=PATIENCE)
    told_again = json.loads(again)
    assert (told_again["kept"], told_again["drafted"], told_again["failed"]) == (kept, 5 - kept, 0)


def test_three_workers_draft_a_batch_although_two_are_killed(tmp_path: Path, postgres_server: str) -> None:
    write_deals(tmp_path / "deals", 6)
    (tmp_path / "deals" / "empty").mkdir()
    with cluster(tmp_path, postgres_server) as made:
        made.log_ends()
        options = ("batch", str(tmp_path / "deals"), "--as-of", DAY, "--queue", "--json")
        made.start(*options, "--out", str(tmp_path / "out"), "--no-wait").wait(30)
        workers = made.start_workers(3)
        made.wait_until(1, PATIENCE)
        for worker in workers[:2]:
            kill(worker)
        made.wait_until(7, PATIENCE)
        collected = made.start(*options, "--out", str(tmp_path / "out"))
        told = json.loads(collected.communicate(timeout=PATIENCE)[0])
        assert (collected.returncode, told["drafted"], told["failed"]) == (3, 6, 1)
        failures = [row["error"] for row in told["rows"] if row["error"]]
        assert failures == ["No file in 'empty' could be read. It holds none."]
        ends = Counter(key for key, _ in made.rows("SELECT key, state FROM ended_log WHERE state = 'done'"))
        assert set(ends.values()) == {1} and len(ends) == 6
        workers[2].terminate()  # as a container's stop does
        assert workers[2].wait(20) == 0
        says_no_word(made, tmp_path / "deals")
    alone, _ = local_batch(tmp_path / "deals", tmp_path / "alone", "--json").communicate(timeout=PATIENCE)
    assert json.loads(alone)["promises"] == told["promises"]
    for name in ("packet.json", "deal-summary.docx", "commitment-log.csv"):
        one, other = (tmp_path / place / "deal-00003" / name for place in ("out", "alone"))
        assert one.read_bytes() == other.read_bytes(), name


def says_no_word(made: Cluster, deals: Path) -> None:
    """The workers' logs are JSON lines without a word of any deal."""
    log = (made.folder / "processes.log").read_text("utf-8")
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {"drafted", "ended"} <= {line.get("event") for line in lines}
    for file in deals.rglob("*.*"):
        words = file.read_text("utf-8").split()
        assert not any(" ".join(words[at : at + 3]) in log for at in range(len(words) - 3)), file


def test_workers_and_a_batch_that_waits_outlive_a_restart_of_the_database(tmp_path: Path) -> None:
    write_deals(tmp_path / "deals", 4)
    with running_postgres() as server, cluster(tmp_path, server) as made:
        options = ("batch", str(tmp_path / "deals"), "--as-of", DAY, "--queue", "--json")
        batch = made.start(*options, "--out", str(tmp_path / "out"))
        workers = made.start_workers(2)
        made.wait_until(1, PATIENCE)
        restart_postgres(server)
        made.store.engine.dispose()
        made.wait_until(4, PATIENCE)
        told = json.loads(batch.communicate(timeout=PATIENCE)[0])
        assert (told["drafted"], told["failed"]) == (4, 0)
        assert [worker.poll() for worker in workers] == [None, None]


def test_ctrl_c_at_two_workers_ends_what_they_have_begun(tmp_path: Path, postgres_server: str) -> None:
    write_deals(tmp_path / "deals", 8)
    with cluster(tmp_path, postgres_server) as made:
        options = ("batch", str(tmp_path / "deals"), "--as-of", DAY, "--queue", "--no-wait")
        made.start(*options, "--out", str(tmp_path / "out")).wait(30)
        both = made.start("worker", "--jobs", "2", "--stalled-after", "60")
        until = time.monotonic() + PATIENCE
        while made.rows("SELECT count(*) FROM procrastinate_workers") != [(2,)]:
            assert time.monotonic() < until
            time.sleep(0.1)
        os.killpg(both.pid, signal.SIGINT)  # as a terminal does: all of them hear it
        assert both.wait(PATIENCE) == 0
        begun = made.rows("SELECT count(*) FROM queued_deal WHERE state = 'queued' AND tries > 0")
        doing = made.rows("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'")
        assert (begun, doing) == ([(0,)], [(0,)])


def test_a_killed_workers_deal_goes_on_elsewhere_and_repays_only_calls_under_way(
    tmp_path: Path, postgres_server: str
) -> None:
    write_deals(tmp_path / "deals", 3)
    asked: Counter[str] = Counter()

    def script(request: Request) -> dict[str, object]:
        asked[request.rendered] += 1
        return answer(request)

    with loopback(script, seconds=0.3) as server:
        model = {
            "HANDOFF_MODEL": "openai:bench", "HANDOFF_BASE_URL": server.url, "HANDOFF_API_KEY": "none",
            "HANDOFF_CONTEXT": "200000", "HANDOFF_REQUESTS_PER_MINUTE": "600",
        }  # fmt: skip
        with cluster(tmp_path, postgres_server, **model) as made:
            options = ("batch", str(tmp_path / "deals"), "--as-of", DAY, "--queue", "--json")
            made.start(*options, "--out", str(tmp_path / "out"), "--no-wait").wait(30)
            (first,) = made.start_workers(1)
            until = time.monotonic() + PATIENCE
            while sum(asked.values()) < 4:
                assert time.monotonic() < until and first.poll() is None
                time.sleep(0.02)
            kill(first)
            kept = made.rows("SELECT count(*) FROM answer")[0][0]
            under_way = sum(asked.values()) - kept
            made.start_workers(1)
            made.wait_until(3, PATIENCE)
            told = json.loads(made.start(*options, "--out", str(tmp_path / "out")).communicate()[0])
    assert (told["drafted"], told["failed"]) == (3, 0), told["rows"]
    assert sum(asked.values()) - len(asked) <= under_way


def test_a_batch_with_a_model_reads_side_by_side_and_pays_once(tmp_path: Path) -> None:
    write_deals(tmp_path / "deals", 3)
    with loopback(answer, seconds=0.2) as server:
        model = {
            "HANDOFF_MODEL": "openai:bench", "HANDOFF_BASE_URL": server.url, "HANDOFF_API_KEY": "none",
            "HANDOFF_CONTEXT": "200000", "HANDOFF_CONCURRENCY": "2",
            "HANDOFF_DATA_DIR": str(tmp_path / "store"),
        }  # fmt: skip
        program = [sys.executable, "-m", "assistant.cli", "batch", str(tmp_path / "deals"), "--as-of", DAY]

        def told(out: str) -> dict[str, Any]:
            options = ["--out", str(tmp_path / out), "--json"]
            done = subprocess.check_output([*program, *options], cwd=ROOT, env={**os.environ, **model})
            found: dict[str, Any] = json.loads(done)
            return found

        first, calls = told("one"), len(server.served)
        again = told("two")
        most = max(sum(o.begun <= s.begun < o.ended for o in server.served) for s in server.served)
    assert (first["drafted"], first["model_calls"]) == (3, calls)
    assert (again["drafted"], again["model_calls"], len(server.served)) == (3, 0, calls)
    assert most <= 2
