"""Verbs that decide. Each takes the version that the person saw, and gives back the next one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.desk.place import Desk, Opened, decided, opened
from assistant.errors import HandoffError
from assistant.packet import AskOf, Evidence, RejectionReason, Relation, Role, Verdict
from assistant.protocol.rights import User, Verb
from assistant.protocol.standing import standing
from assistant.review.fit import finding_of
from assistant.review.people import Aspect


def edit_value(
    desk: Desk, user: User, deal: str, version: int, *, path: str, text: str, was: str | None = None,
    reason: str | None = None, evidence: Sequence[Evidence] = (),
) -> Opened:  # fmt: skip
    """`text` in place of the value `was` of the line ("scope.out_of_scope").

    `was=None` adds a value; an empty `text` removes one; `evidence` are selected quotes (see `quote_of`).
    """
    if not text.strip() and was is None:
        raise HandoffError("Write the value that you want to add.")
    return decided(
        desk, user, "edit", deal, version, "edit_value", path, text=text.strip() or None, was=was,
        reason=reason, evidence=tuple(evidence),
    )  # fmt: skip


def mark_not_applicable(
    desk: Desk, user: User, deal: str, version: int, *, path: str, reason: str
) -> Opened:
    """The line of the summary does not apply to this deal, for a reason."""
    return decided(
        desk, user, "edit", deal, version, "mark_not_applicable", path, reason=reason.strip() or None
    )


def name_stakeholder(
    desk: Desk, user: User, deal: str, version: int, *, role: Role, name: str, title: str | None = None,
    was: str | None = None,
) -> Opened:  # fmt: skip
    """The customer's person in a role; `was` is whom the list has in the wrong words ("the CFO")."""
    return decided(
        desk, user, "edit", deal, version, "name_stakeholder", f"stakeholders.{role}",
        text=name.strip() or None, reason=title, role=role, was=was,
    )  # fmt: skip


def describe_stakeholder(
    desk: Desk, user: User, deal: str, version: int, *, name: str, aspect: Aspect, text: str,
    evidence: Sequence[Evidence] = (),
) -> Opened:  # fmt: skip
    """What is known of a person: stance, influence, relationship, or one more objective, concern, preference.

    Preferences are how and when to reach them, whom to escalate to, how fast they expect an answer.
    """
    return decided(
        desk, user, "edit", deal, version, "describe_stakeholder", f"stakeholders.{name}", was=aspect,
        text=text.strip() or None, evidence=tuple(evidence),
    )  # fmt: skip


def answer_gap(
    desk: Desk, user: User, deal: str, version: int, *, finding: str, text: str, path: str | None = None,
) -> Opened:  # fmt: skip
    """Answer a gap, or a standing question by its id (SURPRISE).

    The words become a value that names the person, in the line that the gap is about; `path` chooses the line
    where the gap is about a whole category. Other answers stand beside the finding.
    """
    line, words = path, text.strip()
    if asked := standing(finding):
        line, words = asked.line, asked.says.format(answer=words) if words else ""
    elif path is None:
        where = finding_of(opened(desk, user, deal).packet, finding).where
        line = where.removeprefix("summary.") if where.startswith("summary.") else None
    return decided(
        desk, user, "answer", deal, version, "answer_gap", finding, text=words or None, was=line
    )


def ask_of(
    desk: Desk, user: User, deal: str, version: int, *, subject: str, whom: AskOf, question: str
) -> Opened:
    """A question goes to the AE or the customer about a gap or a promise (its id)."""
    return decided(
        desk, user, "ask", deal, version, "ask", subject, ask_of=whom, text=question.strip() or None
    )


def confirm_verdict(
    desk: Desk, user: User, deal: str, version: int, *, promise: str, verdict: Verdict
) -> Opened:
    """The reviewer agrees with the verdict that the card shows."""
    return decided(desk, user, "judge", deal, version, "confirm_verdict", promise, verdict=verdict)


def correct_verdict(
    desk: Desk, user: User, deal: str, version: int, *, promise: str, verdict: Verdict, reason: str,
    relation: Relation | None = None, contract_evidence: Sequence[Evidence] = (),
) -> Opened:  # fmt: skip
    """Another verdict, for a reason; `contract_evidence` are clauses that the reviewer selected."""
    return decided(
        desk, user, "judge", deal, version, "correct_verdict", promise, verdict=verdict, relation=relation,
        reason=reason.strip() or None, evidence=tuple(contract_evidence),
    )  # fmt: skip


def assign(
    desk: Desk, user: User, deal: str, version: int, *, promise: str, owner: str | None = None,
    due: str | None = None,
) -> Opened:  # fmt: skip
    """Who sees to the promise, and by when (ISO date or words)."""
    if not (owner or due):
        raise HandoffError("Give an owner, a date, or both.")
    return decided(desk, user, "edit", deal, version, "assign", promise, owner=owner, due=due)


def waive(desk: Desk, user: User, deal: str, version: int, *, finding: str, reason: str) -> Opened:
    """Live with a gap, for a reason. A blocker takes a CS manager."""
    gap = finding_of(opened(desk, user, deal).packet, finding)
    verb: Verb = "waive_blocker" if gap.severity == "blocker" else "waive"
    return decided(
        desk, user, verb, deal, version, "waive", finding, reason=reason.strip() or None, was=gap.severity
    )


def unwaive(desk: Desk, user: User, deal: str, version: int, *, finding: str) -> Opened:
    """The gap is open again."""
    return decided(desk, user, "waive", deal, version, "unwaive", finding)


def tick(
    desk: Desk, user: User, deal: str, version: int, *, item: str, done: bool = True, note: str | None = None
) -> Opened:
    """Tick an item of the handoff checklist (its id), or take the tick back."""
    action = "tick" if done else "untick"
    return decided(desk, user, "tick", deal, version, action, f"checklist.{item}", reason=note)


def submit(desk: Desk, user: User, deal: str, version: int, *, note: str | None = None) -> Opened:
    """Hand the packet to customer success."""
    return decided(desk, user, "submit", deal, version, "submit", "packet", reason=note)


def accept(desk: Desk, user: User, deal: str, version: int, *, note: str | None = None) -> Opened:
    """Take the packet. Raises review.rounds.Blocked while a blocker is open."""
    return decided(desk, user, "accept", deal, version, "accept", "packet", reason=note)


def reject(
    desk: Desk, user: User, deal: str, version: int, *, reasons: Sequence[RejectionReason],
    note: str | None = None,
) -> Opened:  # fmt: skip
    """Send it back with a code a gap; the policy's clock starts."""
    return decided(
        desk, user, "reject", deal, version, "reject", "packet", reasons=tuple(reasons), reason=note
    )


def request_revision(desk: Desk, user: User, deal: str, version: int, *, note: str) -> Opened:
    """Send it back with a wish; it does not count as a rejection."""
    return decided(
        desk, user, "reject", deal, version, "request_revision", "packet", reason=note.strip() or None
    )
