"""A look at all clocks: what is due becomes a message once, what waits is sent, what was sent is noted.

The desk's own user does it, who is no person and signs in nowhere.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from assistant.desk.happening import record_event
from assistant.desk.place import Desk
from assistant.desk.timing import facts_now
from assistant.documents import DOCUMENTS
from assistant.errors import HandoffError
from assistant.outbox import Outcome, Plan, Sender, message_rows, plans, send_waiting, take_up_abandoned
from assistant.outbox.planning import quiet_until, stamp
from assistant.outbox.sending import Render
from assistant.outbox.writing import Receivers
from assistant.packet import Packet
from assistant.protocol.clocks import clocks, of_rows
from assistant.protocol.moments import Facts
from assistant.protocol.rights import RoleName, User
from assistant.store.deals import DealRow, find_deal, find_stamps
from assistant.store.messages import State, add_message, end_turn, find_messages, known_keys, take_turn
from assistant.store.packets import StaleVersion, packet_bytes

LOG = logging.getLogger("handoff.tick")
HANDOFF = User(login="handoff", name="Handoff", role="ops")
TURN = "tick"
SENT: tuple[State, ...] = ("sent",)
LONGEST_TURN = timedelta(minutes=10)
EVERYBODY: tuple[RoleName, ...] = ("cs_manager", "sales_manager", "ops", "admin")


@dataclass(frozen=True)
class Ticked:
    """What one look did."""

    made: list[tuple[str, Plan]] = field(default_factory=list)
    """(deal, plan) of the messages that are new; of a dry run, those that would be made."""
    outcomes: list[Outcome] = field(default_factory=list)
    """What became of the messages that were tried."""
    problems: list[str] = field(default_factory=list)
    """A line each: deals whose clocks cannot be read."""
    busy: bool = False
    """Another process was at it, so nothing was done."""


@dataclass(frozen=True)
class Outgoing:
    """How messages leave: the way out with its name in SENDERS, and the desk's address for links."""

    sender: Sender
    name: str
    base: str
    render: Render | None = None
    """What makes attachments; by default the packet's documents."""


class Watch:
    """What a process that looks again and again remembers: deals at which there is nothing to see for now."""

    def __init__(self) -> None:
        self._quiet: dict[str, tuple[tuple[int, str], datetime | None]] = {}

    def rests(self, deal: str, stamp: tuple[int, str], now: datetime) -> bool:
        """Whether nothing can have become due: nothing happened to it, and its time has not come."""
        seen, until = self._quiet.get(deal, (None, now))
        return seen == stamp and (until is None or now < until)

    def saw(self, deal: str, stamp: tuple[int, str], until: datetime | None, now: datetime) -> None:
        """Looked at; what changed in this very second may change again within it."""
        if stamp[1] < _iso(now - timedelta(seconds=1)):
            self._quiet[deal] = (stamp, until)


def tick_clocks(
    desk: Desk, out: Outgoing, *, holder: str, dry_run: bool = False, watch: Watch | None = None
) -> Ticked:
    """Look once. `holder` names this process: one at a time does it, across all that share the store.

    `watch` spares a process that looks every minute all deals at which nothing can have changed.
    """
    watch = watch or Watch()
    if dry_run:
        return _planned(desk, watch, base=None)
    now = desk.now()
    with desk.store.write() as connection:
        if not take_turn(connection, TURN, holder, _iso(now), _iso(now + LONGEST_TURN)):
            return Ticked(busy=True)
    try:
        return _looked(desk, out, watch)
    finally:
        with desk.store.write() as connection:
            end_turn(connection, TURN, holder)


def _looked(desk: Desk, out: Outgoing, watch: Watch) -> Ticked:
    given_up = take_up_abandoned(desk.store, out.sender, out.name, desk.now())
    found = _planned(desk, watch, out.base)
    render = (out.render or partial(_render, desk)) if out.sender.attaches else None
    sent = send_waiting(desk.store, out.sender, out.name, desk.policy, desk.now, render)
    if out.sender.delivers and out.sender.attaches:
        _note_agendas(desk)
    return Ticked(found.made, [*given_up, *sent], found.problems)


