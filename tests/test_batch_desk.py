"""A batch at the review desk: each deal comes once, and nobody's review is written over."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from databases import plain_settings, ready_settings
from desks import ANA, CALL, CHEAP, MIA, PEOPLE, Clock, QuickReader, make_desk
from loopback_ears import diarized, speech_service
from recordings import NEEDS_AUDIO, encoded, tone
from test_batch import DAY, NAMES, deals_in, drafted
from typer.testing import CliRunner

from assistant import desk as verbs
from assistant.batch import Ledger, Plan, find_jobs, run
from assistant.batch.drafting import How
from assistant.batch.placing import Placed, place_all, see_owner
from assistant.cli import app
from assistant.crm.arriving import program
from assistant.crm.watching import look
from assistant.desk import Desk
from assistant.errors import HandoffError
from assistant.store import Store
from assistant.store.users import UsersFile


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with "deals", and in "out" what a batch made of them; to be copied."""
    folder = tmp_path_factory.mktemp("once")
    drafted(deals_in(folder / "deals"), folder / "out")
    return folder


@pytest.fixture
def folder(tmp_path: Path, once: Path) -> Path:
    return copytree(once, tmp_path / "batch")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(sqlite_store: Store, clock: Clock) -> Desk:
    return replace(make_desk(sqlite_store, clock), people=lambda: list(PEOPLE.values()))


def placed(desk: Desk, folder: Path) -> list[Placed]:
    return place_all(desk, "ana", find_jobs(folder / "deals", folder / "out"), DAY)


def states(desk: Desk, folder: Path) -> list[str]:
    return [one.state for one in placed(desk, folder)]


def with_a_new_call(folder: Path, name: str = "birch") -> None:
    (folder / "deals" / name / "calls" / "second.vtt").write_bytes(CALL.replace(b"ten", b"six"))
    drafted(folder / "deals", folder / "out")


def test_a_rep_finds_the_deals_in_the_list_and_opens_what_the_batch_drafted(
    desk: Desk, folder: Path
) -> None:
    assert [(one.state, one.id) for one in placed(desk, folder)] == [
        ("new", "deal-1"), ("new", "deal-2"), ("new", "deal-3"),
    ]  # fmt: skip
    lines = verbs.list_deals(desk, ANA)
    assert {line.deal.account for line in lines} == {"Alder Foods", "Birch Foods", "Cedar Foods"}
    assert {line.deal.owner for line in lines} == {"ana"}
    seen = verbs.get_packet(desk, MIA, "deal-1")
    batch = json.loads((folder / "out" / "alder" / "packet.json").read_text())
    assert [c.id for c in seen.packet.commitments] == [c["id"] for c in batch["commitments"]]
    assert "ten weeks" in verbs.get_source_text(desk, MIA, "deal-1", "calls/first.vtt").segments[0].text
    assert verbs.get_source_bytes(desk, MIA, "deal-1", "calls/first.vtt").startswith(b"WEBVTT")


def test_run_again_nothing_is_made_twice_or_changed(desk: Desk, folder: Path) -> None:
    placed(desk, folder)
    before = [(line.deal.id, line.deal.version) for line in verbs.list_deals(desk, MIA)]
    assert states(desk, folder) == ["left"] * 3
    assert [(line.deal.id, line.deal.version) for line in verbs.list_deals(desk, MIA)] == before


def test_a_deal_with_a_new_call_is_drafted_anew_with_what_was_decided(desk: Desk, folder: Path) -> None:
    placed(desk, folder)
    seen = verbs.get_packet(desk, ANA, "deal-2")
    verbs.edit_value(desk, ANA, "deal-2", seen.version, path="scope.training", text="both sites")
    with_a_new_call(folder)
    assert states(desk, folder) == ["left", "redrafted", "left"]
    packet = verbs.get_packet(desk, MIA, "deal-2").packet
    assert packet.summary.scope is not None and packet.summary.scope.training is not None
    assert packet.summary.scope.training.values[0].text == "both sites"
    assert len(packet.sources) == 3 and [d.action for d in packet.decisions][-1] == "redraft"


def test_a_deal_that_customer_success_has_is_left_alone_and_told(desk: Desk, folder: Path) -> None:
    placed(desk, folder)
    seen = verbs.get_packet(desk, ANA, "deal-2")
    verbs.submit(desk, ANA, "deal-2", seen.version)
    with_a_new_call(folder)
    (one,) = [one for one in placed(desk, folder) if one.deal == "birch"]
    assert one.state == "left" and "deal-2 is submitted" in one.note
    assert len(verbs.list_files(desk, MIA, "deal-2")) == 2


def test_a_deal_whose_making_broke_off_is_finished(desk: Desk, folder: Path) -> None:
    (folder / "out" / "alder" / "packet.json").rename(folder / "kept.json")
    assert states(desk, folder) == ["failed", "new", "new"]
    (folder / "kept.json").rename(folder / "out" / "alder" / "packet.json")
    broken = replace(desk, most_bytes=1)  # nothing can be added: the deal is made, and no more
    (first, *_) = placed(broken, folder)
    assert first.state == "failed" and "the limit is" in first.note
    assert states(desk, folder) == ["new", "left", "left"]
    assert len(verbs.list_deals(desk, MIA)) == 3


