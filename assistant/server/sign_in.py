"""The sign-in page. It is plain HTML without a script, and the only page that strangers see."""

from __future__ import annotations

from datetime import timedelta
from html import escape
from math import ceil
from threading import BoundedSemaphore
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import HandoffError
from assistant.protocol.rights import ROLE_NAMES, User
from assistant.server.throttle import Throttle
from assistant.server.who import COOKIE, Gate
from assistant.store import sessions

AT_ONCE = BoundedSemaphore(2)
"""Passwords checked at the same time: each check takes 64 MB and a core for a moment."""
STYLE = """
body{font:16px/1.5 system-ui,sans-serif;background:#f5f6f8;color:#1c2430;display:grid;place-items:center;
min-height:100vh;margin:0}main{background:#fff;border:1px solid #d5dae1;border-radius:12px;padding:2rem;
width:min(22rem,calc(100vw - 2rem));box-sizing:border-box}
h1{font-size:1.4rem;margin:0 0 1rem}
label{display:block;margin:.75rem 0 .25rem;font-weight:600}
input,button{font:inherit;width:100%;box-sizing:border-box;padding:.6rem;border-radius:8px;
border:1px solid #76808f}
button{margin-top:1rem;background:#1f4f8f;color:#fff;border-color:#1f4f8f;cursor:pointer}
button:focus-visible,input:focus-visible{outline:3px solid #e39b00;outline-offset:2px}
.error{border-left:4px solid #b3261e;padding:.25rem .75rem}
.demo{border-left:4px solid #8a6100;padding:.25rem .75rem}
@media(prefers-color-scheme:dark){body{background:#12161c;color:#e6eaf0}
main{background:#1b212a;border-color:#39424f}
input{background:#12161c;color:inherit}button{background:#9cc3ff;color:#0d1a2b;border-color:#9cc3ff}}
"""


def sign_in_routes(gate: Gate, demo: bool) -> APIRouter:
    """GET and POST /sign-in, POST /sign-out."""
    router, throttle = APIRouter(), Throttle()

    @router.get("/sign-in")
    def page(next: str = "/") -> Response:
        return HTMLResponse(_page(gate, demo, next))

    @router.post("/sign-in")
    def sign_in(
        request: Request,
        login: Annotated[str, Form(max_length=80)] = "",
        password: Annotated[str, Form(max_length=2000)] = "",
        next: Annotated[str, Form(max_length=2000)] = "/",
    ) -> Response:
        now, address = gate.desk.now(), gate.address_of(request)
        if wait := throttle.wait(login, address, now):
            return _slow_down(gate, demo, next, wait)
        user = gate.people.find(login) if demo else _checked(gate, login, password)
        if user is None:
            throttle.failed(login, address, now)
            sessions.refused(gate.desk.store, login, gate.desk.stamp())
            wrong = "Login or password is wrong. Ask your administrator if you have forgotten it."
            return HTMLResponse(_page(gate, demo, next, wrong), 401)
        throttle.succeeded(login, address)
        return _welcome(gate, user, next)

    @router.post("/sign-out")
    def sign_out(request: Request) -> Response:
        gate.let_out(request)
        response = RedirectResponse("/sign-in", 303)
        response.delete_cookie(COOKIE, path="/")
        return response

    return router


def safe_next(next: str) -> str:
    """A path of our own, whatever was asked for."""
    inside = next.startswith("/") and not next.startswith(("//", "/\\")) and next.isprintable()
    return next if inside and "\\" not in next and not next.startswith(("/sign-in", "/sign-out")) else "/"


def _checked(gate: Gate, login: str, password: str) -> User | None:
    with AT_ONCE:
        return gate.people.check(login, password)


def _welcome(gate: Gate, user: User, next: str) -> Response:
    try:
        token = gate.let_in(user)
    except HandoffError as error:
        return HTMLResponse(_page(gate, False, next, str(error)), 503)
    response = RedirectResponse(safe_next(next), 303)
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="lax", secure=gate.settings.https, path="/",
        max_age=int(gate.settings.session_hours * 3600),
    )  # fmt: skip
    return response


def _slow_down(gate: Gate, demo: bool, next: str, wait: timedelta) -> Response:
    minutes = ceil(wait.total_seconds() / 60)
    told = f"Too many wrong tries. Try again in {minutes} minute{'s' if minutes > 1 else ''}."
    seconds = str(ceil(wait.total_seconds()))
    return HTMLResponse(_page(gate, demo, next, told), 429, headers={"retry-after": seconds})


def _page(gate: Gate, demo: bool, next: str, error: str = "") -> str:
    told = f'<p class="error" role="alert">{escape(error)}</p>' if error else ""
    form = _demo_form(gate) if demo else _password_form()
    hidden = f'<input type="hidden" name="next" value="{escape(safe_next(next))}">'
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in - Handoff</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{STYLE}</style></head><body><main><h1>Handoff</h1>{told}"
        f'<form method="post" action="/sign-in">{hidden}{form}</form></main></body></html>'
    )


def _password_form() -> str:
    return (
        '<label for="login">Login</label>'
        '<input id="login" name="login" autocomplete="username" required autofocus>'
        '<label for="password">Password</label><input id="password" name="password" type="password" '
        'autocomplete="current-password" required><button type="submit">Sign in</button>'
    )


def _demo_form(gate: Gate) -> str:
    buttons = "".join(
        f'<button name="login" value="{escape(user.login)}">'
        f"{escape(user.name)}, {escape(ROLE_NAMES[user.role])}</button>"
        for user in gate.people.all()
    )
    return f'<p class="demo">Demo with example deals, on this machine only. Choose who you are.</p>{buttons}'
