"""A call of every verb of the review desk, for the matrix of rights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desks import FILES, KNOWN, MIA

from assistant import desk as verbs
from assistant.desk import Desk, Opened
from assistant.desk.place import decided
from assistant.errors import HandoffError
from assistant.packet import Evidence, RejectionReason
from assistant.protocol.events import happened
from assistant.protocol.meeting import open_answers
from assistant.protocol.rights import NotAllowed, User
from assistant.store.deals import NoSuchDeal

LINE = "scope.timeline_promised"
QUOTE = Evidence(source="calls/first.vtt", segment_id="s0001", quote="ten weeks", locator="")
MEETING = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Cem Aksoy>What have you not told me that might surprise me?

00:00:05.000 --> 00:00:12.000
<v Ana Ruiz>Their last supplier walked out in the middle of the season, and they still talk about it.

00:00:13.000 --> 00:00:18.000
<v Cem Aksoy>I will write the introduction mail by 22 May 2026.
"""
Call = Callable[[Desk, User, Opened], Any]


def promise(seen: Opened) -> str:
    return seen.packet.commitments[0].id


def gap(seen: Opened, severity: str) -> str:
    return next(f.id for f in seen.packet.findings if f.severity == severity)


def d(seen: Opened) -> tuple[str, int]:
    return seen.deal.id, seen.version


def dismissed(desk: Desk, seen: Opened) -> int:
    """The version in which the manager has dismissed the first promise."""
    now = verbs.get_packet(desk, MIA, seen.deal.id)
    if promise(seen) not in {c.id for c in now.packet.commitments}:
        return now.version
    return verbs.dismiss(desk, MIA, now.deal.id, now.version, promise=promise(seen), reason="no").version


def noted(desk: Desk, seen: Opened) -> int:
    """The version in which the manager has noted that CS is engaged."""
    now = verbs.get_packet(desk, MIA, seen.deal.id)
    if happened(now.packet, "cs_engaged"):
        return now.version
    return verbs.record_event(desk, MIA, now.deal.id, now.version, kind="cs_engaged").version


def there(verb: Callable[..., Any], desk: Desk, user: User, seen: Opened, **more: Any) -> None:
    """The verb on a recording that the deal does not have: once the right is checked, it says so."""
    try:
        verb(desk, user, seen.deal.id, name="calls/none.mp3", **more)
    except (NoSuchDeal, NotAllowed):
        raise
    except HandoffError as error:
        assert "none.mp3" in str(error) or "ears" in str(error)


def proposed(desk: Desk, seen: Opened) -> dict[str, Any]:
    """The version in which an answer is proposed as a reading of the meeting does it, and its number."""
    now = verbs.get_packet(desk, MIA, seen.deal.id)
    if not open_answers(now.packet):
        now = decided(
            desk, MIA, "record", now.deal.id, now.version, "propose_answer", verbs.SURPRISE, text="They move",
            was=LINE, evidence=(QUOTE,),
        )  # fmt: skip
    return {"version": now.version, "number": open_answers(now.packet)[0].number}


def known_person(desk: Desk, seen: Opened) -> int:
    """The version in which the manager has named the champion."""
    now = verbs.get_packet(desk, MIA, seen.deal.id)
    if "Ben Cole" in {s.name for s in now.packet.stakeholders}:
        return now.version
    return verbs.name_stakeholder(
        desk, MIA, now.deal.id, now.version, role="champion", name="Ben Cole"
    ).version


