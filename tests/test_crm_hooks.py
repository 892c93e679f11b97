"""Webhooks over real HTTP: a deal that is won becomes a handoff once; forged and stale calls do nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from apis import Api, running
from databases import ready_settings
from desks import MIA, NOON, Clock
from fakes.hubspot import FakeHubSpot
from fakes.salesforce import OPPORTUNITY, FakeSalesforce
from fakes.serving import Order, serve
from pydantic import SecretStr

from assistant import desk as verbs
from assistant.crm.hooks import Forged, check_signed, sign
from assistant.crm.outbound import key_of

SECRET, DESK = "webhook secret", "https://desk.example"
WON = [{"objectId": 4711, "propertyName": "dealstage", "propertyValue": "closedwon", "eventId": 1}]


class Site:
    """The desk with a HubSpot, and somebody who calls it."""

    def __init__(self, api: Api, fake: FakeHubSpot, clock: Clock) -> None:
        self.api, self.fake, self.clock = api, fake, clock

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
        address = f"{self.api.address}/hooks/{path}"
        return httpx.post(address, content=body, headers=headers, timeout=30, verify=False)

    def hubspot(
        self, told: Any, secret: str = SECRET, address: str = DESK, late: float = 0
    ) -> httpx.Response:
        body = json.dumps(told).encode()
        stamp = str(int((self.clock.now - timedelta(minutes=late)).timestamp() * 1000))
        text = b"POST" + f"{address}/hooks/hubspot".encode() + body + stamp.encode()
        signature = base64.b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()).decode()
        headers = {"x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": stamp}
        return self.post("hubspot", body, headers)

    def signed(self, told: Any, secret: str = SECRET) -> httpx.Response:
        body = json.dumps(told).encode()
        return self.post("signed", body, sign(secret, body, self.clock.now))

    def deals(self) -> list[str]:
        return [line.deal.account for line in verbs.list_deals(self.api.desk, MIA)]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    clock = Clock()
    with serve(FakeHubSpot()) as fake:
        given = {
            "hubspot_url": fake.address, "hubspot_token": SecretStr("good"),
            "hubspot_secret": SecretStr(SECRET), "hook_secret": SecretStr(SECRET), "desk_url": DESK,
            "crm_owner": "ana",
        }  # fmt: skip
        with running(tmp_path, ready_settings(tmp_path).model_copy(update=given), clock) as api:
            yield Site(api, fake, clock)  # type: ignore[arg-type]


def test_a_deal_that_is_won_in_hubspot_becomes_a_handoff_with_its_facts(site: Site) -> None:
    answer = site.hubspot(WON)
    assert answer.json() == {"made": ["deal-1"], "known": []}
    known = verbs.get_deal(site.api.desk, MIA, "deal-1").deal.known
    assert known.account == "Fernhill Foods" and known.closed_at is not None
    site.clock.pass_hours(0.02)
    assert site.hubspot(WON).json() == {"made": [], "known": ["deal-1"]}
    assert site.deals() == ["Fernhill Foods"]


def test_a_deal_that_only_moved_on_makes_nothing(site: Site) -> None:
    site.fake.objects["deals"]["4711"]["hs_is_closed_won"] = "false"
    assert site.hubspot(WON).json() == {"made": [], "known": []}
    site.clock.pass_hours(0.02)
    other = [{**WON[0], "propertyName": "amount"}]
    assert site.hubspot(other).status_code == 200 and site.deals() == []


def test_the_same_call_again_is_refused(site: Site) -> None:
    assert site.hubspot(WON).status_code == 200
    again = site.hubspot(WON)
    assert again.status_code == 409 and site.deals() == ["Fernhill Foods"]


def test_forged_and_stale_calls_do_nothing(site: Site) -> None:
    refused = [
        site.hubspot(WON, secret="guess"), site.hubspot(WON, address="https://other.example"),
        site.hubspot(WON, late=6), site.hubspot(WON, late=-6),
        site.post("hubspot", json.dumps(WON).encode(), {}),
    ]  # fmt: skip
    assert [answer.status_code for answer in refused] == [401] * 5
    assert site.deals() == [] and site.fake.asked == []
    assert site.hubspot(WON, secret="guess").status_code == 429  # whoever guesses waits, and nobody else
    assert site.hubspot(WON).status_code == 200


def test_a_crm_that_is_down_is_called_again_later(site: Site) -> None:
    site.fake.orders.append(Order("GET", "/crm/v3/objects/deals", 403))
    assert site.hubspot(WON).status_code == 503 and site.deals() == []
    site.clock.pass_hours(0.02)
    assert site.hubspot(WON).json()["made"] == ["deal-1"]


def test_a_deal_that_was_deleted_meanwhile_makes_nothing(site: Site) -> None:
    assert site.hubspot([{**WON[0], "objectId": 99}, *WON]).json()["made"] == ["deal-1"]


def test_a_deal_that_is_made_as_won_becomes_a_handoff(site: Site) -> None:
    new = {"objectId": 4711, "subscriptionType": "deal.creation", "eventId": 2}
    contact = {"objectId": 51, "subscriptionType": "object.creation", "objectTypeId": "0-1", "eventId": 3}
    assert site.hubspot([contact, new]).json()["made"] == ["deal-1"]


def test_one_deal_that_cannot_be_made_does_not_keep_the_others_away(site: Site) -> None:
    site.fake.objects["deals"]["12"] = dict(site.fake.objects["deals"]["4711"])
    site.fake.orders.append(Order("GET", "/crm/v3/objects/deals/12", 403))
    answer = site.hubspot([{**WON[0], "objectId": 12}, *WON])
    assert answer.status_code == 503 and site.deals() == ["Fernhill Foods"]
    site.clock.pass_hours(0.02)
    asked = len(site.fake.asked)
    again = site.hubspot([{**WON[0], "objectId": 12}, *WON])
    assert again.json() == {"made": ["deal-2"], "known": ["deal-1"]}
    assert not any(one.path.endswith("/4711") for one in site.fake.asked[asked:])


def test_who_calls_does_not_wait_for_a_limit_of_the_crm(site: Site) -> None:
    site.fake.orders.append(Order("GET", "/crm/v3/objects/deals", 429, {"Retry-After": "60"}))
    answer = site.hubspot(WON)
    assert answer.status_code == 503 and "60 seconds" in answer.json()["detail"]


def test_the_very_call_that_failed_may_come_again(site: Site) -> None:
    site.fake.orders.append(Order("GET", "/crm/v3/objects/deals", 403))
    refused = site.hubspot(WON)
    assert (refused.status_code, refused.json()["status"]) == (503, 503)
    assert site.hubspot(WON).json()["made"] == ["deal-1"]
    assert site.hubspot(WON).status_code == 409


def test_a_signature_whose_plus_became_a_blank_holds(site: Site) -> None:
    for late in range(4):
        body = json.dumps(WON).encode()
        stamp = str(int((site.clock.now - timedelta(seconds=late)).timestamp() * 1000))
        text = b"POST" + f"{DESK}/hooks/hubspot".encode() + body + stamp.encode()
        signature = base64.b64encode(hmac.new(SECRET.encode(), text, hashlib.sha256).digest()).decode()
        headers = {
            "x-hubspot-signature-v3": signature.replace("+", " "), "x-hubspot-request-timestamp": stamp
        }
        assert site.post("hubspot", body, headers).status_code == 200


def test_a_signed_call_of_a_deal_that_the_crm_does_not_know_is_told_so(site: Site) -> None:
    assert site.signed({"crm": "hubspot", "id": "99"}).status_code == 422
    assert site.signed({"crm": "pipedrive", "id": "99"}).status_code == 422
    assert site.signed({"crm": "hubspot", "id": "4711"}).json()["made"] == ["deal-1"]


def test_any_other_system_tells_a_deal_with_its_facts(site: Site) -> None:
    told = {"id": "X-17", "deal": {"account": "Larkspur Clinics", "value": 12.5}, "name": "Larkspur"}
    assert site.signed(told).json()["made"] == ["deal-1"]
    known = verbs.get_deal(site.api.desk, MIA, "deal-1").deal.known
    assert (known.account, known.closed_at) == ("Larkspur Clinics", NOON)
    site.clock.pass_hours(0.02)
    assert site.signed(told).json()["known"] == ["deal-1"]
    assert site.signed(told, secret="guess").status_code == 401


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"id": ""}', b'{"id": "1", "deal": {"value": "x"}}', b'{"id": "1", "more": 1}']
)
def test_a_signed_call_that_says_nothing_known_is_told_so(site: Site, body: bytes) -> None:
    answer = site.post("signed", body, sign(SECRET, body, site.clock.now))
    assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json"


def message(*deals: str, number: int = 1) -> bytes:
    """An outbound message as Salesforce documents it."""
    told = "".join(
        f"<Notification><Id>04l{number:012}{place:03}</Id><sObject xsi:type='sf:Opportunity' "
        f"xmlns:sf='urn:sobject.enterprise.soap.sforce.com'><sf:Id>{deal}</sf:Id></sObject></Notification>"
        for place, deal in enumerate(deals)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope "
        "xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/' "
        "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><soapenv:Body>"
        "<notifications xmlns='http://soap.sforce.com/2005/09/outbound'><OrganizationId>00D</OrganizationId>"
        f"{told}</notifications></soapenv:Body></soapenv:Envelope>"
    ).encode()


@pytest.fixture
def org(tmp_path: Path) -> Iterator[Site]:
    """A desk with a Salesforce."""
    clock = Clock()
    with serve(FakeSalesforce()) as fake:
        given = {"salesforce_url": fake.address, "salesforce_token": SecretStr("good"),
                 "hook_secret": SecretStr(SECRET), "crm_owner": "ana"}  # fmt: skip
        with running(tmp_path, ready_settings(tmp_path).model_copy(update=given), clock) as api:
            yield Site(api, fake, clock)  # type: ignore[arg-type]


def outbound(site: Site, body: bytes, key: str | None = None) -> httpx.Response:
    return site.post(f"salesforce/{key or key_of(SECRET)}", body, {"content-type": "text/xml"})


def test_an_outbound_message_of_a_won_opportunity_is_taken_and_acknowledged(org: Site) -> None:
    answer = outbound(org, message(OPPORTUNITY, "006000000000000AAA"))
    assert answer.status_code == 200 and "<Ack>true</Ack>" in answer.text
    assert answer.headers["content-type"].startswith("text/xml") and org.deals() == ["Fernhill Foods"]
    asked = len(org.fake.asked)
    assert "<Ack>true</Ack>" in outbound(org, message(OPPORTUNITY)).text
    assert org.deals() == ["Fernhill Foods"] and len(org.fake.asked) == asked


def test_an_outbound_message_that_cannot_be_done_comes_again(org: Site) -> None:
    org.fake.orders.append(Order("GET", "/services/data", 403))
    refused = outbound(org, message(OPPORTUNITY))
    assert refused.status_code == 503 and "Ack" not in refused.text
    assert outbound(org, message(OPPORTUNITY)).status_code == 200 and org.deals() == ["Fernhill Foods"]


@pytest.mark.parametrize(
    "body",
    [
        b"<", b"<a/>", message(), message("x' OR Name != '"), message(*[OPPORTUNITY] * 101),
        b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + message(OPPORTUNITY)[38:],
    ],
)  # fmt: skip
def test_what_is_no_outbound_message_is_not_taken(org: Site, body: bytes) -> None:
    assert outbound(org, body).status_code == 422 and org.fake.asked == [] and org.deals() == []


def test_an_outbound_message_at_another_address_is_forged(org: Site) -> None:
    for key in ("0" * 40, key_of("guess"), key_of(SECRET)[:-1]):
        assert outbound(org, message(OPPORTUNITY), key).status_code in (401, 429)
    assert org.fake.asked == [] and SECRET not in key_of(SECRET)


@pytest.mark.parametrize("path", ["", "other", "hubspot/more", "../deals/deal-1/files/a.txt"])
def test_nothing_else_answers_there(site: Site, path: str) -> None:
    assert site.post(path, b"", {}).status_code in (401, 404)
    assert httpx.get(f"{site.api.address}/hooks/{path}", verify=False).status_code in (401, 404)


def test_a_call_is_not_expected_where_no_secret_is_set(tmp_path: Path) -> None:
    with running(tmp_path) as api:
        for path in ("hubspot", "signed"):
            address, headers = f"{api.address}/hooks/{path}", sign("", b"{}", NOON)
            assert httpx.post(address, content=b"{}", headers=headers, verify=False).status_code == 401


@pytest.mark.parametrize("change", [{"x-handoff-timestamp": "1e9"}, {"x-handoff-signature": "v1=é"},
                                    {"x-handoff-signature": ""}])  # fmt: skip
def test_headers_that_are_none_are_forged(change: dict[str, str]) -> None:
    headers = {**sign(SECRET, b"{}", NOON), **change}
    with pytest.raises(Forged):
        check_signed(SECRET, b"{}", headers, NOON)
