"""Where every verb begins: the deal is found, the right is checked, the version seen is the newest one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from assistant import review
from assistant.desk.words import what_happened
from assistant.packet import Deal, Decision, Packet
from assistant.protocol.handoffs import Handoff
from assistant.protocol.policy import Policy
from assistant.protocol.rights import ROLE_NAMES, NotAllowed, User, Verb, may, reach, who_may
from assistant.readers import Reader
from assistant.store import Store
from assistant.store.deals import DealRow, NoSuchDeal, change_deal, find_deal
from assistant.store.packets import (
    StaleVersion,
    VersionRow,
    add_version,
    find_versions,
    packed,
    packet_bytes,
)
from extractors.speech.worker import Ears


@dataclass(frozen=True)
class Desk:
    """What the verbs work with. The door makes it: the store, the policy, a clock, a reader."""

    store: Store
    policy: Policy
    now: Callable[[], datetime]
    """The time, aware."""
    reader: str | Reader = "embedded"
    reader_of: Callable[[str], Reader] | None = None
    """Makes the reader for the deal of that id, so that what a chat model is paid for goes with it."""
    people: Callable[[], Sequence[User]] | None = None
    """Everybody who may sign in; None: nobody checks whether a deal is given to somebody who is there."""
    scratch: Path | None = None
    """Where a deal's files are laid out while they are read; None: the system's folder for such."""
    most_bytes: int = 100_000_000
    """Of one file."""
    templates: Path | None = None
    """The company's own Word templates."""
    ears: Callable[[Deal], Ears] | None = None
    """What hears a deal's recordings; raises HandoffError with the remedies where there is nothing."""

    recent: RecentPackets = field(default_factory=lambda: RecentPackets())
    glances: dict[str, tuple[str, Handoff]] = field(default_factory=dict)
    """What reports count, by deal, with the digest of what it was counted from."""

    def stamp(self) -> str:
        """The time as it is stored: ISO in UTC, to the second."""
        return self.now().astimezone(UTC).isoformat(timespec="seconds")


class RecentPackets:
    """Versions that were read last: they never change, so they can be shown again once rights were asked."""

    def __init__(self, most: int = 32) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[tuple[str, int], Packet] = OrderedDict()

    def get(self, deal: str, version: int) -> Packet | None:
        """The packet, if it is at hand."""
        with self._lock:
            if found := self._kept.get((deal, version)):
                self._kept.move_to_end((deal, version))
            return found

    def put(self, deal: str, version: int, packet: Packet) -> None:
        """Keep it until others were needed more recently."""
        with self._lock:
            self._kept[deal, version] = packet
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


@dataclass(frozen=True)
class Opened:
    """One version of a packet, with its deal. Give `version` back with every decision."""

    deal: DealRow
    version: int
    packet: Packet

    @property
    def is_newest(self) -> bool:
        return self.version == self.deal.version


def allowed(desk: Desk, user: User, verb: Verb, deal: str) -> DealRow:
    """The deal, when the user may do that with it.

    Raises NoSuchDeal where the user may not even see it, NotAllowed where they may see but not do it.
    """
    with desk.store.read() as connection:
        row = find_deal(connection, deal)
    return see_right(user, verb, row)


def see_right(user: User, verb: Verb, row: DealRow) -> DealRow:
    """The deal again, or NoSuchDeal, or NotAllowed."""
    if not may(user, "see", owner=row.owner, csm=row.csm):
        raise NoSuchDeal(f"There is no deal '{row.id}' for you. The list of deals shows those that are.")
    if may(user, verb, owner=row.owner, csm=row.csm, status=row.status):
        return row
    if reach(user, verb) and row.status in ("submitted", "accepted"):
        raise NotAllowed(f"The packet is {row.status}: customer success has it now. Ask them to return it.")
    raise NotAllowed(f"{who_may(verb)} may do that ({verb.replace('_', ' ')}), not {ROLE_NAMES[user.role]}.")


def opened(desk: Desk, user: User, deal: str, version: int | None = None) -> Opened:
    """That version of the deal's packet, the newest by default. Raises NotDrafted where there is none."""
    with desk.store.read() as connection:
        row = see_right(user, "see", find_deal(connection, deal))
        number = row.version if version is None else version
        if found := desk.recent.get(deal, number):
            return Opened(row, number, found)
        content = packet_bytes(connection, deal, number)
    packet = Packet.model_validate_json(content)
    desk.recent.put(deal, number, packet)
    return Opened(row, number, packet)


def decided(
    desk: Desk, user: User, verb: Verb, deal: str, version: int, action: str, subject: str, **more: Any
) -> Opened:
    """One decision: right checked, packet changed, version, deal and audit line stored in one transaction.

    Raises StaleVersion when the packet is newer than `version`.
    """
    seen = opened(desk, user, deal)
    see_right(user, verb, seen.deal)
    decision = Decision(at=desk.stamp(), by=user.name, action=action, subject=subject, **more)
    if seen.version != version:
        with desk.store.read() as connection:
            raise StaleVersion(find_versions(connection, deal, after=version))
    packet = review.decide(seen.packet, decision, desk.policy)
    return stored(desk, user, seen, packet, decision, verb)


def stored(
    desk: Desk, user: User, seen: Opened, packet: Packet, decision: Decision, verb: Verb
) -> Opened:
    """The packet as the next version after `seen`."""
    deal, at = seen.deal.id, decision.at
    made = VersionRow(
        seen.version + 1, at, user.login, user.name, decision.action, what_happened(decision, seen.packet)
    )
    content = packed(packet)
    with desk.store.write() as connection:
        see_right(user, verb, find_deal(connection, deal))  # it may have changed hands meanwhile
        add_version(connection, deal, packet, made, content)
        if times := _times(decision, seen.deal):
            change_deal(connection, deal, **times)
        row = find_deal(connection, deal)
    desk.recent.put(deal, made.version, packet)
    return Opened(row, made.version, packet)


def _times(decision: Decision, row: DealRow) -> dict[str, Any]:
    if decision.action == "submit":
        return {"submitted_at": decision.at}
    if decision.action == "reject":
        return {"returned_at": decision.at, "rejections": row.rejections + 1}
    return {"returned_at": decision.at} if decision.action == "request_revision" else {}
