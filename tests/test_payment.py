"""Payment terms are read as days and held against the policy."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.protocol import PaymentRedFlag, load_policy, payment_days, payment_red_flags
from assistant.protocol.payment import DELAY_ASKED, LONG_TERMS, LONGER_ASKED, NO_PURCHASE_ORDER


@pytest.mark.parametrize(
    ("terms", "days"),
    [
        ("net 60", 60), ("Net-45", 45), ("NET 30 days", 30), ("2/10 net 30", 30), ("due on receipt", 0),
        ("payable immediately", 0), ("within thirty (30) days of invoice", 30), ("six weeks", 42),
        ("annually in advance", None), ("as agreed", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_terms_are_read_as_days(terms: str | None, days: float | None) -> None:
    assert payment_days(terms) == days


@pytest.mark.parametrize(
    ("terms", "flags"), [("net 31", (LONG_TERMS,)), ("net 30", ()), (None, ()), ("tbd", ())]
)
def test_terms_beyond_the_standard_raise_a_flag(terms: str | None, flags: tuple[str, ...]) -> None:
    assert payment_red_flags(terms, load_policy()) == flags


def test_the_words_for_red_flags_are_the_ones_that_packets_carry() -> None:
    assert set(get_args(PaymentRedFlag)) == {LONG_TERMS, LONGER_ASKED, DELAY_ASKED, NO_PURCHASE_ORDER}
