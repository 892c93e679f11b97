"""Deals without a CRM's door: exports with a mapping, a watched folder, mails that are dropped."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desks import CALL, MAIL, MIA, NOON, PEOPLE, Clock, drafted, make_desk, submitted

from assistant import desk as verbs
from assistant.crm.arriving import arrive, program
from assistant.crm.exchange import Mapping, read_export, read_mapping, write_export
from assistant.crm.record import plan
from assistant.crm.watching import look
from assistant.desk import Desk
from assistant.errors import HandoffError
from assistant.store import Store

USER = program("folder", "Watched folder")
MAPPING = """
[in]
id = "Deal ID"
account = "Company"
value = "Amount"
closed_at = "Closed"
won = "Stage"
owner_email = "Owner"
[values]
won = ["Closed Won"]
[out]
"Deal ID" = "id"
"Company" = "account"
"Handoff status" = "status"
"Score" = "quality_score"
"""
CSV = """Deal ID;Company;Amount;Closed;Stage;Owner
A-1;Larkspur Clinics;12,500.00;2026-05-14;Closed Won;ana@cartwheel.example
A-2;Otter & Sons;;soon;Negotiation;
;Nobody;1;2026-05-14;Closed Won;
"""


@pytest.fixture
def desk(sqlite_store: Store) -> Desk:
    ana = PEOPLE["ae"].model_copy(update={"email": "ana@cartwheel.example"})
    return replace(make_desk(sqlite_store, Clock()), people=lambda: [ana, PEOPLE["csm"]])


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    (tmp_path / "map.toml").write_text(MAPPING)
    return read_mapping(tmp_path / "map.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "drop").mkdir()
    yield tmp_path / "drop"


def put(path: Path, data: bytes, age: float = 60) -> None:
    """A file that was last changed so many seconds before noon."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    at = NOON.timestamp() - age
    os.utime(path, (at, at))


def test_an_export_of_any_crm_becomes_deals(tmp_path: Path, mapping: Mapping, desk: Desk) -> None:
    (tmp_path / "won.csv").write_text(CSV, "utf-8-sig")
    deals, refused = read_export(tmp_path / "won.csv", mapping)
    first, second = deals
    assert (first.deal.account, first.deal.value, first.is_won) == ("Larkspur Clinics", 12500.0, True)
    assert first.deal.closed_at is not None and second.deal.closed_at is None and not second.is_won
    assert refused == ["row 3: it has no id"]
    assert [arrive(desk, USER, "file", first)[1] for _ in range(2)] == [True, False]


