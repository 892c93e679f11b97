"""POST /hooks/...: a CRM calls when a deal is won. No token: its signature or the address counts."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import Callable, Iterator

from fastapi import FastAPI, Request
from pydantic import Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from assistant.api.bounds import Name
from assistant.api.problems import plain_http, problem
from assistant.api.shapes import Facts, Given, known
from assistant.crm import CRMS, Door, Fetched, crm_of, hooks, outbound
from assistant.crm.arriving import arrive, closed_here, program
from assistant.crm.calling import NotThere
from assistant.desk import Desk
from assistant.errors import HandoffError
from assistant.server.throttle import Throttle
from assistant.server.who import Gate
from assistant.settings import Settings

MOST_BYTES = 1_000_000
AT_MOST = 3.0
"""Seconds after which no further deal is fetched: HubSpot waits five for the answer."""
PLACE = "/hooks"
LOG = logging.getLogger("handoff.hooks")
Connect = Callable[[str], Door]


class Told(Given):
    """The body of /hooks/signed: a deal that was won, by its id in a CRM that we ask, or with its facts."""

    id: Name = Field(min_length=1, description="Its id where it comes from; told twice, it is made once.")
    crm: Name | None = Field(None, description="hubspot or salesforce: the facts are fetched there.")
    name: Name = ""
    owner_email: Name | None = None
    won: bool = True
    deal: Facts = Field(default_factory=Facts, description="What is known of it.")


def make_hooks(gate: Gate, connect: Connect | None = None) -> FastAPI:
    """Both routes as an application, so that nothing else answers there; `connect` gives a CRM's door."""
    router, throttle = FastAPI(openapi_url=None), Throttle()
    router.add_exception_handler(HTTPException, plain_http)
    # Who calls waits for seconds: a CRM that asks for more patience is told to call again.
    settings = gate.settings.model_copy(update={"patience": min(gate.settings.patience, AT_MOST)})
    doors = connect or (lambda name: crm_of(name).connect(settings))

    @router.post("/hubspot")
    async def from_hubspot(request: Request) -> Response:
        return await _answer(gate, throttle, request, lambda body: _hubspot(gate, doors, request, body))

    @router.post("/salesforce/{key}")
    async def from_salesforce(request: Request, key: str) -> Response:
        answer = await _answer(gate, throttle, request, lambda body: _outbound(gate, doors, key, body))
        return Response(outbound.ACK, 200, media_type=outbound.MEDIA) if answer.status_code == 200 else answer

    @router.post("/signed")
    async def from_anybody(request: Request) -> Response:
        return await _answer(gate, throttle, request, lambda body: _signed(gate, doors, request, body))

    return router


async def _answer(
    gate: Gate, throttle: Throttle, request: Request, handle: Callable[[bytes], dict[str, list[str]]]
) -> Response:
    now, address = gate.desk.now(), gate.address_of(request)
    if int(request.headers.get("content-length", "0")) > MOST_BYTES:
        return problem("too-large", "A call has at most 1 MB.")
    body = await request.body()
    try:
        return JSONResponse(await run_in_threadpool(handle, body))
    except hooks.Forged as error:
        if throttle.wait(f"hook {address}", address, now):
            return problem("too-many", "Too many wrong signatures. Try again later.", {"retry-after": "900"})
        throttle.failed(f"hook {address}", address, now)
        LOG.warning("refused a call to %s: its signature or time is wrong", _route(request))
        return problem("not-signed-in", str(error))
    except hooks.Replayed as error:
        return problem("key-in-use", str(error))
    except hooks.Unreadable as error:
        return problem("not-valid", str(error))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        return problem("not-valid", f"{'.'.join(map(str, first['loc']))}: {first['msg']}. Correct it.")
    except HandoffError as error:
        LOG.warning("a call to %s could not be done now; it will be called again", _route(request))
        return problem("not-now", str(error))


def _route(request: Request) -> str:
    """The address without a key that may end it: no log is to have it."""
    return "/".join(request.url.path.split("/")[:3])


def _hubspot(gate: Gate, doors: Connect, request: Request, body: bytes) -> dict[str, list[str]]:
    settings = gate.settings
    if settings.hubspot_secret is None or settings.desk_url is None:
        raise hooks.Forged("HubSpot is not expected here: set HANDOFF_HUBSPOT_SECRET and HANDOFF_DESK_URL.")
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{settings.desk_url.rstrip('/')}{PLACE}/hubspot{query}"
    secret = settings.hubspot_secret.get_secret_value()
    signature = hooks.check_hubspot(secret, address, body, request.headers, gate.desk.now())
    changed = hooks.changed_deals(body)
    with _once(gate.desk, "hubspot", signature):
        return hooks.told(list(_from_hubspot(gate, doors, changed)))


