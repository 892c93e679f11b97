"""Conflicts: one thing stated in two ways, each value with its source, and each conflict once."""
# ruff: noqa: E501 - one row a case

from assistant.packet import Commitment, Evidence, Field, Quantity, Summary, Value, Wording
from assistant.readers.embedded.conflicts import find_conflicts
from extractors.segments import Segment, Source
from tests.conversation import record_of


def _evidence(quote: str, source: str = "call.vtt") -> Evidence:
    return Evidence(source=source, segment_id="s1", quote=quote, locator="00:01:00")


def _promise(text: str, clause: str, **changes: object) -> Commitment:
    given = Commitment(
        id="c-000001", party="vendor", speaker="Nora", category="support", text=text,
        quantity=Quantity(value=99.9, unit="percent", text="99.9%"), verdict="contradicted", decided_by="numbers",
        evidence=(_evidence(text),), contract_evidence=(_evidence(clause, "msa.docx"),),
    )  # fmt: skip
    return given.model_copy(update=changes)


def test_a_promise_and_a_clause_with_other_numbers_conflict() -> None:
    promise = _promise("Uptime is 99.9% every month.", "Availability is 99.5% in each month.")
    (found,) = find_conflicts(record_of(), [promise], [], Summary())
    assert found.about == "availability"
    assert [v.evidence[0].source for v in found.values] == ["call.vtt", "msa.docx"]


def test_a_covered_promise_is_no_conflict() -> None:
    promise = _promise("Uptime is 99.9%.", "Availability is 99.9%.", verdict="covered")
    assert find_conflicts(record_of(), [promise], [], Summary()) == ()


def test_the_same_subject_is_reported_once() -> None:
    promises = [_promise(f"Uptime is {n}%.", "Availability is 99%.", id=f"c-{n}") for n in (99.9, 99.8)]
    assert len(find_conflicts(record_of(), promises, [], Summary())) == 1


def test_a_promise_whose_number_changed_conflicts_with_itself() -> None:
    earlier = Wording(text="Two days of training", changed="two days became three days",
                      evidence=(_evidence("Two days of training"),))  # fmt: skip
    promise = _promise(
        "Three days of training", "", verdict="covered", history=(earlier,), contract_evidence=()
    )
    (found,) = find_conflicts(record_of(), [promise], [], Summary())
    assert [v.text for v in found.values] == ["Two days of training", "Three days of training"]


def test_a_conflicting_field_is_a_conflict_by_its_path() -> None:
    values = (
        Value(text="3 August", evidence=(_evidence("3 August"),)),
        Value(text="1 May", evidence=(_evidence("1 May"),)),
    )
    plan = Summary().implementation_plan.model_copy(
        update={"go_live_target": Field(status="conflicting", values=values)}
    )
    (found,) = find_conflicts(record_of(), [], [], Summary(implementation_plan=plan))
    assert found.about == "implementation_plan.go_live_target"
    assert found.values == values


def test_the_number_of_users_is_held_between_talk_and_contract() -> None:
    clause = Segment(id="s1", text="Subscription for 85 users.", kind="clause", locator="section 1")
    contract = Source(name="order.pdf", kind="contract", sha256="0", segments=(clause,))
    said = "Carla: We need ninety users in all.\nTom: And two admin users."
    (found,) = find_conflicts(record_of(said, contract), [], [], Summary())
    assert found.about == "number of users"
    assert [v.text.split(":")[0] for v in found.values] == ["90 users", "85 users"]


def test_nothing_said_is_no_conflict() -> None:
    assert find_conflicts(record_of(), [], [], Summary()) == ()
