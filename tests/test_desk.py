"""The verbs of the review desk on both databases: what a person does is kept; nobody undoes another's."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from desks import ANA, CALL, CEM, FILES, KNOWN, MAIL, MIA, PEOPLE, Clock, drafted, make_desk, submitted
from sqlalchemy import text

from assistant import desk as verbs
from assistant.desk import Opened
from assistant.errors import HandoffError
from assistant.packet import RejectionReason
from assistant.protocol.rights import NotAllowed
from assistant.readers.llm.question import StoredAnswer
from assistant.review.rounds import Blocked
from assistant.store import Store, audit
from assistant.store.answers import KeptAnswers
from assistant.store.deals import NoSuchDeal
from assistant.store.packets import NotDrafted, StaleVersion

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


def test_a_missed_promise_is_added_with_the_words_selected(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    call = verbs.get_source_text(desk, ANA, seen.deal.id, "calls/first.vtt")
    place = next(s for s in call.segments if "ledger" in s.text)
    quote = verbs.quote_of(desk, ANA, seen.deal.id, call.name, place.id, "the ledger export")
    after = verbs.add_promise(
        desk, ANA, seen.deal.id, seen.version, evidence=quote, text="A ledger export", category="integration"
    )
    added = after.packet.commitments[-1]
    assert (added.entered_by, added.speaker) == (ANA.name, "Ben Cole")
    assert added.evidence[0].quote == "the ledger export"


def test_words_that_do_not_stand_there_are_no_evidence(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    with pytest.raises(HandoffError, match="Select the words"):
        verbs.quote_of(desk, ANA, seen.deal.id, "calls/first.vtt", "s0001", "free of charge for ever")


def test_promises_are_merged_and_split(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    first, second = seen.packet.commitments
    merged = verbs.merge(desk, ANA, seen.deal.id, 1, keep=first.id, others=[second.id])
    assert [w.text for w in merged.packet.commitments[0].history] == [second.text]
    parts = verbs.split(desk, ANA, seen.deal.id, 2, promise=first.id, parts=["live in ten weeks", "my word"])
    assert [c.text for c in parts.packet.commitments] == ["live in ten weeks", "my word"]
    assert len({c.id for c in parts.packet.commitments}) == 2


def test_a_promise_is_gone_for_whoever_decides_on_it_after_a_merge(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    first, second = seen.packet.commitments
    verbs.merge(desk, ANA, seen.deal.id, 1, keep=first.id, others=[second.id])
    with pytest.raises(HandoffError, match="no promise"):
        verbs.assign(desk, ANA, seen.deal.id, 2, promise=second.id, owner="Cem")


def test_a_deleted_deal_leaves_nothing_but_that_it_happened(store: Store) -> None:
    desk = make_desk(store)
    deal = drafted(desk).deal.id
    KeptAnswers(store).put("k", StoredAnswer("t", "m", 1, 0, 1, 0), deal)
    verbs.drop_deal(desk, PEOPLE["admin"], deal)
    assert KeptAnswers(store).get("k") is None
    with pytest.raises(NoSuchDeal):
        verbs.get_packet(desk, PEOPLE["admin"], deal)
    with store.read() as connection:
        for table in ("deal", "source", "source_text", "packet", "blob", "answer"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
    lines = audit.lines(store)
    assert lines[-1].action == "delete_deal" and "Fernhill" not in str(lines)
    assert audit.verify(store).problems == ()


def test_uploads_that_cannot_be_read_are_refused_one_by_one(store: Store) -> None:
    desk = make_desk(store)
    program = b"MZ\x90\x00" + bytes(200)
    files = {"a.vtt": CALL, "b.pdf": program, "../c.eml": MAIL, "d.exe": program, "e.txt": b""}
    deal, added = verbs.create_deal(desk, ANA, KNOWN, files)
    assert [file.name for file in added.files] == ["a.vtt"]
    assert [name for name, _ in added.refused] == ["b.pdf", "../c.eml", "d.exe", "e.txt"]
    assert [file.name for file in verbs.list_files(desk, ANA, deal.id)] == ["a.vtt"]


def test_a_file_over_the_limit_is_refused_with_its_size(store: Store) -> None:
    desk = replace(make_desk(store), most_bytes=1000)
    _, added = verbs.create_deal(desk, ANA, KNOWN, {"long.txt": b"word " * 500})
    assert "limit" in added.refused[0][1]


def test_a_deal_file_among_the_uploads_tells_what_is_known(store: Store) -> None:
    deal, added = verbs.create_deal(
        make_desk(store), ANA, None, {**FILES, "deal.yaml": b"customer: Fernhill Foods\nsegment: smb\n"}
    )
    assert (deal.account, deal.segment, len(added.files)) == ("Fernhill Foods", "smb", 2)


def test_files_are_looked_at_before_they_are_drafted(store: Store) -> None:
    desk = make_desk(store)
    deal, _ = verbs.create_deal(desk, ANA, KNOWN, FILES)
    looks, unread = verbs.look_at_files(desk, ANA, deal.id)
    assert [look.source.kind for look in looks] == ["call", "email"] and unread == []
    assert ("Ana Ruiz", "vendor") in looks[0].speakers
    with pytest.raises(NotDrafted):
        verbs.get_packet(desk, ANA, deal.id)


def test_evidence_of_an_old_version_is_shown_in_the_file_as_it_was(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    changed = CALL.replace(b"ten weeks", b"six weeks")
    verbs.add_sources(desk, ANA, seen.deal.id, {"calls/first.vtt": changed})
    verbs.draft(desk, ANA, seen.deal.id)
    texts = [
        verbs.get_source_text(desk, ANA, seen.deal.id, "calls/first.vtt", version).segments[0].text
        for version in (1, 2)
    ]
    assert ["ten weeks" in texts[0], "six weeks" in texts[1]] == [True, True]


def test_a_deal_is_given_only_to_people_who_are_there(store: Store) -> None:
    desk = replace(make_desk(store), people=lambda: list(PEOPLE.values()))
    seen = drafted(desk)
    with pytest.raises(HandoffError, match="no CSM"):
        verbs.assign_csm(desk, MIA, seen.deal.id, "nobody")
    with pytest.raises(HandoffError, match="no AE"):
        verbs.new_deal(desk, PEOPLE["ops"], KNOWN, owner="cem")
    assert [user.login for user in verbs.colleagues(desk, MIA, "csm")] == ["cem"]


def test_a_deal_file_that_names_a_colleague_gives_them_the_deal(store: Store) -> None:
    desk = replace(make_desk(store), people=lambda: list(PEOPLE.values()))
    known = KNOWN.model_copy(update={"ae": ANA.name, "csm": CEM.name})
    row = verbs.new_deal(desk, PEOPLE["ops"], known)
    assert (row.owner, row.csm) == ("ana", "cem")


def test_the_list_shows_what_waits_for_me_first(store: Store) -> None:
    desk = make_desk(store)
    first = submitted(desk).deal.id
    second = drafted(desk).deal.id
    assert [line.deal.id for line in verbs.list_deals(desk, MIA)] == [first, second]
    waiting = verbs.list_deals(desk, MIA, verbs.Filters(mine=True))
    assert [line.deal.id for line in waiting] == [first]
    assert verbs.list_deals(desk, MIA, verbs.Filters(text="nowhere")) == []


def test_a_checklist_item_is_ticked_by_name(store: Store) -> None:
    desk = make_desk(store)
    seen = drafted(desk)
    after = verbs.tick(desk, ANA, seen.deal.id, 1, item="meeting-scheduled")
    assert (after.packet.decisions[-1].action, after.packet.decisions[-1].subject) == (
        "tick", "checklist.meeting-scheduled",
    )  # fmt: skip
