"""Every route of the API as every role and as nobody, over real HTTP: what rights.toml says happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from access_calls import gap, promise
from apis import EVE, Api, running
from desks import ANA, KNOWN, PEOPLE, drafted, submitted

from assistant import desk as verbs
from assistant.api.decisions import VERBS
from assistant.desk import Opened
from assistant.protocol.rights import ROLES, RoleName, load_rights
from assistant.protocol.rights import VERBS as RIGHTS

Body = Callable[[Opened], Any]
DEAL = "/deals/{deal}"
READS: dict[str, str] = {
    f"GET {DEAL}": "see",
    f"GET {DEAL}/sources": "see",
    f"GET {DEAL}/sources/calls/first.vtt": "download",
    f"GET {DEAL}/texts/calls/first.vtt": "see",
    f"GET {DEAL}/packet": "see",
    f"GET {DEAL}/versions": "see",
    f"GET {DEAL}/findings": "see",
    f"GET {DEAL}/promises": "see",
    f"GET {DEAL}/decisions": "see",
    f"GET {DEAL}/events": "see",
    f"GET {DEAL}/questions": "see",
    f"GET {DEAL}/documents/packet.json": "download",
}
"""Request -> the row of rights.toml that it asks."""
CHANGES: dict[str, tuple[str, Body]] = {
    f"PATCH {DEAL}": ("change_deal", lambda s: {"value": 5}),
    f"PUT {DEAL}/csm": ("assign_csm", lambda s: {"login": "cem"}),
    f"DELETE {DEAL}": ("delete_deal", lambda s: None),
    f"PUT {DEAL}/sources/mails/more.txt": ("add_sources", lambda s: b"One more line."),
    f"DELETE {DEAL}/sources/mails/training.eml": ("remove_source", lambda s: None),
}
DECISIONS: dict[str, tuple[str, Body]] = {
    "answer_gap": ("answer", lambda s: {"finding": gap(s, "major"), "text": "x", "path": "scope.training"}),
    "ask_of": ("ask", lambda s: {"subject": promise(s), "whom": "customer", "question": "When?"}),
    "dismiss": ("judge", lambda s: {"promise": promise(s), "reason": "small talk"}),
    "edit_value": ("edit", lambda s: {"path": "scope.training", "text": "two sites"}),
    "record_event": ("record", lambda s: {"kind": "introduction_sent"}),
    "submit": ("submit", lambda s: {}),
    "tick": ("tick", lambda s: {"item": "introduction-sent"}),
    "waive": ("waive", lambda s: {"finding": gap(s, "major"), "reason": "fine"}),
}
"""A verb of each right; tests/test_access.py tries all verbs as all roles."""
AT_CS: dict[str, tuple[str, Body]] = {
    "accept": ("accept", lambda s: {}),
    "reject": ("reject", lambda s: {"reasons": [{"code": "major_gap"}]}),
}
EXPECTED = {verb: {role for role in ROLES if role in load_rights().verbs.get(verb, {})} for verb in RIGHTS}
OF_NO_DEAL = {"GET /me", "GET /deals", "POST /deals", "GET /documents"}
OF_MANY = {
    "GET /report": "see_reports", "GET /report/files/{name}": "see_reports",
    "GET /reviews/{period}": "see_reports", "GET /audit": "see_audit",
}  # fmt: skip


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with running(tmp_path_factory.mktemp("api")) as found:
        yield found


@pytest.fixture(scope="module")
def shared(api: Api) -> dict[bool, Opened]:
    """A deal for everything that must leave it as it is: drafted (False), submitted (True)."""
    return {False: drafted(api.desk), True: submitted(api.desk)}


def send(api: Api, login: str | None, request: str, deal: str, body: Any = None) -> int:
    method, path = request.split(" ")
    more = {"content": body} if isinstance(body, bytes) else {"json": body} if body is not None else {}
    with api.program(login) as program:
        return program.request(method, path.format(deal=deal), **more).status_code


def test_every_route_is_in_this_matrix(api: Api) -> None:
    with api.program(None) as program:
        paths = program.get("/openapi.json").json()["paths"]
    found = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    waits = f"GET {DEAL}/drafts/{{draft}}"  # tests/test_api_drafts.py: it takes a PostgreSQL
    tried = {*READS, *CHANGES, f"POST {DEAL}/decisions", f"POST {DEAL}/draft", *OF_NO_DEAL, *OF_MANY, waits}
    names = {"calls/first.vtt": "{name}", "mails/more.txt": "{name}", "mails/training.eml": "{name}",
             "packet.json": "{name}"}  # fmt: skip
    for given, name in names.items():
        tried = {request.replace(given, name) for request in tried}
    assert found == tried


def test_every_right_that_decisions_ask_for_is_tried(api: Api) -> None:
    assert set(DECISIONS) | set(AT_CS) <= set(VERBS)


@pytest.mark.parametrize("login", [None, EVE.login, *(user.login for user in PEOPLE.values())])
def test_reading_is_for_those_who_may(api: Api, shared: dict[bool, Opened], login: str | None) -> None:
    role = next((role for role, user in PEOPLE.items() if user.login == login), None)
    for request, right in READS.items():
        refused = 401 if login is None else 404 if login == EVE.login else 403
        expected = 200 if role in EXPECTED[right] else refused
        assert send(api, login, request, shared[False].deal.id) == expected, request


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("request_", CHANGES)
def test_changing_is_for_those_who_may(
    api: Api, shared: dict[bool, Opened], request_: str, role: RoleName
) -> None:
    right, body = CHANGES[request_]
    allowed = role in EXPECTED[right]
    seen = drafted(api.desk) if allowed else shared[False]
    status = send(api, PEOPLE[role].login, request_, seen.deal.id, body(seen))
    assert status in (200, 201, 204) if allowed else status == 403


@pytest.mark.parametrize("role", ROLES)
def test_drafting_is_for_those_who_may(api: Api, role: RoleName) -> None:
    deal = verbs.new_deal(api.desk, ANA, KNOWN, csm="cem").id  # without files, so that it costs nothing
    status = send(api, PEOPLE[role].login, f"POST {DEAL}/draft", deal)
    assert status == (422 if role in EXPECTED["draft"] else 403)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", [*DECISIONS, *AT_CS])
def test_deciding_is_for_those_who_may(
    api: Api, shared: dict[bool, Opened], action: str, role: RoleName
) -> None:
    right, body = {**DECISIONS, **AT_CS}[action]
    allowed, at_cs = role in EXPECTED[right], action in AT_CS
    seen = (submitted if at_cs else drafted)(api.desk) if allowed else shared[at_cs]
    given = {"action": action, "version": seen.version, **body(seen)}
    status = send(api, PEOPLE[role].login, f"POST {DEAL}/decisions", seen.deal.id, given)
    assert status == (201 if allowed else 403)


@pytest.mark.parametrize("login", [None, EVE.login])
def test_somebody_elses_deal_is_as_if_it_were_not_there(
    api: Api, shared: dict[bool, Opened], login: str | None
) -> None:
    seen = shared[False]
    expected = 401 if login is None else 404
    for request, (_, body) in CHANGES.items():
        assert send(api, login, request, seen.deal.id, body(seen)) == expected, request
    for action, (_, body) in DECISIONS.items():
        given = {"action": action, "version": 1, **body(seen)}
        assert send(api, login, f"POST {DEAL}/decisions", seen.deal.id, given) == expected, action
    assert verbs.get_packet(api.desk, ANA, seen.deal.id).version == seen.version


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("request_", OF_MANY)
def test_reports_and_the_log_are_for_those_who_may(api: Api, request_: str, role: RoleName) -> None:
    status = send(api, PEOPLE[role].login, request_.format(name="x.csv", period="1999-01"), "")
    assert status == 403 if role not in EXPECTED[OF_MANY[request_]] else status in (200, 422)


@pytest.mark.parametrize("role", ROLES)
def test_deals_are_made_by_those_who_may(api: Api, role: RoleName) -> None:
    body = {} if role == "ae" else {"owner": "ana"}
    expected = 201 if role in EXPECTED["create_deal"] else 403
    assert send(api, PEOPLE[role].login, "POST /deals", "", body) == expected


def test_the_list_holds_only_what_one_may_see(api: Api, shared: dict[bool, Opened]) -> None:
    with api.program("eve") as eve, api.program("mia") as mia:
        assert eve.get("/deals").json() == {"items": [], "next": None}
        assert shared[False].deal.id in {d["id"] for d in mia.get("/deals?limit=200").json()["items"]}
        assert eve.get("/deals?cursor=deal-9").json()["items"] == []
        assert eve.get("/deals?cursor=x").status_code == 404


@pytest.mark.parametrize("path", ["/", "/deals", "/me", "/docs", "/redoc", "/nothing", "/deals/deal-1/../.."])
def test_without_a_token_nothing_is_told(api: Api, path: str) -> None:
    with api.program(None) as stranger:
        assert stranger.get(path).status_code in (401, 404)
        assert "Fernhill" not in stranger.get(path).text
