"""CRMs: what is read, what is written when, and that nothing is written twice; over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from crms import FAKES, OPS, REMOTE, Place, one_accepted_deal, settings_of
from databases import plain_settings
from desks import ANA, MIA, PEOPLE, drafted, make_desk, submitted
from fakes.hubspot import FakeHubSpot
from fakes.serving import Order, serve

from assistant import desk as verbs
from assistant.crm import CRMS
from assistant.crm.arriving import arrive, program
from assistant.crm.pushing import steps
from assistant.crm.record import FIELDS
from assistant.errors import HandoffError
from assistant.protocol.events import happened
from assistant.store import Store, crm, open_store
from assistant.store.engine import FILE_NAME


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / FILE_NAME).write_bytes(one_accepted_deal())
    opened = open_store(plain_settings(tmp_path))
    yield opened
    opened.close()


@pytest.fixture(params=list(CRMS))
def place(request: pytest.FixtureRequest, kept: Store) -> Iterator[Place]:
    with serve(FAKES[request.param]()) as fake:
        desk = replace(make_desk(kept), people=lambda: list(PEOPLE.values()))
        yield Place(request.param, fake, desk, settings_of(request.param, fake.address))


@pytest.fixture
def hubspot(kept: Store) -> Iterator[Place]:
    with serve(FakeHubSpot()) as fake:
        yield Place("hubspot", fake, make_desk(kept), settings_of("hubspot", fake.address))


def test_a_deal_comes_with_its_company_its_people_and_its_owner(place: Place) -> None:
    found = place.door.fetch_deal(REMOTE[place.name])
    deal = found.deal
    assert (deal.account, deal.account_domain, deal.value) == ("Fernhill Foods", "fernhill.example", 48000.5)
    assert (deal.ae, found.owner_email, found.is_won) == ("Ana Ruiz", "ana@cartwheel.example", True)
    assert deal.closed_at is not None and deal.closed_at.date().isoformat() == "2026-05-15"
    assert [(p.name, p.side, p.title) for p in deal.participants] == [
        ("Ana Ruiz", "vendor", None), ("Ben Cole", "customer", "COO"), ("Dora Lane", "customer", None),
    ]  # fmt: skip
    assert place.fake.writes() == []


def test_a_deal_that_arrives_twice_is_made_once(place: Place) -> None:
    user, found = program(place.name, "CRM"), place.door.fetch_deal(REMOTE[place.name])
    first = arrive(place.desk, user, place.name, found, fallback="ana")
    again = arrive(place.desk, user, place.name, found, fallback="ana")
    assert first[1] and again == (first[0], False)
    assert verbs.get_deal(place.desk, MIA, first[0]).deal.owner == "ana"


def test_a_deal_that_was_open_when_it_came_starts_its_clocks_when_it_is_won(place: Place) -> None:
    user, found = program(place.name, "CRM"), place.door.fetch_deal(REMOTE[place.name])
    facts = found.deal.model_copy(update={"closed_at": None, "trigger": "pre_close", "value": 1.0})
    deal, _ = arrive(place.desk, user, place.name, replace(found, deal=facts, is_won=False), "ana")
    arrive(place.desk, user, place.name, found, "ana")
    known = verbs.get_deal(place.desk, MIA, deal).deal.known
    assert known.closed_at == found.deal.closed_at and known.trigger == "post_close"
    assert known.value == 1.0  # what people may have corrected stays


def test_a_deal_whose_ae_is_nobody_here_is_refused_with_the_remedy(place: Place) -> None:
    found = replace(place.door.fetch_deal(REMOTE[place.name]), owner_email=None)
    with pytest.raises(HandoffError, match="HANDOFF_CRM_OWNER"):
        arrive(place.desk, program("x", "X"), place.name, found)


def test_before_acceptance_only_the_status_is_written(place: Place) -> None:
    deal = place.tied(drafted(place.desk))
    assert place.push(deal) == ["record"]
    (write,) = place.fake.writes()
    said = json.dumps(write.body)
    assert "pending" in said and "ten weeks" not in said and "Ana" not in said


def test_after_acceptance_record_note_and_tasks_are_written_once(place: Place) -> None:
    deal = place.accepted()
    kinds = place.push(deal)
    assert kinds[:2] == ["record", "note"] and set(kinds[2:]) == {"task"}
    before = len(place.fake.writes())
    assert place.push(deal) == [] and len(place.fake.writes()) == before
    packet = verbs.get_packet(place.desk, MIA, deal).packet
    assert happened(packet, "crm_updated") is not None


def test_a_dry_run_shows_every_write_and_sends_none(place: Place) -> None:
    deal = place.accepted()
    shown = steps(place.desk, OPS, deal, place.name)[1]
    assert all(step.state == "new" and step.write.shown for step in shown) and place.fake.asked == []
    assert [step.write.kind for step in shown] == place.push(deal)


def test_a_task_that_is_settled_is_marked_done_and_not_made_again(place: Place) -> None:
    deal = place.accepted()
    place.push(deal)
    seen = verbs.get_packet(place.desk, MIA, deal)
    gap = next(f for f in seen.packet.findings if f.is_open and not f.where.startswith("commitments."))
    verbs.waive(place.desk, MIA, deal, seen.version, finding=gap.id, reason="settled")
    place.push(deal)
    done = [one for one in place.fake.writes() if "ompleted" in json.dumps(one.body).replace("COMPL", "ompl")]
    assert [one.method for one in place.fake.writes()[-1:]] == ["PATCH"] and len(done) >= 1
    assert place.push(deal) == []


def test_what_somebody_deleted_over_there_is_made_anew_when_it_changes(hubspot: Place) -> None:
    deal = hubspot.accepted()
    hubspot.push(deal)
    hubspot.fake.objects["tasks"].clear()
    seen = verbs.get_packet(hubspot.desk, MIA, deal)
    gap = next(f for f in seen.packet.findings if f.is_open and not f.where.startswith("commitments."))
    verbs.waive(hubspot.desk, MIA, deal, seen.version, finding=gap.id, reason="settled")
    assert hubspot.push(deal)[-1] == "task" and len(hubspot.fake.objects["tasks"]) == 1


@pytest.mark.parametrize("broken", ["note", "task"])
def test_a_push_that_breaks_off_is_taken_up_without_doubles(place: Place, broken: str) -> None:
    deal, path = place.accepted(), place.fake.PATHS[broken]
    place.fake.orders.append(Order("POST", path, 500, after=True))  # made, and the answer is lost
    with pytest.raises(HandoffError, match="500"):
        place.push(deal)
    place.push(deal)
    made = place.fake.made()
    assert len(made) == len(set(made)) and place.push(deal) == []
    assert made.count(made[0]) == 1


def test_a_limit_is_waited_for_and_told_when_it_is_too_long(hubspot: Place) -> None:
    deal = hubspot.accepted()
    hubspot.fake.orders.append(Order("PATCH", "/crm/v3/objects/deals", 429, {"Retry-After": "7"}))
    hubspot.push(deal)
    assert hubspot.slept == [7.0]
    hubspot.fake.orders.append(Order("GET", "/crm/v3/objects/deals", 429, {"Retry-After": "86400"}))
    with pytest.raises(HandoffError, match="86400 seconds"):
        hubspot.door.fetch_deal("4711")


def test_a_token_that_ran_out_is_told_in_one_line(place: Place) -> None:
    deal = place.accepted()
    place.settings = settings_of(place.name, place.fake.address, token="old")
    with pytest.raises(HandoffError) as told:
        place.push(deal)
    assert f"HANDOFF_{place.name.upper()}_TOKEN" in str(told.value) and "\n" not in str(told.value)
    assert "old" not in str(told.value)


def test_a_crm_that_is_not_there_is_told_in_one_line(place: Place) -> None:
    settings = settings_of(place.name, "http://127.0.0.1:9")
    place.settings = settings
    with pytest.raises(HandoffError, match="cannot be reached"):
        place.door.fetch_deal(REMOTE[place.name])


@pytest.mark.parametrize("remote", ["", "0", "1 OR 1=1", "x' OR Name != '", "../../1", "4" * 40])
def test_an_id_that_is_none_is_never_sent(place: Place, remote: str) -> None:
    if place.name == "hubspot" and remote == "0":
        return
    with pytest.raises(HandoffError, match="is no id"):
        place.door.fetch_deal(remote)
    assert place.fake.asked == []


def test_two_who_push_at_once_do_not_double(place: Place) -> None:
    deal = place.accepted()
    at = place.desk.stamp()
    held = crm.one_at_a_time(place.desk.store, deal, place.name, at, "olu")
    with held, pytest.raises(HandoffError, match="right now"):
        place.push(deal)
    assert place.fake.writes() == [] and place.push(deal)


def test_set_up_makes_what_is_missing_and_nothing_twice(hubspot: Place) -> None:
    row, hubspot.fake.groups, hubspot.fake.properties = CRMS["hubspot"], [], []
    assert len(row.set_up(None)) == len(FIELDS) + 1 and hubspot.fake.asked == []
    row.set_up(hubspot.door)
    assert hubspot.fake.properties == [f"handoff_{name}" for name in FIELDS]
    assert hubspot.fake.groups == ["handoff"]
    before = len(hubspot.fake.writes())
    assert all(line.endswith("is there") for line in row.set_up(hubspot.door))
    assert len(hubspot.fake.writes()) == before


def test_the_metadata_for_salesforce_is_xml_with_every_field() -> None:
    from lxml import etree

    text = "\n".join(CRMS["salesforce"].set_up(None)[1:])
    names = etree.fromstring(text.encode()).findall(".//{*}fields/{*}fullName")
    assert len(names) == len(FIELDS) + 2 and "Packet_Link__c" in {name.text for name in names}


def test_every_write_is_known_with_packet_version_kind_and_remote_id(hubspot: Place) -> None:
    deal = hubspot.accepted()
    hubspot.push(deal)
    with hubspot.desk.store.read() as connection:
        kept = crm.written(connection, deal, "hubspot")
    note = kept["note", "packet"]
    assert note.version == verbs.get_packet(hubspot.desk, MIA, deal).version - 1  # then the event was noted
    assert note.remote in hubspot.fake.objects["notes"]


def test_words_of_strangers_stay_words_in_a_note(hubspot: Place) -> None:
    seen = submitted(hubspot.desk)
    evil = "<script>alert(1)</script>"
    seen = verbs.edit_value(
        hubspot.desk, MIA, seen.deal.id, seen.version, path="success_ladder.ultimate_objective", text=evil
    )
    deal = hubspot.tied(verbs.accept(hubspot.desk, MIA, seen.deal.id, seen.version))
    hubspot.push(deal)
    (note,) = hubspot.fake.objects["notes"].values()
    assert "<script>" not in note["hs_note_body"] and "&lt;script&gt;" in note["hs_note_body"]


def test_ana_is_found_by_her_mail(hubspot: Place) -> None:
    ana = ANA.model_copy(update={"email": "ana@cartwheel.example"})
    desk = replace(hubspot.desk, people=lambda: [ana])
    deal, _ = arrive(desk, program("hubspot", "HubSpot"), "hubspot", hubspot.door.fetch_deal("4711"))
    assert verbs.get_deal(desk, MIA, deal).deal.owner == "ana"


def test_both_databases_keep_links_and_writes(store: Store) -> None:
    desk = make_desk(store)
    deal, at = drafted(desk).deal.id, datetime(2026, 5, 18, tzinfo=UTC).isoformat()
    with store.write() as connection:
        crm.link(connection, deal, "hubspot", "4711")
    other = drafted(desk).deal.id
    with pytest.raises(crm.LinkedAlready), store.write() as connection:
        crm.link(connection, other, "hubspot", "4711")
    about: Any = {"version": 1, "at": at, "by": "olu"}
    crm.begin_write(store, deal, "hubspot", "note", "packet", **about)
    crm.begin_write(store, deal, "hubspot", "note", "packet", **about)
    crm.end_write(store, deal, "hubspot", "note", "packet", digest="d", remote="9", **about)
    with store.read() as connection:
        assert crm.written(connection, deal, "hubspot")["note", "packet"].remote == "9"
        assert crm.deal_of(connection, "hubspot", "4711") == deal
    verbs.drop_deal(desk, PEOPLE["admin"], deal)
    with store.read() as connection:
        assert crm.deal_of(connection, "hubspot", "4711") is None
