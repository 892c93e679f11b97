"""The packet's risks: likelihood and impact are proposed by rule, each with its reason; people set them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from assistant.documents.blocks import Picture
from assistant.documents.scene import Box, Ink, Scene, Shape, Words, fitted
from assistant.documents.words import whom
from assistant.packet import Commitment, Evidence, Finding, Packet, Value

Level = Literal["high", "medium", "low"]
LEVELS: tuple[Level, ...] = ("high", "medium", "low")
IMPACT: dict[str, Level] = {"blocker": "high", "major": "medium", "minor": "low"}
MITIGATION = {
    "promise-contradicted": "Amend the contract, or correct the promise in writing before kickoff",
    "promise-not-in-contract": "Put it in writing with owner and date, or take it back",
    "vague-promise": "Agree on what exactly is meant, in writing",
}
RISKY = (*MITIGATION, "contract-not-executed", "no-early-win")
TOGETHER = {"high": 3, "medium": 2, "low": 1}
INKS: dict[int, Ink] = {9: "bad", 6: "bad", 4: "warn", 3: "warn", 2: "good", 1: "good"}


class Risk(NamedTuple):
    """One line of the register; the levels are proposals with their reason in words."""

    number: int
    text: str
    evidence: tuple[Evidence, ...]
    likelihood: Level
    impact: Level
    reason: str
    mitigation: str
    owner: str
    promise: str = ""
    """ "P7" where it is about a promise."""


def risks(packet: Packet) -> list[Risk]:
    """Gravest first, numbered in that order."""
    found = [*_named(packet), *_from_findings(packet)]
    found.sort(key=lambda r: -TOGETHER[r.likelihood] * TOGETHER[r.impact])
    return [risk._replace(number=number) for number, risk in enumerate(found, start=1)]


def _named(packet: Packet) -> Iterator[Risk]:
    """What people said: how often it came up makes it likely, who said it makes it heavy."""
    factors, plan = packet.summary.risk_factors, packet.summary.implementation_plan
    fields: tuple[tuple[str, tuple[Value, ...], Level], ...] = (
        ("sign that they may leave", factors.churn_indicators.values, "high"),
        ("concern that remains", factors.remaining_concerns.values, "medium"),
        ("risk to the plan", plan.risks.values, "medium"),
    )
    seen: set[str] = set()
    for what, values, impact in fields:
        for value in values:
            if value.text in seen:
                continue
            seen.add(value.text)
            places = len({e.source for e in value.evidence})
            likelihood: Level = "high" if places > 1 else "medium"
            how = f"named in {places} sources" if places > 1 else "named once"
            yield Risk(
                0, value.text, value.evidence, likelihood, impact, f"{how}; a {what}",
                "None stated: agree on one in the meeting", packet.deal.ae or "AE",
            )  # fmt: skip


def _from_findings(packet: Packet) -> Iterator[Risk]:
    numbered = {f"commitments.{c.id}": (n, c) for n, c in enumerate(packet.commitments, start=1)}
    for finding in packet.findings:
        if finding.rule not in RISKY or not finding.is_open:
            continue
        number, promise = numbered.get(finding.where, (0, None))
        likelihood, why = _likely(finding, promise)
        yield Risk(
            0, f"“{promise.text}”" if promise else finding.message,
            promise.evidence[-1:] if promise else finding.evidence[:1],
            likelihood, IMPACT[finding.severity], f"{why}; {finding.severity} finding",
            MITIGATION.get(finding.rule, finding.ask), whom(finding.ask_of, packet),
            f"P{number}" if promise else "",
        )  # fmt: skip


def _likely(finding: Finding, promise: Commitment | None) -> tuple[Level, str]:
    """A firm promise against the contract will surface; a vague or conditional one may."""
    if promise is None:
        return "medium", "open today"
    if promise.history:
        return "high", "said more than once"
    if promise.verdict == "contradicted":
        return ("high", "firm, and the contract differs") if promise.strength == "firm" else (
            "medium", f"{promise.strength}, and the contract differs")  # fmt: skip
    if promise.verdict == "vague" or promise.strength != "firm":
        return "low", "vague" if promise.verdict == "vague" else promise.strength
    return "medium", "firm, and the contract is silent"


def risk_matrix(found: Sequence[Risk]) -> Picture:
    """Likelihood upwards, impact to the right, each risk's number in its field."""
    left, top, wide, high = 70.0, 22.0, 206.0, 60.0
    shapes: list[Shape] = []
    told = []
    for row, likelihood in enumerate(LEVELS):
        y = top + row * high
        shapes.append(Words(left - 8, y + high / 2 + 4, likelihood, 11, "muted", anchor="end"))
        for column, impact in enumerate(reversed(LEVELS)):
            x = left + column * wide
            ink = INKS[TOGETHER[likelihood] * TOGETHER[impact]]
            shapes.append(Box(x, y, wide - 4, high - 4, "fill", ink))
            shapes.append(Box(x, y, 5, high - 4, ink, ink, 2))
            numbers = [f"R{r.number}" for r in found if (r.likelihood, r.impact) == (likelihood, impact)]
            if numbers:
                told.append(f"{likelihood} likelihood, {impact} impact: {', '.join(numbers)}")
            shapes += _numbers(numbers, x + 14, y, wide - 24)
    bottom = top + 3 * high
    for column, impact in enumerate(reversed(LEVELS)):
        x = left + column * wide + wide / 2
        shapes.append(Words(x, bottom + 12, impact, 11, "muted", anchor="middle"))
    shapes.append(Words(left + 1.5 * wide, bottom + 28, "impact", 11, "ink", bold=True, anchor="middle"))
    shapes.append(Words(0, top - 8, "likelihood", 11, "ink", bold=True))
    told_all = "Risk matrix. " + ("; ".join(told) or "no risk") + "."
    return Picture(Scene(left + 3 * wide, bottom + 34, tuple(shapes)), told_all, width=0.8)


def _numbers(numbers: Sequence[str], x: float, y: float, room: float) -> Iterator[Shape]:
    """The numbers in up to three lines of seven."""
    lines = [numbers[i : i + 7] for i in range(0, len(numbers), 7)]
    if len(lines) > 3:
        lines = [*lines[:2], [*lines[2][:5], f"+{len(numbers) - 19}"]]
    for n, line in enumerate(lines):
        yield Words(x, y + 19 + 16 * n, fitted("  ".join(line), room, 11.5), 11.5, "ink", bold=True)