DRAFT: dict[str, tuple[str, Call]] = {
    "get_deal": ("see", lambda k, u, s: verbs.get_deal(k, u, s.deal.id)),
    "get_packet": ("see", lambda k, u, s: verbs.get_packet(k, u, s.deal.id)),
    "history": ("see", lambda k, u, s: verbs.history(k, u, s.deal.id)),
    "compare": ("see", lambda k, u, s: verbs.compare(k, u, s.deal.id, 1, 1)),
    "changed_since_return": ("see", lambda k, u, s: verbs.changed_since_return(k, u, s.deal.id)),
    "questions": ("see", lambda k, u, s: verbs.questions(k, u, s.deal.id)),
    "list_files": ("see", lambda k, u, s: verbs.list_files(k, u, s.deal.id)),
    "look_at_files": ("see", lambda k, u, s: verbs.look_at_files(k, u, s.deal.id)),
    "get_source_text": ("see", lambda k, u, s: verbs.get_source_text(k, u, s.deal.id, "calls/first.vtt")),
    "quote_of": ("see", lambda k, u, s: verbs.quote_of(
        k, u, s.deal.id, "calls/first.vtt", s.packet.commitments[0].evidence[0].segment_id, "ten weeks")),
    "get_source_bytes": ("download", lambda k, u, s: verbs.get_source_bytes(
        k, u, s.deal.id, "calls/first.vtt")),
    "download": ("download", lambda k, u, s: verbs.download(k, u, s.deal.id, "packet.json")),
    "list_recordings": ("see", lambda k, u, s: verbs.list_recordings(k, u, s.deal.id)),
    "voices_of": ("see", lambda k, u, s: there(verbs.voices_of, k, u, s)),
    "get_transcript": ("see", lambda k, u, s: there(verbs.get_transcript, k, u, s)),
    "get_sound": ("download", lambda k, u, s: there(verbs.get_sound, k, u, s)),
    "hear_recording": ("add_sources", lambda k, u, s: there(verbs.hear_recording, k, u, s)),
    "stop_hearing": ("add_sources", lambda k, u, s: there(verbs.stop_hearing, k, u, s)),
    "name_speaker": ("edit", lambda k, u, s: there(
        verbs.name_speaker, k, u, s, speaker="Speaker 1", person="Ana")),
    "merge_speakers": ("edit", lambda k, u, s: there(
        verbs.merge_speakers, k, u, s, speaker="Speaker 1", into="Speaker 2")),
    "give_turn": ("edit", lambda k, u, s: there(verbs.give_turn, k, u, s, at=1.0)),
    "note_consent": ("change_deal", lambda k, u, s: verbs.note_consent(k, u, s.deal.id, agreed=True)),
    "add_sources": ("add_sources", lambda k, u, s: verbs.add_sources(k, u, s.deal.id, FILES)),
    "remove_source": ("remove_source", lambda k, u, s: verbs.remove_source(
        k, u, s.deal.id, "mails/training.eml")),
    "change_facts": ("change_deal", lambda k, u, s: verbs.change_facts(k, u, s.deal.id, KNOWN)),
    "assign_csm": ("assign_csm", lambda k, u, s: verbs.assign_csm(k, u, s.deal.id, "cem")),
    "drop_deal": ("delete_deal", lambda k, u, s: verbs.drop_deal(k, u, s.deal.id)),
    "draft": ("draft", lambda k, u, s: verbs.draft(k, u, s.deal.id)),
    "edit_value": ("edit", lambda k, u, s: verbs.edit_value(k, u, *d(s), path=LINE, text="x")),
    "mark_not_applicable": ("edit", lambda k, u, s: verbs.mark_not_applicable(
        k, u, *d(s), path=LINE, reason="no")),
    "name_stakeholder": ("edit", lambda k, u, s: verbs.name_stakeholder(
        k, u, *d(s), role="champion", name="Ben")),
    "describe_stakeholder": ("edit", lambda k, u, s: verbs.describe_stakeholder(
        k, u, s.deal.id, known_person(k, s), name="Ben Cole", aspect="influence", text="high")),
    "assign": ("edit", lambda k, u, s: verbs.assign(k, u, *d(s), promise=promise(s), owner="Cem")),
    "add_promise": ("edit", lambda k, u, s: verbs.add_promise(
        k, u, *d(s), evidence=s.packet.commitments[0].evidence[0], text="A promise")),
    "merge": ("edit", lambda k, u, s: verbs.merge(
        k, u, *d(s), keep=promise(s), others=[s.packet.commitments[1].id])),
    "split": ("edit", lambda k, u, s: verbs.split(k, u, *d(s), promise=promise(s), parts=["one", "two"])),
    "dismiss": ("judge", lambda k, u, s: verbs.dismiss(k, u, *d(s), promise=promise(s), reason="small talk")),
    "bring_back": ("judge", lambda k, u, s: verbs.bring_back(
        k, u, s.deal.id, dismissed(k, s), promise=promise(s))),
    "answer_gap": ("answer", lambda k, u, s: verbs.answer_gap(
        k, u, *d(s), finding=gap(s, "major"), text="x", path="scope.training")),
    "ask_of": ("ask", lambda k, u, s: verbs.ask_of(
        k, u, *d(s), subject=promise(s), whom="customer", question="When?")),
    "confirm_verdict": ("judge", lambda k, u, s: verbs.confirm_verdict(
        k, u, *d(s), promise=promise(s), verdict=s.packet.commitments[0].verdict)),
    "correct_verdict": ("judge", lambda k, u, s: verbs.correct_verdict(
        k, u, *d(s), promise=promise(s), verdict="vague", reason="no")),
    "waive": ("waive", lambda k, u, s: verbs.waive(k, u, *d(s), finding=gap(s, "major"), reason="fine")),
    "waive a blocker": ("waive_blocker", lambda k, u, s: verbs.waive(
        k, u, *d(s), finding=gap(s, "blocker"), reason="fine")),
    "unwaive": ("waive", lambda k, u, s: verbs.unwaive(k, u, *d(s), finding=gap(s, "major"))),
    "tick": ("tick", lambda k, u, s: verbs.tick(k, u, *d(s), item="introduction-sent")),
    "read_meeting": ("record", lambda k, u, s: verbs.read_meeting(
        k, u, *d(s), name="handoff.vtt", data=MEETING)),
    "confirm_answer": ("answer", lambda k, u, s: verbs.confirm_answer(k, u, s.deal.id, **proposed(k, s))),
    "drop_answer": ("answer", lambda k, u, s: verbs.drop_answer(k, u, s.deal.id, **proposed(k, s))),
    "ready_items": ("see", lambda k, u, s: verbs.ready_items(k, u, s.deal.id)),
    "tick_ready": ("tick", lambda k, u, s: verbs.tick_ready(k, u, *d(s), item="support-tier")),
    "record_event": ("record", lambda k, u, s: verbs.record_event(k, u, *d(s), kind="introduction_sent")),
    "take_back_event": ("record", lambda k, u, s: verbs.take_back_event(
        k, u, s.deal.id, noted(k, s), kind="cs_engaged")),

    "deal_clocks": ("see", lambda k, u, s: verbs.deal_clocks(k, u, s.deal.id)),
    "look_for_surprise": ("see", lambda k, u, s: verbs.look_for_surprise(
        k, u, s.deal.id, text="SSO is extra")),
    "note_surprise": ("record", lambda k, u, s: verbs.note_surprise(
        k, u, *d(s), text="SSO is extra", kind="never_said")),
    "submit": ("submit", lambda k, u, s: verbs.submit(k, u, *d(s))),
}  # fmt: skip
"""Verb of the desk -> the row of rights.toml that it asks, and a call of it on a drafted deal."""
SUBMITTED: dict[str, tuple[str, Call]] = {
    "accept": ("accept", lambda k, u, s: verbs.accept(k, u, *d(s))),
    "reject": ("reject", lambda k, u, s: verbs.reject(
        k, u, *d(s), reasons=[RejectionReason(code="major_gap")])),
    "request_revision": ("reject", lambda k, u, s: verbs.request_revision(k, u, *d(s), note="dates")),
}  # fmt: skip
