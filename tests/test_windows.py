"""Which text belongs into which call: whole, by source, cut where it does not fit; clauses where all
is too much."""

from __future__ import annotations

from itertools import pairwise

from assistant.packet import Commitment
from assistant.readers.llm.clauses import select
from assistant.readers.llm.judging import Batch
from assistant.readers.llm.windows import OVERLAP, halves, plan_windows
from assistant.readers.llm.wordings import Wording
from extractors.segments import Segment, Source
from tests.conversation import call, mail, record_of

LONG = "\n".join(f"Nora: Turn number {n} is about the recall report of plant {n} alone." for n in range(400))
ROOMY, SMALL = 200_000, 12_000


def contract(clauses: int) -> Source:
    segments = tuple(
        Segment(
            id=f"s{i}",
            text=f"{i}.1 The Supplier keeps record number {i} for {i} days. " * 3,
            kind="clause",
            locator=f"section {i}.1",
            section=f"{i}.1",
        )
        for i in range(1, clauses + 1)
    )
    return Source(name="msa.docx", kind="contract", sha256="1" * 64, segments=segments)


def mails(count: int) -> list[Source]:
    return [
        mail("Nora: A short mail.", on=f"2026-03-{10 + n:02d}", name=f"{n:02d}.eml")
        for n in range(1, count + 1)
    ]


def shape(plan: object) -> list[tuple[str, list[str]]]:
    return [(w.kind, [p.source.name for p in w.pieces]) for w in plan.windows]  # type: ignore[attr-defined]


def test_a_small_deal_is_read_whole_with_the_contract_first() -> None:
    plan = plan_windows(record_of("Nora: Hello.", contract(3), *mails(2)), "auto", ROOMY)
    assert shape(plan) == [("whole", ["msa.docx", "call.vtt", "01.eml", "02.eml"])]
    assert plan.contract is plan.windows[0]


def test_by_source_no_text_is_in_two_calls() -> None:
    record = record_of(call(LONG), contract(3), *mails(3))
    plan = plan_windows(record, "sources", ROOMY)
    assert shape(plan) == [
        ("contract", ["msa.docx"]),
        ("conversation", ["call.vtt"]),
        ("conversation", ["01.eml", "02.eml", "03.eml"]),
    ]
    shown = [place for window in plan.windows for place in window.shown.places.values()]
    assert len(shown) == sum(len(s.segments) for s in record.sources)


def test_a_new_mail_changes_no_other_window() -> None:
    before = plan_windows(record_of(call(LONG), contract(3), *mails(3)), "sources", ROOMY)
    after = plan_windows(record_of(call(LONG), contract(3), *mails(4)), "sources", ROOMY)
    assert [w.shown.text for w in before.windows[:2]] == [w.shown.text for w in after.windows[:2]]
    assert before.windows[2].shown.text != after.windows[2].shown.text


def test_what_does_not_fit_is_cut_into_windows_that_overlap() -> None:
    record = record_of(call(LONG))
    plan = plan_windows(record, "whole", SMALL)
    pieces = [window.pieces[0] for window in plan.windows]
    assert len(pieces) > 1
    assert all(b.start == a.stop - OVERLAP for a, b in pairwise(pieces))
    shown = {s.id for window in plan.windows for _, s in window.shown.places.values()}
    assert len(shown) == 400


def test_a_contract_that_does_not_fit_is_judged_on_retrieved_clauses() -> None:
    long = contract(400)
    record = record_of("Nora: Hello.", long)
    plan = plan_windows(record, "auto", SMALL)
    assert plan.contract is None
    text = "We keep record number 77 for 77 days"
    promise = Commitment(id="c-1", party="vendor", speaker=None, category="data", text=text, evidence=())
    batch = Batch((Wording((0, 1), promise, (0, 0, 0), None, None),), ())
    shown = select(batch, record.contracts, 1_000)
    assert any(s.section == "77.1" for _, s in shown.places.values())
    assert len(shown.text) < 6_000


def test_halves_share_nothing_and_a_single_segment_has_none() -> None:
    window = plan_windows(record_of("Nora: One.\nCarla: Two.\nNora: Three."), "auto", ROOMY).windows[0]
    parts = halves(window)
    assert parts
    texts = [[s.text for _, s in part.shown.places.values()] for part in parts]
    assert texts == [["One."], ["Two.", "Three."]]
    assert halves(parts[0]) is None
