"""Fifty reviewers at once on the served desk, over real HTTP: `python -m tools.bench_desk [--seconds N]`.

Each opens a packet, thinks, decides, thinks, again and again; five share a deal, so that they also meet. The
server is a process of its own with guard, rights, store and audit as in `handoff serve`; in place of
the screens stand two routes that call the same verbs. Afterwards every confirmed decision is in its packet.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

ROOT = Path(__file__).resolve().parent.parent
REVIEWERS, DEALS = 50, 10
THINK = 2.0
"""Seconds between two clicks: faster than people are."""
READ, DECIDE = 0.5, 1.0
"""What 95 of 100 may take at most, in seconds."""
LINE = "scope.training"


def settings_of(folder: Path) -> Any:
    """The store in the folder, or the database of HANDOFF_BENCH_DATABASE_URL."""
    from assistant.settings import Settings

    url = os.environ.get("HANDOFF_BENCH_DATABASE_URL")
    return Settings(data_dir=folder, database_url=SecretStr(url) if url else None)


def seed(folder: Path) -> list[str]:
    """Ten deals with a real packet each, and fifty people who are signed in; their cookies."""
    from assistant import desk as verbs
    from assistant.desk.drafting import keep_draft
    from assistant.pipeline import draft
    from assistant.protocol.rights import User
    from assistant.server import make_desk
    from assistant.store import sessions
    from assistant.store.users import users_of

    settings = settings_of(folder)
    desk = make_desk(settings, lambda: datetime.now(UTC))
    ops = User(login="ops", name="Ops", role="ops")
    example = min(path for path in (ROOT / "examples").iterdir() if path.is_dir())
    packet = draft(example, as_of=datetime.now(UTC).date())
    for _ in range(DEALS):
        deal = verbs.new_deal(desk, ops, packet.deal, owner="somebody")
        keep_draft(desk, ops, deal.id, packet, ())
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="seconds")
    for number in range(REVIEWERS):
        user = User(login=f"r{number}", name=f"Reviewer {number}", role="cs_manager")
        users_of(settings).add(user, None)
        sessions.begin(desk.store, f"token-{number}", user.login, desk.stamp(), until)
    return [f"token-{number}" for number in range(REVIEWERS)]


def serve(folder: Path, port: int) -> None:
    """The server process."""
    import uvicorn

    from assistant.server import make_desk, make_server

    settings = settings_of(folder)
    desk = make_desk(settings, lambda: datetime.now(UTC))
    app = make_server(settings, desk, mount=_routes)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


def _routes(api: Any, desk: Any, user_of: Callable[..., Any], **_: Any) -> Any:
    """Open a packet, decide on it: what the screens call."""
    from fastapi import Request
    from starlette.responses import JSONResponse, Response

    from assistant import desk as verbs
    from assistant.store.packets import StaleVersion

    def opened(request: Request, deal: str) -> Response:
        seen = verbs.get_packet(desk, request.state.user, deal)
        return Response(seen.packet.model_dump_json(), headers={"x-version": str(seen.version)})

    def decide(request: Request, deal: str, version: int, text: str) -> Response:
        try:
            after = verbs.edit_value(desk, request.state.user, deal, version, path=LINE, text=text)
        except StaleVersion as error:
            return JSONResponse({"stale": str(error)}, 409)
        return JSONResponse({"version": after.version})

    # The annotations of functions made here are not found by name, so they are handed over.
    opened.__annotations__ = {"request": Request, "deal": str}
    decide.__annotations__ = {"request": Request, "deal": str, "version": int, "text": str}
    api.add_api_route("/bench/{deal}", opened, methods=["GET"], response_model=None)
    api.add_api_route("/bench/{deal}", decide, methods=["POST"], response_model=None)
    return api


class Times:
    """What each request took, and what was confirmed: (deal, words)."""

    def __init__(self) -> None:
        self.reads: list[float] = []
        self.decisions: list[float] = []
        self.stale = 0
        self.confirmed: list[tuple[str, str]] = []


async def reviewer(number: int, token: str, address: str, until: float, times: Times) -> None:
    """One person; a stale decision is looked at and made again."""
    deal = f"deal-{number % DEALS + 1}"
    headers = {"cookie": f"handoff_session={token}"}
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as client:
        await asyncio.sleep(THINK * number / REVIEWERS)
        made = 0
        while time.monotonic() < until:
            version = await _open(client, deal, times)
            await asyncio.sleep(THINK)
            words = f"reviewer {number}, decision {made}"
            while not await _decide(client, deal, version, words, times):
                version = await _open(client, deal, times)
            made += 1
            await asyncio.sleep(THINK)


async def _open(client: httpx.AsyncClient, deal: str, times: Times) -> int:
    begun = time.perf_counter()
    got = await client.get(f"/bench/{deal}")
    got.raise_for_status()
    times.reads.append(time.perf_counter() - begun)
    return int(got.headers["x-version"])


async def _decide(client: httpx.AsyncClient, deal: str, version: int, words: str, times: Times) -> bool:
    begun = time.perf_counter()
    got = await client.post(f"/bench/{deal}", params={"version": version, "text": words})
    if got.status_code == 409:
        times.stale += 1
        return False
    got.raise_for_status()
    times.decisions.append(time.perf_counter() - begun)
    times.confirmed.append((deal, words))
    return True


async def _all(address: str, tokens: list[str], seconds: float) -> Times:
    times, until = Times(), time.monotonic() + seconds
    await asyncio.gather(*(reviewer(n, t, address, until, times) for n, t in enumerate(tokens)))
    return times


def lost(folder: Path, times: Times) -> list[tuple[str, str]]:
    """Decisions that were confirmed and are not in their packet; problems of the audit log count too."""
    from assistant import desk as verbs
    from assistant.protocol.rights import User
    from assistant.server import make_desk
    from assistant.store import audit

    desk = make_desk(settings_of(folder), lambda: datetime.now(UTC))
    ops = User(login="ops", name="Ops", role="ops")
    packets = [verbs.get_packet(desk, ops, line.deal.id) for line in verbs.list_deals(desk, ops)]
    there = {(seen.deal.id, d.text) for seen in packets for d in seen.packet.decisions}
    problems = [("audit", problem) for problem in audit.verify(desk.store).problems]
    return [*(entry for entry in times.confirmed if entry not in there), *problems]


def p95(seconds: list[float]) -> float:
    """What 95 of 100 stay under."""
    return sorted(seconds)[max(0, int(len(seconds) * 0.95) - 1)]


def measure(folder: Path, seconds: float) -> int:
    """Run it and print a table; 1 where a limit is passed or a decision is lost."""
    tokens = seed(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "tools.bench_desk", "--serve", str(folder), str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        times = asyncio.run(_all(address, tokens, seconds))
    finally:
        server.terminate()
        _, _, usage = os.wait4(server.pid, 0)
    gone = lost(folder, times)
    print(f"{'':<12}{'number':>8}{'p50 ms':>8}{'p95 ms':>8}{'limit':>8}")
    for name, took, limit in (("reads", times.reads, READ), ("decisions", times.decisions, DECIDE)):
        middle = sorted(took)[len(took) // 2]
        print(f"{name:<12}{len(took):>8}{middle * 1000:>8.0f}{p95(took) * 1000:>8.0f}{limit * 1000:>8.0f}")
    cpu = usage.ru_utime + usage.ru_stime
    print(f"{REVIEWERS} reviewers, {times.stale} told that somebody was first, {len(gone)} decisions lost; "
          f"server: {cpu:.1f} s of CPU, {usage.ru_maxrss / 1024:.0f} MB")  # fmt: skip
    return int(bool(gone) or p95(times.reads) > READ or p95(times.decisions) > DECIDE)


def _wait_for(address: str) -> None:
    for _ in range(600):
        try:
            httpx.get(f"{address}/health", timeout=5).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--serve", nargs=2, metavar=("FOLDER", "PORT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(Path(given.serve[0]), int(given.serve[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            sys.exit(measure(Path(place), given.seconds))
