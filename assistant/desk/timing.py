"""The clocks of deals, as the desk shows them. No packet is opened: what happened stands beside the deal."""

from __future__ import annotations

from assistant.desk.place import Desk, allowed
from assistant.packet import Packet
from assistant.protocol.clocks import Clock, clocks
from assistant.protocol.moments import Facts, moments_of
from assistant.protocol.rights import User
from assistant.store.deals import DealRow
from assistant.store.packets import packet_bytes


def deal_clocks(desk: Desk, user: User, deal: str) -> tuple[Clock, ...]:
    """Every clock of the deal as it stands now, also before it has a packet; see protocol.clocks."""
    return clocks_now(desk, allowed(desk, user, "see", deal))


def clocks_now(desk: Desk, row: DealRow) -> tuple[Clock, ...]:
    """The same for somebody who asked for the right already."""
    return clocks(facts_now(desk, row), desk.policy, desk.now())


def facts_now(desk: Desk, row: DealRow) -> Facts:
    """What is known of the deal today, and what happened."""
    if row.moments is not None or row.version == 0:
        return Facts(deal=row.known, moments=row.moments or ())
    with desk.store.read() as connection:
        content = packet_bytes(connection, row.id, row.version)
    return Facts(deal=row.known, moments=moments_of(Packet.model_validate_json(content).decisions))
