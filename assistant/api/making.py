"""The API as one application, which the server mounts at /api/v1."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from assistant.api import deals, decisions, drafting, packets, reports, sources
from assistant.api.caller import Door
from assistant.api.keeping import kept_route
from assistant.api.problems import broken, not_valid, plain_http, refused
from assistant.errors import HandoffError
from assistant.server.who import Gate

PLACE = "/api/v1"
ABOUT = """
Handoff for other programs. A program acts for one person and may do what that person may do on the screens.

* **Token**: `handoff user token LOGIN` prints one; send it as `Authorization: Bearer TOKEN`.
* **Decisions** name the `version` of the packet that they were made on. Where somebody was faster, the answer
  is 409 with `newer`: who changed what. Nothing is ever written over.
* **Sent twice?** Give what changes something an `Idempotency-Key`; sent again, it is not done again.
* **Errors** are RFC 9457 problem details (`application/problem+json`); `detail` names the remedy in one line.
"""
FAMILIES = (deals, sources, packets, decisions, reports)
"""Each has `add_routes(router, desk)`."""


def make_api(gate: Gate) -> FastAPI:
    """The API with its door; every route calls a verb of the desk."""
    api = FastAPI(
        title="Handoff", version="1", description=ABOUT, docs_url=None, redoc_url=None,
        separate_input_output_schemas=False,
    )  # fmt: skip
    api.router.route_class = kept_route(gate.desk)
    for family in FAMILIES:
        family.add_routes(api.router, gate.desk)
    drafting.add_routes(api.router, gate.desk, gate.settings)
    api.add_exception_handler(HandoffError, refused)
    api.add_exception_handler(RequestValidationError, not_valid)
    api.add_exception_handler(HTTPException, plain_http)
    api.add_exception_handler(Exception, broken)
    api.add_middleware(Door, gate=gate, most_a_minute=gate.settings.api_per_minute)
    return api
