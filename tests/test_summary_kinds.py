"""The sections of account handovers, off-boardings and pilots: found where stated, by notes and by talk."""
# ruff: noqa: E501 - one row a case

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.evidence.record import DealRecord
from assistant.packet import KIND_SECTIONS, Field, Summary, Trigger
from assistant.readers.embedded.summary import fill_summary
from assistant.readers.embedded.summary_fields import field_rows
from tests.conversation import record_of

TRIGGERS: dict[str, Trigger] = {
    "account_handover": "account_handover", "off_boarding": "off_boarding", "poc": "poc_to_paid",
}  # fmt: skip


def _of_kind(record: DealRecord, trigger: Trigger) -> DealRecord:
    return replace(record, deal=record.deal.model_copy(update={"trigger": trigger}))


def _field(summary: Summary, path: str) -> Field:
    section, name = path.split(".")
    field: Field = getattr(getattr(summary, section), name)
    return field


STATED = [
    ("account_handover.contact_details", "Nora: For invoices you write to their Ms. Holm, her direct line is +45 33 12 40 77."),
    ("account_handover.project_states", "Nora: The warehouse migration is about half done and on schedule."),
    ("account_handover.handover_deadlines", "Nora: The renewal notice is due by 30 November 2026."),
    ("account_handover.open_issues", "Nora: There are three open tickets, and the credit has not been raised yet."),
    ("account_handover.working_preferences", "Nora: Mr. Holm hates phone calls, write to him before noon."),
    ("account_handover.account_history", "Nora: They nearly left us after the outage in March."),
    ("account_handover.account_strategy", "Nora: The plan for this account is a second site next year, but do not push it before the audit."),
    ("account_handover.handover_reason", "Nora: I am handing the account over to Carla because I go on parental leave."),
    ("account_handover.cover_arrangements", "Nora: While I am away, Carla signs off on discounts up to five percent."),
    ("account_handover.results_delivered", "Nora: The portal was accepted by their board on 3 May, and it is under warranty until December."),
    ("account_handover.customer_changes", "Nora: Your prices stay the same, only the invoices will come from the Vienna office."),
    ("account_handover.access_and_materials", "Nora: The admin access and all drawings are handed over to the new team on Friday."),
    ("off_boarding.original_goals", "Nora: When we started, the goal was to halve the returns within a year."),
    ("off_boarding.goals_now", "Nora: Returns went down from nine to six percent."),
    ("off_boarding.unexpected_difficulties", "Nora: Nobody expected that the scanners would freeze in the cold store."),
    ("off_boarding.difficulties_met", "Nora: We worked around that by moving the scanners to the ramp."),
    ("off_boarding.loose_ends", "Nora: The loose ends are the archive of 2019 and two unpaid licences."),
    ("off_boarding.next_provider_needs", "Nora: The next provider should know that the ledger closes on the fifth."),
    ("off_boarding.later_contacts", "Nora: You can still call Carla about the data model for another three months."),
    ("off_boarding.outgoing_knowledge", "Nora: The tax codes of the islands are not documented, that is in my head."),
    ("poc.poc_scope", "Nora: The pilot ran at two stores with forty users."),
    ("poc.poc_results", "Nora: The pilot showed that picking takes a third less time."),
    ("poc.poc_learnings", "Nora: What we learned in the trial is that the night shift needs paper labels."),
    ("poc.poc_carried_over", "Nora: Everything that you entered in the trial carries over to the live account."),
    ("poc.plan_from_poc", "Nora: We build on the pilot and take the returns desk next."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "said"), STATED)
def test_what_is_stated_is_found_with_its_quote(path: str, said: str) -> None:
    record = _of_kind(record_of(said), TRIGGERS[path.split(".")[0]])
    field = _field(fill_summary(record), path)
    assert field.status == "stated"
    assert field.values[0].evidence[0].quote in said


@pytest.mark.parametrize(("path", "said"), STATED)
def test_a_sale_has_none_of_these_sections(path: str, said: str) -> None:
    assert _field(fill_summary(record_of(said)), path).status == "not_stated"


@pytest.mark.parametrize(
    ("trigger", "said"),
    [
        ("account_handover", "Carla: We open the branch on Monday, and the children like the new window."),
        ("account_handover", "Tom: Users want a notification by e-mail when the file is there."),
        ("account_handover", "Tom: My clerk is on holiday, so who signs the form?"),
        ("off_boarding", "Carla: Can you show us the export again? The second button, thanks."),
        ("off_boarding", "Tom: If we had no surprises, it would be a first."),
        ("poc_to_paid", "Carla: Could we run a pilot at some point?"),
        ("poc_to_paid", "Tom: The learning platform is not part of this."),
    ],
)
def test_what_only_sounds_like_it_states_nothing(trigger: Trigger, said: str) -> None:
    summary = fill_summary(_of_kind(record_of(said), trigger))
    rows = [row.path for row in field_rows() if row.path.split(".")[0] in KIND_SECTIONS]
    assert [path for path in rows if _field(summary, path).status != "not_stated"] == []


def test_every_path_of_these_sections_has_a_row_and_a_case() -> None:
    rows = [row.path for row in field_rows() if row.path.split(".")[0] in KIND_SECTIONS]
    assert rows == [path for path, _ in STATED]
    assert {path.split(".")[0] for path in rows} == set(KIND_SECTIONS)
