"""The verbs of the review desk on both databases: promises made by people, files, and deals as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desks import ANA, CALL, CEM, FILES, KNOWN, MAIL, MIA, PEOPLE, drafted, make_desk, submitted
from sqlalchemy import text

from assistant import desk as verbs
from assistant.errors import HandoffError
from assistant.readers.llm.question import StoredAnswer
from assistant.store import Store, audit
from assistant.store.answers import KeptAnswers
from assistant.store.deals import NoSuchDeal
from assistant.store.packets import NotDrafted

LINE = "scope.timeline_promised"


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