def test_an_export_as_json_may_be_nested(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text('[in]\nid = "id"\naccount = "company.name"\n')
    told = {"results": [{"id": 7, "company": {"name": "Larkspur"}}, {"id": 8, "company": None}]}
    (tmp_path / "won.json").write_text(json.dumps(told))
    deals, _ = read_export(tmp_path / "won.json", read_mapping(tmp_path / "map.toml"))
    assert [(d.id, d.deal.account) for d in deals] == [("7", "Larkspur"), ("8", None)]


@pytest.mark.parametrize(
    ("text", "why"),
    [("[in", "TOML"), ('[in]\nowner = "x"', "none of"), ('[in]\naccount = "x"', "needs `id`"),
     ('[out]\n"A" = "salary"', "none of"), ("[inn]", "Extra inputs")],
)  # fmt: skip
def test_a_mapping_that_cannot_be_is_told_with_its_key(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "map.toml").write_text(text)
    with pytest.raises(HandoffError, match=why):
        read_mapping(tmp_path / "map.toml")


@pytest.mark.parametrize(("name", "text"), [("x.json", "{"), ("x.json", "[1]"), ("x.csv", "\udcff")])
def test_an_export_that_cannot_be_read_is_told(
    tmp_path: Path, mapping: Mapping, name: str, text: str
) -> None:
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(HandoffError, match=name):
        read_export(tmp_path / name, mapping)


def test_records_go_out_with_the_columns_of_the_mapping(
    tmp_path: Path, mapping: Mapping, desk: Desk
) -> None:
    seen = submitted(desk)
    seen = verbs.accept(desk, MIA, seen.deal.id, seen.version)
    record = {**plan(seen.packet, seen.deal.id, desk.policy)[0].fields, "account": "=1+1", "id": "A-1"}
    write_export(tmp_path / "out.csv", [record], mapping)
    with (tmp_path / "out.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["Handoff status"] == "completed" and float(row["Score"]) >= 0 and row["Company"] == "'=1+1"
    write_export(tmp_path / "out.json", [record], mapping)
    assert json.loads((tmp_path / "out.json").read_text())[0]["Deal ID"] == "A-1"


def test_a_folder_becomes_a_deal_with_a_packet_once(desk: Desk, folder: Path) -> None:
    put(folder / "fernhill/deal.yaml", b"customer: Fernhill Foods\naccount_executive: Ana ae\n")
    put(folder / "fernhill/calls/first.vtt", CALL)
    made = ["fernhill: deal-1 was made", "fernhill: deal-1 was drafted, version 1"]
    assert look(desk, USER, folder) == made
    assert look(desk, USER, folder) == []
    put(folder / "fernhill/mails/training.eml", MAIL)
    assert look(desk, USER, folder) == ["fernhill: deal-1 was drafted, version 2"]
    assert verbs.get_deal(desk, MIA, "deal-1").deal.owner == "ana"


def test_a_file_that_is_still_being_written_is_left_for_the_next_look(desk: Desk, folder: Path) -> None:
    put(folder / "fernhill/calls/first.vtt", CALL, age=1)
    assert look(desk, USER, folder, fallback="ana") == []
    assert len(look(desk, USER, folder, settle=0.5, fallback="ana")) == 2


def test_what_is_wrong_with_one_deal_stops_no_other(desk: Desk, folder: Path) -> None:
    put(folder / "bad/deal.yaml", b"customr: x")
    put(folder / "fernhill/calls/first.vtt", CALL)
    (folder / "escape").symlink_to("/etc")
    done = look(desk, USER, folder, fallback="ana")
    assert "unknown key" in done[0] and "fernhill: deal-1 was drafted, version 1" in done
    assert not any("escape" in line for line in done)
    put(folder / "nobodys/deal.yaml", b"account_executive: Somebody Else")
    assert "HANDOFF_CRM_OWNER" in look(desk, USER, folder)[1]


def test_a_mail_goes_to_the_deal_that_it_names(desk: Desk, folder: Path) -> None:
    drafted(desk)
    put(folder / "a.eml", MAIL.replace(b"Subject: Training", b"Subject: Re: [deal-1] Training"))
    assert look(desk, USER, folder) == ["a.eml: filed with deal-1"]
    assert (folder / "filed/a.eml").is_file() and verbs.get_packet(desk, MIA, "deal-1").version == 2
    names = [file.name for file in verbs.list_files(desk, MIA, "deal-1")]
    assert len(names) == 3


def test_a_mail_goes_to_the_account_that_wrote_it_and_else_to_nobody(desk: Desk, folder: Path) -> None:
    seen = drafted(desk)
    facts = seen.deal.known.model_copy(update={"account_domain": "fernhill.example"})
    verbs.change_facts(desk, PEOPLE["ops"], seen.deal.id, facts)
    put(folder / "a.eml", MAIL)
    put(folder / "b.eml", MAIL.replace(b"fernhill.example", b"elsewhere.example"))
    done = look(desk, USER, folder)
    assert done[0] == "a.eml: filed with deal-1" and "no deal is known" in done[1]
    assert (folder / "unknown/b.eml").is_file() and look(desk, USER, folder) == []


def test_a_folder_that_is_not_there_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(HandoffError, match="is no folder"):
        look(desk, USER, tmp_path / "none")
