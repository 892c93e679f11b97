"""Every verb and every route as every role and as nobody: what rights.toml says is what happens."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from access_calls import DRAFT, SUBMITTED, Call, d
from databases import ready_settings
from desks import ANA, CHEAP, KNOWN, MIA, PEOPLE, drafted, make_desk, submitted
from serving import served

from assistant import desk as verbs
from assistant.desk import Desk, Opened
from assistant.errors import HandoffError
from assistant.protocol.rights import ROLES, VERBS, NotAllowed, RoleName, User, load_rights
from assistant.server import make_server
from assistant.store import Store, audit, open_store
from assistant.store.deals import NoSuchDeal
from assistant.store.users import UsersFile

NO_DEAL = {
    "start_practice", "practice_result",
    "list_deals", "page_deals", "create_deal", "new_deal", "can",
    "audit_log", "audit_page", "audit_file", "verify_audit", "capacity", "colleagues",
    "dashboard",
    "list_handoffs",
    "report",
    "report_file",
    "review_page",
}  # fmt: skip
"""What is asked of no single deal; tested below by themselves."""
EXPECTED: dict[str, set[RoleName]] = {
    verb: {role for role in ROLES if load_rights().verbs.get(verb, {}).get(role)}  # type: ignore[call-overload]
    for verb in VERBS
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_store(ready_settings(tmp_path_factory.mktemp("access")))
    yield make_desk(opened)
    opened.close()


def fresh(desk: Desk, name: str) -> Opened:
    """A deal to do that with."""
    return drafted(desk) if name in DRAFT else submitted(desk)


@pytest.fixture(scope="module")
def shared(desk: Desk) -> dict[bool, Opened]:
    """The same deal for everything that must leave it as it is: drafted (True), submitted (False)."""
    return {True: drafted(desk), False: submitted(desk)}


def outcome(call: Call, desk: Desk, user: User, seen: Opened) -> str:
    """ "done", "not allowed" or "no such deal"."""
    try:
        call(desk, user, seen)
    except NoSuchDeal:
        return "no such deal"
    except NotAllowed:
        return "not allowed"
    return "done"


def test_every_verb_of_the_desk_is_in_this_matrix() -> None:
    public = {name for name in verbs.__all__ if inspect.isfunction(getattr(verbs, name))}
    assert public - NO_DEAL == {name for name in {**DRAFT, **SUBMITTED} if " " not in name}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", [*DRAFT, *SUBMITTED])
def test_a_role_does_what_its_row_says_and_nothing_else(
    desk: Desk, shared: dict[bool, Opened], name: str, role: RoleName
) -> None:
    right, call = {**DRAFT, **SUBMITTED}[name]
    expected = "done" if role in EXPECTED[right] else "not allowed"
    changes = expected == "done" and right not in ("see", "download")
    seen = fresh(desk, name) if changes else shared[name in DRAFT]
    assert outcome(call, desk, PEOPLE[role], seen) == expected


@pytest.mark.parametrize("role", ["ae", "csm"])
@pytest.mark.parametrize("name", [*DRAFT, *SUBMITTED])
def test_somebody_elses_deal_is_as_if_it_were_not_there(
    desk: Desk, shared: dict[bool, Opened], name: str, role: RoleName
) -> None:
    other = User(login="eve", name="Eve", role=role)
    seen = shared[name in DRAFT]
    before = len(audit.lines(desk.store))
    assert outcome({**DRAFT, **SUBMITTED}[name][1], desk, other, seen) == "no such deal"
    assert len(audit.lines(desk.store)) == before


AT_SALES = ("edit_value", "add_sources", "remove_source", "draft", "change_facts", "merge")


@pytest.mark.parametrize("name", AT_SALES)
def test_an_ae_changes_nothing_while_customer_success_has_it(
    desk: Desk, shared: dict[bool, Opened], name: str
) -> None:
    assert outcome(DRAFT[name][1], desk, ANA, shared[False]) == "not allowed"


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_assign_see_who_has_room(desk: Desk, role: RoleName) -> None:
    allowed = role in EXPECTED["assign_csm"]
    try:
        verbs.capacity(desk, PEOPLE[role])
        assert allowed
    except NotAllowed:
        assert not allowed


def test_the_list_holds_only_what_one_may_see(desk: Desk) -> None:
    mine = drafted(desk).deal.id
    sees = {role: mine in {line.deal.id for line in verbs.list_deals(desk, PEOPLE[role])} for role in ROLES}
    assert all(sees.values())
    eve = User(login="eve", name="Eve", role="ae")
    assert verbs.list_deals(desk, eve) == []


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_may_make_deals(desk: Desk, role: RoleName) -> None:
    allowed = role in EXPECTED["create_deal"]
    try:
        verbs.new_deal(desk, PEOPLE[role], KNOWN, owner="ana" if role == "ae" else "somebody")
        assert allowed
    except NotAllowed:
        assert not allowed


@pytest.mark.parametrize("role", ROLES)
def test_only_those_who_may_read_the_audit_log(desk: Desk, role: RoleName) -> None:
    try:
        lines = verbs.audit_log(desk, PEOPLE[role])
        assert verbs.audit_page(desk, PEOPLE[role]).of == len(lines)
        assert verbs.audit_file(desk, PEOPLE[role]).count(b"\r\n") == 1 + len(lines)
        assert verbs.verify_audit(desk, PEOPLE[role]).lines == len(lines)
        assert role in EXPECTED["see_audit"]
    except NotAllowed:
        assert role not in EXPECTED["see_audit"]


def test_an_ae_makes_no_deal_for_somebody_else(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        verbs.new_deal(desk, ANA, KNOWN, owner="somebody")


NO_IDS = ("", "deal-", "deal-999999", "deal-1 OR 1=1", "deal-٣", "../deal-1", "deal-" + "9" * 40)


@pytest.mark.parametrize("deal", NO_IDS)
def test_an_id_that_is_none_is_no_deal(desk: Desk, deal: str) -> None:
    with pytest.raises(NoSuchDeal):
        verbs.get_packet(desk, MIA, deal)


# Routes, over real HTTP

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Opened]]:
    settings = ready_settings(tmp_path_factory.mktemp("site"))
    store: Store = open_store(settings)
    desk = make_desk(store)
    people = UsersFile(settings.data_dir / "users.json", CHEAP)
    for user in [*PEOPLE.values(), User(login="eve", name="Eve", role="ae")]:
        people.add(user, PASSWORD)
    seen = drafted(desk)
    with served(make_server(settings, desk, people)) as address:
        yield address, seen


@contextmanager
def person(address: str, login: str | None) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30, verify=False) as client:
        if login:
            done = client.post("/sign-in", data={"login": login, "password": PASSWORD})
            assert done.status_code == 303
        yield client


ROUTES = {
    "/deals/{deal}/documents/packet.json": "download",
    "/deals/{deal}/documents/deal-summary.docx?version=1": "download",
    "/deals/{deal}/files/calls/first.vtt": "download",
}


@pytest.mark.parametrize("login", [None, "eve", *(user.login for user in PEOPLE.values())])
def test_downloads_are_for_those_who_may(site: tuple[str, Opened], login: str | None) -> None:
    address, seen = site
    role = next((role for role, user in PEOPLE.items() if user.login == login), None)
    with person(address, login) as client:
        for route, right in ROUTES.items():
            expected = 401 if login is None else 200 if role in EXPECTED[right] else 404
            assert client.get(route.format(deal=seen.deal.id)).status_code == expected, route


@pytest.mark.parametrize("login", [None, *(user.login for user in PEOPLE.values())])
def test_the_audit_log_is_fetched_by_those_who_may(site: tuple[str, Opened], login: str | None) -> None:
    role = next((role for role, user in PEOPLE.items() if user.login == login), None)
    with person(site[0], login) as client:
        got = client.get("/audit.csv?action=create_deal")
    assert got.status_code == (401 if role is None else 200 if role in EXPECTED["see_audit"] else 403)
    assert got.status_code != 200 or {row.split(",")[3] for row in got.text.split()[1:]} == {"create_deal"}


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/startup-events", "/gradio_api/queue/join",
                                  "/gradio_api/upload", "/gradio_api/app_id", "/theme.css"])  # fmt: skip
def test_strangers_get_no_screen_no_queue_and_no_upload(site: tuple[str, Opened], path: str) -> None:
    with person(site[0], None) as client:
        for method in ("GET", "POST"):
            assert client.request(method, path).status_code in (401, 405), (method, path)


CLOSED = ("/openapi.json", "/docs", "/gradio_api/info", "/gradio_api/runs", "/gradio_api/file=/etc/passwd",
          "/gradio_api/proxy=http://127.0.0.1", "/file=/etc/passwd", "/gradio_api/mcp/sse")  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
def test_what_the_screens_do_not_need_is_closed_for_everybody(site: tuple[str, Opened], path: str) -> None:
    for login in (None, "ada"):
        with person(site[0], login) as client:
            assert client.get(path).status_code == 404


def test_anybody_may_ask_whether_the_server_is_well(site: tuple[str, Opened]) -> None:
    with person(site[0], None) as client:
        assert client.get("/health").json() == {"status": "ok"}


def test_every_error_is_one_line_for_people(desk: Desk) -> None:
    seen = drafted(desk)
    with pytest.raises(HandoffError) as told:
        verbs.accept(desk, PEOPLE["ae"], *d(seen))
    assert "\n" not in str(told.value) and "CS manager" in str(told.value)
