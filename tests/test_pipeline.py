"""The pipeline: a folder becomes a packet, whatever the reader proposes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant import pipeline
from assistant.errors import HandoffError
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Deal, Evidence, Packet, Summary
from assistant.packet.packet_file import to_json
from assistant.readers import Reader
from eval.drafting import reading_child
from extractors import start_reading

DAY = date(2026, 5, 18)
CALL = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Ana Ruiz>We will have you live in eight weeks.

00:00:06.000 --> 00:00:09.000
<v Ben Cole>Good, we count on that.
"""
MAIL = """From: Ana Ruiz <ana@cartwheel.example>
To: Ben Cole <ben@brightwater.example>
Subject: Recap
Date: Mon, 02 Mar 2026 10:00:00 +0000
Message-ID: <1@cartwheel.example>

Ben, training is included.
"""


def proposals(record: DealRecord) -> list[Commitment]:
    """The first words of every conversation as a promise, and one that nobody said."""
    found = [(s.name, s.segments[0].id, s.segments[0].text) for s in record.conversations]
    invented = [
        (record.conversations[0].name, record.conversations[0].segments[0].id, "Everything will be free.")
    ]
    return [
        Commitment(
            id=f"c-{n}", party="vendor", speaker="Ana Ruiz", category="other", text=text,
            evidence=(Evidence(source=source, segment_id=segment, quote=text, locator=""),),
        )
        for n, (source, segment, text) in enumerate([*found, *invented])
    ]  # fmt: skip


def as_they_are(commitments: Sequence[Commitment], *_: Any) -> list[Commitment]:
    return list(commitments)


PAYMENT = SimpleNamespace(payment_terms=None, payment_evidence=(), red_flags=(), red_flag_evidence=())
FAKE = cast(
    Reader,
    SimpleNamespace(
        fill_summary=lambda record: Summary(),
        find_stakeholders=lambda record: (),
        find_commitments=proposals,
        find_terms=lambda record: [],
        judge=as_they_are,
        find_conflicts=lambda *_: (),
        find_payment=lambda record: PAYMENT,
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "2026-02-20 first call.vtt").write_text(CALL, "utf-8")
    (tmp_path / "recap.eml").write_text(MAIL, "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    return tmp_path


def drafted(folder: Path, deal: Deal | None = None) -> Packet:
    reading = start_reading(folder, sandbox=reading_child())
    return pipeline.draft(folder, deal, as_of=DAY, reader=FAKE, files=reading)


def test_every_file_is_a_source_or_is_said_to_be_unread(folder: Path) -> None:
    packet = drafted(folder)
    assert [(s.id, s.name, s.kind) for s in packet.sources] == [
        ("S1", "calls/2026-02-20 first call.vtt", "call"), ("S2", "recap.eml", "email"),
    ]  # fmt: skip
    assert [u.name for u in packet.unread] == ["broken.pdf"]
    assert "broken.pdf" in packet.unread[0].reason


def test_what_nobody_said_is_dropped_and_counted(folder: Path) -> None:
    packet = drafted(folder)
    assert "Everything will be free." not in [c.text for c in packet.commitments]
    assert len(packet.commitments) == 2
    assert packet.run.quotes_rejected == 1


def test_the_same_folder_and_day_give_the_same_bytes(folder: Path) -> None:
    assert to_json(drafted(folder)) == to_json(drafted(folder))


def test_a_reader_that_can_begins_to_judge_before_the_summary_is_filled(folder: Path) -> None:
    asked: list[str] = []

    def fill(_: DealRecord) -> Summary:
        asked.append("summary")
        return Summary()

    def begin(commitments: Sequence[Commitment], *_: Any) -> Callable[[], list[Commitment]]:
        def finish() -> list[Commitment]:
            asked.append("judged")
            return list(commitments)

        asked.append("begin")
        return finish

    reader = cast(Reader, SimpleNamespace(**{**vars(FAKE), "fill_summary": fill, "begin_judging": begin}))
    reading = start_reading(folder, sandbox=reading_child())
    packet = pipeline.draft(folder, as_of=DAY, reader=reader, files=reading)
    assert asked == ["begin", "summary", "judged"]
    assert len(packet.commitments) == 2


def test_rules_and_score_have_run(folder: Path) -> None:
    packet = drafted(folder)
    assert "missing-category" in {finding.rule for finding in packet.findings}
    assert packet.score is not None
    assert packet.score.knowable < packet.score.out_of


def test_checking_again_changes_nothing(folder: Path) -> None:
    packet = drafted(folder)
    assert pipeline.check(packet) == packet


def test_the_deal_file_overrides_kinds_and_dates_by_path_or_bare_name(folder: Path) -> None:
    deal = Deal(
        source_kinds={"2026-02-20 first call.vtt": "notes"}, source_dates={"recap.eml": date(2026, 4, 1)}
    )
    found = {s.name: (s.kind, s.happened_on) for s in drafted(folder, deal).sources}
    assert found["calls/2026-02-20 first call.vtt"][0] == "notes"
    assert found["recap.eml"] == ("email", date(2026, 4, 1))


def test_an_override_of_a_file_that_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(HandoffError, match=r"kinds: 'none.vtt' names no file"):
        drafted(folder, Deal(source_kinds={"none.vtt": "call"}))


def test_steps_are_told_in_order(folder: Path) -> None:
    told: list[str] = []
    pipeline.draft(folder, as_of=DAY, reader=FAKE, on_step=told.append)
    assert told == list(pipeline.STEPS)


def test_a_folder_that_is_none_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HandoffError, match="is not a folder"):
        drafted(tmp_path / "none")
    with pytest.raises(HandoffError, match="could be read"):
        drafted(tmp_path)


def test_a_folder_of_which_nothing_can_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(HandoffError, match=r"broken\.pdf"):
        drafted(tmp_path)


def test_an_unknown_reader_is_refused_with_the_known_ones(folder: Path) -> None:
    with pytest.raises(HandoffError, match="Known are: embedded"):
        pipeline.draft(folder, as_of=DAY, reader="crystal ball")


def test_a_file_is_read_as_the_kind_that_the_deal_file_gives(folder: Path) -> None:
    terms = "What we agreed\n\n1. Fees\n\n1.1 The customer pays every invoice within thirty days.\n"
    (folder / "terms.txt").write_text(terms, "utf-8")
    records: list[DealRecord] = []
    for deal in (Deal(), Deal(source_kinds={"terms.txt": "contract"})):
        pipeline.draft(folder, deal, as_of=DAY, reader=FAKE, on_record=records.append)
    before, after = (record.source("terms.txt") for record in records)
    assert (before.kind, after.kind) == ("notes", "contract")
    assert "clause" not in {s.kind for s in before.segments}
    assert "clause" in {s.kind for s in after.segments}
