"""What CRMs hold as text, as values: numbers, names, days. Where it is none of them it is left out."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from typing import Any

from assistant.packet import Participant
from assistant.packet.deal import Side

LONGEST = 300


def words(given: dict[str, Any], key: str, *, most: int = LONGEST) -> str:
    """The text under the key, "" where there is none."""
    value = given.get(key)
    return str(value).replace("\x00", "").strip()[:most] if value is not None else ""


def number(value: Any) -> float | None:
    """A number as CRMs write it: 1,200.50 or 1200.5."""
    try:
        found = float(str(value).replace(",", "").replace(" ", "")) if value not in (None, "") else None
    except ValueError:
        return None
    return found if found is not None and math.isfinite(found) else None


def person(given: dict[str, Any], side: Side) -> Participant | None:
    """Somebody of that side; None without a name."""
    name = words(given, "name") or f"{words(given, 'firstname')} {words(given, 'lastname')}".strip()
    if not name:
        return None
    return Participant(
        name=name, side=side, title=words(given, "jobtitle") or None, email=words(given, "email") or None
    )


def moment(value: Any) -> datetime | None:
    """An ISO time, a day, or milliseconds since 1970, aware in UTC."""
    text = str(value).strip() if value is not None else ""
    try:
        if re.fullmatch(r"\d{12,14}", text):
            found = datetime.fromtimestamp(int(text) / 1000, UTC)
        else:
            found = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if 1990 <= found.year <= 2100 else None


def day(value: Any) -> date | None:
    """The day of it."""
    found = moment(value)
    return found.date() if found else None


def closed(value: Any, won: bool) -> dict[str, Any]:
    """The keys of the deal that a closing date fills: when it was won, or is expected to be."""
    if won:
        return {"closed_at": moment(value), "expected_close": day(value), "trigger": "post_close"}
    return {"expected_close": day(value), "trigger": "pre_close"}
