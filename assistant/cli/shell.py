"""The desk as commands at the shell use it: this machine's store, no server around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # they cost time, and only some commands need them
    from assistant.desk import Desk
    from assistant.settings import Settings


def shell_desk(settings: Settings) -> Desk:
    """The desk that the settings describe, with everybody who may sign in, and no reader."""
    from datetime import UTC, datetime

    from assistant.desk import Desk
    from assistant.protocol.policy import load_policy
    from assistant.store import open_store
    from assistant.store.users import users_of

    return Desk(
        store=open_store(settings), policy=load_policy(settings.policy), now=lambda: datetime.now(UTC),
        people=users_of(settings).all,
    )  # fmt: skip


def reading_desk(settings: Settings) -> Desk:
    """The same with the reader that the settings name, for what drafts."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from assistant.server import make_desk
    from assistant.store.users import users_of

    return replace(make_desk(settings, lambda: datetime.now(UTC)), people=users_of(settings).all)
