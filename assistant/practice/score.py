"""What a reviewer caught of the planted flaws, what they missed, and what right things they changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.packet import Decision, Noun, Packet
from assistant.practice.flaws import Flaw, Kind

FALSE_ALARM = 5
"""Points that changing something right costs."""
OBJECTS = ("correct_verdict", "dismiss", "ask", "merge")
CHANGES = ("edit_value", "mark_not_applicable", "answer_gap", "ask", "name_stakeholder")
SHARED = 0.5
_WORD = re.compile(r"[a-z0-9]{3,}")
_SIGNED = re.compile(r"\b(?:un|counter)?sign|\bexecut", re.IGNORECASE)


class Outcome(Noun):
    """One planted flaw."""

    id: str
    kind: Kind
    explain: str
    caught: bool


class PracticeResult(Noun):
    """0 to 100: the share of flaws that were caught, less five points a false alarm."""

    points: int
    outcomes: tuple[Outcome, ...]
    false_alarms: tuple[str, ...]
    """What was right and was changed or objected to."""

    @property
    def caught(self) -> int:
        return sum(outcome.caught for outcome in self.outcomes)


def score_review(
    decisions: Sequence[Decision], flaws: Sequence[Flaw], right: Packet, spoilt: Packet
) -> PracticeResult:
    """`right` is the packet without flaws, `spoilt` the one that was reviewed, `decisions` the review."""
    outcomes = tuple(
        Outcome(id=flaw.id, kind=flaw.kind, explain=flaw.explain, caught=caught)
        for flaw in flaws
        for caught in [any(_catches(d, flaw, right) for d in decisions)]
    )
    alarms = tuple(dict.fromkeys(line for d in decisions if (line := _alarm(d, flaws, spoilt))))
    share = 100 * sum(o.caught for o in outcomes) / len(outcomes) if outcomes else 100
    return PracticeResult(
        points=max(0, round(share) - FALSE_ALARM * len(alarms)), outcomes=outcomes, false_alarms=alarms
    )


def _catches(decision: Decision, flaw: Flaw, right: Packet) -> bool:
    subjects = {decision.subject, *(r.subject or "" for r in decision.reasons)}
    words = " ".join(filter(None, (decision.text, decision.reason, *(r.note for r in decision.reasons))))
    if flaw.kind == "signed":
        return _SIGNED.search(f"{words} {decision.subject}") is not None
    if flaw.kind == "dropped":
        return _names_dropped(decision, flaw, right, words)
    if flaw.kind in ("field", "person"):
        return decision.action in (*CHANGES, "reject") and any(flaw.about in subject for subject in subjects)
    return decision.action in (*OBJECTS, "reject") and any(flaw.about in subject for subject in subjects)


def _names_dropped(decision: Decision, flaw: Flaw, right: Packet, words: str) -> bool:
    """Added with its quote, or told in words that share most of the promise's."""
    lost = next(c for c in right.commitments if c.id == flaw.about)
    places = {(e.source, e.segment_id) for e in lost.evidence}
    if decision.action == "add_promise" and any(
        (e.source, e.segment_id) in places for e in decision.evidence
    ):
        return True
    wanted = _words(f"{lost.text} {lost.evidence[0].quote}")
    said = _words(words)
    return len(said) >= 3 and len(said & wanted) / len(said) >= SHARED and bool(said & _words(lost.text))


def _alarm(decision: Decision, flaws: Sequence[Flaw], spoilt: Packet) -> str | None:
    """What the decision changed although it was right; None where it was not, or nothing was changed."""
    wrong = {flaw.about for flaw in flaws}
    if decision.action in ("correct_verdict", "dismiss") and decision.subject not in wrong:
        texts = {c.id: c.text for c in spoilt.commitments}
        return texts.get(decision.subject)
    replaced = decision.action in ("edit_value", "name_stakeholder") and decision.was
    subject = decision.subject.removeprefix("stakeholders.")
    return subject if replaced and subject not in wrong else None


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
