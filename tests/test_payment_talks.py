"""Payment talks: conversations with what their sentences tell of paying, and the flags that follow."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from assistant.protocol.payment import DELAY_ASKED, LONGER_ASKED, NO_PURCHASE_ORDER
from eval.payment_talks import PaymentTalk, outcomes, print_counts, read_talk, read_talks

TEXT = """\
# dental labs, commercial call and order
V: Kofi Mensah, account executive
C: Bea Holloway, operations director
--- call 2026-03-04
Kofi: We bill the year up front, thirty days.
Bea: Can we do net ninety? And our system needs a purchase order number on every invoice.
--- contract
# 4 Fees
4.1 Invoices are payable within thirty (30) days of receipt.
--- payment
longer_terms | Can we do net ninety?
delay | - | We bill the year up front, thirty days.
order_needed | our system needs a purchase order number on every invoice
order_given | -
order_not_needed | -
flags | longer_terms | missing_order
"""


def talk(tmp_path: Path, text: str = TEXT) -> PaymentTalk:
    (tmp_path / "x_01.txt").write_text(text, encoding="utf-8")
    return read_talk(tmp_path / "x_01.txt")


def test_what_sentences_tell_and_what_follows_is_read(tmp_path: Path) -> None:
    found = talk(tmp_path)
    assert found.complaints == []
    assert found.told["longer_terms"] == ["Can we do net ninety?"]
    assert found.told["delay"] == []
    assert found.flags == {LONGER_ASKED, NO_PURCHASE_ORDER}


def test_what_is_wrong_is_named_with_its_line(tmp_path: Path) -> None:
    def complaint(old: str, new: str) -> str:
        return talk(tmp_path, TEXT.replace(old, new)).complaints[0]

    missing = "x_01.txt:11: stands nowhere word for word: 'Can we do net sixty?'"
    assert complaint("s | Can we do net ninety?", "s | Can we do net sixty?") == missing
    assert complaint("order_given | -\n", "") == "x_01.txt: order_given has no line"
    assert complaint("flags | longer_terms | missing_order\n", "") == "x_01.txt: flags has no line"
    assert complaint("flags | longer_terms", "flags | longer").startswith("x_01.txt:16: flags | - or any of")
    assert complaint("delay | -", "weather | -").startswith("x_01.txt:12: one of longer_terms, delay")


def test_flags_are_counted_as_found_missed_and_wrong(tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    found = dict(outcomes(talk(tmp_path, TEXT.replace("flags | longer_terms", "flags | delay"))))
    assert found == {DELAY_ASKED: "missed", NO_PURCHASE_ORDER: "found", LONGER_ASKED: "wrong"}
    print_counts(found.items())
    assert f"{LONGER_ASKED}: 0 found, 0 missed, 1 wrong" in capsys.readouterr().out


def test_the_talks_that_are_kept_are_well_formed() -> None:
    talks = list(read_talks())
    assert [c for one in talks for c in one.complaints] == []
    flags = Counter(flag for one in talks for flag in one.flags or ())
    assert min(flags[flag] for flag in (LONGER_ASKED, DELAY_ASKED, NO_PURCHASE_ORDER)) > 50
