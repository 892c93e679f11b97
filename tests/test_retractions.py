"""Which promises of an excerpt are found to be taken back, beside its answers."""

from __future__ import annotations

import pytest

from eval.excerpts import Excerpt, excerpt_of
from eval.retractions import withdrawn_in

TEXT = """\
# bell foundries, second call
V: Kofi Mensah, account executive
C: Bea Holloway, operations director
--- call 2026-03-04
Bea: Do the old moulds come across?
Kofi: {p1 We will lend you two portable mould scanners.}
Bea: {p2 I'd have somebody free to check them.}
--- mail 2026-03-06 Kofi -> Bea
BACK
--- contract
# 4 Implementation
4.1 The Supplier shall migrate records made after 2018.
--- answers
p1 withdrawn resource
p2 not_in_contract resource
"""


def excerpt(back: str) -> Excerpt:
    found = excerpt_of("x_01", TEXT.replace("BACK", back).splitlines())
    assert found.complaints == []
    return found


@pytest.mark.parametrize(
    "back, found",
    [
        ("Please strike the two portable mould scanners, we have none to lend.", ["p1"]),
        ("The two portable mould scanners are packed.", []),
    ],
)
def test_what_is_taken_back_is_held_against_the_answers(back: str, found: list[str]) -> None:
    assert withdrawn_in(excerpt(back)) == (["p1"], found)
