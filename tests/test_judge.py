"""Promises get the verdict that the contract gives them, whatever the two call the same thing."""
# ruff: noqa: E501 - one row a case

from __future__ import annotations

from datetime import date

import pytest

from assistant.evidence.people import Roster
from assistant.evidence.record import DealRecord
from assistant.packet import Category, Commitment, Deal, Evidence, Side
from assistant.readers.embedded.judge import judge
from assistant.readers.embedded.terms import find_terms
from extractors.segments import Segment, Source

CLAUSES = [
    ("1.1", "DEFINITIONS", '"Learner" means a pupil enrolled at a School to whom an account has been issued.'),
    ("2.1", "SERVICES", "2.1 Scope. Supplier shall make the Platform available to up to four thousand (4,000) Learners."),
    ("2.2", "SERVICES", "2.2 Portals. Supplier shall provide a parent portal in English and French. No other language is offered."),
    ("2.3", "SERVICES", "2.3 Student information system. Rosters are imported from the District's student information system once each night. Grades are not written back to that system."),
    ("2.4", "SERVICES", "2.4 Plagiarism checks. The plagiarism module is not part of the Platform and may be purchased separately."),
    ("2.5", "SERVICES", "2.5 Test system. Supplier shall maintain two (2) non-production environments for the District at no extra charge."),
    ("3.1", "DEPLOYMENT", "3.1 Commencement. The Platform shall be ready for productive use on 1 September 2026."),
    ("3.2", "DEPLOYMENT", "3.2 Instruction. Supplier shall hold six (6) workshops for teachers by web conference, the price of which is included in the Charges."),
    ("3.3", "DEPLOYMENT", "3.3 Legacy content. Supplier shall transfer course content of the preceding three (3) school years."),
    ("3.4", "DEPLOYMENT", "3.4 District's part. The District shall supply the staff list within fifteen (15) business days after the Effective Date."),
    ("4.1", "SUPPORT", "4.1 Severity 1. Supplier shall respond to Severity 1 faults within two (2) hours, Monday to Friday, 08:00 to 18:00."),
    ("4.2", "SUPPORT", "4.2 Severity 2. Supplier shall respond to Severity 2 faults within one (1) business day."),
    ("4.3", "SUPPORT", "4.3 Service level. Monthly availability shall be at least 99.9%."),
    ("5.1", "CHARGES", "5.1 Subscription. The District shall pay an annual subscription of EUR 62.000."),
    ("5.2", "CHARGES", "5.2 Payment. Invoices are due sixty (60) days from receipt."),
    ("5.3", "CHARGES", "5.3 Indexation. The subscription may be increased once a year by no more than four per cent (4%)."),
    ("5.4", "CHARGES", "5.4 Reduction. A reduction of twelve per cent (12%) on the list price applies during the initial term."),
    ("6.1", "DATA", "6.1 Hosting. District Data is hosted exclusively in data centres in the European Union."),
    ("6.2", "DATA", "6.2 End of contract. For forty-five (45) days after termination the District may download its data in CSV form."),
    ("6.3", "DATA", "6.3 Incidents. Supplier shall notify the District of a personal data breach within 48 hours."),
    ("6.4", "DATA", "6.4 Sign-in. Teachers sign in with the District's identity provider by way of OpenID Connect."),
    ("7.1", "TERM", "7.1 Neither party may terminate this agreement for convenience during the initial term of two (2) years."),
]  # fmt: skip
Row = tuple[str, Category, Side, str, str | None, str | None]
PROMISES: list[Row] = [
    ("You can load up to five thousand pupils, no problem.", "feature", "vendor", "contradicted", "exceeds_contract", "2.1"),
    ("It covers four thousand students.", "feature", "vendor", "covered", None, "2.1"),
    ("The grades go back into your SIS, it syncs both ways.", "integration", "vendor", "contradicted", "excluded", "2.3"),
    ("Plagiarism checking is included, no charge.", "feature", "vendor", "contradicted", None, "2.4"),
    ("You get two sandboxes to play in, free of charge.", "feature", "vendor", "covered", None, "2.5"),
    ("We'll have you live by the fifteenth of August.", "timeline", "vendor", "contradicted", "exceeds_contract", "3.1"),
    ("You'd be live on September 1st.", "timeline", "vendor", "covered", None, "3.1"),
    ("We'll do six training sessions for the teachers and that's in the price.", "training", "vendor", "covered", None, "3.2"),
    ("We'll do ten training sessions for the teachers.", "training", "vendor", "contradicted", "exceeds_contract", "3.2"),
    ("Five years of your old courses come over with you.", "data", "vendor", "contradicted", "exceeds_contract", "3.3"),
    ("You'll have our staff list three weeks after we sign.", "data", "customer", "covered", None, "3.4"),
    ("If it's a sev one somebody's on it within thirty minutes.", "support", "vendor", "contradicted", "exceeds_contract", "4.1"),
    ("For a sev one we answer in two hours, nights and weekends too.", "support", "vendor", "contradicted", "exceeds_contract", "4.1"),
    ("A sev two gets an answer by the next business day.", "support", "vendor", "covered", None, "4.2"),
    ("You're getting four nines of uptime.", "support", "vendor", "contradicted", "exceeds_contract", "4.3"),
    ("Three nines, every month.", "support", "vendor", "covered", None, "4.3"),
    ("Terms are net 60.", "pricing", "vendor", "covered", None, "5.2"),
    ("You can take net 90 on the invoices.", "pricing", "vendor", "contradicted", "exceeds_contract", "5.2"),
    ("It'll never go up more than two percent at renewal.", "pricing", "vendor", "contradicted", "exceeds_contract", "5.3"),
    ("I can do twelve percent off list.", "pricing", "vendor", "covered", None, "5.4"),
    ("I can do twenty percent off list.", "pricing", "vendor", "contradicted", "exceeds_contract", "5.4"),
    ("All your data stays in the EU.", "security", "vendor", "covered", None, "6.1"),
    ("You'll have ninety days after you leave to pull your data out.", "data", "vendor", "contradicted", "exceeds_contract", "6.2"),
    ("If there's ever a breach we tell you within two days.", "security", "vendor", "covered", None, "6.3"),
    ("Single sign-on with your Azure login is in there.", "security", "vendor", "covered", None, "6.4"),
    ("And if it doesn't work out you can walk away after a year.", "other", "vendor", "contradicted", "excluded", "7.1"),
    ("We'll send you twenty Chromebooks for the pilot class.", "other", "vendor", "not_in_contract", None, None),
    ("I'll speak at your user conference in October.", "other", "customer", "not_in_contract", None, None),
    ("You'll get a dedicated success manager who visits every month.", "service", "vendor", "not_in_contract", None, None),
    ("Don't worry, we'll take really good care of you.", "service", "vendor", "vague", None, None),
    ("We'll figure something out on the bus routes.", "other", "vendor", "vague", None, None),
]  # fmt: skip


