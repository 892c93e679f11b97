"""The review desk as a web server: sign-in, guard, downloads, and the screens mounted at "/"."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.routing import Mount

from assistant.desk import Desk
from assistant.desk.files import sweep
from assistant.errors import HandoffError
from assistant.protocol.policy import load_policy
from assistant.readers import default_reader, get_reader
from assistant.recordings import ears_of
from assistant.server.guard import LOOPBACK, Guard
from assistant.server.health import health_routes
from assistant.server.metrics import metric_routes
from assistant.server.routes import fetch_routes, refused
from assistant.server.sign_in import sign_in_routes
from assistant.server.sound import sound_routes
from assistant.server.who import Gate, People
from assistant.settings import Settings
from assistant.store import open_store
from assistant.store.answers import KeptAnswers
from assistant.store.pace import pace_of
from assistant.store.users import users_of

if TYPE_CHECKING:  # it loads the chat client
    from assistant.readers.llm.limits import Traffic

QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "GRADIO_SHARE": "False"}
"""So that nothing on the server calls home."""
SLACK = 1_000_000
"""What an upload may have beside its file, in bytes."""


def make_desk(settings: Settings, now: Callable[[], datetime]) -> Desk:
    """The desk that the settings describe, its store opened. A model's answers are kept with their deal."""
    store, reader = open_store(settings), default_reader(settings)
    answers = KeptAnswers(store)

    @cache
    def traffic() -> Traffic | None:
        """One limit for every draft of the desk, and for all that share its database."""
        if reader != "llm":
            return None
        from assistant.readers.llm import open_traffic  # loads the chat client

        return open_traffic(settings, pace_of(settings, store))

    scratch = settings.data_dir.expanduser() / "work"
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(scratch)
    return Desk(
        store=store, policy=load_policy(settings.policy), now=now, reader=reader,
        reader_of=lambda deal: get_reader(reader, settings, answers, deal, traffic()),
        most_bytes=settings.most_megabytes * 1_000_000, scratch=scratch,
        templates=settings.templates,
        ears=lambda known: ears_of(settings, known),
    )  # fmt: skip


def make_server(
    settings: Settings,
    desk: Desk,
    people: People | None = None,
    *,
    demo: bool = False,
    mount: Callable[..., FastAPI] | None = None,
) -> FastAPI:
    """The whole application. `demo`: people sign in by choosing who they are; on loopback only.

    `mount` puts the screens at "/"; by default those of assistant/screens.
    """
    loopback = settings.host in ("127.0.0.1", "localhost", "::1")
    if demo and not loopback:
        raise HandoffError("The demo lets anybody in, so it runs on this machine only: leave out --host.")
    _prepare(settings)
    people = people or users_of(settings)
    desk = replace(desk, people=people.all)
    gate = Gate(desk, people, settings)
    api = FastAPI(title="Handoff", openapi_url=None, docs_url=None, redoc_url=None)
    api.add_exception_handler(HandoffError, refused)
    api.include_router(sign_in_routes(gate, demo))
    api.include_router(fetch_routes(desk))
    api.include_router(health_routes(desk))
    api.include_router(metric_routes(desk, settings))
    api.include_router(sound_routes(desk))
    _programs(api, gate)
    mounted = (mount or _screens)(api, desk, gate.user_of, path="/", demo=demo)
    mounted.add_middleware(
        Guard, gate=gate, hosts=LOOPBACK if loopback else (), most_bytes=desk.most_bytes + SLACK
    )
    return mounted


def _programs(api: FastAPI, gate: Gate) -> None:
    """What other programs use, beside the screens."""
    from assistant.api import HOOKS, PLACE, make_api, make_hooks  # they stand on this package's gate

    api.mount(HOOKS, make_hooks(gate))
    api.mount(PLACE, make_api(gate))
    for route in api.routes:
        if isinstance(route, Mount):  # an address with a line end in it is refused there, not past it
            route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)


def _screens(*given: Any, **more: Any) -> FastAPI:
    from assistant.screens import mount  # Gradio takes seconds to load

    return mount(*given, **more)


def _prepare(settings: Settings) -> None:
    """Nothing calls home, and what Gradio puts on disk lies in a folder of ours."""
    uploads = settings.data_dir.expanduser() / "uploads"
    uploads.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ.update(QUIET)
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)
    for left in Path(uploads).rglob("*"):
        if left.is_file():
            left.unlink()
