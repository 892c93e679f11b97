"""Pictures of the review desk's screens: `python -m tools.shots [FOLDER]`, two widths, light and dark.

The desk runs with the example deals in a store of its own, in Debian's Chromium. Default folder: out/shots.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SCREENS = (
    "Deals", "Upload", "Recordings", "Packet", "Promises", "Gaps", "Decision", "Handover", "Versions",
    "Download", "Reports",
)  # fmt: skip
ADMIN_SCREENS = ("Audit",)
WIDTHS = {"wide": (1400, 900), "narrow": (390, 844)}
THEMES = ("light", "dark")
WHO = "Mara Reyes"
"""The CS manager of the demo, who sees every deal."""
ADMIN = "Ada Holm"
"""Its administrator, who sees what is nobody else's."""


@contextmanager
def demo() -> Iterator[str]:
    """The address of `handoff serve --demo` on a free port, with a store that is thrown away afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "assistant.cli", "serve", "--demo", "--port", str(port)]
        environment = {"HANDOFF_DATA_DIR": folder, "PATH": "/usr/bin:/bin", "HOME": folder}
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            yield _answering(f"http://127.0.0.1:{port}")
        finally:
            running.terminate()
            running.wait(20)


def _answering(address: str) -> str:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{address}/health", timeout=5)
            return address
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The demo did not start within three minutes.")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("No Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def screens(browser: Browser, address: str, width: str, theme: str) -> Iterator[tuple[str, Page]]:
    """Each screen's name, with the page showing it; a deal is open and a promise's quote is shown."""
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    page = _signed_in(browser, f"{address}/?__theme={theme}", WHO, size)
    page.locator("#deals [data-choose]").last.click()
    page.wait_for_selector("#promises .card")
    page.locator("#promises .card").first.click()
    page.locator("#promises .card .evidence").first.click()
    page.wait_for_selector("#promise-source mark")
    yield from _tabs(page, SCREENS)
    yield from _tabs(_signed_in(browser, f"{address}/?__theme={theme}", ADMIN, size), ADMIN_SCREENS)


def _signed_in(browser: Browser, address: str, who: str, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(60_000)
    page.goto(address)
    page.get_by_text(who).click()
    page.wait_for_selector("#deals [data-choose]")
    return page


def _tabs(page: Page, names: tuple[str, ...]) -> Iterator[tuple[str, Page]]:
    for name in names:
        open_tab(page, name)
        _settle(page)
        yield name, page
    page.context.close()


def open_tab(page: Page, name: str) -> None:
    """Choose a tab, also where a narrow window hides it in the menu."""
    tab = page.get_by_role("tab", name=name, exact=True)
    if tab.is_visible():
        tab.click()
    else:
        page.locator(".overflow-menu > button").first.click()
        page.locator(".overflow-dropdown button", has_text=name).click()


def _settle(page: Page) -> None:
    page.wait_for_function("!document.querySelector('.generating, .pending')")
    page.wait_for_timeout(2500)  # the panel's own scrolling, and what slides in
    page.evaluate("scrollTo(0, 0)")


def main(arguments: list[str]) -> None:
    """Write the pictures and say where."""
    folder = Path(arguments[0]) if arguments else ROOT / "out" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    with demo() as address, chromium() as browser:
        for width in WIDTHS:
            for theme in THEMES:
                for name, page in screens(browser, address, width, theme):
                    file = folder / f"{name.lower()}-{width}-{theme}.png"
                    page.screenshot(path=str(file))
                    print(file)


if __name__ == "__main__":
    main(sys.argv[1:])
