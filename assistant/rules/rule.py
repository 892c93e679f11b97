"""What a rule is: a small function whose docstring is its page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assistant.packet import AskOf, Evidence, Finding, Packet, Severity
from assistant.packet.finding import FindingCategory
from assistant.protocol.policy import Policy

Check = Callable[[Packet, Policy], Iterator[Finding]]
HEADINGS = ("What", "Why", "Ask", "Known problems")


@dataclass(frozen=True)
class Rule:
    """A registered rule. `severity` is what it usually raises; a finding may be milder or graver."""

    id: str
    family: str
    severity: Severity
    check: Check = field(repr=False)

    @property
    def page(self) -> dict[str, str]:
        """The docstring by heading, each section's lines joined; headings that are not there are left out."""
        text = inspect.getdoc(self.check) or ""
        parts = re.split(rf"^({'|'.join(HEADINGS)}):", text, flags=re.MULTILINE)
        return {h: " ".join(body.split()) for h, body in zip(parts[1::2], parts[2::2], strict=True)}


def rule(id: str, severity: Severity) -> Callable[[Check], Rule]:
    """Make a rule of a check. Its family is the name of the file it stands in."""

    def make(check: Check) -> Rule:
        return Rule(id, check.__module__.rsplit(".", 1)[-1], severity, check)

    return make


def found(
    rule: str,
    subject: str | None,
    severity: Severity,
    category: FindingCategory,
    message: str,
    *,
    ask: str,
    ask_of: AskOf,
    where: str,
    evidence: tuple[Evidence, ...] = (),
) -> Finding:
    """A finding whose id is the rule and its subject: the same gap keeps its id from draft to draft."""
    return Finding(
        id=f"{rule}:{subject}" if subject else rule,
        rule=rule,
        severity=severity,
        category=category,
        message=message,
        ask=ask,
        ask_of=ask_of,
        where=where,
        evidence=evidence,
    )
