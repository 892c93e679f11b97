"""Verification: what a source does not say is dropped with all that hangs on it, and counted."""

from __future__ import annotations

from datetime import date

from assistant.evidence.people import Roster
from assistant.evidence.record import DealRecord
from assistant.evidence.verify import Verifier
from assistant.packet import (
    Commitment,
    Conflict,
    Deal,
    Evidence,
    Field,
    Readiness,
    Stakeholder,
    Summary,
    Value,
)
from assistant.packet.summary import Scope
from extractors.segments import Segment, Source

TEXT = "We can have you live in eight weeks, and training is on us."
SEGMENT = Segment(id="s1", text=TEXT, kind="turn", locator="00:01:00", speaker="Ana Ruiz")
CALL = Source(name="call.vtt", kind="call", sha256="0" * 64, segments=(SEGMENT,))
RECORD = DealRecord(deal=Deal(), sources=(CALL,), unread=(), roster=Roster(), as_of=date(2026, 5, 18))


def quote(text: str, segment: str = "s1", source: str = "call.vtt") -> Evidence:
    return Evidence(source=source, segment_id=segment, quote=text, locator="somewhere")


def promise(*evidence: Evidence, **more: object) -> Commitment:
    fields = {"id": "c-1", "party": "vendor", "speaker": None, "category": "training", "text": "training"}
    return Commitment.model_validate({**fields, "evidence": evidence, **more})


def test_a_quote_that_stands_there_is_kept_with_the_segments_locator() -> None:
    verify = Verifier(RECORD)
    kept = verify.one(promise(quote("training is on us")))
    assert kept is not None and kept.evidence[0].locator == "00:01:00"
    assert verify.rejected == 0


def test_a_quote_that_differs_in_case_comes_back_in_the_sources_own_words() -> None:
    kept = Verifier(RECORD).one(promise(quote("we can have you Live in eight weeks")))
    assert kept is not None and kept.evidence[0].quote == "We can have you live in eight weeks"


def test_a_promise_nobody_said_is_dropped_and_counted() -> None:
    verify = Verifier(RECORD)
    invented = [promise(quote("We will give you a discount of forty per cent")), promise(quote(TEXT, "s2"))]
    assert verify.all([*invented, promise(quote(TEXT, "s1", "other.vtt")), promise(quote(TEXT))])[0].evidence
    assert verify.rejected == 3


def test_a_verdict_whose_contract_words_are_not_there_becomes_silence() -> None:
    contradicted = promise(
        quote(TEXT),
        verdict="contradicted",
        relation="excluded",
        contract_evidence=(quote("Training is extra."),),
    )
    kept = Verifier(RECORD).one(contradicted)
    assert kept is not None
    assert (kept.verdict, kept.relation, kept.decided_by) == ("not_in_contract", None, "rule")


def test_a_field_without_a_proven_value_is_not_stated() -> None:
    value = Value(text="four sessions", evidence=(quote("four sessions are included"),))
    summary = Summary(scope=Scope(training=Field(status="stated", values=(value,))))
    kept = Verifier(RECORD).one(summary)
    assert kept is not None and kept.scope.training == Field()


def test_two_sides_of_which_one_is_invented_do_not_disagree() -> None:
    values = (
        Value(text="eight", evidence=(quote("live in eight weeks"),)),
        Value(text="six", evidence=(quote("live in six weeks"),)),
    )
    summary = Summary(scope=Scope(timeline_promised=Field(status="conflicting", values=values)))
    verify = Verifier(RECORD)
    kept = verify.one(summary)
    assert kept is not None and kept.scope.timeline_promised == Field(
        status="stated", values=values[:1]
    ).model_copy(update={"values": kept.scope.timeline_promised.values})
    assert verify.all([Conflict(about="weeks", values=values)]) == []


def test_what_a_person_entered_needs_no_quote_and_a_named_participant_neither() -> None:
    entered = Summary(
        scope=Scope(training=Field(status="stated", values=(Value(text="x", entered_by="Mia"),)))
    )
    named = Stakeholder(name="Ben Cole", side="customer")
    verify = Verifier(RECORD)
    assert verify.one(entered) == entered
    assert verify.all([named]) == [named]


def test_a_stakeholder_whose_every_quote_is_invented_is_dropped() -> None:
    invented = Stakeholder(name="Zed", side="customer", evidence=(quote("I am Zed and I sign everything"),))
    assert Verifier(RECORD).all([invented]) == []


def test_a_single_evidence_that_is_not_there_becomes_none() -> None:
    kept = Verifier(RECORD).one(
        Readiness(entire_agreement=quote("This is the entire agreement."), payment_terms="net 30")
    )
    assert kept is not None and kept.entire_agreement is None and kept.payment_terms == "net 30"
