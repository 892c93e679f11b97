"""A promise made in a recording is played, in a real browser, within a second of its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from browsers import browser, sign_in
from databases import plain_settings
from desks import ANA, KNOWN, QuickReader
from loopback_ears import diarized, speech_service
from playwright.sync_api import Browser, Page, expect
from recordings import NEEDS_AUDIO, encoded, tone
from serving import served

from assistant import desk as verbs
from assistant.desk.hearing import hear_next
from assistant.server import make_desk, make_server
from assistant.store.users import UsersFile
from extractors.speech.worker import Ears
from tools.shots import open_tab

pytestmark = [pytest.mark.browser, NEEDS_AUDIO]
PASSWORD = "a long enough pass phrase"
PROMISED_AT = 41.5
SAID = diarized(
    ("A", 1.0, 6.0, "Thanks for having us today, everybody."),
    ("B", 8.0, 30.0, "We have looked forward to this. Tell us about the plan."),
    ("A", PROMISED_AT, 45.0, "We will be live in ten weeks."),
)
NAME = "calls/2026-05-04-plan.mp3"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("sound")
    settings, users = plain_settings(folder), UsersFile(folder / "users.json")
    users.add(ANA, PASSWORD)
    with browser() as chromium, speech_service(lambda asked, n: (200, SAID)) as service:
        desk = make_desk(settings, lambda: datetime.now(UTC))
        ears = Ears(url=service.url, model="any-diarize")
        desk = replace(desk, ears=lambda known: ears, reader=QuickReader(), reader_of=None)
        call = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Ruiz>Hello there.\n"
        files = {NAME: encoded(tone(60.0), "mp3"), "calls/first.vtt": call}
        deal, _ = verbs.create_deal(desk, ANA, KNOWN, files)
        hear_next(desk)
        verbs.draft(desk, ANA, deal.id)
        with served(make_server(settings, desk, users)) as address:
            yield visit(chromium, address, deal.id)
        desk.store.close()


def visit(chromium: Browser, address: str, deal: str) -> Page:
    return sign_in(chromium, address, ANA.login, PASSWORD, f"/?deal={deal}")


def playing_at(page: Page, which: str) -> float:
    """The second that the player is at, once it plays."""
    playing = """which => {
        const player = document.querySelector(which);
        return player && !player.paused && player.currentTime > 1;
    }"""
    page.wait_for_function(playing, arg=which)
    return float(page.evaluate("which => document.querySelector(which).currentTime", which))


def test_clicking_a_promise_plays_it_within_a_second_of_its_words(page: Page) -> None:
    open_tab(page, "Promises")
    page.locator("#promises [data-evidence]").first.click()
    assert abs(playing_at(page, "audio[data-at]") - PROMISED_AT) < 1.0


def test_a_speaker_is_played_and_named(page: Page) -> None:
    open_tab(page, "Recordings")
    expect(page.locator("#recordings")).to_contain_text("Speaker 2")
    page.locator("#recordings [data-play]").nth(1).click()
    assert 8.0 <= playing_at(page, "#recordings audio") < 10.0
    page.locator("#speaker-which input").click()
    page.get_by_role("option", name="Speaker 2").first.click()
    page.fill("#speaker-name textarea, #speaker-name input", "Ben Cole")
    page.click("#speaker-save")
    expect(page.locator("#recordings")).to_contain_text("Ben Cole (Speaker 2)")


def test_a_turn_is_given_to_a_new_speaker_and_two_speakers_are_merged(page: Page) -> None:
    open_tab(page, "Recordings")
    page.locator("#act-give-turn button").first.click()
    page.fill("#turn-at textarea, #turn-at input", "00:00:42")
    page.click("#turn-give")
    listed = page.locator("#recordings")
    expect(listed).to_contain_text("Speaker 3")
    page.locator("#act-merge-speakers button").first.click()
    choose(page, "#merge-speaker", "Speaker 3")
    choose(page, "#merge-into", "Speaker 1")
    page.click("#merge-speakers")
    expect(listed).not_to_contain_text("Speaker 3")


def test_consent_is_noted_for_one_recording(page: Page) -> None:
    open_tab(page, "Recordings")
    listed = page.locator("#recordings")
    expect(listed).to_contain_text("no consent noted")
    page.locator("#consent input").check()
    page.click("#consent-note")
    expect(listed).not_to_contain_text("no consent noted")
    assert page.outside == []  # type: ignore[attr-defined]


def choose(page: Page, which: str, label: str) -> None:
    page.locator(f"{which} input").click()
    page.get_by_role("option", name=label).first.click()