def _planned(desk: Desk, watch: Watch, base: str | None) -> Ticked:
    """The messages that are due and new; kept where `base` says to which desk they lead."""
    ticked, now = Ticked(), desk.now()
    with desk.store.read() as connection:
        stamps = find_stamps(connection)
    for deal, stamp_ in stamps.items():
        if watch.rests(deal, stamp_, now):
            continue
        try:
            ticked.made.extend((deal, plan) for plan in _look_at(desk, deal, stamp_, watch, base))
        except HandoffError as error:
            ticked.problems.append(f"{deal}: {error}")
        except Exception as error:  # one deal that we do badly must not stop the clocks of the others
            LOG.exception("the clocks of %s", deal)
            ticked.problems.append(f"{deal}: {type(error).__name__}; the log has more")
    return ticked


def _look_at(
    desk: Desk, deal: str, seen: tuple[int, str], watch: Watch, base: str | None
) -> list[Plan]:
    """The deal's new messages."""
    now = desk.now()
    with desk.store.read() as connection:
        row, known = find_deal(connection, deal), known_keys(connection, deal)
    if row.known.practice is not None:  # made up: nobody is told of it
        watch.saw(deal, seen, None, now)
        return []
    facts = facts_now(desk, row)
    running = clocks(facts, desk.policy, now)
    due = plans(deal, facts, running, desk.policy, now, _ae_names(desk, row))
    new = [plan for plan in due if plan.key not in known]
    if base is not None:
        _keep(desk, row, new, base)
        watch.saw(deal, seen, quiet_until(facts, running, desk.policy, now), now)
    return new


def _ae_names(desk: Desk, row: DealRow) -> set[str]:
    owner = {person.name for person in _people(desk) if person.login == row.owner}
    return owner | ({row.known.ae} if row.known.ae else set())


def _keep(desk: Desk, row: DealRow, new: Sequence[Plan], base: str) -> None:
    if not new:
        return
    at = _iso(desk.now())
    rows = message_rows(list(new), row, receivers(desk, row), desk.policy, base, at)
    with desk.store.write() as connection:
        for message in rows:
            add_message(connection, message)


def receivers(desk: Desk, row: DealRow) -> Receivers:
    """Role -> who has it for this deal: the AE and CSM it is given to, the CS manager it names, else all."""
    people = _people(desk)
    found: Receivers = {role: [_card(p) for p in people if p.role == role] for role in EVERYBODY}
    if named := [p for p in people if p.role == "cs_manager" and p.name == row.known.cs_manager]:
        found["cs_manager"] = [_card(person) for person in named]
    found["ae"] = [_find(people, row.owner)]
    found["csm"] = [_find(people, row.csm)] if row.csm else []
    return found


def _note_agendas(desk: Desk) -> None:
    """The agenda that went out with a message is noted as sent, as if a person had done it."""
    with desk.store.read() as connection:
        since = _iso(desk.now() - timedelta(days=2))
        sent = find_messages(connection, states=SENT, kind="meeting", since=since)
        rows = [find_deal(connection, message.deal) for message in sent]
    for message, row in zip(sent, rows, strict=True):
        if row.version and _waits_for_agenda(desk, facts_now(desk, row), message.key):
            try:
                record_event(desk, HANDOFF, row.id, row.version, kind="agenda_sent", at=message.changed_at)
            except StaleVersion:
                LOG.info("the agenda of %s is noted next time", row.id)


def _waits_for_agenda(desk: Desk, facts: Facts, key: str) -> bool:
    meeting = facts.last("meeting_scheduled")
    if meeting is None or meeting.planned_for is None or key != f"meeting:{stamp(meeting.planned_for)}":
        return False
    return any(clock.is_open for clock in of_rows(clocks(facts, desk.policy, desk.now()), "agenda"))


def _render(desk: Desk, deal: str, version: int, name: str) -> bytes | None:
    if name not in DOCUMENTS:
        return None
    with desk.store.read() as connection:
        content = packet_bytes(connection, deal, version)
    return DOCUMENTS[name](Packet.model_validate_json(content), desk.policy)


def _people(desk: Desk) -> Sequence[User]:
    return (desk.people or tuple)()


def _find(people: Sequence[User], login: str) -> dict[str, str | None]:
    nobody = {"login": login, "name": login, "email": None}
    return next((_card(person) for person in people if person.login == login), nobody)


def _card(person: User) -> dict[str, str | None]:
    return {"login": person.login, "name": person.name, "email": person.email}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
