"""Nouns that people and contracts use for the same things that are counted."""

from __future__ import annotations

from assistant.readers.embedded.subjects import stems

SAME_NOUNS: tuple[frozenset[str], ...] = (
    frozenset(
        "seat user licence license login log-in account employee head person subscriber worker agent".split()
    ),
    frozenset("session workshop class course training lesson webinar day".split()),
    frozenset("environment sandbox instance tenant system copy".split()),
    frozenset("device reader scanner terminal tablet unit tracker sensor kit gateway".split()),
    frozenset("call request query".split()),
    frozenset("student pupil learner child".split()),
    frozenset("patient resident member guest client customer".split()),
    frozenset("vehicle truck van car asset machine lorry".split()),
    frozenset("order shipment transaction invoice document".split()),
    frozenset("message text segment sms".split()),
    frozenset("report template dashboard layout".split()),
    frozenset(
        "branch location site store park property facility hospital plant office warehouse school".split()
    ),
    frozenset("connector integration interface connection feed carrier".split()),
    frozenset("cycle run payroll".split()),
    frozenset("language locale".split()),
    frozenset("field box attribute".split()),
    frozenset("visit trip review meeting attendance day".split()),
    frozenset("instalment installment part payment invoice bit chunk".split()),
    frozenset("admin administrator".split()),
    frozenset("crew gang team shift squad".split()),
    frozenset("unit sensor device meter counter camera tag beacon spare".split()),
    frozenset("person people analyst specialist engineer trainer instructor consultant technician".split()),
)


def names_it(unit: str, words: frozenset[str]) -> bool:
    """Whether the counted thing, or one of the same kind, is among the stems."""
    alike = next((nouns for nouns in SAME_NOUNS if unit in nouns), frozenset([unit]))
    return any(s in words for noun in sorted(alike) for s in stems(noun))
