"""The deal summary: what is stated is found with its quote, and what nobody says stays absent."""
# ruff: noqa: E501 - one row a case

import pytest

from assistant.evidence.record import DealRecord
from assistant.evidence.verify import Verifier
from assistant.packet import Field, Summary
from assistant.readers.embedded.summary import fill_summary
from assistant.readers.embedded.summary_fields import field_rows
from assistant.readers.embedded.summary_text import payment_words, trimmed
from extractors.segments import Segment, Source
from tests.conversation import call, mail, record_of, source_of

SMALL_TALK = """
    Nora: Hi all, can you hear me? It's pouring down here.
    Carla: We hear you fine. My dog may bark, sorry.
    Nora: No problem. I'll send the invitation for Thursday after this.
    Tom: Thursday works. Talk soon.
"""


def _field(summary: Summary, path: str) -> Field:
    section, name = path.split(".")
    field: Field = getattr(getattr(summary, section), name)
    return field


def _contract(*clauses: str) -> Source:
    segments = tuple(
        Segment(id=f"s{i}", text=text, kind="clause", section=f"{i}.1", locator=f"section {i}.1")
        for i, text in enumerate(clauses, start=1)
    )
    return Source(name="agreement.docx", kind="contract", sha256="0", segments=segments)


def test_small_talk_fills_nothing() -> None:
    summary = fill_summary(record_of(SMALL_TALK))
    filled = [row.path for row in field_rows() if _field(summary, row.path).status != "not_stated"]
    assert filled == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("customer_overview.industry", "Carla: So we're a dairy cooperative, mostly cheese."),
        ("customer_overview.company_size", "Carla: We have about three hundred people across four plants."),
        ("customer_overview.business_challenges", "Tom: We lost two tankers of milk last year because of a typo."),
        ("customer_overview.why_now", "Carla: Our current license expires in September and they want double."),
        ("customer_overview.strategic_priorities", "Carla: The board's big push this year is new export markets."),
        ("customer_overview.how_they_found_us", "Carla: We heard about you from a farm in Denmark."),
        ("business_objectives.primary_objective", "Carla: The whole point for us is one stock figure for all plants."),
        ("business_objectives.success_criteria", "Carla: If complaints are down by a third by June, I'd call it a success."),
        ("business_objectives.roi_expectations", "Tom: I told the owners that it pays for itself in two years."),
        ("success_ladder.minimum_acceptable_outcome", "Tom: The bare minimum is that recalls take a day and not a week."),
        ("scope.out_of_scope", "Carla: The farm shops are not part of this project."),
        ("technical.environment", "Tom: We run an old version of SAP on a server in Malmo."),
        ("implementation_plan.customer_resources", "Carla: I'm giving you our lab manager, two days a week."),
        ("implementation_plan.risks", "Tom: My biggest worry is the night shift."),
        ("risk_factors.objections", "Tom: I don't believe that it works with wet gloves."),
    ],
)  # fmt: skip
def test_a_customers_statement_fills_its_path_with_its_quote(path: str, said: str) -> None:
    field = _field(fill_summary(record_of(said)), path)
    assert field.status == "stated"
    assert field.values[0].evidence[0].quote in said


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("customer_overview.how_they_found_us", "Nora: How did you hear about us?\nCarla: I don't remember, honestly."),
        ("business_objectives.success_criteria", "Nora: How will you measure success?\nCarla: Good question, no idea."),
        ("business_objectives.roi_expectations", "Nora: Most of our customers see a return on investment in a year."),
        ("business_objectives.roi_expectations", "Carla: We haven't done an ROI on it."),
        ("technical.validation_status", "Nora: We should run a proof of concept, and it will pass."),
        ("commercial_terms.discount", "Carla: Can you give us fifteen percent off?"),
        ("success_ladder.early_win", "Nora: The first invoice comes in the first month."),
        ("customer_overview.company_size", "Nora: We have two hundred people in six offices."),
    ],
)  # fmt: skip
def test_what_is_declined_asked_or_about_others_is_not_stated(path: str, said: str) -> None:
    assert _field(fill_summary(record_of(said)), path).status == "not_stated"


def test_the_answer_to_a_paths_own_question_fills_it() -> None:
    record = record_of("Nora: And who else are you looking at?\nCarla: There's Lactoplan.")
    assert _field(fill_summary(record), "customer_overview.competitive_landscape").status == "stated"


def test_contract_facts_come_from_the_contract() -> None:
    contract = _contract(
        "Payment. Each invoice is payable within forty-five (45) days of its date.",
        "Fees. The total fees for the Initial Term amount to $84,000.",
        "Training. Supplier shall give three (3) workshops of one day each.",
        "Support. Telephone support is available Monday through Friday from 8:00 to 18:00.",
    )
    summary = fill_summary(record_of(SMALL_TALK, contract))
    assert _field(summary, "commercial_terms.payment_terms").values[0].text.startswith("net 45")
    assert "$84,000" in _field(summary, "commercial_terms.contract_value").values[0].text
    assert "3 workshops" in _field(summary, "scope.training").values[0].text
    assert _field(summary, "scope.support_level").status == "stated"


