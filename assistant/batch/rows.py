"""What a batch tells of a deal: one row of a table, of a CSV file, of the ledger."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from assistant.documents.commitment_log import harmless
from assistant.documents.words import VERDICTS, account_of
from assistant.errors import HandoffError
from assistant.packet import Packet


@dataclass(frozen=True)
class Row:
    """One deal of a batch. An `error` says in one line why there is no packet; the numbers are then 0."""

    deal: str
    key: str
    account: str = ""
    verdicts: dict[str, int] = field(default_factory=dict)
    """Promises by verdict."""
    blockers: int = 0
    missing: tuple[str, ...] = ()
    """Mandatory categories of which nothing is known."""
    known: float | None = None
    knowable: float | None = None
    """The score: points known out of points knowable now."""
    unread: int = 0
    """Files that could not be read."""
    seconds: float = 0.0
    calls: int = 0
    """Of the model, those that were kept from before left out."""
    tokens: int = 0
    cost: float = 0.0
    """US dollars that this draft cost, answers kept from before included; so are `tokens`."""
    quotes_rejected: int = 0
    error: str = ""
    kept: bool = False
    """It was drafted by an earlier run and not again."""
    desk: str = ""
    """The deal at the review desk, where it was brought there."""
    desk_state: str = ""
    """new, redrafted, left (alone) or failed."""
    version: int = 0
    """Of the packet at the desk, where it was drafted for it."""


NAMES = {one.name for one in fields(Row)}


def row_of(deal: str, key: str, packet: Packet, seconds: float) -> Row:
    """The row of a packet that was just drafted."""
    counts: dict[str, int] = {v: sum(c.verdict == v for c in packet.commitments) for v in VERDICTS}
    run, score = packet.run, packet.score
    return Row(
        deal=deal, key=key, account=account_of(packet), verdicts=counts,
        blockers=sum(f.severity == "blocker" and f.is_open for f in packet.findings),
        missing=tuple(f.category for f in packet.findings if f.rule == "missing-category"),
        known=score.known if score else None, knowable=score.knowable if score else None,
        unread=len(packet.unread), seconds=round(seconds, 2), calls=run.calls - run.calls_reused,
        tokens=run.tokens, cost=run.cost, quotes_rejected=run.quotes_rejected,
    )  # fmt: skip


def to_plain(row: Row) -> dict[str, Any]:
    """The row as plain values."""
    return {**asdict(row), "missing": list(row.missing)}


def from_plain(values: dict[str, Any]) -> Row:
    """The row again; what another version wrote beside it is left out."""
    known = {name: value for name, value in values.items() if name in NAMES}
    return Row(**{**known, "missing": tuple(known.get("missing", ()))})


COLUMNS = (
    "deal", "account", *VERDICTS, "blockers", "missing categories", "points", "of", "files not read",
    "seconds", "model calls", "tokens", "cost in dollars", "at the desk", "deal at the desk", "error",
)  # fmt: skip


def cells(row: Row) -> list[str]:
    """The row under COLUMNS."""
    return [
        row.deal, row.account, *(str(row.verdicts.get(v, 0)) for v in VERDICTS), str(row.blockers),
        ", ".join(word.replace("_", " ") for word in row.missing), _points(row.known), _points(row.knowable),
        str(row.unread), f"{row.seconds:.2f}", str(row.calls), str(row.tokens), f"{row.cost:.4f}",
        row.desk_state, row.desk, row.error,
    ]  # fmt: skip


def _points(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def write_csv(rows: Iterable[Row], file: Path) -> Path:
    """A line a deal, UTF-8 with a byte order mark; nothing in it is computed by a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([harmless(cell) for cell in cells(row)])
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise HandoffError(f"Cannot write {file}: {error.strerror}. Choose another --out.") from None
    return file


def totals(rows: Sequence[Row]) -> dict[str, Any]:
    """The batch in one line of numbers."""
    good = [row for row in rows if not row.error]
    return {
        "deals": len(rows),
        "drafted": sum(not row.kept for row in good),
        "kept": sum(row.kept for row in good),
        "failed": len(rows) - len(good),
        "promises": {v: sum(row.verdicts.get(v, 0) for row in good) for v in VERDICTS},
        "blockers": sum(row.blockers for row in good),
        "deals_with_blockers": sum(row.blockers > 0 for row in good),
        "files_not_read": sum(row.unread for row in good),
        "model_calls": sum(row.calls for row in good if not row.kept),
        "tokens": sum(row.tokens for row in good),
        "cost": round(sum(row.cost for row in good), 4),
        "desk": dict(sorted(Counter(row.desk_state for row in rows if row.desk_state).items())),
    }
