"""The whole store as one zip of rows, the same for both databases; a restore fills an empty store with it."""

from __future__ import annotations

import base64
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select, text

from assistant.errors import HandoffError
from assistant.store import tables
from assistant.store.deals import number_of
from assistant.store.engine import Store
from assistant.store.message_tables import messages
from assistant.store.recording_table import recordings
from assistant.store.schema import HEAD

KEPT = (
    tables.deals, tables.blobs, tables.sources, tables.texts, tables.packets, tables.answers, tables.audit,
    tables.crm_links, tables.crm_writes, messages,
    recordings,
)  # fmt: skip
"""In an order in which each row finds what it refers to. No sessions, no tokens: a copy lets nobody in."""
ABOUT = "about.json"
BATCH = 200


def write_backup(store: Store, file: Path) -> int:
    """Write all rows as they are at one moment; the number of rows. Nothing is left where it fails."""
    if file.exists():
        raise HandoffError(f"{file} is there already. Choose another name; a backup overwrites nothing.")
    part = file.with_name(file.name + ".part")
    try:
        handle = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as bundle:
            rows = _write_tables(store, bundle)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise HandoffError(f"Cannot write {file}: {error.strerror}. Choose another place.") from None
    return rows


def read_backup(store: Store, file: Path) -> int:
    """Fill an empty store, all or nothing; the number of rows."""
    try:
        with zipfile.ZipFile(file) as bundle, store.write() as connection:
            _see_fit(bundle, connection)
            rows = sum(_read_table(bundle, connection, table) for table in KEPT)
            _count_on(connection)
            return rows
    except OSError as error:
        raise HandoffError(f"Cannot read {file}: {error.strerror}.") from None
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise HandoffError(f"{file} is no backup, or it is damaged. Nothing was changed.") from None


def _write_tables(store: Store, bundle: zipfile.ZipFile) -> int:
    rows = 0
    with store.read() as connection:
        if not store.is_sqlite:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        bundle.writestr(ABOUT, json.dumps({"kind": "handoff backup", "schema": HEAD}))
        for table in KEPT:
            with bundle.open(f"{table.name}.jsonl", "w", force_zip64=True) as out:
                for row in connection.execution_options(yield_per=BATCH).execute(select(table)).mappings():
                    out.write(json.dumps(_plain(dict(row), table), ensure_ascii=False).encode() + b"\n")
                    rows += 1
    return rows


def _see_fit(bundle: zipfile.ZipFile, connection: Connection) -> None:
    about = json.loads(bundle.read(ABOUT))
    if about.get("schema") != HEAD:
        raise HandoffError(
            f"The backup is of another handoff (migration {about.get('schema')}; this one knows {HEAD}). "
            "Restore it with that one, then update."
        )
    for table in (tables.deals, tables.audit):
        if connection.execute(select(func.count()).select_from(table)).scalar():
            raise HandoffError("The store is not empty. Restore into a new one: set HANDOFF_DATA_DIR anew.")


def _read_table(bundle: zipfile.ZipFile, connection: Connection, table: Table) -> int:
    rows = 0
    with bundle.open(f"{table.name}.jsonl") as lines:
        for batch in _batches(lines):
            connection.execute(insert(table), [_typed(json.loads(line), table) for line in batch])
            rows += len(batch)
    return rows


def _batches(lines: Any) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _count_on(connection: Connection) -> None:
    """The next deal's number follows the highest one that was ever given, deleted deals included."""
    named = connection.execute(select(tables.audit.c.deal).where(tables.audit.c.deal.is_not(None)).distinct())
    numbers = [number_of(row.deal) for row in named]
    numbers += list(connection.execute(select(tables.deals.c.number)).scalars())
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = 'deal'"))
        command = "INSERT INTO sqlite_sequence (name, seq) VALUES ('deal', :highest)"
    else:
        command = "SELECT setval(pg_get_serial_sequence('deal', 'number'), :highest)"
    if numbers:
        connection.execute(text(command), {"highest": max(numbers)})


def _plain(row: dict[str, Any], table: Table) -> dict[str, Any]:
    return {
        name: base64.b64encode(value).decode() if isinstance(table.c[name].type, LargeBinary) else value
        for name, value in row.items()
    }


def _typed(row: dict[str, Any], table: Table) -> dict[str, Any]:
    return {
        name: base64.b64decode(value) if isinstance(table.c[name].type, LargeBinary) else value
        for name, value in row.items()
    }
