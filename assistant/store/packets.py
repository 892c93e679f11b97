"""Packets with every version. A version never changes; a decision makes the next one."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, fields

from sqlalchemy import Connection, select

from assistant.errors import HandoffError
from assistant.packet import Packet
from assistant.store.audit import append, digest_of
from assistant.store.deals import at_a_glance, change_deal, number_of
from assistant.store.tables import deals, packets
from assistant.store.writes import insert_once

SQUEEZE = 3
"""zlib's level: a third of the time of the default, for a tenth more bytes."""


@dataclass(frozen=True)
class VersionRow:
    """A version at a glance: who made it when (ISO, UTC), and one line that says what changed."""

    version: int
    at: str
    by: str
    by_name: str
    action: str
    what: str


class StaleVersion(HandoffError):  # noqa: N818 - reads as what it says
    """Somebody else changed the packet meanwhile; nothing was lost. `newer` tells who changed what."""

    def __init__(self, newer: list[VersionRow]) -> None:
        self.newer = newer
        said = "; ".join(f"{row.by_name}: {row.what}" for row in newer) or "somebody changed it"
        super().__init__(
            f"The packet changed while you had it open ({said}). Nothing of yours was saved over it: "
            "look at what is new, then decide again."
        )


class NotDrafted(HandoffError):  # noqa: N818 - reads as what it says
    """The deal has no packet, or not that version."""


def packed(packet: Packet) -> bytes:
    """The packet as it is stored; made before the transaction, so that nobody waits for it."""
    return zlib.compress(packet.model_dump_json().encode("utf-8"), SQUEEZE)


def add_version(
    connection: Connection, deal: str, packet: Packet, made: VersionRow, content: bytes
) -> None:
    """Store the packet as version `made.version`, update the deal, add the audit line: all or nothing.

    `content` is the packet, `packed`. Raises StaleVersion when that version is there already.
    """
    number = number_of(deal)
    row = {"deal": number, "version": made.version, "at": made.at, "by": made.by, "by_name": made.by_name,
           "action": made.action, "what": made.what, "content": content}  # fmt: skip
    current = connection.execute(
        select(deals.c.version).where(deals.c.number == number).with_for_update()
    ).scalar()
    if current != made.version - 1 or not insert_once(connection, packets, row):
        raise StaleVersion(find_versions(connection, deal, after=made.version - 1))
    change_deal(connection, deal, version=made.version, changed_at=made.at, **at_a_glance(packet))
    append(
        connection, at=made.at, by=made.by, action=made.action, deal=deal, version=made.version,
        digest=digest_of(content),
    )  # fmt: skip


def packet_bytes(connection: Connection, deal: str, version: int) -> bytes:
    """One version of the packet as JSON. Raises NotDrafted when there is none."""
    wanted = (packets.c.deal == number_of(deal)) & (packets.c.version == version)
    content = connection.execute(select(packets.c.content).where(wanted)).scalar()
    if content is None:
        raise NotDrafted(
            "This deal has no packet yet. Add its files and draft it."
            if version == 0
            else f"This packet has no version {version}. Its history lists those that it has."
        )
    return zlib.decompress(content)


def find_versions(connection: Connection, deal: str, after: int = 0) -> list[VersionRow]:
    """The versions after that one, oldest first."""
    names = (field.name for field in fields(VersionRow))
    later = (packets.c.deal == number_of(deal)) & (packets.c.version > after)
    query = select(*(packets.c[name] for name in names)).where(later)
    return [VersionRow(*row) for row in connection.execute(query.order_by(packets.c.version))]
