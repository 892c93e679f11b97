"""In front of everything: known hosts only, people who signed in only, headers that keep browsers careful."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import HandoffError
from assistant.server.who import Gate

OPEN = ("/sign-in", "/sign-out", "/health", "/healthz", "/readyz", "/metrics")
"""What nobody has to sign in for; the metrics look for themselves who asks."""
OWN_DOORS = ("/api/v1/", "/hooks/")
"""Where programs come with tokens or signatures: these know their callers by themselves; no cookie counts."""
CLOSED = (
    "/openapi.json", "/docs", "/redoc", "/gradio_api/file=", "/gradio_api/file/", "/gradio_api/proxy=",
    "/gradio_api/runs", "/gradio_api/mcp", "/gradio_api/info", "/gradio_api/openapi.json",
    "/gradio_api/deep_link", "/gradio_api/stream",
    "/gradio_api/custom_component", "/file=", "/file/", "/proxy=", "/monitoring",
)  # fmt: skip
"""What the screens do not need, and nobody gets: other people's uploads would be among it."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "testserver")
HEADERS = {
    "content-security-policy": "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; media-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ASSETS = ("/assets/", "/static/", "/svelte/", "/_app/", "/theme.css", "/favicon.ico", "/manifest.json")


class Guard:
    """ASGI middleware. What it lets through has `request.state.user`; only OPEN paths have None there."""

    def __init__(self, app: ASGIApp, gate: Gate, hosts: Sequence[str] = (), most_bytes: int = 10**9) -> None:
        self._app, self._gate, self._hosts, self._most = app, gate, hosts, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, send to the sign-in page, or pass on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # nothing here speaks by web sockets
        else:
            request = HTTPConnection(scope)
            refusal = self._refusal(request)
            if scope["path"].startswith(OWN_DOORS):
                refusal = refusal and _for_programs(refusal)
            elif refusal is None:
                refusal = await self._stranger(request)
            await (refusal or self._app)(scope, receive, _careful(send, scope["path"]))

    def _refusal(self, request: HTTPConnection) -> Response | None:
        host = request.headers.get("host", "")
        if self._hosts and _name(host) not in self._hosts:
            return PlainTextResponse("This host is not served here.", 421)
        path = request.scope["path"].lower()
        if path.startswith(CLOSED):
            return PlainTextResponse("Not found.", 404)
        if request.scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            origin = request.headers.get("origin")
            if origin is not None and urlsplit(origin).netloc != host:
                return PlainTextResponse("Sent by another site.", 403)
            if "transfer-encoding" in request.headers:
                return PlainTextResponse("Say how long it is.", 411)
            length = request.headers.get("content-length", "0")
            if not length.isdigit() or int(length) > self._most:
                return PlainTextResponse("Too large.", 413)
        return None

    async def _stranger(self, request: HTTPConnection) -> Response | None:
        """None for people who are known; sets `request.state.user`."""
        path = request.scope["path"]
        try:
            request.state.user = await run_in_threadpool(self._gate.user_of, request)
        except HandoffError as error:
            return PlainTextResponse(str(error), 503)
        if request.state.user is not None or path in OPEN:
            return None
        if request.scope["method"] == "GET" and "text/html" in request.headers.get("accept", ""):
            query = request.scope.get("query_string", b"").decode("latin-1")
            back = path + (f"?{query}" if query else "")
            return RedirectResponse(f"/sign-in?next={quote(back, safe='')}", 303)
        return PlainTextResponse("Sign in first.", 401)


def _for_programs(refusal: Response) -> Response:
    """The same as RFC 9457 problem details."""
    told = bytes(refusal.body).decode()
    problem = {"type": "about:blank", "title": told, "status": refusal.status_code, "detail": told}
    return JSONResponse(problem, refusal.status_code, media_type="application/problem+json")


def _name(host: str) -> str:
    """The host without its port."""
    return host.rsplit(":", 1)[0] if not host.endswith("]") else host


def _careful(send: Send, path: str) -> Send:
    """Add the headers to whatever is answered; only program files may be kept by the browser."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if not path.startswith(ASSETS):
                headers["cache-control"] = "no-store"
        await send(message)

    return with_headers
