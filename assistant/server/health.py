"""Whether the server lives and whether it can work: what a container's probes and a load balancer ask."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from assistant import __version__
from assistant.desk import Desk
from assistant.errors import HandoffError
from assistant.store.schema import HEAD, revision_of

PLACES = ("/healthz", "/readyz")
"""Asked by machines that cannot sign in; they learn nothing of any deal."""


def health_routes(desk: Desk) -> APIRouter:
    """GET /healthz: the process answers. GET /readyz: 200 when its store does, else 503 and why."""
    router = APIRouter()

    @router.get("/healthz")
    def healthy() -> Response:
        return JSONResponse({"status": "ok", "version": __version__})

    @router.get("/readyz")
    def ready() -> Response:
        try:
            found = revision_of(desk.store)
        except HandoffError:
            return JSONResponse({"status": "the store cannot be reached"}, 503)
        if found != HEAD:
            return JSONResponse({"status": "the store is of another version; restart"}, 503)
        return JSONResponse({"status": "ok"})

    return router
