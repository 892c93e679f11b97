"""A person's name is told from a role, a group and a blank."""

from __future__ import annotations

import pytest

from assistant.protocol.real_names import names_a_person


@pytest.mark.parametrize(
    "name",
    [
        "Dana Cook", "Dana", "Dr. Smith", "Ms Lead", "Dana Cook (CFO)", "CFO, Dana Cook",
        "Dana Cook - Head of IT",
        "Marie-Claire O'Neil", "José Ángel Núñez", "李伟", "John Head", "T. Okafor",
        "van der Berg, Anna", "Will Price",
    ],
)  # fmt: skip
def test_a_name_is_a_person(name: str) -> None:
    assert names_a_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "the CFO", "CFO", "Head of IT", "VP Clinical Operations",
        "Director of Nursing (name unknown)", "Plant Manager",
        "Regional Nursing Director", "their finance lady", "branch coordinators", "IT", "Procurement",
        "Finance Team",
        "Speaker 2", "TBD", "unknown", "", "-", "N/A",
        "Chief Information Security Officer", "The new Director",
        "IT Director - EMEA", "Economic Buyer", "Vice President, Supply Chain",
        "Steering Committee", "our boss",
    ],
)  # fmt: skip
def test_a_role_a_group_or_a_blank_is_no_person(name: str) -> None:
    assert not names_a_person(name)
