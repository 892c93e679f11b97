"""Starting the server: the one place that reads the clock for it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from assistant.desk.examples import DemoPeople, example_folders, load_examples
from assistant.desk.hearing import HearingRoom
from assistant.errors import HandoffError
from assistant.logs import set_up_logs
from assistant.server import make_desk, make_server
from assistant.server.ticker import Ticker, outgoing
from assistant.settings import Settings
from assistant.store.users import users_of
from assistant.tracing import set_up_traces


def run(settings: Settings, *, demo: bool, examples: Path, say: Callable[[str], None]) -> None:
    """Serve until stopped. The demo has a store of its own, beside the real one."""
    _free(settings.host, settings.port)
    set_up_logs(settings)
    finish = set_up_traces(settings, "server")
    people = None
    if demo:
        settings = settings.model_copy(update={"data_dir": settings.data_dir.expanduser() / "demo"})
    desk = make_desk(settings, lambda: datetime.now(UTC))
    if demo:
        folders = example_folders(examples)
        people = DemoPeople(folders)
        load_examples(desk, folders, lambda account: say(f"Drafting the example deal {account} ..."))
    elif not users_of(settings).all() and settings.proxy_secret is None:
        raise HandoffError(
            "Nobody may sign in yet. Add somebody: handoff user add LOGIN --name NAME --role admin."
        )
    app = make_server(settings, desk, people, demo=demo)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(f"The review desk is at http://{shown}:{settings.port} (stop it with Ctrl-C)")
    ticking = replace(desk, people=(people or users_of(settings)).all)
    with Ticker(ticking, outgoing(settings), settings.tick_seconds), HearingRoom(desk):
        uvicorn.run(
            app, host=settings.host, port=settings.port, log_level="warning", server_header=False,
            proxy_headers=False, timeout_graceful_shutdown=5,
            log_config=None if settings.log else uvicorn.config.LOGGING_CONFIG,
        )  # fmt: skip
    finish()
    desk.store.close()


def _free(host: str, port: int) -> None:
    """Raises HandoffError where somebody else has the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise HandoffError(
                f"Cannot listen at {host}:{port}: {error.strerror}. Choose another with --port or --host."
            ) from None
