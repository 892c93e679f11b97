"""Every verb and every route as every role and as nobody: what rights.toml says is what happens."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from databases import ready_settings
from desks import ANA, CHEAP, FILES, KNOWN, MIA, PEOPLE, drafted, make_desk, submitted
from serving import served

from assistant import desk as verbs
from assistant.desk import Desk, Opened
from assistant.errors import HandoffError
from assistant.packet import Evidence, RejectionReason
from assistant.protocol.rights import ROLES, VERBS, NotAllowed, RoleName, User, load_rights
from assistant.server import make_server
from assistant.store import Store, audit, open_store
from assistant.store.deals import NoSuchDeal
from assistant.store.users import UsersFile

LINE = "scope.timeline_promised"
QUOTE = Evidence(source="calls/first.vtt", segment_id="s0001", quote="ten weeks", locator="")
Call = Callable[[Desk, User, Opened], Any]


def promise(seen: Opened) -> str:
    return seen.packet.commitments[0].id


def gap(seen: Opened, severity: str) -> str:
    return next(f.id for f in seen.packet.findings if f.severity == severity)


def d(seen: Opened) -> tuple[str, int]:
    return seen.deal.id, seen.version


def dismissed(desk: Desk, seen: Opened) -> int:
    """The version in which the manager has dismissed the first promise."""
    now = verbs.get_packet(desk, MIA, seen.deal.id)
    if promise(seen) not in {c.id for c in now.packet.commitments}:
        return now.version
    return verbs.dismiss(desk, MIA, now.deal.id, now.version, promise=promise(seen), reason="no").version


DRAFT: dict[str, tuple[str, Call]] = {
    "get_deal": ("see", lambda k, u, s: verbs.get_deal(k, u, s.deal.id)),
    "get_packet": ("see", lambda k, u, s: verbs.get_packet(k, u, s.deal.id)),
    "history": ("see", lambda k, u, s: verbs.history(k, u, s.deal.id)),
    "compare": ("see", lambda k, u, s: verbs.compare(k, u, s.deal.id, 1, 1)),
    "changed_since_return": ("see", lambda k, u, s: verbs.changed_since_return(k, u, s.deal.id)),
    "questions": ("see", lambda k, u, s: verbs.questions(k, u, s.deal.id)),
    "list_files": ("see", lambda k, u, s: verbs.list_files(k, u, s.deal.id)),
    "look_at_files": ("see", lambda k, u, s: verbs.look_at_files(k, u, s.deal.id)),
    "get_source_text": ("see", lambda k, u, s: verbs.get_source_text(k, u, s.deal.id, "calls/first.vtt")),
    "quote_of": ("see", lambda k, u, s: verbs.quote_of(
        k, u, s.deal.id, "calls/first.vtt", s.packet.commitments[0].evidence[0].segment_id, "ten weeks")),
    "get_source_bytes": ("download", lambda k, u, s: verbs.get_source_bytes(
        k, u, s.deal.id, "calls/first.vtt")),
    "download": ("download", lambda k, u, s: verbs.download(k, u, s.deal.id, "packet.json")),
    "add_sources": ("add_sources", lambda k, u, s: verbs.add_sources(k, u, s.deal.id, FILES)),
    "remove_source": ("remove_source", lambda k, u, s: verbs.remove_source(
        k, u, s.deal.id, "mails/training.eml")),
    "change_facts": ("change_deal", lambda k, u, s: verbs.change_facts(k, u, s.deal.id, KNOWN)),
    "assign_csm": ("assign_csm", lambda k, u, s: verbs.assign_csm(k, u, s.deal.id, "cem")),
    "drop_deal": ("delete_deal", lambda k, u, s: verbs.drop_deal(k, u, s.deal.id)),
    "draft": ("draft", lambda k, u, s: verbs.draft(k, u, s.deal.id)),
    "edit_value": ("edit", lambda k, u, s: verbs.edit_value(k, u, *d(s), path=LINE, text="x")),
    "mark_not_applicable": ("edit", lambda k, u, s: verbs.mark_not_applicable(
        k, u, *d(s), path=LINE, reason="no")),
    "name_stakeholder": ("edit", lambda k, u, s: verbs.name_stakeholder(
        k, u, *d(s), role="champion", name="Ben")),
    "assign": ("edit", lambda k, u, s: verbs.assign(k, u, *d(s), promise=promise(s), owner="Cem")),
    "add_promise": ("edit", lambda k, u, s: verbs.add_promise(
        k, u, *d(s), evidence=s.packet.commitments[0].evidence[0], text="A promise")),
    "merge": ("edit", lambda k, u, s: verbs.merge(
        k, u, *d(s), keep=promise(s), others=[s.packet.commitments[1].id])),
    "split": ("edit", lambda k, u, s: verbs.split(k, u, *d(s), promise=promise(s), parts=["one", "two"])),
    "dismiss": ("judge", lambda k, u, s: verbs.dismiss(k, u, *d(s), promise=promise(s), reason="small talk")),
    "bring_back": ("judge", lambda k, u, s: verbs.bring_back(
        k, u, s.deal.id, dismissed(k, s), promise=promise(s))),
    "answer_gap": ("answer", lambda k, u, s: verbs.answer_gap(
        k, u, *d(s), finding=gap(s, "major"), text="x", path="scope.training")),
    "ask_of": ("ask", lambda k, u, s: verbs.ask_of(
        k, u, *d(s), subject=promise(s), whom="customer", question="When?")),
    "confirm_verdict": ("judge", lambda k, u, s: verbs.confirm_verdict(
        k, u, *d(s), promise=promise(s), verdict=s.packet.commitments[0].verdict)),
    "correct_verdict": ("judge", lambda k, u, s: verbs.correct_verdict(
        k, u, *d(s), promise=promise(s), verdict="vague", reason="no")),
    "waive": ("waive", lambda k, u, s: verbs.waive(k, u, *d(s), finding=gap(s, "major"), reason="fine")),
    "waive a blocker": ("waive_blocker", lambda k, u, s: verbs.waive(
        k, u, *d(s), finding=gap(s, "blocker"), reason="fine")),
    "unwaive": ("waive", lambda k, u, s: verbs.unwaive(k, u, *d(s), finding=gap(s, "major"))),
    "tick": ("tick", lambda k, u, s: verbs.tick(k, u, *d(s), item="introduction-sent")),
    "submit": ("submit", lambda k, u, s: verbs.submit(k, u, *d(s))),
}  # fmt: skip
"""Verb of the desk -> the row of rights.toml that it asks, and a call of it on a drafted deal."""
SUBMITTED: dict[str, tuple[str, Call]] = {
    "accept": ("accept", lambda k, u, s: verbs.accept(k, u, *d(s))),
    "reject": ("reject", lambda k, u, s: verbs.reject(
        k, u, *d(s), reasons=[RejectionReason(code="major_gap")])),
    "request_revision": ("reject", lambda k, u, s: verbs.request_revision(k, u, *d(s), note="dates")),
}  # fmt: skip
NO_DEAL = {"list_deals", "create_deal", "new_deal", "can", "audit_log", "colleagues"}
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
        verbs.audit_log(desk, PEOPLE[role])
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
    with httpx.Client(base_url=address, timeout=30) as client:
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
