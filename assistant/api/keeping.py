"""Idempotency-Key: a request that is sent again, because its answer was lost, gets that answer again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from assistant.api.problems import Refused
from assistant.desk import Desk
from assistant.store import replies

HEADER = "idempotency-key"
LONGEST_KEY = 200
UNSAFE = {"POST", "PATCH", "PUT", "DELETE"}
REPEATED = "idempotency-replayed"


def _documented(
    idempotency_key: Annotated[
        str | None,
        Header(
            max_length=LONGEST_KEY, pattern="^[!-~]+$", examples=["3f2a9c1e-close-4711"],
            description="Any words of yours, new for each request. Sent again with the same body within a "
            "day, it is not done twice: you get the first answer, with `Idempotency-Replayed: true`.",
        ),
    ] = None,
) -> None:  # fmt: skip
    """So that the header stands in the API's description; `kept_route` reads it."""


KEYED = [Depends(_documented)]
"""Dependencies of each route that changes something."""
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def kept_route(desk: Desk) -> type[APIRoute]:
    """A route class whose answers are kept under the caller's key, for a day."""

    class KeptRoute(APIRoute):
        """Runs a request with a key once; only what succeeded is kept, for a refusal changed nothing."""

        def get_route_handler(self) -> Handler:
            handle = super().get_route_handler()

            async def kept(request: Request) -> Response:
                key = request.headers.get(HEADER)
                if key is None or request.method not in UNSAFE:
                    return await handle(request)
                if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
                    raise Refused("not-valid", f"Idempotency-Key has 1 to {LONGEST_KEY} plain characters.")
                return await _once(desk, request, key, handle)

            return kept

    return KeptRoute


async def _once(desk: Desk, request: Request, key: str, handle: Handler) -> Response:
    login = request.state.user.login
    digest = _digest(request, await request.body())
    found = await run_in_threadpool(replies.begin, desk.store, login, key, digest, desk.stamp())
    if found is not None:
        return _again(found, digest)
    try:
        response = await handle(request)
    except Exception:  # not when it was cut off: then nobody knows whether it was done
        await run_in_threadpool(replies.forget, desk.store, login, key)
        raise
    body = bytes(response.body).decode("utf-8")
    text, deal = json.dumps({"headers": dict(response.headers), "body": body}), _deal_of(request, body)
    await run_in_threadpool(replies.finish, desk.store, login, key, response.status_code, text, deal)
    return response


def _again(found: replies.Reply, digest: str) -> Response:
    if found.digest != digest:
        raise Refused("not-possible", "This Idempotency-Key was used for another request. Make a new one.")
    if found.status is None or found.content is None:
        raise Refused(
            "key-in-use",
            "A request with this Idempotency-Key is under way, or broke off. Look whether it was done; if "
            "not, send it with a new key.",
        )
    kept = json.loads(found.content)
    return Response(kept["body"], found.status, {**kept["headers"], REPEATED: "true"})


def _digest(request: Request, body: bytes) -> str:
    condition = request.headers.get("if-match", "")
    asked = "\n".join((request.method, request.url.path, request.url.query, condition, ""))
    return hashlib.sha256(asked.encode() + body).hexdigest()


def _deal_of(request: Request, body: str) -> str | None:
    """The deal that the answer goes with; None once the request has deleted it."""
    if request.method == "DELETE":
        return None
    named = request.path_params.get("deal")
    return str(named) if named else json.loads(body).get("id") if body else None
