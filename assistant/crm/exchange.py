"""Every other CRM: its export as CSV or JSON in, our record as CSV or JSON out, by a mapping file.

    [in]                           # fact of the deal = column, or path within JSON: "company.name"
    id = "Deal ID"
    account = "Company"
    closed_at = "Close date"
    won = "Stage"
    owner_email = "Owner"
    [values]
    won = ["Closed Won"]           # what the column `won` holds for deals that are won; without it all are
    [out]                          # column = property of the record, or id, deal, account
    "Deal ID" = "id"
    "Handoff status" = "status"
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.crm.nouns import Fetched
from assistant.crm.reading import closed, number, words
from assistant.crm.record import FIELDS
from assistant.documents.commitment_log import FORMULA_STARTS
from assistant.errors import HandoffError
from assistant.packet import Deal

ORIGIN = "file"
MOST_BYTES = 50_000_000
KEYS = ("id", "name", "won", "owner_email", "account", "account_domain", "ae", "se", "csm", "segment",
        "value", "currency", "country", "purchase_order", "closed_at")  # fmt: skip
ALSO_OUT = ("id", "deal", "account")


class Mapping(BaseModel):
    """A mapping file."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    taken: dict[str, str] = Field({}, alias="in")
    values: dict[str, list[str]] = {}
    out: dict[str, str] = {}


def read_mapping(path: Path) -> Mapping:
    """The mapping in the file. Raises HandoffError that names the key."""
    try:
        found = Mapping.model_validate(tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise HandoffError(f"{path.name} is no TOML: {error}. Correct that line.") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise HandoffError(f"{path.name}: '{where}': {first['msg']}. It has [in], [values], [out].") from None
    known = (("in", found.taken, KEYS), ("values", found.values, ("won",)))
    for name, given, keys in known:
        for key in given:
            _see(path, f"{name}.{key}", key, keys)
    for column, key in found.out.items():
        _see(path, f"out.{column}", key, (*ALSO_OUT, *FIELDS))
    if found.taken and "id" not in found.taken:
        raise HandoffError(f"{path.name}: [in] needs `id`: the column that tells deals apart.")
    return found


def read_export(path: Path, mapping: Mapping) -> tuple[list[Fetched], list[str]]:
    """The deals in the file, and (row, why) in one line for each that is none."""
    deals, refused = list[Fetched](), list[str]()
    for count, row in enumerate(_rows(path), 1):
        try:
            deals.append(_fetched(row, mapping))
        except (HandoffError, ValidationError) as error:
            told = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            refused.append(f"row {count}: {told}")
    return deals, refused


def write_export(path: Path, records: Sequence[dict[str, Any]], mapping: Mapping) -> None:
    """One row a deal, with the mapping's columns; JSON where the file is called so, else CSV."""
    rows = [{column: record.get(key) for column, key in mapping.out.items()} for record in records]
    as_json = path.suffix.lower() == ".json"
    text = json.dumps(rows, indent=2, ensure_ascii=False) + "\n" if as_json else _csv(rows, mapping)
    try:
        part = path.with_name(path.name + ".part")
        part.write_text(text, "utf-8")
        part.replace(path)
    except OSError as error:
        raise HandoffError(f"Cannot write {path}: {error.strerror}. Choose another place.") from None


def _csv(rows: Iterable[dict[str, Any]], mapping: Mapping) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(mapping.out), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: _safe(value) for column, value in row.items()})
    return out.getvalue()


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _fetched(row: dict[str, Any], mapping: Mapping) -> Fetched:
    taken = {key: _at(row, place) for key, place in mapping.taken.items()}
    id_ = words(taken, "id", most=200)
    if not id_:
        raise HandoffError("it has no id")
    won = mapping.values.get("won")
    is_won = won is None or words(taken, "won") in won
    facts = {key: words(taken, key) or None for key in KEYS[4:-1] if key != "value"}
    deal = Deal.model_validate(
        {**facts, "value": number(taken.get("value")), **closed(taken.get("closed_at"), is_won)}
    )
    name, mail = words(taken, "name") or deal.account or id_, words(taken, "owner_email") or None
    return Fetched(id_, deal, name, mail, is_won)


def _at(row: dict[str, Any], place: str) -> Any:
    """The column of that name, else the place within nested objects."""
    if place in row:
        return row[place]
    found: Any = row
    for part in place.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found if not isinstance(found, (dict, list)) else None


def _rows(path: Path) -> list[dict[str, Any]]:
    text = _text(path)
    if path.suffix.lower() != ".json":
        rows = csv.DictReader(io.StringIO(text, newline=""), dialect=_dialect(text))
        return [{str(key): value for key, value in row.items()} for row in rows]
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise HandoffError(f"{path.name} is no JSON. Export it again.") from None
    if isinstance(found, dict):
        found = next((value for value in found.values() if isinstance(value, list)), [found])
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise HandoffError(f"{path.name} holds no list of deals. Export a list of objects.")
    return found


def _dialect(text: str) -> type[csv.Dialect]:
    try:
        return csv.Sniffer().sniff(text[:10_000], delimiters=",;\t|")
    except csv.Error:
        return csv.excel


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise HandoffError(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB: split it.")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise HandoffError(f"Cannot read {path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise HandoffError(f"{path.name} is not UTF-8 text. Save it as UTF-8.") from None


def _see(path: Path, where: str, key: str, known: tuple[str, ...]) -> None:
    if key not in known:
        raise HandoffError(f"{path.name}: '{where}': '{key}' is none of {', '.join(known)}.")
