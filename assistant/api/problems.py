"""Every refusal as RFC 9457 problem details: what is wrong in one line, and what a program can go by."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Match, Route

from assistant.errors import HandoffError
from assistant.protocol.rights import NotAllowed
from assistant.review.rounds import Blocked
from assistant.store import StoreBusy, StoreError
from assistant.store.deals import NoSuchDeal
from assistant.store.packets import NotDrafted, StaleVersion

MEDIA = "application/problem+json"
MOST_ERRORS = 20
TITLES = {
    "not-signed-in": (401, "A token is needed"),
    "not-allowed": (403, "Your role does not do that"),
    "not-found": (404, "There is no such thing for you"),
    "wrong-method": (405, "Not by this method"),
    "key-in-use": (409, "This Idempotency-Key is in use"),
    "stale-version": (409, "The packet changed meanwhile"),
    "blocked": (409, "A blocker is open"),
    "changed-meanwhile": (412, "It changed since you read it"),
    "too-large": (413, "Too large"),
    "not-possible": (422, "That cannot be done"),
    "not-valid": (422, "The request is not as documented"),
    "too-many": (429, "Too many requests"),
    "our-fault": (500, "Something is wrong on our side"),
    "busy": (503, "Busy; try again"),
    "not-now": (503, "That cannot be done now; call again"),
    "unavailable": (503, "The store cannot be used"),
}
"""Name of a problem -> its status and title. The name ends the problem's `type`."""
KINDS: tuple[tuple[type[HandoffError], str], ...] = (
    (NoSuchDeal, "not-found"), (NotDrafted, "not-found"), (NotAllowed, "not-allowed"),
    (StaleVersion, "stale-version"), (Blocked, "blocked"), (StoreBusy, "busy"), (StoreError, "unavailable"),
)  # fmt: skip
"""First that fits; any other HandoffError is "not-possible"."""
BY_STATUS = {404: "not-found", 405: "wrong-method", 413: "too-large"}


class WrongPart(BaseModel):
    """A part of the request that is not as documented."""

    where: str = Field(examples=["body.path"])
    what: str = Field(examples=["Field required"])


class NewerVersion(BaseModel):
    """A version that was made since the one that the request names."""

    version: int
    at: str
    by_name: str
    what: str = Field(description="One line that says what changed.")


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = Field(examples=["urn:handoff:problem:stale-version"])
    title: str
    status: int
    detail: str = Field(description="One line for a person; it names the remedy.")
    errors: list[WrongPart] | None = Field(None, description="With not-valid: what is wrong where.")
    newer: list[NewerVersion] | None = Field(None, description="With stale-version: who changed what.")
    blockers: list[str] | None = Field(None, description="With blocked: ids of the findings that are open.")


class Refused(HandoffError):  # noqa: N818 - reads as what it says
    """A refusal that the API itself makes; `name` is one of TITLES."""

    def __init__(self, name: str, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.name = name
        self.headers = {key.replace("_", "-"): value for key, value in headers.items()}


def problem(name: str, detail: str, headers: dict[str, str] | None = None, **more: Any) -> JSONResponse:
    """The answer for a problem of that name."""
    status, title = TITLES[name]
    body = {"type": f"urn:handoff:problem:{name}", "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(body, status, headers, MEDIA)


def refused(request: Request, error: Exception) -> JSONResponse:
    """A HandoffError as a problem."""
    headers: dict[str, str] = getattr(error, "headers", {})
    more: dict[str, Any] = {}
    name = getattr(error, "name", None) or next((n for k, n in KINDS if isinstance(error, k)), "not-possible")
    if isinstance(error, StaleVersion):
        keys = NewerVersion.model_fields
        more = {"newer": [{key: getattr(row, key) for key in keys} for row in error.newer]}
    if isinstance(error, Blocked):
        more = {"blockers": [finding.id for finding in error.blockers]}
    if name == "busy":
        headers = {"retry-after": "1", **headers}
    return problem(name, str(error), headers, **more)


def not_valid(request: Request, error: Exception) -> JSONResponse:
    """A request that is not as documented. What was sent is not sent back."""
    assert isinstance(error, RequestValidationError)
    wrong = [
        {"where": ".".join(str(part) for part in one["loc"]), "what": one["msg"]}
        for one in error.errors()[:MOST_ERRORS]
    ]
    first = wrong[0] if wrong else {"where": "body", "what": "cannot be read"}
    return problem("not-valid", f"{first['where']}: {first['what']}. Correct it.", errors=wrong)


def plain_http(request: Request, error: Exception) -> JSONResponse:
    """What the framework itself refuses: no such route, no such method, a body that cannot be read."""
    assert isinstance(error, HTTPException)
    name = BY_STATUS.get(error.status_code, "not-valid")
    headers = {"allow": _methods(request)} if error.status_code == 405 else dict(error.headers or {})
    return problem(name, f"{error.detail}: see /api/v1/openapi.json.", headers)


def _methods(request: Request) -> str:
    """Every method of this address, whichever of its routes has it."""
    routes = [route for route in request.app.routes if isinstance(route, Route)]
    here = [route for route in routes if route.matches(request.scope)[0] is not Match.NONE]
    return ", ".join(sorted({method for route in here for method in route.methods or ()}))


def broken(request: Request, error: Exception) -> JSONResponse:
    """Our bug: logged by the server, and nothing of it told."""
    return problem("our-fault", "The request could not be answered; the server's log says why.")
