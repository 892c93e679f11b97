"""What people decided about findings: a finding keeps its id from draft to draft, so it keeps its marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.packet import Decision, Finding, Remark

MARKS = {"waive": "waived", "answer_gap": "answered", "ask": "asked"}
"""Action of a decision -> the key of a finding that it fills. "unwaive" empties the first again."""


def marked(findings: Iterable[Finding], decisions: Sequence[Decision]) -> list[Finding]:
    """The findings with the last mark of each sort that a person made."""
    marks: dict[str, dict[str, Remark | None]] = {}
    for decision in decisions:
        of = marks.setdefault(decision.subject, {})
        if decision.action == "unwaive":
            of["waived"] = None
        elif decision.action in MARKS:
            words = decision.text or decision.reason or ""
            of[MARKS[decision.action]] = Remark(by=decision.by, at=decision.at, text=words)
    return [f.model_copy(update=marks[f.id]) if marks.get(f.id) else f for f in findings]
