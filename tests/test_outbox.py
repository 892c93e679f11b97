"""Messages: planned once, sent once, tried again, and safe whatever a deal is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest
from databases import ready_settings
from desks import ANA, CEM, MIA, PEOPLE, Clock, drafted, make_desk, submitted

from assistant import desk as verbs
from assistant.desk import Desk
from assistant.desk.ticking import Outgoing, Ticked, Watch, tick_clocks
from assistant.outbox import Letter, Refused, TryAgain, Unsure
from assistant.outbox.planning import is_spot_checked
from assistant.outbox.senders import FileSender
from assistant.outbox.sending import ABANDONED
from assistant.outbox.writing import templates
from assistant.packet import RejectionReason
from assistant.protocol.policy_time import MESSAGE_KINDS
from assistant.store import Store, audit, open_store
from assistant.store.messages import claim_next, find_messages

CLOSED = "2026-05-18T11:00:00+00:00"
PERSONS = [user.model_copy(update={"email": f"{user.login}@cartwheel.example"}) for user in PEOPLE.values()]


class Memory:
    """A way out that remembers, and fails as often as it is told to."""

    repeats, delivers, attaches = False, True, True

    def __init__(self, *troubles: Exception) -> None:
        self.letters: list[Letter] = []
        self.troubles = list(troubles)

    def send(self, letter: Letter) -> str | None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.letters.append(letter)
        return None


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    """On both databases."""
    return replace(make_desk(store, clock), people=lambda: PERSONS)


@pytest.fixture
def quick(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """On SQLite alone, for what is not about databases."""
    store = open_store(ready_settings(tmp_path))
    yield replace(make_desk(store, clock), people=lambda: PERSONS)
    store.close()


def tick(desk: Desk, sender: Memory | FileSender, name: str = "memory", watch: Watch | None = None) -> Ticked:
    return tick_clocks(desk, Outgoing(sender, name, "https://desk.example"), holder="test", watch=watch)


def closed_deal(desk: Desk) -> str:
    """Closed an hour before noon, drafted, nothing else done."""
    seen = drafted(desk)
    verbs.record_event(desk, ANA, seen.deal.id, seen.version, kind="closed", at=CLOSED)
    return seen.deal.id


def newest(desk: Desk, deal: str) -> int:
    return verbs.get_packet(desk, ANA, deal).version


def kinds(sender: Memory) -> list[str]:
    return [letter.name.split("-", 2)[2].rsplit("-", 1)[0] for letter in sender.letters]


def states(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.read() as connection:
        return [(message.kind, message.state) for message in find_messages(connection)]


def test_a_clock_reminds_once_is_told_once_and_escalates_once(desk: Desk, clock: Clock) -> None:
    closed_deal(desk)
    sender = Memory()
    for _ in range(20):
        tick(desk, sender)
        clock.pass_hours(3)
    confirmed = [kind for kind in kinds(sender) if kind.endswith("meeting_confirmed")]
    assert confirmed == [
        "due_soon-meeting_confirmed",
        "overdue-meeting_confirmed",
        "escalated-meeting_confirmed",
    ]
    assert len({letter.id for letter in sender.letters}) == len(sender.letters)
    assert audit.verify(desk.store).problems == ()


def test_who_is_told_is_the_policy_s_choice_and_a_message_says_little(quick: Desk, clock: Clock) -> None:
    deal = closed_deal(quick)
    clock.pass_hours(24)
    sender = Memory()
    tick(quick, sender)
    (overdue,) = [letter for letter in sender.letters if "overdue-meeting_confirmed" in letter.name]
    assert [person["login"] for person in overdue.people] == ["ana", "sal"]
    assert overdue.subject == "Overdue for Fernhill Foods: Handoff meeting confirmed"
    assert (
        "Tue 19 May 2026, 11:00 UTC" in overdue.body and f"https://desk.example/?deal={deal}" in overdue.body
    )
    assert "ten weeks" not in overdue.body  # nothing of what the packet says


def test_what_is_done_in_time_is_not_told(quick: Desk, clock: Clock) -> None:
    deal = closed_deal(quick)
    verbs.record_event(quick, ANA, deal, newest(quick, deal), kind="meeting_confirmed")
    clock.pass_hours(30)
    sender = Memory()
    tick(quick, sender)
    assert not [kind for kind in kinds(sender) if kind.endswith("meeting_confirmed")]


def test_the_agenda_goes_out_in_time_with_its_invitation_and_is_noted(desk: Desk, clock: Clock) -> None:
    deal = closed_deal(desk)
    verbs.record_event(
        desk, ANA, deal, newest(desk, deal), kind="meeting_scheduled", at="2026-05-20T13:00+00:00"
    )
    sender = Memory()
    for _ in range(9):
        tick(desk, sender)
        clock.pass_hours(3)
    meetings = [letter for letter in sender.letters if "-meeting-" in letter.name]
    assert len(meetings) == 1 and meetings[0].at == datetime(2026, 5, 19, 12, tzinfo=UTC)
    assert "meeting-agenda.docx" in [name for name, _ in meetings[0].attachments]
    (agenda,) = [c for c in verbs.deal_clocks(desk, ANA, deal) if c.id == "agenda"]
    assert agenda.state == "met"


def test_a_folder_delivers_nothing_so_the_agenda_is_not_noted_as_sent(
    quick: Desk, clock: Clock, tmp_path: Path
) -> None:
    deal = closed_deal(quick)
    verbs.record_event(
        quick, ANA, deal, newest(quick, deal), kind="meeting_scheduled", at="2026-05-19T13:00+00:00"
    )
    tick(quick, FileSender(tmp_path / "out", "handoff@nobody.invalid"), "file")
    assert "agenda" in {c.id for c in verbs.deal_clocks(quick, ANA, deal) if c.is_open}


def test_rounds_approvals_and_late_changes_are_told(quick: Desk, clock: Clock) -> None:
    seen = submitted(quick)
    deal, sender = seen.deal.id, Memory()
    tick(quick, sender)
    back = RejectionReason(code="major_gap")
    for _ in range(2):
        clock.pass_hours(1)
        verbs.reject(quick, MIA, deal, newest(quick, deal), reasons=[back])
        tick(quick, sender)
        verbs.submit(quick, ANA, deal, newest(quick, deal))
    clock.pass_hours(1)
    tick(quick, sender)
    verbs.accept(quick, MIA, deal, newest(quick, deal))
    for text in ("two sites", "three sites"):
        verbs.edit_value(quick, CEM, deal, newest(quick, deal), path="scope.training", text=text)
    clock.pass_hours(1)
    tick(quick, sender)
    found = [kind for kind in kinds(sender) if kind.split("-")[0] not in ("overdue", "due_soon")]
    assert found == ["submitted", "returned", "rejected_again", "returned", "submitted", "edited"]
    assert "2 changes between" in sender.letters[-1].body
    assert [person["login"] for person in sender.letters[-1].people] == ["ana"]


def test_a_message_that_cannot_leave_is_tried_later_and_then_waits_for_a_person(
    quick: Desk, clock: Clock
) -> None:
    seen = drafted(quick)
    verbs.submit(quick, ANA, seen.deal.id, seen.version)
    sender = Memory(*[TryAgain("no connection")] * 99)
    tries = []
    for minute in range(0, 200, 5):
        if any(outcome.message.kind == "submitted" for outcome in tick(quick, sender).outcomes):
            tries.append(minute)
        clock.pass_hours(5 / 60)
    assert tries == [0, 5, 15, 35, 75, 155]
    assert ("submitted", "failed") in states(quick) and sender.letters == []


@pytest.mark.parametrize(
    ("trouble", "state"),
    [(Refused("no"), "failed"), (Unsure("hm"), "unsure"), (ValueError("ours"), "unsure")],
)
def test_what_can_do_harm_is_not_tried_again(
    quick: Desk, clock: Clock, trouble: Exception, state: str
) -> None:
    seen = drafted(quick)
    verbs.submit(quick, ANA, seen.deal.id, seen.version)
    sender = Memory(trouble)
    for _ in range(3):
        tick(quick, sender)
        clock.pass_hours(1)
    assert states(quick)[0] == ("submitted", state) and sender.letters == []


def test_a_crash_in_the_middle_leaves_a_message_that_a_person_decides(desk: Desk, clock: Clock) -> None:
    seen = drafted(desk)
    verbs.submit(desk, ANA, seen.deal.id, seen.version)
    with pytest.raises(KeyboardInterrupt):
        tick(desk, Memory(KeyboardInterrupt()))  # type: ignore[arg-type]
    sender = Memory()
    clock.now += ABANDONED / 2
    assert tick(desk, sender).outcomes == []  # somebody may still be at it
    clock.now += ABANDONED
    (given_up,) = tick(desk, sender).outcomes
    assert given_up.state == "unsure" and "arrived" in str(given_up)
    assert sender.letters == [] and tick(desk, sender).outcomes == []


def test_a_crash_in_the_middle_of_a_file_is_made_good(quick: Desk, clock: Clock, tmp_path: Path) -> None:
    seen = drafted(quick)
    verbs.submit(quick, ANA, seen.deal.id, seen.version)
    sender = FileSender(tmp_path / "out", "handoff@nobody.invalid")
    tick_clocks(quick, Outgoing(Memory(TryAgain("")), "file", ""), holder="test")
    clock.pass_hours(1)
    with quick.store.write() as connection:
        assert claim_next(connection, quick.stamp(), "file")
    sender.send(Letter("x", f"{seen.deal.id}-left-behind", clock.now, [], "", ""))
    clock.now += ABANDONED * 2
    (outcome,) = [o for o in tick(quick, sender, "file").outcomes if o.message.kind == "submitted"]
    assert outcome.state == "sent"
    assert len(list((tmp_path / "out").glob("*submitted*.eml"))) == 1


def test_two_that_look_at_once_send_once(desk: Desk) -> None:
    seen = drafted(desk)
    verbs.submit(desk, ANA, seen.deal.id, seen.version)
    inner: list[Ticked] = []

    class Nosy(Memory):
        def send(self, letter: Letter) -> str | None:
            inner.append(tick_clocks(desk, Outgoing(self, "memory", ""), holder="another"))
            return super().send(letter)

    sender = Nosy()
    assert not tick(desk, sender).busy
    assert [done.busy for done in inner] == [True] * len(inner) and len(sender.letters) == len(inner) > 0
    assert not tick_clocks(desk, Outgoing(sender, "memory", ""), holder="another").busy


def test_a_dry_run_changes_nothing(quick: Desk) -> None:
    seen = drafted(quick)
    verbs.submit(quick, ANA, seen.deal.id, seen.version)
    sender = Memory()
    out = Outgoing(sender, "memory", "")
    shown = tick_clocks(quick, out, holder="test", dry_run=True)
    assert [plan.kind for _, plan in shown.made] == ["submitted"]
    assert sender.letters == [] and states(quick) == []
    assert [plan.key for _, plan in tick(quick, sender).made] == [plan.key for _, plan in shown.made]


def test_what_is_long_past_is_not_told(quick: Desk, clock: Clock) -> None:
    closed_deal(quick)
    clock.pass_hours(24 * 60)
    sender = Memory()
    assert tick(quick, sender).made == [] and sender.letters == []


def test_messages_go_with_their_deal(desk: Desk) -> None:
    seen = drafted(desk)
    verbs.submit(desk, ANA, seen.deal.id, seen.version)
    tick(desk, Memory())
    verbs.drop_deal(desk, PEOPLE["admin"], seen.deal.id)
    assert states(desk) == []


def test_every_kind_of_message_has_words_with_known_names() -> None:
    known = {"account", "link", "blockers", "majors", "when", "clock", "due", "doer", "hours", "probability",
             "count", "percent", "from_time", "to_time"}  # fmt: skip
    assert set(templates()) == set(MESSAGE_KINDS)
    for row in templates().values():
        names = {name for _, name, _, _ in Formatter().parse(row.subject + row.body) if name is not None}
        assert {"account", "link"} <= names <= known


def test_about_one_deal_in_ten_is_spot_checked_and_always_the_same() -> None:
    drawn = [n for n in range(2000) if is_spot_checked(f"deal-{n}", 10)]
    assert 150 < len(drawn) < 250
    assert drawn == [n for n in range(2000) if is_spot_checked(f"deal-{n}", 10)]
    assert not any(is_spot_checked(f"deal-{n}", 0) for n in range(99))
    assert all(is_spot_checked(f"deal-{n}", 100) for n in range(99))
