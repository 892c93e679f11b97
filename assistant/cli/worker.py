"""`handoff worker`: draft what `handoff batch --queue` has put in line, on as many machines as there are."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from assistant.settings import Settings

app = typer.Typer()
AGAIN_AFTER = 2.0
"""Seconds before a worker process that died is started again."""


@app.command(epilog="Example: `HANDOFF_DATABASE_URL=postgresql://... handoff worker --jobs 4`")
def worker(
    jobs: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes. Default: one a core; 1 with a chat model.")
    ] = None,
    drain: Annotated[bool, typer.Option("--drain", help="End when no deal is left.")] = False,
    stalled_after: Annotated[
        float, typer.Option(min=1.0, help="Seconds of silence after which others take a worker's deals.")
    ] = 30.0,
) -> None:
    """Draft deals out of the queue in the store's PostgreSQL until stopped.

    Ctrl-C or SIGTERM lets it finish what it has begun; killed, its deals go to another worker, and of a chat
    model's answers only those under way are paid again.
    """
    from assistant.batch.running import WAITING_READERS, cores
    from assistant.settings import read_settings

    settings = read_settings()
    number = jobs or (1 if settings.model else cores())
    if number > 1:
        raise typer.Exit(_several(number, drain, stalled_after))
    from assistant.batch.jobs import ears_key
    from assistant.batch.processes import keep_to_one_core
    from assistant.batch.work import DeskWork
    from assistant.cli.shell import reading_desk
    from assistant.logs import set_up_logs
    from assistant.queue import Rhythm, run_worker
    from assistant.store import open_store
    from assistant.tracing import set_up_traces

    set_up_logs(settings)
    if not settings.model:
        keep_to_one_core()
    store, finish = open_store(settings), set_up_traces(settings, "worker")
    try:
        run_worker(
            settings, store,
            DeskWork(settings, store, clocks=clocks_of(settings), desk=cache(lambda: reading_desk(settings))),
            at_once=WAITING_READERS if settings.model else 1, rhythm=Rhythm(stalled_after), drain=drain,
            ears=ears_key(settings),
        )  # fmt: skip
    finally:
        finish()


def clocks_of(settings: Settings) -> Callable[[], None]:
    """Looks at the clocks of the desk as `handoff tick` does; loads what that needs when first asked."""
    kept: list[Any] = []

    def look() -> None:
        from assistant.cli.shell import shell_desk
        from assistant.desk.ticking import Watch, tick_clocks
        from assistant.server.ticker import outgoing, tell

        if not kept:
            kept.extend((shell_desk(settings), Watch()))
        holder = f"{socket.gethostname()[:40]} {os.getpid()}"
        tell(tick_clocks(kept[0], outgoing(settings), holder=holder, watch=kept[1]))

    return look


def _several(number: int, drain: bool, stalled_after: float) -> int:
    """So many worker processes; one that dies is started again. The exit code."""
    options = ["--jobs", "1", "--stalled-after", str(stalled_after), *(["--drain"] if drain else [])]
    program = [sys.executable, "-m", "assistant.cli", "worker", *options]
    running = [subprocess.Popen(program) for _ in range(number)]

    def stop(*_: Any) -> None:
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        raise SystemExit(max(process.wait() for process in running))

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while True:
        time.sleep(0.2)
        for place, process in enumerate(running):
            code = process.poll()
            if code is None:
                continue
            if code > 0:  # it has said why
                stop()
            if code < 0:
                time.sleep(AGAIN_AFTER)
                running[place] = subprocess.Popen(program)
        if all(process.poll() == 0 for process in running):
            return 0
