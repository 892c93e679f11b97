"""What is fetched by its address: documents, the files themselves, and whether the server is well."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from assistant import desk as verbs
from assistant.desk import Desk
from assistant.errors import HandoffError
from assistant.protocol.reports import By
from assistant.protocol.rights import NotAllowed
from assistant.store import StoreError
from assistant.store.deals import NoSuchDeal, find_deals

TYPES = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".ics": "text/calendar; charset=utf-8",
    ".zip": "application/zip",
}
STATUS = {NoSuchDeal: 404, NotAllowed: 403, StoreError: 503}


def fetch_routes(desk: Desk) -> APIRouter:
    """GET /deals/ID/documents/NAME, /deals/ID/files/NAME, /reports/NAME, /audit.csv and /health."""
    router = APIRouter()

    @router.get("/deals/{deal}/documents/{name}")
    def document(request: Request, deal: str, name: str, version: int | None = None) -> Response:
        content = verbs.download(desk, request.state.user, deal, name, version)
        return attachment(content, f"{deal}-{name}")

    @router.get("/deals/{deal}/files/{name:path}")
    def file(request: Request, deal: str, name: str) -> Response:
        content = verbs.get_source_bytes(desk, request.state.user, deal, name)
        return attachment(content, name.rsplit("/", 1)[-1])

    @router.get("/reports/{name}")
    def report(request: Request, name: str, by: By = "team", period: str | None = None) -> Response:
        return attachment(verbs.report_file(desk, request.state.user, name, by=by, period=period), name)

    @router.get("/audit.csv")
    def audit(request: Request, deal: str = "", by: str = "", action: str = "") -> Response:
        wanted = verbs.AuditFilter(deal, by, action)
        return attachment(verbs.audit_file(desk, request.state.user, wanted), "audit.csv")

    @router.get("/health")
    def health() -> Response:
        with desk.store.read() as connection:
            find_deals(connection, owner="")
        return JSONResponse({"status": "ok"})

    return router


def attachment(content: bytes, name: str) -> Response:
    """Bytes to be saved, never shown in place: what strangers wrote must not run in our pages."""
    kind = next((kind for suffix, kind in TYPES.items() if name.endswith(suffix)), "application/octet-stream")
    told = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=kind, headers={"content-disposition": told})


def refused(request: Request, error: Exception) -> Response:
    """A HandoffError as its one line."""
    assert isinstance(error, HandoffError)
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    return PlainTextResponse(str(error), status)
