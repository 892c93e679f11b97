"""Deals as the list shows them: who owns them, where they stand, what is open."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, delete, insert, select, update

from assistant.errors import HandoffError
from assistant.packet import Deal, Packet, Status
from assistant.protocol.moments import Moment, moments_of
from assistant.store.tables import answers, blobs, deals, sources

PREFIX = "deal-"
MOMENTS = TypeAdapter(tuple[Moment, ...])


class NoSuchDeal(HandoffError):  # noqa: N818 - reads as what it says
    """There is no such deal, or it is none of the asker's: the two are told alike."""


@dataclass(frozen=True)
class DealRow:
    """A deal at a glance. `id` is "deal-7"; `owner` and `csm` are logins; times are ISO text in UTC."""

    id: str
    known: Deal
    owner: str
    csm: str | None
    status: Status
    version: int
    """Of the newest packet; 0: not drafted yet."""
    account: str
    vendor: str
    segment: str | None
    created_at: str
    changed_at: str
    submitted_at: str | None
    returned_at: str | None
    """When CS last rejected it or asked for a revision."""
    rejections: int
    points: float | None
    knowable: float | None
    blockers: int
    majors: int
    minors: int
    """Open findings, those that were waived left out."""
    moments: tuple[Moment, ...] | None = None
    """What happened so far; None where the newest packet was stored by an older handoff."""


def number_of(deal: str) -> int:
    """7 for "deal-7". Raises NoSuchDeal for anything else."""
    digits = deal.removeprefix(PREFIX)
    if not deal.startswith(PREFIX) or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise NoSuchDeal(f"There is no deal '{deal[:40]}' for you. The list of deals shows those that are.")
    return int(digits)


def add_deal(connection: Connection, known: Deal, owner: str, csm: str | None, at: str) -> str:
    """A new deal without packet; its id."""
    row = {
        "known": known.model_dump(mode="json"), "owner": owner, "csm": csm, "status": "draft", "version": 0,
        "account": known.account or "", "vendor": known.vendor or "", "segment": known.segment,
        "created_at": at, "changed_at": at, "rejections": 0, "blockers": 0, "majors": 0, "minors": 0,
    }  # fmt: skip
    number = connection.execute(insert(deals).values(row).returning(deals.c.number)).scalar_one()
    return f"{PREFIX}{number}"


def find_deal(connection: Connection, deal: str) -> DealRow:
    """The deal of that id. Raises NoSuchDeal."""
    row = connection.execute(select(deals).where(deals.c.number == number_of(deal))).mappings().one_or_none()
    if row is None:
        raise NoSuchDeal(f"There is no deal '{deal}' for you. The list of deals shows those that are.")
    return _row(dict(row))


def find_deals(connection: Connection, owner: str | None = None, csm: str | None = None) -> list[DealRow]:
    """All deals, last changed first; only those of an owner or a CSM where one is given."""
    query: Select[Any] = select(deals).order_by(deals.c.changed_at.desc(), deals.c.number.desc())
    if owner is not None:
        query = query.where(deals.c.owner == owner)
    if csm is not None:
        query = query.where(deals.c.csm == csm)
    return [_row(dict(row)) for row in connection.execute(query).mappings()]


def find_stamps(connection: Connection) -> dict[str, tuple[int, str]]:
    """Deal -> the version of its packet and when it last changed, in order of making: to see what is new."""
    query = select(deals.c.number, deals.c.version, deals.c.changed_at).order_by(deals.c.number)
    return {f"{PREFIX}{row.number}": (row.version, row.changed_at) for row in connection.execute(query)}


def find_deals_before(
    connection: Connection, before: int | None, most: int, owner: str | None = None, csm: str | None = None
) -> list[DealRow]:
    """At most so many deals with a lower number than that one, the newest first."""
    query: Select[Any] = select(deals).order_by(deals.c.number.desc()).limit(most)
    for column, wanted in ((deals.c.owner, owner), (deals.c.csm, csm)):
        if wanted is not None:
            query = query.where(column == wanted)
    if before is not None:
        query = query.where(deals.c.number < before)
    return [_row(dict(row)) for row in connection.execute(query).mappings()]


def change_deal(connection: Connection, deal: str, **values: Any) -> None:
    """Set columns of the deal."""
    connection.execute(update(deals).where(deals.c.number == number_of(deal)).values(**values))


def at_a_glance(packet: Packet) -> dict[str, Any]:
    """The columns that a packet fills."""
    still = [f.severity for f in packet.findings if f.is_open]
    score = packet.score
    return {
        "status": packet.status, "account": packet.deal.account or "",
        "vendor": packet.deal.vendor or "", "segment": packet.deal.segment,
        "points": score.known if score else None, "knowable": score.knowable if score else None,
        "blockers": still.count("blocker"), "majors": still.count("major"), "minors": still.count("minor"),
        "moments": [moment.model_dump(mode="json") for moment in moments_of(packet.decisions)],
    }  # fmt: skip


def delete_deal(connection: Connection, deal: str) -> None:
    """Delete the deal with its files, packets and kept answers; bytes that another deal has too stay."""
    connection.execute(delete(deals).where(deals.c.number == number_of(deal)))
    connection.execute(delete(answers).where(answers.c.deal == deal))
    drop_unused_blobs(connection)


def drop_unused_blobs(connection: Connection) -> None:
    """Delete bytes that no deal has any more."""
    connection.execute(delete(blobs).where(blobs.c.sha256.not_in(select(sources.c.sha256))))


def _row(row: dict[str, Any]) -> DealRow:
    row["id"] = f"{PREFIX}{row.pop('number')}"
    row["known"] = Deal.model_validate(row["known"])
    if row["moments"] is not None:
        row["moments"] = MOMENTS.validate_python(row["moments"], strict=False)
    return DealRow(**{field.name: row[field.name] for field in fields(DealRow)})
