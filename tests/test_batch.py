"""Many deals at once: each gets its row, an error stops nobody else, and a second run does only the rest."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from databases import plain_settings
from desks import CALL, FILES, QuickReader
from typer.testing import CliRunner

from assistant.batch import Job, Ledger, Plan, Row, find_jobs, run, totals, write_csv
from assistant.batch.drafting import How
from assistant.batch.jobs import content_key, identity_of
from assistant.batch.rows import COLUMNS, from_plain, to_plain
from assistant.cli import app
from assistant.cli.batch import exit_code
from assistant.errors import HandoffError

DAY = date(2026, 5, 18)
NAMES = ("alder", "birch", "cedar")


def deals_in(folder: Path, names: Sequence[str] = NAMES) -> Path:
    """A folder of small deals, no two alike."""
    for name in names:
        for file, content in FILES.items():
            path = folder / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.replace(b"Fernhill", name.capitalize().encode()))
        (folder / name / "deal.yaml").write_text(f"customer: {name.capitalize()} Foods\nvendor: Cartwheel\n")
    return folder


class Broken(QuickReader):
    """A reader that breaks on one deal."""

    def fill_summary(self, record: object) -> object:  # type: ignore[override]
        raise RuntimeError("the words of the deal")


def plan_with(broken: str = "", **more: object) -> Plan:
    """Threads with a fake reader; the deal of that name breaks it."""
    return Plan(
        How(DAY), "same", 2, lambda folder: Broken() if folder.name == broken else QuickReader(), **more
    )  # type: ignore[arg-type]


def drafted(folder: Path, out: Path, plan: Plan | None = None) -> list[Row]:
    return run(find_jobs(folder, out), plan or plan_with(), Ledger(out))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Row]]:
    """A folder with "deals" and what a batch made of them in "out"; to be copied."""
    folder = tmp_path_factory.mktemp("once")
    deals_in(folder / "deals")
    (folder / "deals" / ".hidden").mkdir()
    return folder, drafted(folder / "deals", folder / "out")


def test_every_sub_folder_is_a_deal_and_gets_its_documents(once: tuple[Path, list[Row]]) -> None:
    folder, rows = once
    assert [row.deal for row in rows] == list(NAMES)
    assert [row.account for row in rows] == ["Alder Foods", "Birch Foods", "Cedar Foods"]
    assert all(sum(row.verdicts.values()) == 2 and row.knowable for row in rows)
    for name in NAMES:
        written = {file.name for file in (folder / "out" / name).iterdir()}
        assert written == {"packet.json", "deal-summary.docx", "deal-summary.md", "commitment-log.csv"}


def test_a_deal_that_breaks_the_program_stops_no_other_and_is_tried_again(tmp_path: Path) -> None:
    deals_in(tmp_path / "deals", NAMES[:2])
    (tmp_path / "deals" / "empty").mkdir()
    rows = drafted(tmp_path / "deals", tmp_path / "out", plan_with(broken="alder"))
    assert [row.deal for row in rows if row.error] == ["alder", "empty"]
    assert "RuntimeError" in rows[0].error and "words of the deal" not in rows[0].error
    assert "holds none" in rows[2].error
    again = drafted(tmp_path / "deals", tmp_path / "out")
    assert [(row.deal, row.kept) for row in again if not row.error] == [("alder", False), ("birch", True)]


def test_a_second_run_drafts_only_what_changed(tmp_path: Path, once: tuple[Path, list[Row]]) -> None:
    copytree(once[0], tmp_path, dirs_exist_ok=True)
    (tmp_path / "deals" / "birch" / "calls" / "second.vtt").write_bytes(CALL)
    (tmp_path / "out" / "cedar" / "packet.json").unlink()
    again = drafted(tmp_path / "deals", tmp_path / "out")
    assert [row.kept for row in again] == [True, False, False]
    assert replace(again[0], kept=False) == once[1][0]


def test_another_day_or_reader_or_policy_or_deal_file_is_another_draft(tmp_path: Path) -> None:
    deals_in(tmp_path / "deals")
    job = find_jobs(tmp_path / "deals", tmp_path / "out")[0]
    settings = plain_settings(tmp_path)
    policy = tmp_path / "policy.toml"
    policy.write_text("[payment]\nstandard_days = 45\n")
    model = settings.model_copy(update={"model": "openai:other"})
    keys = [
        content_key(job, identity_of(settings, "embedded", DAY, None)),
        content_key(job, identity_of(settings, "embedded", date(2026, 5, 19), None)),
        content_key(job, identity_of(settings, "llm", DAY, None)),
        content_key(job, identity_of(model, "llm", DAY, None)),
        content_key(job, identity_of(settings, "embedded", DAY, policy)),
    ]
    (job.folder / "deal.yaml").write_text("customer: Somebody else\n")
    keys.append(content_key(job, identity_of(settings, "embedded", DAY, None)))
    assert len(set(keys)) == len(keys)
    assert keys[-1] == content_key(job, identity_of(model, "embedded", DAY, None))


def test_a_ledger_cut_by_a_crash_loses_one_deal_and_goes_on(
    tmp_path: Path, once: tuple[Path, list[Row]]
) -> None:
    copytree(once[0], tmp_path, dirs_exist_ok=True)
    ledger = tmp_path / "out" / "batch.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-20])
    assert sum(row.kept for row in drafted(tmp_path / "deals", tmp_path / "out")) == 2
    assert sum(row.kept for row in drafted(tmp_path / "deals", tmp_path / "out")) == 3


def test_what_cannot_be_a_batch_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(HandoffError, match="is not a folder"):
        find_jobs(tmp_path / "none", tmp_path)
    with pytest.raises(HandoffError, match="no sub-folders"):
        find_jobs(tmp_path, tmp_path / "out")
    deals_in(tmp_path)
    with pytest.raises(HandoffError, match="handoff draft"):
        find_jobs(tmp_path / "alder", tmp_path / "out")


def test_the_out_folder_inside_the_deals_is_no_deal(tmp_path: Path) -> None:
    deals_in(tmp_path, (*NAMES, "packets"))
    assert [job.name for job in find_jobs(tmp_path, tmp_path / "packets")] == list(NAMES)


def test_the_csv_has_a_line_a_deal_and_computes_nothing(tmp_path: Path) -> None:
    rows = [
        Row("a", "k", account="=1+1", verdicts={"covered": 3, "vague": 1}, missing=("risk_factors",)),
        Row("b", "k", error="Cannot."),
    ]
    file = write_csv(rows, tmp_path / "deep" / "batch.csv")
    header, first, second = csv.reader(file.read_text("utf-8-sig").splitlines())
    assert tuple(header) == COLUMNS
    line = dict(zip(header, first, strict=True))
    assert (line["account"], line["covered"], line["missing categories"]) == ("'=1+1", "3", "risk factors")
    assert second[-1] == "Cannot."


def test_a_row_comes_back_from_the_ledger_as_it_was_also_from_a_newer_program() -> None:
    row = Row("a", "k", verdicts={"covered": 1}, missing=("x",), known=1.5, cost=0.25)
    assert from_plain(json.loads(json.dumps({**to_plain(row), "later": 1}))) == row


def test_exit_codes_are_those_of_a_draft() -> None:
    good, bad, partly = Row("a", "k"), Row("b", "k", error="no"), Row("c", "k", unread=1)
    codes = [exit_code([good]), exit_code([good, bad]), exit_code([bad]), exit_code([partly])]
    assert codes == [0, 3, 2, 3]
    assert totals([good, bad, replace(good, kept=True)])["drafted"] == 1


@pytest.mark.cluster  # the workers load the whole reader
def test_the_command_drafts_in_worker_processes_and_tells_machines(tmp_path: Path) -> None:
    deals = deals_in(tmp_path / "deals", NAMES[:2])
    options = ["--out", str(tmp_path / "out"), "--as-of", "2026-05-18", "--reader", "embedded", "--jobs", "1"]
    done = CliRunner().invoke(app, ["batch", str(deals), *options, "--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["drafted"], told["failed"]) == (0, 2, 0)
    assert Path(told["csv"]).is_file()
    again = CliRunner().invoke(app, ["batch", str(deals), *options])
    assert "2 kept from before" in again.stdout and "Alder Foods" in again.stdout


def test_jobs_keep_their_names(tmp_path: Path) -> None:
    assert find_jobs(deals_in(tmp_path), tmp_path / "out")[0] == Job(
        "alder", tmp_path / "alder", tmp_path / "out" / "alder"
    )
