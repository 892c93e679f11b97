"""A real browser for tests: Debian's Chromium through Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 20_000
"""Milliseconds until a step counts as failed; the machine may be busy."""
expect.set_options(timeout=PATIENCE)


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium without a window; tests are skipped, and say so, where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


def sign_in(
    browser: Browser, address: str, login: str, password: str, path: str = "/", **context: object
) -> Page:
    """A page of a context of its own, signed in; every request to another host is remembered in `outside`."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE)
    outside: list[str] = []
    page.on("request", lambda request: None if own(request.url, address) else outside.append(request.url))
    page.outside = outside  # type: ignore[attr-defined]
    page.goto(f"{address}{path}")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_selector("#top h1")
    return page


def own(url: str, address: str) -> bool:
    """Whether a request stays with the server."""
    return url.startswith((address, "data:", "blob:", "about:"))
