"""What the CRMs' documentation says and a first try gets wrong: companies, owners, limits, ids, rights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from crms import Place, one_accepted_deal, settings_of
from databases import plain_settings
from desks import MIA, PEOPLE, make_desk
from fakes.hubspot import FakeHubSpot
from fakes.salesforce import OPPORTUNITY, FakeSalesforce
from fakes.serving import Order, serve
from lxml import etree

from assistant import desk as verbs
from assistant.crm import CRMS
from assistant.crm.arriving import arrive, program
from assistant.crm.hooks import SIGNATURE, TIME, decoded
from assistant.crm.hubspot import SCOPES
from assistant.crm.nouns import Write
from assistant.crm.record import FIELDS
from assistant.crm.salesforce import id_of
from assistant.crm.salesforce_metadata import metadata
from assistant.errors import HandoffError
from assistant.store import Store, open_store
from assistant.store.engine import FILE_NAME


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / FILE_NAME).write_bytes(one_accepted_deal())
    opened = open_store(plain_settings(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def hubspot(kept: Store) -> Iterator[Place]:
    with serve(FakeHubSpot()) as fake:
        yield Place("hubspot", fake, make_desk(kept), settings_of("hubspot", fake.address))


@pytest.fixture
def salesforce(kept: Store) -> Iterator[Place]:
    with serve(FakeSalesforce()) as fake:
        desk = replace(make_desk(kept), people=lambda: list(PEOPLE.values()))
        yield Place("salesforce", fake, desk, settings_of("salesforce", fake.address))


def test_of_several_companies_the_primary_one_is_the_account(hubspot: Place) -> None:
    assert hubspot.fake.beside["companies"][0] == "30"
    assert hubspot.door.fetch_deal("4711").deal.account == "Fernhill Foods"


@pytest.mark.parametrize(("owners", "ae"), [({"77": True}, "Ana Ruiz"), ({}, None)])
def test_an_owner_who_left_does_not_lose_the_deal(
    hubspot: Place, owners: dict[str, bool], ae: str | None
) -> None:
    hubspot.fake.owners = owners
    assert hubspot.door.fetch_deal("4711").deal.ae == ae


def test_a_contact_who_was_deleted_is_left_out(hubspot: Place) -> None:
    del hubspot.fake.objects["contacts"]["51"]
    people = hubspot.door.fetch_deal("4711").deal.participants
    assert [person.name for person in people] == ["Ana Ruiz", "Dora Lane"]


def test_a_limit_without_retry_after_is_waited_for_by_its_name(hubspot: Place) -> None:
    hubspot.fake.orders.append(Order("GET", "/crm/v3/objects/deals", 429))
    hubspot.door.fetch_deal("4711")
    assert hubspot.slept == [10.0]


def test_all_is_found_of_a_deal_with_many_notes(hubspot: Place) -> None:
    deal = hubspot.accepted()
    notes = {str(n): {"hs_note_body": f"note {n}", "hs_timestamp": "1"} for n in range(10, 17)}
    hubspot.fake.objects["notes"].update(notes)
    hubspot.fake.beside["notes"] = list(notes)
    hubspot.fake.orders.append(Order("POST", "/crm/v3/objects/notes", 500, after=True))
    with pytest.raises(HandoffError, match="500"):
        hubspot.push(deal)
    hubspot.push(deal)
    assert len(hubspot.fake.objects["notes"]) == len(notes) + 1


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_that_is_missing_is_told_with_all_that_are_needed(hubspot: Place, scope: str) -> None:
    deal = hubspot.accepted()
    hubspot.fake.scopes.remove(scope)
    hubspot.fake.properties.remove("handoff_csm")
    with pytest.raises(HandoffError, match=r"crm\.objects\.contacts\.write"):
        CRMS["hubspot"].set_up(hubspot.door)
        hubspot.door.fetch_deal("4711")
        hubspot.push(deal)


@pytest.mark.parametrize("text", ["a\n" * 40_000, "R&D <b> " * 10_000, "short & sweet"])
def test_a_note_is_as_long_as_hubspot_takes_it_and_keeps_its_marker(hubspot: Place, text: str) -> None:
    fields = {"title": "T", "body": text, "at": "2026-05-18T12:00:00+00:00"}
    write = Write("note", "packet", fields, "[handoff deal-1 note]")
    id_ = hubspot.door.send("4711", write, None)
    assert hubspot.door.find("4711", write) == id_
    assert "<b>" not in hubspot.fake.objects["notes"][id_]["hs_note_body"]


def test_properties_that_were_not_made_name_the_remedy(hubspot: Place) -> None:
    deal, hubspot.fake.properties = hubspot.accepted(), []
    with pytest.raises(HandoffError, match="handoff crm setup"):
        hubspot.push(deal)


@pytest.mark.parametrize(
    ("sent", "signed"),
    [
        ("https://d.example/hooks/hubspot?a=b%20c&d=%2Fe%3a", "https://d.example/hooks/hubspot?a=b%20c&d=/e:"),
        ("https://d.example/hooks/hubspot", "https://d.example/hooks/hubspot"),
        ("https://d.example/?x=%2526%252F", "https://d.example/?x=%2526%252F"),
    ],
)  # fmt: skip
def test_an_address_is_decoded_as_hubspot_does_before_it_signs(sent: str, signed: str) -> None:
    assert decoded(sent) == signed


def test_an_id_of_fifteen_letters_is_the_one_of_eighteen(salesforce: Place) -> None:
    assert id_of("001A0000006Vm9r") == "001A0000006Vm9rIAC" and id_of(OPPORTUNITY[:15]) == OPPORTUNITY
    user = program("salesforce", "Salesforce")
    long, short = (salesforce.door.fetch_deal(one) for one in (OPPORTUNITY, OPPORTUNITY[:15]))
    deal, made = arrive(salesforce.desk, user, "salesforce", long, "ana")
    assert made and arrive(salesforce.desk, user, "salesforce", short, "ana") == (deal, False)


def test_an_object_that_is_not_deployed_names_the_remedy(salesforce: Place) -> None:
    deal, salesforce.fake.is_deployed = salesforce.accepted(), False
    with pytest.raises(HandoffError, match=r"handoff crm setup salesforce.*permission set"):
        salesforce.push(deal)


@pytest.mark.parametrize("status", [429, 503])
def test_a_limit_that_salesforce_tells_by_its_code_is_waited_for(salesforce: Place, status: int) -> None:
    deal = salesforce.accepted()
    salesforce.fake.orders.append(Order("PATCH", "/services/data/v62.0/sobjects/Handoff__c", status))
    salesforce.push(deal)
    assert salesforce.slept == [1.0]


def test_a_file_that_was_deleted_over_there_is_made_anew_when_it_changes(salesforce: Place) -> None:
    deal = salesforce.accepted()
    salesforce.push(deal)
    fake = salesforce.fake
    fake.gone = set(fake.documents.values()) | set(fake.tasks)
    seen = verbs.get_packet(salesforce.desk, MIA, deal)
    path = "success_ladder.ultimate_objective"
    verbs.edit_value(salesforce.desk, MIA, deal, seen.version, path=path, text="one ledger")
    assert "note" in salesforce.push(deal)
    assert len(set(fake.documents.values())) == 2 and salesforce.push(deal) == []


@pytest.mark.parametrize("name", ["hubspot", "salesforce"])
def test_a_kickoff_that_is_taken_back_is_emptied_over_there(
    request: pytest.FixtureRequest, name: str
) -> None:
    place: Place = request.getfixturevalue(name)
    deal = place.accepted()
    seen = verbs.get_packet(place.desk, MIA, deal)
    verbs.record_event(place.desk, MIA, deal, seen.version, kind="kickoff_held")
    place.push(deal)
    over_there = place.fake.objects["deals"]["4711"] if name == "hubspot" else place.fake.records[OPPORTUNITY]
    field = "handoff_kickoff_on" if name == "hubspot" else "Kickoff_On__c"
    assert over_there[field] == "2026-05-18"
    seen = verbs.get_packet(place.desk, MIA, deal)
    verbs.take_back_event(place.desk, MIA, deal, seen.version, kind="kickoff_held")
    place.push(deal)
    assert not over_there[field]


def test_text_is_as_long_as_its_field(salesforce: Place) -> None:
    fields = {"status": "completed", "recording_link": "so " * 2000}
    salesforce.door.send(OPPORTUNITY, Write("record", "packet", fields, "m"), None)
    assert len(salesforce.fake.records[OPPORTUNITY]["Recording_Link__c"]) == 2000


def test_what_is_deployed_lists_itself_and_gives_rights_to_every_field() -> None:
    found = metadata("https://desk.example/")
    trees = {name: etree.fromstring(text.encode()) for name, text in found.items() if "<?xml" in text}
    members = {one.text for one in trees["package.xml"].findall(".//{*}members")}
    parts = {Path(name).name.split(".")[0] for name in found if name != "package.xml"}
    assert members == parts
    fields = {one.text for one in trees["objects/Handoff__c.object"].findall("{*}fields/{*}fullName")}
    rights = trees["permissionsets/Handoff.permissionset"].findall("{*}fieldPermissions/{*}field")
    assert {(one.text or "").split(".")[1] for one in rights} == fields and len(fields) == len(FIELDS) + 2
    assert trees["remoteSiteSettings/Handoff.remoteSite"].findtext("{*}url") == "https://desk.example"


def test_the_apex_that_is_deployed_sends_the_headers_that_are_checked() -> None:
    code = metadata()["classes/HandoffHook.cls"].lower()
    assert f"'{SIGNATURE}', 'v1=' + encodingutil.converttohex(mac)" in code and f"'{TIME}', stamp" in code
    assert "blob.valueof(stamp + '.' + body)" in code and "/hooks/signed" in code
