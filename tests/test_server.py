"""The server before the screens: sign-in, throttle, SSO header, cookies, headers, other sites and hosts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest
from databases import ready_settings
from desks import ANA, CHEAP, NOON, Clock, drafted, make_desk
from fastapi import FastAPI
from pydantic import SecretStr
from serving import served
from starlette.responses import PlainTextResponse

from assistant.desk.examples import DemoPeople
from assistant.errors import HandoffError
from assistant.server import make_server
from assistant.server.sign_in import safe_next
from assistant.server.throttle import Throttle
from assistant.settings import Settings
from assistant.store import audit, open_store
from assistant.store.users import UsersFile

PASSWORD = "correct horse battery"


def bare(api: FastAPI, *given: Any, **more: Any) -> FastAPI:
    """In place of the screens: a page that says hello."""
    api.add_api_route("/", lambda: PlainTextResponse("hello"))
    api.add_api_route("/upload", lambda: PlainTextResponse("taken"), methods=["POST"])
    return api


class Site:
    """A server with Ana's account, and its clock."""

    def __init__(self, settings: Settings, address: str, clock: Clock) -> None:
        self.settings, self.address, self.clock = settings, address, clock

    def browser(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=30, headers=headers, verify=False)


@pytest.fixture
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    settings = ready_settings(tmp_path).model_copy(update=getattr(request, "param", {}))
    clock = Clock()
    desk = make_desk(open_store(settings), clock)
    drafted(desk)
    people = UsersFile(tmp_path / "users.json", CHEAP)
    people.add(ANA, PASSWORD)
    with served(make_server(settings, desk, people, mount=bare)) as address:
        yield Site(settings, address, clock)


def enter(client: httpx.Client, password: str = PASSWORD, **more: str) -> httpx.Response:
    return client.post("/sign-in", data={"login": "ana", "password": password, **more})


def test_a_stranger_is_led_to_the_sign_in_page_and_back(site: Site) -> None:
    with site.browser(accept="text/html") as client:
        led = client.get("/?deal=deal-1")
        assert (led.status_code, led.headers["location"]) == (303, "/sign-in?next=%2F%3Fdeal%3Ddeal-1")
        assert 'value="/?deal=deal-1"' in client.get(led.headers["location"]).text
        assert enter(client, next="/?deal=deal-1").headers["location"] == "/?deal=deal-1"
        assert client.get("/").text == "hello"


def test_the_cookie_is_kept_from_scripts_and_other_sites(site: Site) -> None:
    with site.browser() as client:
        cookie = enter(client).headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie


@pytest.mark.parametrize("site", [{"https": True}], indirect=True)
def test_behind_https_the_cookie_travels_by_it_only(site: Site) -> None:
    with site.browser() as client:
        assert "Secure" in enter(client).headers["set-cookie"]


def test_a_session_ends_by_signing_out_by_time_and_by_removal(site: Site) -> None:
    with site.browser() as client:
        enter(client)
        client.post("/sign-out")
        assert client.get("/").status_code == 401
        enter(client)
        site.clock.pass_hours(13)
        assert client.get("/").status_code == 401
        enter(client)
        assert client.get("/").status_code == 200
        UsersFile(site.settings.data_dir / "users.json").remove("ana")
        assert client.get("/").status_code == 401


def test_a_stolen_store_lets_nobody_in(site: Site) -> None:
    with site.browser() as client:
        enter(client)
        token = client.cookies["handoff_session"]
    assert token.encode() not in (site.settings.data_dir / "handoff.sqlite3").read_bytes()


def test_wrong_passwords_are_slowed_down_and_noted(site: Site) -> None:
    with site.browser() as client:
        tries = [enter(client, "wrong").status_code for _ in range(6)]
        assert tries == [401] * 5 + [429]
        refused = enter(client)
        assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0
        site.clock.pass_hours(0.3)
        assert enter(client).status_code == 303
    lines = audit.lines(open_store(site.settings))
    assert [line.action for line in lines].count("sign_in_refused") == 5


