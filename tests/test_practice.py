"""Practice: the true packet is true, flaws are planted by number, a review is scored by what it caught."""

from __future__ import annotations

import pytest

from assistant.packet import Commitment, Decision, Evidence, Packet
from assistant.practice import Flaw, plant, practice_sources, score_review, true_packet
from assistant.practice.flaws import SPOIL, all_flaws
from assistant.protocol.policy import load_policy

POLICY = load_policy()
TRUE = true_packet(POLICY)


def decision(action: str, subject: str, **more: object) -> Decision:
    given = {"at": "2026-06-11T09:00:00+00:00", "by": "Tess", "action": action, "subject": subject}
    return Decision.model_validate({**given, **more})


def spoilt(flaw: Flaw) -> Packet:
    return SPOIL[flaw.kind](TRUE, flaw)


def good(flaw: Flaw) -> Decision:
    """What an attentive reviewer does about the flaw."""
    if flaw.kind == "dropped":
        lost = next(c for c in TRUE.commitments if c.id == flaw.about)
        return decision("add_promise", "packet", evidence=lost.evidence, text=lost.text)
    if flaw.kind == "signed":
        reasons = [{"code": "other", "note": "The customer has not signed."}]
        return decision("reject", "packet", reasons=reasons)
    actions = {"verdict": "correct_verdict", "added": "dismiss", "field": "edit_value"}
    if flaw.kind == "person":
        return decision("name_stakeholder", f"stakeholders.{flaw.about}", text="Somebody", was="Other")
    return decision(actions[flaw.kind], flaw.about, reason="look at the quotes", was="x")


def test_every_quote_of_the_true_packet_stands_in_its_source() -> None:
    texts = {(s.name, seg.id): " ".join(seg.text.split()) for s in practice_sources() for seg in s.segments}
    quotes: list[Evidence] = [e for c in TRUE.commitments for e in (*c.evidence, *c.contract_evidence)]
    assert len(quotes) == 21
    assert all(e.quote in texts[e.source, e.segment_id] for e in quotes)


def test_the_true_packet_says_that_the_customer_has_not_signed() -> None:
    assert TRUE.readiness.contract_fully_executed is False
    assert [c.verdict for c in TRUE.commitments].count("contradicted") == 4


@pytest.mark.parametrize("flaw", all_flaws(), ids=lambda flaw: flaw.id)
def test_each_flaw_changes_the_packet_and_a_good_review_catches_it(flaw: Flaw) -> None:
    packet = spoilt(flaw)
    assert packet != TRUE
    result = score_review([good(flaw)], [flaw], TRUE, packet)
    assert (result.points, result.caught, result.false_alarms) == (100, 1, ())


@pytest.mark.parametrize("flaw", all_flaws(), ids=lambda flaw: flaw.id)
def test_a_review_that_says_nothing_of_a_flaw_misses_it(flaw: Flaw) -> None:
    others = [decision("confirm_verdict", c.id, verdict=c.verdict) for c in TRUE.commitments]
    others += [decision("submit", "packet", reason="all fine"), decision("waive", "vague-promise:c-p10")]
    assert score_review(others, [flaw], TRUE, spoilt(flaw)).points == 0


def test_the_same_number_plants_the_same_flaws_and_others_differ() -> None:
    first, flaws = plant(TRUE, 7, POLICY)
    again, same = plant(TRUE, 7, POLICY)
    assert first == again and flaws == same and len(flaws) == 6
    assert len({tuple(f.id for f in plant(TRUE, n, POLICY)[1]) for n in range(20)}) > 15
    assert all(len({f.about for f in plant(TRUE, n, POLICY)[1]}) == 6 for n in range(20))


def test_changing_what_is_right_costs_points() -> None:
    flaw = all_flaws()[0]
    packet = spoilt(flaw)
    right: Commitment = next(c for c in packet.commitments if c.id == "c-p08")
    noise = [decision("dismiss", right.id, reason="no"), decision("dismiss", right.id, reason="no, really")]
    result = score_review([good(flaw), *noise], [flaw], TRUE, packet)
    assert (result.points, result.false_alarms) == (95, (right.text,))


def test_a_lost_promise_may_be_named_in_words() -> None:
    lost = next(f for f in all_flaws() if f.id == "dropped-payment")
    told = decision("reject", "packet", reasons=[
        {"code": "undocumented_commitment", "note": "Dana agreed to pay at forty-five days"}])  # fmt: skip
    assert score_review([told], [lost], TRUE, spoilt(lost)).caught == 1
    vague = decision("reject", "packet", reasons=[{"code": "other", "note": "Something is missing here"}])
    assert score_review([vague], [lost], TRUE, spoilt(lost)).caught == 0


def test_filling_an_empty_line_is_no_false_alarm() -> None:
    flaw = all_flaws()[0]
    filled = decision("edit_value", "business_objectives.personal_wins", text="A calm Saturday")
    assert score_review([filled], [flaw], TRUE, spoilt(flaw)).false_alarms == ()
