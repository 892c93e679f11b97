"""deal.yaml -> Deal: what is accepted, and what a person is told when it is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.deal_file import KEYS, find_deal_file, parse_deal, read_deal
from assistant.errors import HandoffError
from assistant.packet import Deal, Participant


def test_every_key_is_read() -> None:
    deal = parse_deal(
        """
        customer: {name: "Brightwater Foods", domain: brightwater.example}
        vendor: {name: "Cartwheel, Inc.", domain: cartwheel.example}
        account_executive: {name: Ana Ruiz, email: ana@cartwheel.example}
        sales_engineer: Lou Park
        csm: Mia Stone
        cs_manager: Dee Long
        segment: mid_market
        trigger: pre_close
        expected_close: 2026-05-11
        value: 84000
        currency: USD
        purchase_order: 4711
        participants: [{name: Ben Cole, side: customer, title: COO, aliases: Benny}, Zoe Hall]
        kinds: {notes/kickoff.txt: notes}
        dates: {calls/first.vtt: 2026-03-02 10:30:00}
        """
    )
    assert deal == Deal(
        account="Brightwater Foods", account_domain="brightwater.example",
        vendor="Cartwheel, Inc.", vendor_domain="cartwheel.example",
        ae="Ana Ruiz", se="Lou Park", csm="Mia Stone", cs_manager="Dee Long",
        segment="mid_market", trigger="pre_close", expected_close=date(2026, 5, 11),
        value=84000, currency="USD", purchase_order="4711",
        participants=(
            Participant(name="Ana Ruiz", side="vendor", email="ana@cartwheel.example"),
            Participant(name="Ben Cole", side="customer", title="COO", aliases=("Benny",)),
            Participant(name="Zoe Hall"),
        ),
        source_kinds={"notes/kickoff.txt": "notes"}, source_dates={"calls/first.vtt": date(2026, 3, 2)},
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "csm:\n"])
def test_an_empty_deal_is_a_deal(text: str) -> None:
    assert parse_deal(text) == Deal()


def test_names_alone_and_short_spellings_are_accepted() -> None:
    deal = parse_deal("account: Brightwater\nvendor: Cartwheel\nae: Ana Ruiz\nse: Lou Park")
    assert deal == Deal(account="Brightwater", vendor="Cartwheel", ae="Ana Ruiz", se="Lou Park")


def test_participants_may_be_a_mapping_of_name_and_side() -> None:
    deal = parse_deal("participants: {Ben Cole: customer, Ana Ruiz: {side: vendor, title: AE}}")
    assert [(p.name, p.side, p.title) for p in deal.participants] == [
        ("Ben Cole", "customer", None), ("Ana Ruiz", "vendor", "AE"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("acount_executive: Ana", ["'acount_executive'", "did you mean 'account_executive'?"]),
        ("customer: {nmae: Brightwater}", ["'customer.nmae'", "'name'"]),
        ("participants: [{name: Ben, siede: customer}]", ["'participants.siede'", "'side'"]),
        ("zzz: 1", ["'zzz'", "known are customer, vendor"]),
        ("trigger: someday", ["'trigger'", "'someday'", "'pre_close'"]),
        ("expected_close: May", ["'expected_close'", "'May'"]),
        ("expected_close: 2026-13-40", ["cannot be read", "month must be"]),
        ("kinds: {a.txt: poem}", ["'kinds.a.txt'", "'poem'"]),
        ("kinds: notes", ["'kinds'", "{file: value}"]),
        ("value: a lot", ["'value'", "'a lot'"]),
        ("customer: [1]", ["'customer'", "{name, domain}"]),
        ("participants: 3", ["'participants'"]),
        ("participants: [{title: COO}]", ["'participants'"]),
        ("- a\n- b", ["`key: value`"]),
        ("csm: [unclosed", ["not valid YAML", "line"]),
        ("a: &x [1]\nb: *x", ["aliases"]),
        ("csm: !!python/object/apply:os.system [ls]", ["not valid YAML"]),
        ("csm: {a: b}", ["'csm'"]),
    ],
)
def test_what_is_wrong_is_said_in_one_line(text: str, words: list[str]) -> None:
    with pytest.raises(HandoffError) as caught:
        parse_deal(text)
    message = str(caught.value)
    assert message.startswith("deal.yaml") and "\n" not in message
    assert [word for word in words if word not in message] == []


def test_a_file_that_is_missing_huge_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HandoffError, match="Give --deal a file that exists"):
        read_deal(tmp_path / "none.yaml")
    (tmp_path / "huge.yaml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(HandoffError, match="larger than 1 MB"):
        read_deal(tmp_path / "huge.yaml")
    (tmp_path / "latin.yaml").write_bytes("csm: Zoë".encode("latin-1"))
    with pytest.raises(HandoffError, match="UTF-8"):
        read_deal(tmp_path / "latin.yaml")


def test_a_nest_of_brackets_ends_in_one_line() -> None:
    with pytest.raises(HandoffError, match="nested"):
        parse_deal("a: " + "[" * 100_000)


def test_the_file_is_found_in_the_folder(tmp_path: Path) -> None:
    assert find_deal_file(tmp_path) is None
    (tmp_path / "deal.yml").write_text("csm: Mia\n", "utf-8")
    assert find_deal_file(tmp_path) == tmp_path / "deal.yml"


def test_every_key_says_what_it_holds() -> None:
    assert all(KEYS.values())