def _from_hubspot(gate: Gate, doors: Connect, changed: list[str]) -> Iterator[tuple[str, bool]]:
    """The deals that are won. Those that are here cost no question, so that a call that comes again because
    there was too much in it gets further each time."""
    until, user = time.monotonic() + AT_MOST, program("hubspot", CRMS["hubspot"].label)
    fresh = list[str]()
    for remote in changed:
        if known := closed_here(gate.desk, user, "hubspot", remote):
            yield known, False
        else:
            fresh.append(remote)
    door, failed = doors("hubspot") if fresh else None, list[HandoffError]()
    for remote in fresh:
        if time.monotonic() > until:
            raise HandoffError("The call tells of more deals than can be fetched at once: call again.")
        try:
            if door and (fetched := _there(door, remote)) and fetched.is_won:
                yield _arrived(gate.desk, gate.settings, "hubspot", fetched)
        except HandoffError as error:  # the others are made all the same
            failed.append(error)
    if failed:
        raise failed[0]


@contextlib.contextmanager
def _once(desk: Desk, origin: str, signature: str) -> Iterator[None]:
    """Each call is done once; one that could not be done may come again as it is."""
    hooks.only_once(desk, origin, signature)
    try:
        yield
    except Exception:
        hooks.not_done(desk, origin, signature)
        raise


def _there(door: Door, remote: str) -> Fetched | None:
    """The deal, or None where it was deleted since: calling again would not bring it back."""
    try:
        return door.fetch_deal(remote)
    except NotThere:
        return None


def _outbound(gate: Gate, doors: Connect, key: str, body: bytes) -> dict[str, list[str]]:
    """Opportunities that an outbound message names, each notification once."""
    if gate.settings.hook_secret is None:
        raise hooks.Forged("Salesforce is not expected here: set HANDOFF_HOOK_SECRET.")
    outbound.check_key(gate.settings.hook_secret.get_secret_value(), key)
    return hooks.told(list(_notified(gate, doors, outbound.notifications(body))))


def _notified(
    gate: Gate, doors: Connect, told: list[outbound.Notification]
) -> Iterator[tuple[str, bool]]:
    """What came before is passed over: the message may come again for the sake of the others."""
    user, failed = program("salesforce", CRMS["salesforce"].label), list[HandoffError]()
    for one in told:
        if known := closed_here(gate.desk, user, "salesforce", one.deal):
            yield known, False
            continue
        try:
            with _once(gate.desk, "outbound", one.id):
                if (fetched := _there(doors("salesforce"), one.deal)) and fetched.is_won:
                    yield _arrived(gate.desk, gate.settings, "salesforce", fetched)
        except hooks.Replayed:
            continue
        except HandoffError as error:  # the others are made all the same
            failed.append(error)
    if failed:
        raise failed[0]


def _signed(gate: Gate, doors: Connect, request: Request, body: bytes) -> dict[str, list[str]]:
    settings = gate.settings
    if settings.hook_secret is None:
        raise hooks.Forged("Nobody is expected here: set HANDOFF_HOOK_SECRET.")
    secret = settings.hook_secret.get_secret_value()
    signature = hooks.check_signed(secret, body, request.headers, gate.desk.now())
    call = Told.model_validate(_json(body))
    if call.crm is not None and call.crm not in CRMS:
        raise hooks.Unreadable(f"crm: known are {', '.join(CRMS)}. Leave it out and send the deal's facts.")
    with _once(gate.desk, "signed", signature):
        fetched = _told(gate, doors, call)
        origin = call.crm or "signed"
        return hooks.told([_arrived(gate.desk, settings, origin, fetched)] if fetched.is_won else [])


def _told(gate: Gate, doors: Connect, call: Told) -> Fetched:
    """The deal as the call tells it, or as the CRM does that it names."""
    if call.crm is not None:
        try:
            return doors(call.crm).fetch_deal(call.id)
        except NotThere as gone:
            raise hooks.Unreadable(str(gone)) from None
    facts = known(call.deal)
    closed = facts.closed_at or (gate.desk.now() if call.won else None)
    facts = facts.model_copy(update={"closed_at": closed})
    return Fetched(call.id, facts, call.name or facts.account or "", call.owner_email, call.won)


def _arrived(desk: Desk, settings: Settings, origin: str, fetched: Fetched) -> tuple[str, bool]:
    label = CRMS[origin].label if origin in CRMS else "Webhook"
    return arrive(desk, program(origin, label), origin, fetched, settings.crm_owner)


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        raise hooks.Unreadable("The call is no JSON.") from None
