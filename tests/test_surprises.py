"""The 72-hour review: what was met is classed by what packet and sources had said, and counted."""

from __future__ import annotations

import pytest
from packets import packet_of

from assistant import review
from assistant.errors import HandoffError
from assistant.packet import Commitment, Decision, Evidence, Packet
from assistant.protocol.policy import load_policy
from assistant.protocol.surprise_search import look_for
from assistant.protocol.surprises import surprises
from extractors.segments import Segment, Source

CALL = Source(
    name="call.txt", kind="call", sha256="0" * 64,
    segments=(
        Segment(id="s1", kind="turn", locator="00:01:00",
                text="Morning. Our warehouse scanners run an old Android, by the way. Anyway."),
    ),
)  # fmt: skip
SAID = Evidence(
    source="call.txt", segment_id="s9", quote="invoices will sync every night", locator="00:02:00"
)
PROMISE = Commitment(
    id="c-1",
    party="vendor",
    category="integration",
    text="Invoices sync nightly",
    speaker=None,
    evidence=(SAID,),
)
PACKET = packet_of({}).model_copy(update={"commitments": (PROMISE,)})


def note(packet: Packet, **more: object) -> Packet:
    at = "2026-05-18T10:00:00+00:00"
    made = Decision.model_validate({"at": at, "by": "Cem", "action": "surprise", "subject": "review", **more})
    return review.decide(packet, made, load_policy())


def test_what_a_promise_had_told_was_accepted_anyway() -> None:
    found = look_for("The invoice sync does not run at night", PACKET, [CALL])
    assert (found.kind, found.about) == ("accepted_anyway", "c-1")


def test_what_stood_in_a_source_was_missed_and_its_sentence_is_shown() -> None:
    found = look_for("Their scanners in the warehouse are old Android devices", PACKET, [CALL])
    assert found.kind == "missed"
    assert found.evidence[0].quote == "Our warehouse scanners run an old Android, by the way."


def test_what_nobody_said_was_never_said() -> None:
    assert look_for("Works council must approve the roll-out", PACKET, [CALL]).kind == "never_said"
    assert look_for("", PACKET, [CALL]).kind == "never_said"


def test_a_surprise_noted_again_with_another_class_counts_once() -> None:
    packet = note(note(PACKET, text="Old scanners", was="never_said"), text="old scanners", was="missed")
    assert [(s.text, s.kind) for s in surprises(packet)] == [("old scanners", "missed")]
    assert len(packet.decisions) == 2


@pytest.mark.parametrize("bad", [{"text": None, "was": "missed"}, {"text": "x", "was": "odd"}])
def test_a_surprise_without_words_or_class_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(HandoffError, match="Say"):
        note(PACKET, **bad)
