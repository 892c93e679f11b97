"""Verbs that only look: a packet, its history, two versions side by side, the questions that are open."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.desk.place import Desk, Opened, allowed, opened
from assistant.documents import Rendering
from assistant.packet import AskOf
from assistant.protocol.rights import User, Verb, may
from assistant.protocol.standing import unanswered
from assistant.review.compare import Comparison
from assistant.review.compare import compare as side_by_side
from assistant.review.rounds import RETURNS
from assistant.store import audit
from assistant.store.packets import VersionRow, find_versions

STANDING_AT_ONCE = 1
"""Of those that every handover asks; the next comes when one is answered."""
AT_ONCE = 6
"""Questions that a person is asked at a time, at most."""


@dataclass(frozen=True)
class Question:
    """A question that no source answers. Answer it by `answer_gap(finding=id, path=path)`."""

    id: str
    text: str
    ask_of: AskOf
    path: str | None
    """The summary's line that the answer fills, if it fills one."""


def get_packet(desk: Desk, user: User, deal: str, version: int | None = None) -> Opened:
    """That version, the newest by default. Raises NotDrafted where there is none."""
    return opened(desk, user, deal, version)


def history(desk: Desk, user: User, deal: str) -> list[VersionRow]:
    """Every version: who made it when, and one line that says what changed; oldest first."""
    allowed(desk, user, "see", deal)
    with desk.store.read() as connection:
        return find_versions(connection, deal)


def compare(desk: Desk, user: User, deal: str, before: int, after: int) -> Comparison:
    """What version `after` says differently from version `before`."""
    old, new = opened(desk, user, deal, before), opened(desk, user, deal, after)
    return side_by_side(old.packet, new.packet)


def changed_since_return(desk: Desk, user: User, deal: str) -> Comparison | None:
    """What changed since CS last sent the packet back; None when it never did."""
    returns = [row.version for row in history(desk, user, deal) if row.action in RETURNS]
    if not returns:
        return None
    return compare(desk, user, deal, returns[-1], opened(desk, user, deal).version)


def questions(desk: Desk, user: User, deal: str, most: int = AT_ONCE) -> list[Question]:
    """What to ask now, gravest first: a standing question, then open gaps without an answer."""
    packet = opened(desk, user, deal).packet
    mine: tuple[AskOf, ...] = ("csm", "cs_manager") if user.role in ("csm", "cs_manager") else ("ae", "se")
    gaps = [f for f in packet.findings if f.is_open and not f.answered]
    first = sorted(gaps, key=lambda f: f.ask_of not in mine)  # stable: severity stays the second key
    asked = [Question(f.id, f.ask, f.ask_of, _line_of(f.where)) for f in first]
    standing = [Question(q.id, q.text, q.ask_of, q.line) for q in unanswered(packet)]
    early = [q for q in asked if q.id == "no-early-win"]
    rest = [q for q in asked if q.id != "no-early-win"]
    return [*standing[:STANDING_AT_ONCE], *early, *rest][:most]


def download(desk: Desk, user: User, deal: str, document: str, version: int | None = None) -> bytes:
    """A document of DOCUMENTS, or all of them as "documents.zip". It is noted in the audit log."""
    row = allowed(desk, user, "download", deal)
    seen = opened(desk, user, deal, version)
    content = Rendering(seen.packet, desk.policy, seen.version, desk.templates).render(document)
    with desk.store.write() as connection:
        audit.append(
            connection, at=desk.stamp(), by=user.login, action="download", deal=row.id,
            digest=audit.digest_of(content),
        )  # fmt: skip
    return content


def can(user: User, verb: Verb, seen: Opened) -> bool:
    """Whether to show the button: the same question that the verb itself asks."""
    return may(user, verb, owner=seen.deal.owner, csm=seen.deal.csm, status=seen.deal.status)


def _line_of(where: str) -> str | None:
    return where.removeprefix("summary.") if where.startswith("summary.") else None
