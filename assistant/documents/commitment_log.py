"""The commitment log: one row a promise, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from assistant.packet import Commitment, Evidence, Packet

COLUMNS = (
    "number", "id", "party", "owner", "speaker", "category", "promise", "due", "verdict", "relation",
    "quote", "source", "locator", "contract quote", "contract locator", "status",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def commitment_log(packet: Packet) -> bytes:
    """CSV in UTF-8 with a byte order mark, so that spreadsheets read it as UTF-8; lines end in CRLF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, commitment in enumerate(packet.commitments, start=1):
        writer.writerow([harmless(entry) for entry in _row(number, commitment, packet)])
    return text.getvalue().encode("utf-8-sig")


def harmless(entry: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would compute."""
    stripped = entry.lstrip(" \u00a0")
    return "'" + entry if entry.startswith(FORMULA_STARTS) or stripped.startswith(FORMULA_STARTS) else entry


def owner_of(commitment: Commitment, packet: Packet) -> str:
    """Who sees to it: whom a reviewer named, else the CSM for ours and who promised for the customer's."""
    if commitment.owner:
        return commitment.owner
    if commitment.party == "vendor":
        return packet.deal.csm or ""
    return commitment.speaker or packet.deal.account or ""


def _row(number: int, c: Commitment, packet: Packet) -> list[str]:
    said = c.evidence[-2:-1] if c.verdict == "withdrawn" and len(c.evidence) > 1 else c.evidence[-1:]
    promise, contract = _first(said), _first(c.contract_evidence)
    return [
        str(number), c.id, c.party, owner_of(c, packet), c.speaker or "", c.category, c.text, c.due or "",
        c.verdict, c.relation or "", *promise, contract[0], f"{contract[1]}, {contract[2]}".strip(", "),
        "withdrawn" if c.verdict == "withdrawn" else "open",
    ]  # fmt: skip


def _first(evidence: tuple[Evidence, ...]) -> tuple[str, str, str]:
    return (evidence[0].quote, evidence[0].source, evidence[0].locator) if evidence else ("", "", "")
