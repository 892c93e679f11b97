"""Verbs about being ready to start: the items with what proves them, a person's ticks, who has room."""

from __future__ import annotations

from collections import Counter

from assistant import review
from assistant.desk.place import Desk, Opened, decided, opened, stored
from assistant.errors import HandoffError
from assistant.packet import Decision
from assistant.protocol.capacity import Load, capacity_words, is_open, load_of
from assistant.protocol.events import SUBJECT as EVENT
from assistant.protocol.events import happened
from assistant.protocol.readiness import SUBJECT, ReadinessItem, readiness, readiness_label
from assistant.protocol.rights import ROLE_NAMES, NotAllowed, User, reach, who_may
from assistant.store.deals import find_deals
from assistant.store.packets import StaleVersion

TRIES = 5


def ready_items(
    desk: Desk, user: User, deal: str, version: int | None = None
) -> tuple[ReadinessItem, ...]:
    """What must be true before work starts, each proven, ticked or open; the CSM's room counted now."""
    seen = opened(desk, user, deal, version)
    load = _load(desk, seen.deal.csm) if seen.deal.csm else None
    return readiness(seen.packet, desk.policy, load)


def tick_ready(
    desk: Desk, user: User, deal: str, version: int, *, item: str, done: bool = True, note: str | None = None
) -> Opened:
    """A person says that the item (its id) is true, or takes that back."""
    if readiness_label(item) is None:
        raise HandoffError(f"There is no item '{item[:60]}' to be ready. Choose one that the list shows.")
    action, words = "tick" if done else "untick", (note or "").strip() or None
    return decided(desk, user, "tick", deal, version, action, SUBJECT + item, reason=words)


def capacity(desk: Desk, user: User) -> tuple[Load, ...]:
    """Every CSM with their open handoffs and their limit, the one with most room first.

    For those who assign. Raises NotAllowed for others.
    """
    if reach(user, "assign_csm") is None:
        raise NotAllowed(f"{who_may('assign_csm')} may see who has room, not {ROLE_NAMES[user.role]}.")
    open_handoffs = _open_handoffs(desk)
    names = _names(desk)
    logins = sorted({*names, *open_handoffs})
    loads = [load_of(login, names.get(login, login), open_handoffs[login], desk.policy) for login in logins]
    return tuple(sorted(loads, key=lambda load: (-load.room, load.login)))


def note_room(desk: Desk, user: User, deal: str, csm: str) -> None:
    """After an assignment: the packet is told that the CSM has no room, or that the one before had none."""
    load = _load(desk, csm)
    for _ in range(TRIES):
        seen = opened(desk, user, deal)
        was_short = happened(seen.packet, "capacity_short") is not None
        if not load.is_over and not was_short:
            return
        action = "record" if load.is_over else "unrecord"
        decision = Decision(
            at=desk.stamp(), by=user.name, action=action, subject=f"{EVENT}capacity_short",
            text=capacity_words(load) if load.is_over else None,
        )  # fmt: skip
        packet = review.decide(seen.packet, decision, desk.policy)
        try:
            stored(desk, user, seen, packet, decision, "assign_csm")
        except StaleVersion:
            continue
        return


def _load(desk: Desk, csm: str) -> Load:
    return load_of(csm, _names(desk).get(csm, csm), _open_handoffs(desk, csm)[csm], desk.policy)


def _open_handoffs(desk: Desk, csm: str | None = None) -> Counter[str]:
    """Open handoffs by the CSM's login; of one CSM where one is given."""
    with desk.store.read() as connection:
        rows = find_deals(connection, csm=csm)
    return Counter(row.csm for row in rows if row.csm and is_open(row.status, row.moments))


def _names(desk: Desk) -> dict[str, str]:
    return {person.login: person.name for person in (desk.people or tuple)() if person.role == "csm"}
