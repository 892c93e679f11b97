"""The verbs of the review desk on both databases: what a person does is kept; nobody undoes another's."""

from __future__ import annotations

import threading

import pytest
from desks import ANA, CEM, MIA, Clock, drafted, make_desk, submitted

from assistant import desk as verbs
from assistant.desk import Opened
from assistant.errors import HandoffError
from assistant.packet import RejectionReason
from assistant.protocol.rights import NotAllowed
from assistant.review.rounds import Blocked
from assistant.store import Store, audit
from assistant.store.packets import StaleVersion

LINE = "scope.timeline_promised"


def values(seen: Opened, path: str = LINE) -> list[tuple[str, str | None]]:
    section, name = path.split(".")
    return [(v.text, v.entered_by) for v in getattr(getattr(seen.packet.summary, section), name).values]


def test_what_a_person_edits_names_them_and_keeps_the_quote(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    after = verbs.edit_value(
        desk, ANA, seen.deal.id, seen.version, path=LINE, text="eleven weeks", was="ten weeks", reason="call"
    )
    assert values(after) == [("eleven weeks", ANA.name)]
    assert after.packet.summary.scope.timeline_promised.values[0].evidence[0].quote == "ten weeks"
    last = after.packet.decisions[-1]
    assert (last.by, last.was, last.text, last.reason) == (ANA.name, "ten weeks", "eleven weeks", "call")


def test_a_version_never_changes(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    verbs.edit_value(desk, ANA, seen.deal.id, seen.version, path=LINE, text="eleven weeks", was="ten weeks")
    assert verbs.get_packet(desk, ANA, seen.deal.id, 1).packet == seen.packet


def test_of_two_who_decide_on_the_same_version_one_is_told_by_whom_and_what(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    verbs.edit_value(desk, ANA, seen.deal.id, seen.version, path=LINE, text="nine weeks")
    with pytest.raises(StaleVersion) as told:
        verbs.edit_value(desk, MIA, seen.deal.id, seen.version, path=LINE, text="twelve weeks")
    assert [row.by for row in told.value.newer] == ["ana"]
    assert ANA.name in str(told.value) and "edited" in str(told.value)
    again = verbs.edit_value(desk, MIA, seen.deal.id, 2, path=LINE, text="twelve weeks")
    assert [text for text, _ in values(again)] == ["ten weeks", "nine weeks", "twelve weeks"]


def test_of_many_who_decide_at_once_nobody_is_lost_and_nobody_wins_twice(store: Store) -> None:
    desk = make_desk(store)
    deal = drafted(desk).deal.id

    def decide(number: int) -> None:
        while True:
            seen = verbs.get_packet(desk, MIA, deal)
            try:
                verbs.edit_value(desk, MIA, deal, seen.version, path=LINE, text=f"value {number}")
                return
            except StaleVersion:
                continue

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(t for t, _ in values(verbs.get_packet(desk, MIA, deal)) if t.startswith("value")) == [
        f"value {n}" for n in range(8)
    ]
    assert [row.version for row in verbs.history(desk, MIA, deal)] == list(range(1, 10))
    assert audit.verify(store).problems == ()


def test_an_answer_fills_the_line_that_the_gap_is_about(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    gap = next(f for f in seen.packet.findings if f.rule == "out-of-scope-not-stated")
    after = verbs.answer_gap(desk, ANA, seen.deal.id, 1, finding=gap.id, text="No custom reports.")
    assert values(after, "scope.out_of_scope") == [("No custom reports.", ANA.name)]
    assert gap.id not in {f.id for f in after.packet.findings}


def test_an_answer_about_something_else_stands_beside_the_gap(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    gap = next(f for f in seen.packet.findings if f.rule == "no-contract")
    after = verbs.answer_gap(desk, ANA, seen.deal.id, 1, finding=gap.id, text="It is signed on Friday.")
    found = next(f for f in after.packet.findings if f.id == gap.id)
    assert found.answered is not None and found.answered.text == "It is signed on Friday."
    assert found.is_open


def test_the_surprise_question_is_asked_once_and_at_most_six_at_a_time(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    asked = verbs.questions(desk, ANA, seen.deal.id)
    assert asked[0].id == verbs.SURPRISE and len(asked) <= 6
    verbs.answer_gap(desk, ANA, seen.deal.id, 1, finding=verbs.SURPRISE, text="The buyer leaves in June.")
    assert verbs.SURPRISE not in {q.id for q in verbs.questions(desk, ANA, seen.deal.id)}


def test_a_packet_with_an_open_blocker_cannot_be_accepted(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    seen = verbs.submit(desk, ANA, seen.deal.id, seen.version)
    with pytest.raises(Blocked):
        verbs.accept(desk, MIA, seen.deal.id, seen.version)
    assert verbs.get_packet(desk, MIA, seen.deal.id).packet.status == "submitted"


def test_a_packet_whose_blockers_were_waived_is_accepted(store: Store) -> None:
    desk = make_desk(store)
    seen = submitted(desk)
    after = verbs.accept(desk, MIA, seen.deal.id, seen.version)
    assert (after.packet.status, after.deal.status, after.deal.blockers) == ("accepted", "accepted", 0)


def test_a_csm_waives_what_is_no_blocker_and_only_the_manager_the_rest(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    by_severity = {f.severity: f for f in seen.packet.findings}
    with pytest.raises(NotAllowed):
        verbs.waive(desk, CEM, seen.deal.id, 1, finding=by_severity["blocker"].id, reason="fine")
    after = verbs.waive(desk, CEM, seen.deal.id, 1, finding=by_severity["major"].id, reason="fine")
    assert next(f for f in after.packet.findings if f.id == by_severity["major"].id).is_open is False


def test_a_rejection_starts_a_clock_that_runs_out_and_escalates_when_repeated(store: Store) -> None:
    clock = Clock()
    desk = make_desk(store, clock)
    seen = drafted(desk)
    reasons = [RejectionReason(code="major_gap", subject=seen.packet.findings[0].id)]
    for _ in range(2):
        seen = verbs.submit(desk, ANA, seen.deal.id, seen.version)
        seen = verbs.reject(desk, MIA, seen.deal.id, seen.version, reasons=reasons)
    line = verbs.get_deal(desk, ANA, seen.deal.id)
    assert line.clock is not None and line.clock.left.total_seconds() == 24 * 3600
    assert line.is_escalated and line.waits_for_me
    clock.pass_hours(25)
    late = verbs.get_deal(desk, ANA, seen.deal.id).clock
    assert late is not None and late.is_overdue


@pytest.mark.parametrize(
    "reasons",
    [[], [RejectionReason(code="other")], [RejectionReason(code="major_gap", subject="no-such-gap")]],
)
def test_a_rejection_without_a_usable_reason_is_refused(store: Store, reasons: list[RejectionReason]) -> None:
    desk = make_desk(store)
    seen = submitted(desk)
    with pytest.raises(HandoffError):
        verbs.reject(desk, MIA, seen.deal.id, seen.version, reasons=reasons)


def test_the_next_round_shows_only_what_changed_since(store: Store) -> None:
    desk = make_desk(store)
    seen = submitted(desk)
    seen = verbs.request_revision(desk, MIA, seen.deal.id, seen.version, note="dates")
    seen = verbs.edit_value(desk, ANA, seen.deal.id, seen.version, path="scope.training", text="two sites")
    verbs.submit(desk, ANA, seen.deal.id, seen.version)
    changed = verbs.changed_since_return(desk, MIA, seen.deal.id)
    assert changed is not None and [c.key for c in changed.fields] == ["scope.training"]
    assert changed.promises == ()


def test_sales_keeps_its_hands_off_a_submitted_packet(store: Store) -> None:
    desk = make_desk(store)
    seen = submitted(desk)
    with pytest.raises(NotAllowed, match="customer success has it"):
        verbs.edit_value(desk, ANA, seen.deal.id, seen.version, path=LINE, text="other")


def test_after_acceptance_an_edit_notes_date_and_author(store: Store) -> None:
    clock = Clock()
    desk = make_desk(store, clock)
    seen = submitted(desk)
    seen = verbs.accept(desk, MIA, seen.deal.id, seen.version)
    clock.pass_hours(48)
    after = verbs.edit_value(desk, CEM, seen.deal.id, seen.version, path=LINE, text="later")
    assert after.packet.status == "accepted"
    assert (after.packet.decisions[-1].by, after.packet.decisions[-1].at[:10]) == (CEM.name, "2026-05-20")


def test_a_redraft_keeps_every_decision_that_still_fits(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    deal, promise = seen.deal.id, seen.packet.commitments[0].id
    seen = verbs.edit_value(desk, ANA, deal, seen.version, path=LINE, text="eleven weeks", was="ten weeks")
    seen = verbs.correct_verdict(
        desk, CEM, deal, seen.version, promise=promise, verdict="covered", reason="MSA 4"
    )
    seen = verbs.assign(desk, ANA, deal, seen.version, promise=promise, owner="Cem Aksoy", due="2026-07-01")
    verbs.add_sources(desk, ANA, deal, {"notes/new.txt": b"Notes: the go-live will move to July.\n"})
    done = verbs.draft(desk, ANA, deal)
    kept = next(c for c in done.opened.packet.commitments if c.id == promise)
    assert (kept.verdict, kept.decided_by, kept.owner, kept.due) == (
        "covered", "reviewer", "Cem Aksoy", "2026-07-01",
    )  # fmt: skip
    assert values(done.opened) == [("eleven weeks", ANA.name)]
    assert done.misfits == () and "notes/new.txt" in {s.name for s in done.opened.packet.sources}


def test_a_redraft_lists_the_decisions_that_no_longer_fit(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    deal = seen.deal.id
    mail = next(c for c in seen.packet.commitments if c.evidence[0].source == "mails/training.eml")
    verbs.assign(desk, ANA, deal, seen.version, promise=mail.id, owner="Cem")
    verbs.remove_source(desk, ANA, deal, "mails/training.eml")
    done = verbs.draft(desk, ANA, deal)
    assert [d.action for d in done.misfits] == ["assign"]
    told = done.opened.packet.decisions[-1]
    assert (told.action, told.subjects) == ("redraft", ("2",))


def test_a_decision_made_while_a_draft_runs_is_kept(store: Store) -> None:
    desk = make_desk(store)
    deal = drafted(desk).deal.id

    def meanwhile(step: str) -> None:
        if step == "Promises":
            verbs.edit_value(desk, ANA, deal, 1, path=LINE, text="while drafting")

    done = verbs.draft(desk, ANA, deal, on_step=meanwhile)
    assert ("while drafting", ANA.name) in values(done.opened)
    assert done.opened.version == 3
