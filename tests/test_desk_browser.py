"""The review desk in a real browser: the whole story, and what a second browser must not do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browsers import browser, sign_in
from databases import plain_settings
from desks import FILES, KNOWN, PEOPLE
from playwright.sync_api import Browser, Page, expect
from serving import served

from assistant import desk as verbs
from assistant.desk import Desk
from assistant.protocol.rights import RoleName, User
from assistant.server import make_desk, make_server
from assistant.store.users import UsersFile
from tools.shots import open_tab

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "ostrander"
PASSWORD = "a long enough pass phrase"
OTHER_AE = User(login="oda", name="Oda Other", role="ae")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[tuple[str, Desk]]:
    folder = tmp_path_factory.mktemp("desk")
    settings = plain_settings(folder)
    users = UsersFile(folder / "users.json")
    for user in (*PEOPLE.values(), OTHER_AE):
        users.add(user, PASSWORD)
    desk = make_desk(settings, lambda: datetime.now(UTC))
    with served(make_server(settings, desk, users)) as address:
        yield address, desk
    desk.store.close()


@pytest.fixture(scope="module")
def address(running: tuple[str, Desk]) -> str:
    return running[0]


def visit(chromium: Browser, address: str, role: RoleName, path: str = "/") -> Page:
    return sign_in(chromium, address, PEOPLE[role].login, PASSWORD, path)


def test_the_story_from_upload_to_acceptance(chromium: Browser, address: str) -> None:
    ae = visit(chromium, address, "ae")
    start_a_deal(ae)
    ae.click("#draft")
    expect(ae.locator("#promises .card").first).to_be_visible(timeout=60_000)
    deal = re.search(r"deal=(deal-\d+)", ae.url)
    assert deal, "the address links to the deal"

    answer_a_gap(ae, "There is a second office in Lima nobody named.")
    open_tab(ae, "Decision")
    expect(ae.locator("#submit")).to_be_visible()
    expect(ae.locator("#accept")).to_be_hidden()  # an AE never accepts
    ae.click("#submit")
    expect(ae.locator("#head")).to_contain_text("Submitted to CS")

    manager = visit(chromium, address, "cs_manager", f"/?deal={deal[1]}")
    open_tab(manager, "Decision")
    expect(manager.locator("#accept")).to_be_disabled()  # blockers are open
    reject(manager, "The goal is not stated.")
    expect(manager.locator("#round")).to_contain_text("left, due")

    fix_and_submit(chromium, address, deal[1])
    waive_every_blocker(chromium, address, deal[1])
    accept(chromium, address, deal[1])
    assert ae.outside == manager.outside == []  # type: ignore[attr-defined]


def start_a_deal(page: Page) -> None:
    open_tab(page, "Upload")
    page.fill("#new-account input, #new-account textarea", "Ostrander Heating & Plumbing, LLC")
    page.set_input_files(
        "#new-files input[type=file]", [f for f in EXAMPLE.rglob("*") if f.parent.name == "sources"]
    )
    expect(page.locator("#new-files")).to_contain_text(".docx")
    page.click("#new-start")
    expect(page.locator("#files")).to_contain_text("order form", timeout=40_000)


def answer_a_gap(page: Page, words: str) -> None:
    open_tab(page, "Gaps")
    page.locator("#questions [data-choose]").first.click()
    expect(page.locator("#gap-chosen")).to_contain_text("surprise")
    expect(page.locator("#gap-save")).to_be_enabled()
    page.fill("#gap-answer textarea", words)
    page.click("#gap-save")
    open_tab(page, "Packet")
    expect(page.locator("#summary")).to_contain_text(words)
    expect(page.locator("#summary")).to_contain_text(f"entered by {PEOPLE['ae'].name}")


def reject(page: Page, words: str) -> None:
    page.fill("#reject-words input, #reject-words textarea", words)
    page.click("#reject-add")
    expect(page.locator("#reject-list textarea, #reject-list input")).to_have_value(re.compile("goal"))
    page.click("#reject button, button#reject")
    expect(page.locator("#head")).to_contain_text("Rejected")


def fix_and_submit(chromium: Browser, address: str, deal: str) -> None:
    page = visit(chromium, address, "ae", f"/?deal={deal}")
    open_tab(page, "Decision")
    expect(page.locator("#since-return")).to_contain_text("the same")
    open_tab(page, "Packet")
    page.locator("[data-choose='business_objectives.primary_objective']").click()
    expect(page.locator("#field-chosen")).to_contain_text("Primary objective")
    expect(page.locator("#field-save")).to_be_enabled()
    page.fill("#field-value textarea", "Fewer callbacks this summer")
    page.click("#field-save")
    expect(page.locator("#summary")).to_contain_text("Fewer callbacks this summer")
    open_tab(page, "Decision")
    expect(page.locator("#since-return")).to_contain_text("Fewer callbacks this summer")
    page.click("#submit")
    expect(page.locator("#head")).to_contain_text("Submitted to CS")


def waive_every_blocker(chromium: Browser, address: str, deal: str) -> None:
    page = visit(chromium, address, "cs_manager", f"/?deal={deal}")
    open_tab(page, "Gaps")
    blockers = page.locator("#gaps [data-choose]", has_text="Blocker")
    expect(blockers.first).to_be_visible()
    page.locator("#gap-ask-or-waive").get_by_text("Waive or ask instead").click()
    while left := blockers.count():
        about = blockers.first.locator("p").first.inner_text()
        blockers.first.click()
        expect(page.locator("#gap-chosen")).to_contain_text(about)  # the form is this finding's now
        expect(page.locator("#gap-waive")).to_be_enabled()
        page.fill("#gap-reason input, #gap-reason textarea", "Settled with legal on the phone")
        page.click("#gap-waive")
        expect(blockers).to_have_count(left - 1)


def accept(chromium: Browser, address: str, deal: str) -> None:
    page = visit(chromium, address, "cs_manager", f"/?deal={deal}")
    open_tab(page, "Decision")
    expect(page.locator("#blockers")).to_contain_text("Nothing blocks acceptance")
    page.click("#accept")
    expect(page.locator("#head")).to_contain_text("Accepted")
    open_tab(page, "Download")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download transfer-packet.docx").click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def test_somebody_elses_deal_is_not_there_for_another_ae(
    chromium: Browser, running: tuple[str, Desk]
) -> None:
    address, desk = running
    deal, _ = verbs.create_deal(desk, PEOPLE["ae"], KNOWN, FILES)
    other = sign_in(chromium, address, OTHER_AE.login, PASSWORD, f"/?deal={deal.id}")
    expect(other.get_by_text("There is no deal").first).to_be_visible()
    expect(other.locator("#deals")).to_contain_text("No deal to show")
    assert other.request.get(f"{address}/deals/{deal.id}/documents/packet.json").status in (403, 404)


def test_a_quote_opens_its_place_and_selected_words_become_a_promise(
    chromium: Browser, running: tuple[str, Desk]
) -> None:
    address, desk = running
    deal, _ = verbs.create_deal(desk, PEOPLE["ae"], KNOWN, FILES)
    verbs.draft(desk, PEOPLE["ae"], deal.id)
    page = visit(chromium, address, "ae", f"/?deal={deal.id}")
    cards = page.locator("#promises .card")
    expect(cards.first).to_be_visible()
    number = cards.count()
    mark = page.locator("#promise-source mark")
    for _ in range(3):  # arriving paints the list twice, and the first painting is gone with its focus
        cards.first.focus()
        page.keyboard.press("Enter")  # chooses the card and shows its first quote
        page.wait_for_timeout(2000)
        if mark.count():
            break
    expect(mark).to_be_in_viewport()
    assert mark.inner_text() in cards.first.inner_text()
    page.locator("#promise-source .segment p").last.select_text()
    page.locator("#promise-source .segment p").last.dispatch_event("mouseup")
    expect(page.locator("#promise-source-said textarea, #promise-source-said input")).not_to_have_value("")
    page.get_by_text("Add a promise that was missed").click()
    page.click("#add")
    expect(cards).to_have_count(number + 1)