def test_a_throttle_does_not_shut_out_the_person_elsewhere() -> None:
    throttle = Throttle()
    for _ in range(5):
        throttle.failed("ana", "10.0.0.1", NOON)
    assert throttle.wait("ana", "10.0.0.1", NOON) == timedelta(minutes=15)
    assert throttle.wait("ana", "10.0.0.2", NOON) == timedelta(0)


def test_a_throttle_slows_an_address_that_tries_many_logins() -> None:
    throttle = Throttle()
    for number in range(20):
        throttle.failed(f"user{number}", "10.0.0.1", NOON)
    assert throttle.wait("ana", "10.0.0.1", NOON) > timedelta(0)


SECRET = {"proxy_secret": SecretStr("shared-with-the-proxy")}


@pytest.mark.parametrize("site", [SECRET], indirect=True)
def test_a_trusted_proxy_says_who_it_is(site: Site) -> None:
    told = {"x-forwarded-user": "ana", "x-handoff-proxy-secret": "shared-with-the-proxy"}
    with site.browser(**told) as client:
        assert client.get("/").text == "hello"
    with site.browser(**{**told, "x-forwarded-user": "ben"}) as client:
        assert client.get("/").status_code == 401


@pytest.mark.parametrize("site", [SECRET, {}], indirect=True)
@pytest.mark.parametrize("secret", ["", "wrong"])
def test_nobody_else_may_say_who_they_are(site: Site, secret: str) -> None:
    with site.browser(**{"x-forwarded-user": "ana", "x-handoff-proxy-secret": secret}) as client:
        assert client.get("/").status_code == 401
    with site.browser(**{"x-forwarded-user": "ana"}) as client:
        assert client.get("/").status_code == 401


@pytest.mark.parametrize(
    "next", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\nb", ""]
)
def test_sign_in_leads_to_no_other_site(next: str) -> None:
    assert safe_next(next) == "/"


def test_a_form_of_another_site_is_refused(site: Site) -> None:
    with site.browser() as client:
        enter(client)
        assert client.post("/upload", headers={"origin": "https://evil.example"}).status_code == 403
        assert client.post("/upload", headers={"origin": site.address}).text == "taken"


def test_another_host_name_is_refused_on_loopback(site: Site) -> None:
    with site.browser() as client:
        assert client.get("/sign-in", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    ("length", "status"), [({"content-length": "200000000"}, 413), ({"transfer-encoding": "chunked"}, 411)]
)
def test_an_upload_over_the_limit_is_refused_before_it_is_read(
    site: Site, length: dict[str, str], status: int
) -> None:
    with site.browser() as client:
        enter(client)
        cookie = f"handoff_session={client.cookies['handoff_session']}"
    connection = HTTPConnection(site.address.removeprefix("http://"))
    connection.request("POST", "/upload", headers={"cookie": cookie, **length})
    assert connection.getresponse().status == status
    connection.close()


@pytest.mark.parametrize("path", ["/", "/sign-in", "/health", "/nowhere"])
def test_every_answer_has_the_careful_headers(site: Site, path: str) -> None:
    with site.browser() as client:
        enter(client)
        headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store" and "server" not in headers


def test_a_download_is_saved_and_never_shown(site: Site) -> None:
    with site.browser() as client:
        enter(client)
        got = client.get("/deals/deal-1/files/calls/first.vtt")
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.content.startswith(b"WEBVTT")


def test_what_a_stranger_types_is_not_run_on_the_sign_in_page(site: Site) -> None:
    with site.browser() as client:
        page = client.get("/sign-in", params={"next": '/"><script>alert(1)</script>'}).text
    assert "<script" not in page


def test_the_demo_lets_anybody_in_on_this_machine_only(tmp_path: Path) -> None:
    settings = ready_settings(tmp_path)
    desk = make_desk(open_store(settings))
    with pytest.raises(HandoffError, match="this machine only"):
        make_server(settings.model_copy(update={"host": "0.0.0.0"}), desk, demo=True, mount=bare)
    app = make_server(settings, desk, DemoPeople([]), demo=True, mount=bare)
    with served(app) as address, httpx.Client(base_url=address, verify=False) as client:
        assert "Choose who you are" in client.get("/sign-in").text
        assert client.post("/sign-in", data={"login": "mara.reyes"}).status_code == 303
        assert client.get("/").text == "hello"
