"""What means a path without the wordings that its patterns know."""

from assistant.packet import Field
from assistant.readers.embedded.field_meaning import load_meanings
from assistant.readers.embedded.summary import fill_summary
from assistant.readers.embedded.summary_fields import field_rows
from assistant.readers.embedded.summary_fuller import (
    FIRST,
    FURTHER,
    RARE,
    USUAL,
    least_score,
    meant_for,
    promising,
)
from tests.conversation import record_of

TALK = """
Nora: Who else is in the running, if I may?
Carla: Trackwell quoted us fifty thousand, and it's slick.
Nora: And how would you know in a year that it worked?
Carla: Two days from the job to the bill, and none forgotten.
Nora: Good to know.
Carla: I'd pay for lunch, by the way.
"""


def _texts(field: Field) -> str:
    return " ".join(v.text for v in field.values)


def test_a_rival_named_first_in_its_sentence_is_a_rival() -> None:
    summary = fill_summary(record_of(TALK))
    assert "Trackwell" in _texts(summary.customer_overview.competitive_landscape)


def test_a_target_told_in_answer_states_the_criterion() -> None:
    summary = fill_summary(record_of(TALK))
    assert "Two days" in _texts(summary.business_objectives.success_criteria)


def test_what_nobody_told_stays_open() -> None:
    summary = fill_summary(record_of(TALK))
    assert summary.business_objectives.personal_wins.status == "not_stated"
    assert summary.customer_overview.how_they_found_us.status == "not_stated"


def test_nothing_is_meant_where_nothing_is_said() -> None:
    assert meant_for(promising(field_rows(), [], []), []) == {}


def test_the_rarer_a_path_is_stated_the_clearer_its_first_value_must_be() -> None:
    rows = {row.path: row for row in field_rows()}
    often = rows["customer_overview.why_now"]
    usual, seldom = rows["success_ladder.early_win"], rows["business_objectives.personal_wins"]
    assert [least_score(row, 0) for row in (often, usual, seldom)] == [FIRST, USUAL, RARE]
    assert {least_score(row, 1) for row in (often, usual, seldom)} == {FURTHER}


def test_the_weights_are_for_paths_of_the_field_table() -> None:
    paths, weights, bias = load_meanings()
    assert set(paths) <= {row.path for row in field_rows()}
    assert weights.shape == (len(paths), 774) and bias.shape == (len(paths),)
