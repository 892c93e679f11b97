"""Who may do what: the rows of rights.toml, and one function that says yes or raises."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from assistant.errors import HandoffError
from assistant.packet import Noun, Status

FILE = Path(__file__).with_name("rights.toml")
RoleName = Literal["ae", "csm", "cs_manager", "sales_manager", "ops", "admin"]
Reach = Literal["own", "assigned", "all"]
Verb = Literal[
    "see", "download", "create_deal", "change_deal", "add_sources", "remove_source", "draft", "edit",
    "answer", "ask", "judge", "waive", "waive_blocker", "submit", "accept", "reject", "assign_csm", "tick",
    "record", "delete_deal", "see_audit", "see_reports",
]  # fmt: skip
ROLES: tuple[RoleName, ...] = get_args(RoleName)
VERBS: tuple[Verb, ...] = get_args(Verb)
ROLE_NAMES: dict[RoleName, str] = {
    "ae": "AE", "csm": "CSM", "cs_manager": "CS manager", "sales_manager": "sales manager", "ops": "ops",
    "admin": "administrator",
}  # fmt: skip
"""As a person reads them."""


class NotAllowed(HandoffError):  # noqa: N818 - reads as what it says
    """The person's role does not do that; the message says whose does."""


class User(Noun):
    """Somebody who has signed in."""

    login: str
    name: str
    role: RoleName
    email: str | None = None


class Locked(BaseModel):
    """Which roles may not do which verbs while the packet has one of the statuses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statuses: tuple[Status, ...]
    roles: tuple[RoleName, ...]
    verbs: tuple[Verb, ...]


class Rights(BaseModel):
    """rights.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verbs: dict[Verb, dict[RoleName, Reach]]
    locked: Locked


@cache
def load_rights() -> Rights:
    """The matrix, in the file's order."""
    return Rights.model_validate(tomllib.loads(FILE.read_text("utf-8")))


def reach(user: User, verb: Verb) -> Reach | None:
    """With whose deals the user may do it; None: with none."""
    return load_rights().verbs.get(verb, {}).get(user.role)


def may(
    user: User, verb: Verb, *, owner: str | None = None, csm: str | None = None, status: Status | None = None
) -> bool:
    """Whether the user may do it with a deal of that owner, CSM (logins) and status."""
    far = reach(user, verb)
    locked = load_rights().locked
    if status in locked.statuses and user.role in locked.roles and verb in locked.verbs:
        return False
    return far == "all" or (far == "own" and owner == user.login) or (far == "assigned" and csm == user.login)


def who_may(verb: Verb) -> str:
    """ "AE or CS manager": the roles that do it, for a message."""
    names = [ROLE_NAMES[role] for role in load_rights().verbs.get(verb, {})]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "nobody"
