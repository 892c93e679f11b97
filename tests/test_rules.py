"""Each rule fires on what its case file says, keeps silent on the rest, and has a complete page."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from packets import packet_of

from assistant.packet import Finding
from assistant.protocol import PolicyError, load_policy
from assistant.protocol.policy import RuleChoices
from assistant.rules import (
    RULES,
    Rule,
    claims,
    conflicts,
    contract,
    gaps,
    handover,
    handover_owners,
    payment,
    people,
    promises,
    recordings,
    rule_table,
    sources,
    validate,
    work,
)
from assistant.rules.rule import HEADINGS

CASES = Path(__file__).parent / "rules"
FAMILIES = (
    claims, conflicts, contract, gaps, handover, handover_owners, payment, people, promises, recordings,
    sources, work,
)  # fmt: skip
POLICY = load_policy()
BY_ID = {rule.id: rule for rule in RULES}


def cases(kind: str) -> list[Any]:
    found = []
    for file in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(file.read_text("utf-8")).get(kind, []):
            found.append(pytest.param(file.stem, case, id=f"{file.stem}: {case['name']}"))
    return found


def findings(rule: str, case: dict[str, Any]) -> list[Finding]:
    return list(BY_ID[rule].check(packet_of(case.get("packet", {}), case.get("base", "bare")), POLICY))


@pytest.mark.parametrize(("rule", "case"), cases("fires"))
def test_a_rule_fires_as_its_case_says(rule: str, case: dict[str, Any]) -> None:
    got = findings(rule, case)
    assert [(f.id, f.severity) for f in got] == [tuple(pair) for pair in case["expect"]]
    text = " ".join(f"{f.message} | {f.ask} | {f.ask_of}" for f in got)
    assert [word for word in case.get("says", []) if word not in text] == [], text
    assert [word for word in case.get("says_not", []) if word in text] == [], text


@pytest.mark.parametrize(("rule", "case"), cases("silent"))
def test_a_rule_keeps_silent_where_nothing_is_wrong(rule: str, case: dict[str, Any]) -> None:
    assert findings(rule, case) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_page_and_a_case_of_each_kind(rule: Rule) -> None:
    assert list(rule.page) == list(HEADINGS)
    assert all(rule.page.values())
    case = tomllib.loads((CASES / f"{rule.id}.toml").read_text("utf-8"))
    assert case["fires"]
    assert case["silent"]
    assert set(case) == {"fires", "silent"}


def test_every_case_file_belongs_to_a_rule() -> None:
    assert sorted(file.stem for file in CASES.glob("*.toml")) == sorted(BY_ID)


def test_every_rule_that_is_written_is_registered_once() -> None:
    written = [item for family in FAMILIES for item in vars(family).values() if isinstance(item, Rule)]
    assert sorted(rule.id for rule in written) == sorted(rule.id for rule in RULES)
    assert len(BY_ID) == len(RULES)


def test_a_complete_packet_has_no_findings() -> None:
    assert validate(packet_of({}, "complete"), POLICY) == ()


def test_findings_speak_plainly_and_name_their_rule() -> None:
    for param in cases("fires"):
        rule, case = param.values
        for finding in findings(rule, case):
            assert finding.rule == rule
            assert finding.id.split(":")[0] == rule
            assert finding.message[0].isupper() or finding.message[0] in "'\""
            assert finding.message.rstrip("\"'")[-1] in ".!?…)", finding.message
            assert finding.ask.rstrip("\"'")[-1] in ".?)", finding.ask
            assert "{" not in finding.message + finding.ask
            assert "None" not in finding.message + finding.ask


def test_an_empty_packet_lists_the_seven_categories_and_not_their_fields() -> None:
    found = validate(packet_of({}), POLICY)
    assert sum(f.rule == "missing-category" for f in found) == 7
    fields = [f.id for f in found if f.rule == "missing-field"]
    assert fields == [
        "missing-field:commercial_terms.contract_value",
        "missing-field:commercial_terms.payment_terms",
    ]
    assert not [
        f.id for f in found if f.rule in ("no-early-win", "out-of-scope-not-stated", "role-not-filled")
    ]


def test_findings_come_gravest_first_then_by_id_and_ids_are_unique() -> None:
    found = validate(packet_of({"readiness": {"contract_fully_executed": False}}), POLICY)
    order = {"blocker": 0, "major": 1, "minor": 2}
    keys = [(order[f.severity], f.id) for f in found]
    assert keys == sorted(keys)
    assert all(a != b for a, b in pairwise(keys))


def test_the_same_packet_gives_the_same_findings_and_old_ones_do_not_matter() -> None:
    packet = packet_of({})
    first = validate(packet, POLICY)
    assert validate(packet.model_copy(update={"findings": first}), POLICY) == first


def test_a_company_can_switch_a_rule_off_or_weigh_it_differently() -> None:
    rules = RuleChoices(off=("no-contract",), severity={"missing-category": "major"})
    found = validate(packet_of({}), POLICY.model_copy(update={"rules": rules}))
    assert "no-contract" not in {f.rule for f in found}
    assert {f.severity for f in found if f.rule == "missing-category"} == {"major"}


def test_a_policy_that_names_no_rule_is_refused() -> None:
    with pytest.raises(PolicyError, match="missing-categry"):
        validate(packet_of({}), POLICY.model_copy(update={"rules": RuleChoices(off=("missing-categry",))}))


def test_the_rule_table_has_a_row_a_rule() -> None:
    assert [(row.id, row.severity) for row in rule_table()] == [(rule.id, rule.severity) for rule in RULES]
    assert all(row.what.endswith(".") for row in rule_table())
