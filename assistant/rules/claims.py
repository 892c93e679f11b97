"""Claims: what the packet says in its own words against the words that it quotes."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.evidence.conditions import dropped_condition
from assistant.packet import Finding, Packet, Value
from assistant.protocol.policy import Policy
from assistant.protocol.template import load_template, summary_field
from assistant.rules.rule import found, rule
from assistant.rules.wording import quoted, shortened


@rule("condition-dropped", "minor")
def condition_dropped(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a value of the deal summary leaves out a condition or a limit that its quote has.

    Why: "live in June" and "live in June if legal signs off" are two plans.
    Ask: does the condition still hold?
    Known problems: fires only where a value has one quote; a condition in the next sentence is not seen.
    """
    for row in load_template().field:
        for value in summary_field(packet.summary, row.path).values:
            condition = _dropped(value)
            if condition:
                yield found(
                    "condition-dropped", row.path, "minor", row.category,
                    f'{row.label} says "{shortened(value.text, 100)}", but the source adds a condition: '
                    f"{quoted(value.evidence[0])}.",
                    ask=f'Does "{shortened(condition, 100)}" still stand before this?',
                    ask_of=row.ask_of, where=f"summary.{row.path}", evidence=value.evidence,
                )  # fmt: skip
                break


def _dropped(value: Value) -> str | None:
    return dropped_condition(value.evidence[0].quote, value.text) if len(value.evidence) == 1 else None
