"""A draft of the review desk that a worker makes: the deal waits in the queue, and says how it stands.

The key is made of what the draft would read and the version that is there, so that asking twice is one draft.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from assistant import desk as verbs
from assistant.batch.jobs import fingerprint, identity_of
from assistant.batch.rows import Row, row_of
from assistant.desk import Desk
from assistant.desk.outdated import DRAFTS, is_outdated
from assistant.desk.place import allowed, opened
from assistant.errors import HandoffError
from assistant.protocol.rights import User
from assistant.queue import enqueue
from assistant.readers import default_reader
from assistant.settings import Settings
from assistant.store import audit, queued
from assistant.store.packets import find_versions
from assistant.store.sources import find_files

State = Literal["queued", "done", "failed"]


@dataclass(frozen=True)
class LaterDraft:
    """A draft that was asked for. `version` is the packet's once it is done; `problem` why it failed."""

    id: str
    deal: str
    state: State
    version: int | None = None
    problem: str | None = None


def draft_later(desk: Desk, user: User, settings: Settings, deal: str) -> LaterDraft:
    """Have a worker draft the deal; what waits already for the same files is not asked for again.

    Raises HandoffError where the user may not, or there are no files.
    """
    row = allowed(desk, user, "draft", deal)
    with desk.store.read() as connection:
        files = [(file.name, file.sha256) for file in find_files(connection, deal)]
    if not files:
        raise HandoffError("The deal has no files yet. Add its calls, mails and contract, then draft.")
    how = {
        "desk": deal, "version": row.version, "user": user.model_dump(mode="json"), "policy": None,
        "as_of": desk.now().date().isoformat(), "reader": default_reader(settings),
        "identity": desk_identity(desk, settings, desk.now().date()),
    }  # fmt: skip
    told = json.dumps([how["identity"], deal, row.version, files, row.known.model_dump(mode="json")])
    key = fingerprint(told)
    fresh = enqueue(desk.store, [{"key": key, "name": deal, "how": how, "files": b""}])
    if fresh:
        with desk.store.write() as connection:
            audit.append(connection, at=desk.stamp(), by=user.login, action="draft_later", deal=deal)
    return later_draft(desk, user, deal, key) or LaterDraft(key, deal, "queued")


def later_draft(desk: Desk, user: User, deal: str, key: str) -> LaterDraft | None:
    """How a draft of the deal stands that was asked for; None where there is none of that id."""
    allowed(desk, user, "see", deal)
    with desk.store.read() as connection:
        state = queued.state_of(connection, key, deal)
        ended = queued.result(connection, key) if state in ("done", "failed") else None
    if state is None:
        return None
    if ended is None:
        return LaterDraft(key, deal, "queued")
    problem = str(ended.row.get("error") or "") or None
    return LaterDraft(key, deal, "failed" if problem else "done", ended.row.get("version") or None, problem)


def desk_identity(desk: Desk, settings: Settings, as_of: date) -> str:
    """Who reads by which program, settings, policy and day, as it travels with the deal."""
    told = identity_of(settings, default_reader(settings), as_of, None) + desk.policy.model_dump_json()
    return fingerprint(told)


def draft_at_desk(desk: Desk, deal: str, how: dict[str, Any], key: str) -> Row:
    """A worker's part: the next version of the packet, once, whoever died over it before."""
    begun, user = time.monotonic(), User.model_validate(how["user"])
    with desk.store.read() as connection:
        since = find_versions(connection, deal, after=int(how["version"]))
    if any(row.action in DRAFTS for row in since) and not is_outdated(desk, user, deal):
        seen = opened(desk, user, deal)
    else:
        as_of = date.fromisoformat(how["as_of"])
        seen = verbs.draft(desk, user, deal, as_of=as_of).opened
    row = row_of(deal, key, seen.packet, time.monotonic() - begun)
    return replace(row, account="", desk=deal, version=seen.version)  # the queue outlives a deleted deal
