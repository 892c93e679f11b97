"""The API as a program meets it, over real HTTP: pages, stale decisions, repeats, refusals, limits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from apis import Api, running
from databases import ready_settings, settings_for
from desks import ANA, NOON, PEOPLE, Clock, drafted

from assistant import desk as verbs
from assistant.api.caller import MOST_JSON, Rate
from assistant.packet import Packet
from assistant.store import audit, open_store, replies, tokens

DECIDE = "/deals/{}/decisions"
EDIT = {"action": "edit_value", "path": "scope.training", "text": "both sites"}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with running(tmp_path_factory.mktemp("api")) as found:
        yield found


@pytest.fixture
def ana(api: Api) -> Iterator[httpx.Client]:
    with api.program("ana") as program:
        yield program


def test_a_deal_goes_from_facts_to_an_accepted_packet(api: Api, ana: httpx.Client) -> None:
    made = ana.post("/deals", json={"facts": {"account": "Fernhill Foods", "ae": "Ana Ruiz"}, "csm": "cem"})
    deal = made.json()["id"]
    assert made.headers["location"] == f"/api/v1/deals/{deal}"
    call = b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ana Ruiz>We will be live in ten weeks.\n"
    assert ana.put(f"/deals/{deal}/sources/calls/first.vtt", content=call).json()["size"] == len(call)
    version = ana.post(f"/deals/{deal}/draft").json()["version"]
    packet = Packet.model_validate_json(ana.get(f"/deals/{deal}/packet").text)
    assert packet.deal.account == "Fernhill Foods" and packet.commitments[0].text.startswith("We will be")
    submitted = ana.post(DECIDE.format(deal), json={"action": "submit", "version": version}).json()
    with api.program("mia") as mia:
        blocked = mia.post(DECIDE.format(deal), json={"action": "accept", "version": submitted["version"]})
        assert blocked.status_code == 409 and blocked.json()["blockers"]
        version = submitted["version"]
        for finding in blocked.json()["blockers"]:
            waived = {"action": "waive", "version": version, "finding": finding, "reason": "known"}
            version = mia.post(DECIDE.format(deal), json=waived).json()["version"]
        accepted = mia.post(DECIDE.format(deal), json={"action": "accept", "version": version}).json()
    assert accepted["status"] == "accepted"
    assert [row["action"] for row in ana.get(f"/deals/{deal}/versions").json()][-1] == "accept"


@pytest.mark.parametrize("path", ["/deals/a%0Ab", "/deals/deal-1/drafts/A%0Ao", "/x%0Ay"])
def test_an_address_with_a_line_end_is_a_problem_like_any_other(ana: httpx.Client, path: str) -> None:
    answer = ana.get(path)
    assert answer.status_code in (404, 422) and answer.json()["type"].startswith("urn:handoff:problem:")


def test_a_stale_decision_says_who_was_faster(api: Api, ana: httpx.Client) -> None:
    seen = drafted(api.desk)
    assert ana.post(DECIDE.format(seen.deal.id), json={**EDIT, "version": 1}).status_code == 201
    late = ana.post(DECIDE.format(seen.deal.id), json={**EDIT, "version": 1})
    assert (late.status_code, late.headers["content-type"]) == (409, "application/problem+json")
    assert late.json()["newer"] == [
        {"version": 2, "at": NOON.isoformat(), "by_name": "Ana ae", "what": "edited training"}
    ]


def test_facts_that_somebody_changed_meanwhile_are_not_written_over(api: Api, ana: httpx.Client) -> None:
    deal = drafted(api.desk).deal.id
    tag = ana.get(f"/deals/{deal}").headers["etag"]
    first = ana.patch(f"/deals/{deal}", json={"value": 5}, headers={"if-match": tag})
    assert first.json()["facts"]["value"] == 5 and first.json()["facts"]["account"] == "Fernhill Foods"
    late = ana.patch(f"/deals/{deal}", json={"value": 6}, headers={"if-match": tag})
    assert late.status_code == 412 and late.headers["etag"] == first.headers["etag"]
    assert ana.patch(f"/deals/{deal}", json={"value": None}).json()["facts"]["value"] is None


def test_a_packet_that_one_has_is_not_sent_again(api: Api, ana: httpx.Client) -> None:
    deal = drafted(api.desk).deal.id
    tag = ana.get(f"/deals/{deal}/packet").headers["etag"]
    again = ana.get(f"/deals/{deal}/packet", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_request_that_is_sent_again_is_not_done_again(api: Api, ana: httpx.Client) -> None:
    key = {"idempotency-key": "close-4711"}
    first, again = (ana.post("/deals", json={"facts": {"account": "Once"}}, headers=key) for _ in range(2))
    assert first.json() == again.json() and again.headers["idempotency-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"] and again.status_code == 201
    other = ana.post("/deals", json={"facts": {"account": "Twice"}}, headers=key)
    assert other.status_code == 422 and "another request" in other.json()["detail"]
    with api.program("eve") as eve:  # a key is a person's own
        assert eve.post("/deals", json={}, headers=key).json()["owner"] == "eve"


def test_what_was_refused_may_be_sent_again_with_its_key(api: Api, ana: httpx.Client) -> None:
    deal, key = drafted(api.desk).deal.id, {"idempotency-key": "late"}
    assert ana.post(DECIDE.format(deal), json={**EDIT, "version": 7}, headers=key).status_code == 409
    assert ana.post(DECIDE.format(deal), json={**EDIT, "version": 1}, headers=key).status_code == 201


def test_the_same_key_at_once_is_done_once(api: Api) -> None:
    answers: list[int] = []

    def make() -> None:
        with api.program("ana") as program:
            body, key = {"facts": {"account": "Race"}}, {"idempotency-key": "r"}
            answers.append(program.post("/deals", json=body, headers=key).status_code)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {201, 409} and 201 in answers
    lines = verbs.list_deals(api.desk, ANA, verbs.Filters(text="Race"))
    assert len(lines) == 1


def test_a_request_that_broke_off_is_never_done_twice_by_itself(api: Api, ana: httpx.Client) -> None:
    broken = replies.begin(api.desk.store, "ana", "cut", "x" * 64, api.desk.stamp())
    assert broken is None
    found = replies.begin(api.desk.store, "ana", "cut", "x" * 64, api.desk.stamp())
    assert found is not None and found.status is None
    later = (NOON + timedelta(hours=25)).isoformat()
    assert replies.begin(api.desk.store, "ana", "cut", "x" * 64, later) is None


def test_pages_follow_each_other_until_the_end(api: Api) -> None:
    with api.program("olu") as olu:
        for n in range(5):
            olu.post("/deals", json={"facts": {"account": f"Page {n}"}, "owner": "ana"})
        found, cursor = [], ""
        while cursor is not None:
            page = olu.get(f"/deals?text=Page&limit=2{cursor}").json()
            found += [deal["account"] for deal in page["items"]]
            cursor = page["next"] and f"&cursor={page['next']}"
        every = olu.get("/deals?limit=200").json()["items"]
        assert [deal["id"] for deal in every] == [line.deal.id for line in by_number(api)]
    assert found == [f"Page {n}" for n in (4, 3, 2, 1, 0)]


def by_number(api: Api) -> list[verbs.DealLine]:
    """All deals, the newest first."""
    lines = verbs.list_deals(api.desk, PEOPLE["ops"])
    return sorted(lines, key=lambda line: -int(line.deal.id.removeprefix("deal-")))


BAD: dict[str, tuple[Any, str]] = {
    "no JSON": (b"{", "JSON"),
    "not an object": (b"[]", "body"),
    "an unknown key": (b'{"ower": "ana"}', "body.ower"),
    "a NUL": (b'{"facts": {"account": "a\\u0000b"}}', "body.facts.account"),
    "half a character": (b'{"facts": {"account": "\\ud800"}}', "body.facts.account"),
    "infinity": (b'{"facts": {"value": 1e999}}', "body.facts.value"),
    "a day out of this world": (b'{"facts": {"expected_close": "0001-01-01"}}', "body.facts.expected_close"),
    "a moment without a zone": (b'{"facts": {"closed_at": "2026-05-18T10:00:00"}}', "closed_at"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_as_documented_is_told_with_its_place(ana: httpx.Client, what: str) -> None:
    body, where = BAD[what]
    told = ana.post("/deals", content=body, headers={"content-type": "application/json"})
    assert (told.status_code, told.json()["type"]) == (422, "urn:handoff:problem:not-valid")
    assert where in str(told.json()) and "ud800" not in told.text


def test_a_quote_that_does_not_stand_there_proves_nothing(api: Api, ana: httpx.Client) -> None:
    seen = drafted(api.desk)
    place = seen.packet.commitments[0].evidence[0]
    body = {**EDIT, "version": 1, "evidence": [{"source": place.source, "segment_id": place.segment_id}]}
    body["evidence"][0]["quote"] = "five weeks"  # type: ignore[index]
    refused = ana.post(DECIDE.format(seen.deal.id), json=body)
    assert refused.status_code == 422 and "does not stand there" in refused.json()["detail"]
    body["evidence"][0]["quote"] = place.quote  # type: ignore[index]
    assert ana.post(DECIDE.format(seen.deal.id), json=body).status_code == 201


def test_a_large_body_is_refused_before_it_is_read_unless_it_is_a_file(api: Api, ana: httpx.Client) -> None:
    deal = drafted(api.desk).deal.id
    large = b" " * (MOST_JSON + 1)
    assert ana.post("/deals", content=large).status_code == 413
    assert ana.put(f"/deals/{deal}/sources/large.txt", content=b"One line.\n" * 300_000).status_code == 201
    with api.program(None) as stranger:
        assert stranger.put(f"/deals/{deal}/sources/x.txt", content=large).status_code == 401


@pytest.mark.parametrize("name", ["../../etc/passwd", ".hidden", "a/../../b.txt", "what.exe"])
def test_a_file_that_cannot_be_is_refused_in_one_line(api: Api, ana: httpx.Client, name: str) -> None:
    deal = drafted(api.desk).deal.id
    told = ana.put(f"/deals/{deal}/sources/{quote(name, safe='')}", content=b"MZ\x90\x00")
    assert told.status_code in (404, 422) and "\n" not in told.json()["detail"]


def test_a_file_is_fetched_as_it_was_put_and_taken_out(api: Api, ana: httpx.Client) -> None:
    deal = drafted(api.desk).deal.id
    path = f"/deals/{deal}/sources/notes/für Ana.txt"
    assert ana.put(path, content="Grüße".encode()).status_code == 201
    got = ana.get(path)
    assert got.content == "Grüße".encode() and got.headers["content-disposition"].startswith("attachment")
    assert ana.delete(path).status_code == 204
    assert ana.get(path).status_code in (404, 422)


def test_too_many_requests_are_told_to_wait(tmp_path: Path) -> None:
    settings = ready_settings(tmp_path).model_copy(update={"api_per_minute": 3})
    with running(tmp_path, settings) as api, api.program("ana") as ana, api.program("cem") as cem:
        assert [ana.get("/me").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert int(ana.get("/me").headers["retry-after"]) == 60
        assert cem.get("/me").status_code == 200


def test_a_minute_later_one_may_go_on() -> None:
    rate = Rate(1)
    assert not rate.wait("ana", NOON) and rate.wait("ana", NOON + timedelta(seconds=20)).seconds == 40
    assert not rate.wait("ana", NOON + timedelta(seconds=60))


def test_wrong_tokens_are_slowed_down_and_right_ones_are_not(tmp_path: Path) -> None:
    with running(tmp_path) as api, api.program("ana") as ana:
        with httpx.Client(base_url=f"{api.address}/api/v1", verify=False) as thief:
            wrong = {"authorization": "Bearer handoff_guess"}
            tries = [thief.get("/me", headers=wrong).status_code for _ in range(6)]
        assert tries == [401] * 5 + [429]
        assert ana.get("/me").json()["login"] == "ana"


def test_a_token_ends_by_time_by_revoking_and_with_its_person(tmp_path: Path) -> None:
    clock = Clock()
    with running(tmp_path, clock=clock) as api, api.program("ana") as ana:
        store = api.desk.store
        until = (NOON + timedelta(days=1)).isoformat(timespec="seconds")
        short = tokens.make_token(store, "ana", "short", api.desk.stamp(), until)
        headers = {"authorization": f"Bearer {short}"}
        assert ana.get("/me", headers=headers).status_code == 200
        clock.pass_hours(24)
        assert ana.get("/me", headers=headers).status_code == 401
        assert tokens.revoke(store, "ana", api.desk.stamp(), "test") == 1
        assert ana.get("/me").status_code == 401
        assert [line.action for line in audit.lines(store)].count("make_token") == 8


def test_a_stolen_store_holds_no_token(api: Api) -> None:
    files = [Path(api.desk.store.place), Path(f"{api.desk.store.place}-wal")]
    assert all(api.tokens["ana"].encode() not in file.read_bytes() for file in files)


def test_a_cookie_does_not_count_for_programs(api: Api) -> None:
    with api.program(None) as browser:
        browser.cookies.set("handoff_session", "whatever")
        assert browser.get("/deals").status_code == 401


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_both_databases_keep_keys_and_tokens(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store, at = open_store(settings_for(kind, tmp_path, request)), NOON.isoformat()
    token = tokens.make_token(store, "ana", "job", at)
    assert tokens.login_of_token(store, token, at) == "ana"
    assert replies.begin(store, "ana", "k", "d" * 64, at) is None
    replies.finish(store, "ana", "k", 201, "{}", None)
    assert replies.begin(store, "ana", "k", "d" * 64, at) == replies.Reply("d" * 64, 201, "{}")
    store.close()
