"""Playing a recording: any part of it, to whoever may download the deal's files."""

from __future__ import annotations

from pathlib import PurePosixPath

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from assistant import desk as verbs
from assistant.desk import Desk

TYPES = {
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".mp4": "video/mp4", ".wav": "audio/wav",
    ".webm": "video/webm", ".ogg": "audio/ogg",
    ".opus": "audio/ogg", ".flac": "audio/flac", ".aac": "audio/aac",
    ".mov": "video/quicktime", ".mkv": "video/x-matroska",
}  # fmt: skip
"""Only these are shown in place; nothing in them can run in our pages."""


def sound_routes(desk: Desk) -> APIRouter:
    """GET /deals/ID/sound/NAME, with ranges, so that a browser can jump to any second."""
    router = APIRouter()

    @router.api_route("/deals/{deal}/sound/{name:path}", methods=["GET", "HEAD"])
    def sound(request: Request, deal: str, name: str) -> Response:
        path = verbs.get_sound(desk, request.state.user, deal, name=name)
        kind = TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
        return FileResponse(path, media_type=kind)

    return router