def test_go_live_dates_that_differ_between_sources_conflict() -> None:
    contract = _contract("Go-live. The target go-live date is 14 September 2026.")
    said = mail("Nora: You go live on 3 August 2026, all four plants.")
    field = _field(fill_summary(record_of(said, contract)), "implementation_plan.go_live_target")
    assert field.status == "conflicting"
    assert {v.evidence[0].source for v in field.values} == {"agreement.docx", "mail.eml"}


def test_a_day_before_the_deals_first_talk_is_no_target() -> None:
    said = "Carla: We go live on the {day}, every depot."
    past, ahead = (fill_summary(record_of(call(said.format(day=day)))) for day in ("1 May 2024", "1 May 2026"))
    assert past.implementation_plan.go_live_target.status == "not_stated"
    assert ahead.implementation_plan.go_live_target.status == "stated"


def test_the_same_date_in_two_sources_is_no_conflict() -> None:
    contract = _contract("Go-live. The target go-live date is 14 September 2026.")
    said = mail("Nora: You go live on 14 September 2026.")
    field = _field(fill_summary(record_of(said, contract)), "implementation_plan.go_live_target")
    assert field.status == "stated"


def test_the_sellers_own_notes_report_on_the_customer() -> None:
    notes = source_of("They are a dairy cooperative with four plants.", "notes.md", kind="notes")
    assert _field(fill_summary(record_of(notes)), "customer_overview.industry").status == "stated"


def test_every_quote_is_found_in_its_segment() -> None:
    record: DealRecord = record_of(
        call("Carla: So, um, we're a dairy cooperative, and, uh, we lost two customers last year."),
        mail("Carla: Our license expires on 1 September 2026."),
    )
    verifier = Verifier(record)
    assert verifier.one(fill_summary(record)) is not None
    assert verifier.rejected == 0


def test_the_same_sources_give_the_same_summary() -> None:
    record = record_of("Carla: We're a dairy cooperative with three hundred people in four plants.")
    assert fill_summary(record) == fill_summary(record)


def test_a_deal_without_sources_is_all_not_stated() -> None:
    assert fill_summary(record_of()) == Summary()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("payable within sixty (60) days of receipt", "net 60"),
        ("Net-30 from the date of invoice", "net 30"),
        ("we pay net forty-five", "net 45"),
        ("Invoices are due on receipt", "due on receipt"),
        ("as agreed between the parties", None),
    ],
)
def test_payment_terms_read_as_finance_says_them(text: str, terms: str | None) -> None:
    assert payment_words(text) == terms


def test_fillers_and_openers_are_trimmed_off_a_value() -> None:
    assert trimmed("So, um, we're, you know, a dairy.") == "We're, a dairy."


def test_notes_that_say_what_nobody_knows_state_nothing() -> None:
    notes = source_of("Early win: not discussed.\nROI: TBD, nobody asked.", "notes.md", kind="notes")
    summary = fill_summary(record_of(notes))
    assert _field(summary, "success_ladder.early_win").status == "not_stated"
    assert _field(summary, "business_objectives.roi_expectations").status == "not_stated"


def test_a_place_that_nobody_has_filled_in_states_nothing() -> None:
    summary = fill_summary(record_of("Tom: We have ______ employees across [number] hospitals."))
    assert _field(summary, "customer_overview.company_size").status == "not_stated"


def _form(*rows: str) -> Source:
    segments = tuple(
        Segment(id=f"s{i}", text=text, kind="table_row", locator=f"row {i}") for i, text in enumerate(rows)
    )
    return Source(name="form.docx", kind="notes", sha256="0", segments=segments)


def test_a_line_of_a_form_fills_the_path_of_its_label_with_its_value_alone() -> None:
    summary = fill_summary(record_of(_form("Customer | Industry | Dairy cooperative", "Risks | The night shift")))
    assert [v.text for v in summary.customer_overview.industry.values] == ["Dairy cooperative"]
    assert [v.text for v in summary.implementation_plan.risks.values] == ["The night shift"]


def test_a_line_of_a_form_that_points_elsewhere_or_is_open_states_nothing() -> None:
    rows = ("Customer | Competitors | see call", "Payment terms | std", "Timeline | tbd", "Budget | -")
    assert fill_summary(record_of(_form(*rows))) == Summary()


def test_a_sentence_about_the_one_before_it_gives_that_one_as_the_value() -> None:
    said = "Tom: The night shift goes back to paper whenever nobody looks. That's my biggest worry."
    field = _field(fill_summary(record_of(said)), "implementation_plan.risks")
    assert "goes back to paper" in field.values[0].text


@pytest.mark.parametrize("said", ["Tom: That's why we did it.", "Tom: I don't like it when people try."])
def test_a_sentence_that_tells_nothing_by_itself_is_no_value(said: str) -> None:
    assert fill_summary(record_of(said)) == Summary()
