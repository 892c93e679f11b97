"""What people decided about findings: a finding keeps its id from draft to draft, so it keeps its marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.packet import Decision, Finding, Remark

MARKS = {"waive": "waived", "answer_gap": "answered", "ask": "asked"}
"""Action of a decision -> the key of a finding that it fills. "unwaive" empties the first again."""


def marked(findings: Iterable[Finding], decisions: Sequence[Decision]) -> list[Finding]:
    """The findings with the last mark of each sort that a person made."""
    marks: dict[str, dict[str, Remark | None]] = {}
    findings = tuple(findings)
    blockers = {f.id for f in findings if f.severity == "blocker"}
    for decision in decisions:
        if decision.action == "waive" and decision.subject in blockers and decision.was != "blocker":
            continue  # it was waived when it was less grave
        of = marks.setdefault(decision.subject, {})
        if decision.action == "unwaive":
            of["waived"] = None
        elif decision.action in MARKS:
            words = decision.text or decision.reason or ""
            of[MARKS[decision.action]] = Remark(by=decision.by, at=decision.at, text=words)
    return [_with(finding, marks.get(finding.id, {})) for finding in findings]


def _with(finding: Finding, marks: dict[str, Remark | None]) -> Finding:
    return finding.model_copy(update=marks) if marks else finding