def test_a_deal_that_breaks_the_program_stops_no_other(desk: Desk, folder: Path) -> None:
    broken = replace(desk, most_bytes="many")  # type: ignore[arg-type]
    assert states(broken, folder) == ["failed"] * 3
    assert "TypeError" in placed(broken, folder)[1].note and states(desk, folder) == ["new"] * 3


def test_another_folder_of_the_same_name_is_another_deal(desk: Desk, folder: Path, tmp_path: Path) -> None:
    placed(desk, folder)
    other = tmp_path / "other"
    for file in ("calls/first.vtt", "mails/training.eml"):
        path = other / "deals" / "alder" / file
        path.parent.mkdir(parents=True)
        path.write_bytes((folder / "deals" / "birch" / file).read_bytes() + b"\n")
    drafted(other / "deals", other / "out")
    (one,) = placed(desk, other)
    assert one.state == "failed" and "rename this folder" in one.note
    assert verbs.get_deal(desk, MIA, "deal-1").deal.version == 1


def test_what_deal_yaml_says_now_is_taken_over_until_people_work_on_the_deal(
    desk: Desk, folder: Path
) -> None:
    placed(desk, folder)
    seen = verbs.get_packet(desk, ANA, "deal-2")
    verbs.edit_value(desk, ANA, "deal-2", seen.version, path="scope.training", text="both sites")
    for name in NAMES[:2]:
        told = f"customer: {name.capitalize()} Foods\nvendor: Cartwheel\nvalue: 5\n"
        (folder / "deals" / name / "deal.yaml").write_text(told)
    drafted(folder / "deals", folder / "out")
    assert states(desk, folder) == ["redrafted", "left", "left"]
    assert verbs.get_deal(desk, MIA, "deal-1").deal.known.value == 5


def test_a_watched_folder_and_a_batch_know_each_others_deals(
    desk: Desk, folder: Path, clock: Clock
) -> None:
    placed(desk, folder)
    clock.pass_hours(24 * 365)
    assert look(desk, program("folder", "Watched folder"), folder / "deals", fallback="ana") == []
    assert len(verbs.list_deals(desk, MIA)) == 3


def test_who_is_no_ae_owns_no_deals(desk: Desk) -> None:
    see_owner(desk, "ana")
    for login in ("mia", "nobody"):
        with pytest.raises(HandoffError, match="no AE with the login"):
            see_owner(desk, login)


@NEEDS_AUDIO
@pytest.mark.parametrize("keep", [True, False])
def test_what_a_batch_heard_is_not_heard_again_at_the_desk(tmp_path: Path, desk: Desk, keep: bool) -> None:
    deals_in(tmp_path / "deals", NAMES[:1])
    (tmp_path / "deals" / "alder" / "calls" / "second.mp3").write_bytes(encoded(tone(2.0), "mp3"))
    rules = desk.policy.recordings.model_copy(update={"keep_audio": keep})
    desk = replace(desk, policy=desk.policy.model_copy(update={"recordings": rules}))
    said = diarized(("A", 0.5, 1.5, "We will be live in six weeks."))
    with speech_service(lambda asked, number: (200, said)) as service:
        given = {"speech_url": service.url, "speech_model": "any-diarize"}
        settings = plain_settings(tmp_path / "data").model_copy(update=given)
        plan = Plan(How(DAY, hearing=settings), "same", 1, lambda folder: QuickReader())
        run(find_jobs(tmp_path / "deals", tmp_path / "out"), plan, Ledger(tmp_path / "out"))
    assert states(desk, tmp_path) == ["new"]
    [row] = verbs.list_recordings(desk, ANA, "deal-1")
    assert (row.state, row.sound) == ("done", keep)
    packet = verbs.get_packet(desk, MIA, "deal-1").packet
    assert packet.unread == () and any("six weeks" in c.text for c in packet.commitments)
    assert "six weeks" in verbs.get_source_text(desk, MIA, "deal-1", "calls/second.mp3").segments[0].text
    assert states(desk, tmp_path) == ["left"]


@pytest.mark.cluster  # the workers load the whole reader
def test_the_command_says_how_many_are_new_and_how_many_were_left_alone(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready_settings(tmp_path)
    UsersFile(tmp_path / "users.json", CHEAP).add(ANA, None)
    monkeypatch.setenv("HANDOFF_DATA_DIR", str(tmp_path))
    options = ["--out", str(tmp_path / "made"), "--as-of", "2026-05-18", "--reader", "embedded"]
    nobody = CliRunner().invoke(app, ["batch", str(folder / "deals"), *options, "--desk", "olu"])
    assert nobody.exit_code != 0
    first = CliRunner().invoke(app, ["batch", str(folder / "deals"), *options, "--desk", "ana"])
    assert "At the desk: 3 new." in first.stdout, first.stdout
    again = CliRunner().invoke(app, ["batch", str(folder / "deals"), *options, "--desk", "ana", "--json"])
    told = json.loads(again.stdout)
    assert told["desk"] == {"left": 3}
    assert [row["desk"] for row in told["rows"]] == ["deal-1", "deal-2", "deal-3"]
