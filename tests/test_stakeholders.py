"""Stakeholders: who plays which role, by what is said of them and by them."""

from assistant.evidence.record import DealRecord
from assistant.packet import Stakeholder
from assistant.readers.embedded.stakeholders import find_stakeholders
from tests.conversation import call, record_of


def _by_name(record: DealRecord) -> dict[str, Stakeholder]:
    return {s.name.split()[0]: s for s in find_stakeholders(record)}


def test_who_carries_it_is_the_champion_and_who_signs_for_money_the_buyer() -> None:
    people = _by_name(
        record_of("""
        Carla: I want this, and I'll carry it internally.
        Carla: Tom is our CFO, and anything over ten thousand needs his signature.
        Tom: It comes out of my budget, so I look at the price and the payment terms.
        Nora: Understood.
    """)
    )
    assert people["Carla"].role == "champion"
    assert people["Tom"].role == "economic_buyer"
    assert people["Nora"].side == "vendor" and people["Nora"].role is None


def test_somebody_who_is_only_talked_about_can_be_the_blocker() -> None:
    people = _by_name(
        record_of("""
        Carla: Our shift supervisor, Greta, hates every screen she has ever seen.
        Tom: If Greta doesn't like it, none of them will use it.
        Nora: Then let's win Greta over.
        Carla: Greta says she won't give up her clipboard.
    """)
    )
    assert people["Greta"].role == "blocker"
    assert people["Greta"].stance == "sceptic"
    assert people["Greta"].side == "customer"
    assert "supervisor" in (people["Greta"].title or "")


def test_who_answers_the_technical_questions_leads_technically() -> None:
    people = _by_name(
        record_of("""
        Nora: Which systems do you run?
        Tom: I'm the IT manager. The server is on prem and single sign-on goes through the directory.
        Tom: You get API credentials and a sandbox from me, and the firewall is mine as well.
        Carla: And I run the cheese.
    """)
    )
    assert people["Tom"].role == "technical_lead"


def test_user_groups_are_named_as_the_customer_names_them() -> None:
    found = find_stakeholders(
        record_of("""
        Carla: We have sixty drivers, and they'd use it on a phone in the truck.
        Tom: Our drivers won't type much, so train the drivers on the short screen.
    """)
    )
    users = [s for s in found if s.role == "end_users"]
    assert users[0].name == "drivers"
    assert users[0].evidence[0].quote


def test_nobody_gets_two_roles_and_everybody_has_evidence() -> None:
    found = find_stakeholders(
        record_of("""
        Carla: I'm the CEO, I sponsor this, I want this, and it's my budget and my signature.
        Tom: I don't believe it yet. I got burned last time.
    """)
    )
    assert len({s.name for s in found}) == len(found)
    assert all(s.evidence for s in found)


def test_small_talk_gives_nobody_a_role_but_the_one_who_drives_the_talk() -> None:
    found = find_stakeholders(record_of("Nora: Hello.\nCarla: Hello.\nTom: Hi."))
    assert {s.role for s in found} <= {None, "champion"}


def test_product_and_place_names_are_no_people() -> None:
    found = find_stakeholders(
        record_of(
            call("""
        Carla: We use Lactoplan for the routes. Lactoplan is in Malmo.
        Tom: Lactoplan never worked in Malmo, and we export from Lactoplan to Excel.
    """)
        )
    )
    assert "Malmo" not in {s.name for s in found}


def test_of_a_sentence_about_several_each_part_is_about_its_own_person() -> None:
    people = _by_name(
        record_of("""
        Carla: Greta is the one sponsoring it, Tom signs it, and Piotr won't use it.
        Carla: Greta, our director, told the board, and Piotr, our foreman, never uses a screen.
        Tom: It's my budget. Ask Greta about May, and ask Piotr about the yard.
    """)
    )
    assert people["Greta"].role == "executive_sponsor"
    assert people["Tom"].role == "economic_buyer"
    assert people["Piotr"].role == "blocker"


def test_a_short_name_is_the_same_person() -> None:
    record = record_of("""
        Carla: Bert's our CEO, Bertrand Haugen, and he wants this.
        Carla: Bert likes it short. Ask Bert before the summer.
        Nora: I'll write to Bert.
    """)
    assert [s.name for s in find_stakeholders(record) if s.name.startswith("Bert")] == ["Bertrand Haugen"]


def test_who_does_the_it_who_waits_to_see_it_and_who_pushes_are_told_apart() -> None:
    people = _by_name(
        record_of("""
        Greta: I'm the one who'll be doing the running on it, I've been at them for years.
        Tom: I do the IT, three days a week.
        Piotr: I'm not against it. But I'll believe it when I see it in the yard.
        Carla: Actually is it sixty, Greta?
    """)
    )
    assert people["Greta"].role == "champion"
    assert people["Tom"].role == "technical_lead"
    assert people["Piotr"].role == "blocker"
