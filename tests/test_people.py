"""The roster: sides, spellings, titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evidence.people import build_roster
from assistant.packet import Deal, Participant
from extractors.segments import Person, Segment, Source, SourceKind

DEALS = Path(__file__).parents[2] / "shared" / "deals"


def call(*turns: tuple[str, str], name: str = "call.vtt", people: tuple[Person, ...] = ()) -> Source:
    segments = tuple(
        Segment(id=f"s{i}", text=text, kind="turn", locator="0", speaker=who)
        for i, (who, text) in enumerate(turns)
    )
    return Source(name=name, kind="call", sha256="0", segments=segments, people=people)


def papers(*people: Person, kind: SourceKind = "email", text: str = "") -> Source:
    segments = (Segment(id="s1", text=text, kind="clause", locator="p"),) if text else ()
    return Source(name=f"{kind}.x", kind=kind, sha256="0", segments=segments, people=people)


DEAL = Deal(vendor="Northgate, Inc.", account="Oak Foods LLC", ae="Pat Smith")
MAIL = papers(
    Person(name="Pat Smith", email="pat@northgate.example"),
    Person(name="Wanda Kamau", email="wkamau@oakfoods.example"),
    Person(
        name="Wanda Kamau", email="wkamau@oakfoods.example", title="Head of IT", organization="Oak Foods LLC"
    ),
)


def test_domains_that_spell_the_company_decide() -> None:
    roster = build_roster(DEAL, [MAIL])
    assert roster.side_of("Pat Smith") == "vendor"
    assert roster.side_of(None, "new.person@oakfoods.example") is None
    assert roster.side_of("Wanda Kamau") == "customer"
    wanda = roster.find("Wanda")
    assert wanda is not None
    assert (wanda.title, wanda.email) == ("Head of IT", "wkamau@oakfoods.example")


def test_a_misspelt_speaker_is_the_person_of_the_mail() -> None:
    roster = build_roster(DEAL, [call(("Wanda Kamao", "Hello there.")), MAIL])
    found = roster.find("Wanda Kamao")
    assert found is not None
    assert found.name == "Wanda Kamau"
    assert "Wanda Kamao" in found.aliases


def test_two_people_with_similar_names_and_addresses_stay_two() -> None:
    mail = papers(
        Person(name="Jon Park", email="jpark@oakfoods.example"),
        Person(name="John Parks", email="jp@northgate.example"),
    )
    roster = build_roster(DEAL, [mail])
    assert (roster.side_of("Jon Park"), roster.side_of("John Parks")) == ("customer", "vendor")


def test_a_first_name_that_two_people_have_finds_nobody() -> None:
    mail = papers(
        Person(name="Ana Ruiz", email="a@oakfoods.example"),
        Person(name="Ana Cole", email="c@northgate.example"),
    )
    roster = build_roster(DEAL, [mail])
    assert roster.find("Ana") is None
    assert roster.side_of("Ana") is None


@pytest.mark.parametrize("name", ["", None, "kwinn", "Speaker 1", "Zed Nobody", "?", "@"])
def test_strangers_are_nobody(name: str | None) -> None:
    assert build_roster(DEAL, [MAIL]).find(name) is None


def test_participants_of_deal_yaml_win_over_domains() -> None:
    deal = DEAL.model_copy(
        update={"participants": (Participant(name="Wanda Kamau", side="vendor", title="Partner lead"),)}
    )
    wanda = build_roster(deal, [MAIL]).find("Wanda Kamau")
    assert wanda is not None
    assert (wanda.side, wanda.title) == ("vendor", "Partner lead")


def test_introductions_put_colleagues_on_one_side() -> None:
    talk = call(
        ("Pat Smith", "I've got Cole with me today, he's our solutions engineer."),
        ("Cole Dean", "Hi all."),
        ("Wanda Kamau", "And Dale Orr, who's our warehouse manager, is here too."),
        ("Dale Orr", "Hello."),
    )
    roster = build_roster(DEAL, [talk, MAIL])
    cole = roster.find("Cole Dean")
    assert cole is not None
    assert (cole.side, cole.title) == ("vendor", "solutions engineer")
    assert roster.side_of("Dale Orr") == "customer"


def test_sides_of_an_export_and_labels_with_a_company_count() -> None:
    export = call(
        ("Ben", "Hi."), ("Lou Fay", "Hi."),
        people=(Person(name="Ben", side="customer"), Person(name="Lou Fay", organization="Northgate")),
    )  # fmt: skip
    roster = build_roster(DEAL, [export])
    assert (roster.side_of("Ben"), roster.side_of("Lou Fay")) == ("customer", "vendor")


PREAMBLE = 'is made between Northgate, Inc. ("Provider") and Oak Foods LLC ("Customer").'


def test_without_deal_yaml_the_contract_tells_the_sides() -> None:
    signed = papers(
        Person(name="Sol May", title="CRO", organization="NORTHGATE, INC."),
        Person(name="RENA HALL", title="COO", organization="Customer"),
        kind="contract",
        text=PREAMBLE,
    )
    roster = build_roster(Deal(), [signed, MAIL])
    assert (roster.vendor, roster.account) == ("Northgate, Inc.", "Oak Foods LLC")
    assert [roster.side_of(n) for n in ("Sol May", "Rena Hall", "Pat Smith", "Wanda Kamau")] == [
        "vendor", "customer", "vendor", "customer",
    ]  # fmt: skip
    rena = roster.find("rena hall")
    assert rena is not None
    assert (rena.name, rena.title) == ("Rena Hall", "COO")


def test_a_signature_block_names_its_company_among_other_words() -> None:
    signed = papers(
        Person(name="Sol May", organization="Executed by Northgate, Inc. under section 127 of the Act"),
        Person(name="Rena Hall", organization="For and on behalf of Oak Foods LLC"),
        kind="contract",
    )
    roster = build_roster(DEAL, [signed])
    assert (roster.side_of("Sol May"), roster.side_of("Rena Hall")) == ("vendor", "customer")


def test_the_account_manager_that_a_seller_calls_yours_is_the_sellers() -> None:
    talk = call(
        ("Pat Smith", "Ola Berg is your customer success manager from June."), ("Wanda Kamau", "Thanks.")
    )
    roster = build_roster(DEAL, [talk, MAIL])
    assert roster.side_of("Ola Berg") == "vendor"


def test_a_transcriber_spells_a_name_as_heard() -> None:
    mail = papers(Person(name="Siobhán Kerrigan", email="s@oakfoods.example"))
    roster = build_roster(DEAL, [call(("Shivaun Kerrigan", "Hello.")), mail])
    found = roster.find("Shivaun Kerrigan")
    assert found is not None
    assert found.name == "Siobhán Kerrigan"


def test_two_speakers_of_one_call_with_one_family_name_stay_two() -> None:
    talk = call(("Marina Lopez", "Hi."), ("Marisa Lopez", "Hi."), ("Pat Smith", "Hi."))
    assert len([p for p in build_roster(DEAL, [talk]).people if "Lopez" in p.name]) == 2


def test_the_only_stranger_on_a_call_is_of_the_missing_side() -> None:
    roster = build_roster(DEAL, [call(("Pat Smith", "Hello."), ("Gil Moor", "Hello."))])
    assert roster.side_of("Gil Moor") == "customer"


def test_several_strangers_stay_unknown_unless_their_speech_tells() -> None:
    buyer = "We need it by May, our budget is fixed, they want us in the audit and my team is small. Can you?"
    roster = build_roster(
        DEAL, [call(("Pat Smith", "Hello."), ("Gil Moor", "Hi."), ("Ida Voss", buyer), ("Al Cox", "Hm."))]
    )
    assert roster.side_of("Ida Voss") == "customer"
    assert roster.side_of("Gil Moor") is None


@pytest.mark.parametrize(("beside", "side"), [("Wanda Kamau", "vendor"), ("Pat Smith", "customer")])
def test_a_stranger_who_takes_turns_with_one_side_is_of_the_other(beside: str, side: str) -> None:
    talk = [("Pat Smith", "Hello."), ("Wanda Kamau", "Hi."), ("Al Cox", "Hm.")]
    talk += [(beside, "So."), ("Gil Moor", "Right.")] * 4
    roster = build_roster(DEAL, [call(*talk), MAIL])
    assert roster.side_of("Gil Moor") == side
    assert roster.side_of("Al Cox") is None


def test_a_third_partys_domain_is_no_side() -> None:
    mail = papers(*MAIL.people, Person(name="Lex Law", email="lex@lawfirm.example"))
    assert build_roster(DEAL, [mail]).side_of("Lex Law") is None


def test_free_mail_says_nothing() -> None:
    mail = papers(
        Person(name="Pat Smith", email="pat@gmail.com"), Person(name="Gus Lane", email="gus@gmail.com")
    )
    assert build_roster(DEAL, [mail]).side_of("Gus Lane") is None


def test_nothing_gives_an_empty_roster() -> None:
    roster = build_roster(Deal(), [])
    assert (roster.people, roster.vendor, roster.account) == ((), None, None)


def test_the_order_of_sources_does_not_matter() -> None:
    talk = call(("Wanda Kamao", "Hi."), ("Pat Smith", "Hi."))
    assert build_roster(DEAL, [talk, MAIL]).people == build_roster(DEAL, [MAIL, talk]).people


@pytest.mark.skipif(not DEALS.exists(), reason="reference deal not here")
@pytest.mark.parametrize("deal", [Deal(), Deal(vendor="Wayfathom, Inc.", ae="Priya Venkataraman")])
def test_everyone_of_the_reference_deal_has_the_right_side(deal: Deal) -> None:
    from extractors import read_source

    folder = DEALS / "harborlight" / "sources"
    sources = [s for p in sorted(folder.iterdir()) for s in read_source(data=p.read_bytes(), name=p.name)]
    roster = build_roster(deal, sources)
    assert {p.name.split()[0] for p in roster.people if p.side == "vendor"} == {
        "Priya",
        "Colm",
        "Marisol",
        "Anton",
    }
    assert {p.name.split()[0] for p in roster.people if p.side == "customer"} == {
        "Gretchen", "Dale", "Renata", "Tobias", "Wanjiru",
    }  # fmt: skip
    assert all(p.side for p in roster.people)