def _contract(*extra: Segment) -> Source:
    segments = tuple(
        Segment(id=f"s{i}", text=text if text[0].isdigit() else f"{number} {text}", kind="clause", section=number,
                headings=(heading,), locator=f"section {number}")
        for i, (number, heading, text) in enumerate(CLAUSES)
    )  # fmt: skip
    return Source(name="agreement.docx", kind="contract", sha256="0", segments=segments + extra,
                  happened_on=date(2026, 5, 4))  # fmt: skip


def _record(*sources: Source) -> DealRecord:
    return DealRecord(Deal(), sources, (), Roster(), date(2026, 5, 11))


def _promise(text: str, category: Category = "other", party: Side = "vendor", **more: object) -> Commitment:
    quote = Evidence(source="call.vtt", segment_id="s1", quote=text, locator="00:01:00")
    fields = {"id": "c-1", "party": party, "speaker": "Ann", "category": category, "text": text,
              "evidence": (quote,), "said_on": "2026-04-20"} | more  # fmt: skip
    return Commitment.model_validate(fields)


def _judged(commitment: Commitment, *sources: Source) -> Commitment:
    record = _record(*sources)
    return judge([commitment], find_terms(record), record)[0]


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Commitment]:
    record = _record(_contract())
    promises = [_promise(text, category, party) for text, category, party, *_ in PROMISES]
    return {c.text: c for c in judge(promises, find_terms(record), record)}


@pytest.mark.parametrize("row", PROMISES, ids=[p[0] for p in PROMISES])
def test_a_promise_gets_its_verdict(row: Row, verdicts: dict[str, Commitment]) -> None:
    text, _, _, verdict, relation, section = row
    judged = verdicts[text]
    assert (judged.verdict, judged.explanation) == (verdict, judged.explanation)
    if relation:
        assert judged.relation == relation
    if section:
        assert f"section {section}" in {e.locator for e in judged.contract_evidence}
    else:
        assert not judged.contract_evidence


def test_without_a_contract_a_promise_stands_alone() -> None:
    judged = _judged(_promise("You get 25 seats."))
    assert (judged.verdict, judged.contract_evidence) == ("not_in_contract", ())
    assert "No contract" in judged.explanation


def test_without_a_contract_a_vague_promise_stays_vague() -> None:
    assert _judged(_promise("You'll be really well looked after.")).verdict == "vague"


def test_a_withdrawn_promise_stays_withdrawn() -> None:
    judged = _judged(_promise("Terms are net 90.", "pricing", verdict="withdrawn"), _contract())
    assert judged.verdict == "withdrawn"


def test_both_numbers_stand_in_the_explanation() -> None:
    judged = _judged(_promise("I can do twenty percent off list.", "pricing"), _contract())
    assert "20%" in judged.explanation and "12%" in judged.explanation
    assert judged.decided_by == "numbers"


def test_what_the_contract_says_about_other_priorities_does_not_count() -> None:
    judged = _judged(_promise("A sev two gets an answer in two hours.", "support"), _contract())
    assert judged.verdict == "contradicted"
    assert "section 4.2" in {e.locator for e in judged.contract_evidence}


def test_the_same_input_gives_the_same_answer() -> None:
    promise = _promise("You'd be live on September 1st.", "timeline")
    assert _judged(promise, _contract()) == _judged(promise, _contract())


def test_words_alone_decide_where_the_model_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.meanings.similarity._model", lambda: None)
    judged = _judged(_promise("I can do twenty percent off list.", "pricing"), _contract())
    assert judged.verdict == "contradicted"


def _clause(number: str, text: str) -> Segment:
    return Segment(id=f"x{number}", text=f"{number} {text}", kind="clause", section=number,
                   headings=("TERMS",), locator=f"section {number}")  # fmt: skip


def test_hours_granted_in_one_season_are_not_contradicted_by_those_of_another() -> None:
    hours = _clause("9.1", "Telephone help in summer is staffed from 07:00 to 22:00. Telephone help in winter is staffed"
                           " from 09:00 to 17:00.")  # fmt: skip
    promise = _promise("Somebody is on the phone for help from 7 am to 10 pm in summer.", "support")
    assert _judged(promise, _contract(hours)).verdict == "covered"


def test_days_of_notice_answer_only_a_promise_of_notice() -> None:
    clause = _clause("9.2", "Supplier may move the yearly refresher day on giving thirty (30) days' notice.")
    judged = _judged(_promise("The yearly refresher day lasts two days.", "training"), _contract(clause))
    assert "30 days" not in judged.explanation
