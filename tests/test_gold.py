"""Answers: how they load, how wordings chain, and that those of every deal fit their sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from deals import deal_folders, sources_of

from assistant.evidence.locate import locate
from assistant.packet import Category, Role, Summary, Verdict
from eval.gold import Gold, GoldQuote, load_gold

FOLDERS = deal_folders()
IDS = [f.name for f in FOLDERS]


def gold_of(*rows: tuple[str, str], same: list[list[str]] | None = None) -> Gold:
    commitments = [
        {"id": i, "party": "vendor", "source": "call.vtt", "quote": f"quote of {i}", "verdict": verdict}
        for i, verdict in rows
    ]
    return Gold.model_validate({"deal": "mill", "commitments": commitments, "same_promise": same or []})


def ids(gold: Gold) -> list[list[str]]:
    return [[c.id for c in chain] for chain in gold.chains()]


def test_each_promise_is_a_chain_of_its_own_unless_wordings_are_joined() -> None:
    assert ids(gold_of(("p1", "vague"), ("p2", "covered"))) == [["p1"], ["p2"]]
    assert ids(gold_of(("p1", "vague"), ("p2", "covered"), same=[["p1", "p2"]])) == [["p1", "p2"]]


def test_a_chain_has_the_order_in_which_the_answers_give_it() -> None:
    gold = gold_of(("p1", "vague"), ("p2", "covered"), ("p3", "covered"), same=[["p3", "p1"]])
    assert ids(gold) == [["p3", "p1"], ["p2"]]


def test_wordings_that_the_answers_do_not_hold_join_nothing() -> None:
    assert ids(gold_of(("p1", "vague"), same=[["p8", "p9"]])) == [["p1"]]
    assert ids(gold_of(("p1", "vague"), same=[["p1", "p9"]])) == [["p1"]]


@pytest.mark.parametrize("name", ["expected.yaml", "gold.yaml"])
def test_answers_are_read_from_either_file_and_notes_for_people_are_ignored(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text(
        "deal: mill\nas_of: 2026-05-01\nauthor_note: ask Ann\nabsent_fields: [scope.training]\n"
    )
    gold = load_gold(tmp_path)
    assert (gold.deal, gold.absent_fields, gold.commitments) == ("mill", ("scope.training",), ())


def test_a_folder_without_answers_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=tmp_path.name):
        load_gold(tmp_path)


def test_answers_without_a_deal_are_refused(tmp_path: Path) -> None:
    (tmp_path / "gold.yaml").write_text("commitments: []\n")
    with pytest.raises(ValueError, match="deal"):
        load_gold(tmp_path)


def quotes_of(gold: Gold) -> Iterator[tuple[str, GoldQuote]]:
    for c in gold.commitments:
        yield c.id, GoldQuote(source=c.source, quote=c.quote)
        yield from ((c.id, q) for q in (c.contract, c.withdrawn_by) if q and q.quote)
    for path, field in gold.fields.items():
        if field.source and field.quote:
            yield path, GoldQuote(source=field.source, quote=field.quote)


@pytest.mark.parametrize("folder", FOLDERS, ids=IDS)
def test_every_quoted_answer_stands_in_its_source(folder: Path) -> None:
    sources = {s.name.rsplit("/", 1)[-1]: s for s in sources_of(folder)}
    rows = [(name, q.source.rsplit("/", 1)[-1], q.quote) for name, q in quotes_of(load_gold(folder))]
    assert rows
    assert [r for r in rows if r[1] not in sources or not locate(r[2], sources[r[1]])] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=IDS)
def test_answers_use_the_packets_words(folder: Path) -> None:
    gold = load_gold(folder)
    assert {c.verdict for c in gold.commitments} <= set(get_args(Verdict))
    assert {c.category for c in gold.commitments} <= set(get_args(Category))
    assert {c.party for c in gold.commitments} <= {"vendor", "customer"}
    assert {s.role for s in gold.stakeholders} <= {*get_args(Role), None}
    summary = Summary().model_dump()
    paths = {f"{section}.{field}" for section, fields in summary.items() for field in fields}
    assert {*gold.fields, *gold.absent_fields} <= paths
    assert not set(gold.fields) & set(gold.absent_fields)


@pytest.mark.parametrize("folder", FOLDERS, ids=IDS)
def test_chains_and_verdicts_of_the_answers_agree(folder: Path) -> None:
    gold = load_gold(folder)
    known = [c.id for c in gold.commitments]
    joined = [i for chain in gold.same_promise for i in chain]
    assert len(known) == len(set(known))
    assert len(joined) == len(set(joined))
    assert set(joined) <= set(known)
    together = [set(chain) for chain in gold.same_promise]
    for c in gold.commitments:
        assert (c.verdict in ("covered", "contradicted")) <= bool(c.contract), f"{c.id} needs its clause"
        assert not c.superseded_by or any({c.id, c.superseded_by} <= t for t in together), c.id
