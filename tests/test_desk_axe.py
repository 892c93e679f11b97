"""Every screen of the desk is usable with a screen reader and by weak eyes, as far as axe-core can tell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import browser
from playwright.sync_api import Browser

from tools.shots import ADMIN_SCREENS, SCREENS, demo, screens

GRAVE = ("serious", "critical")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def address(chromium: Browser) -> Iterator[str]:
    with demo() as running:
        yield running


@pytest.mark.parametrize(("width", "theme"), [("wide", "light"), ("narrow", "dark")])
def test_no_screen_has_a_serious_fault(chromium: Browser, address: str, width: str, theme: str) -> None:
    seen = {}
    for name, page in screens(chromium, address, width, theme):
        found = Axe().run(page).response["violations"]
        seen[name] = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in GRAVE]
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        seen[name] += [f"wider than the window by {overflow} px"] if overflow > 0 else []
    assert seen == {name: [] for name in (*SCREENS, *ADMIN_SCREENS)}
