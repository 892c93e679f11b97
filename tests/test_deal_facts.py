"""What a person writes about a deal: kept as it is meant, refused in words that name the field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import gradio as gr
import pytest

from assistant.packet import Deal, Participant
from assistant.screens.deal_facts import NAMES, changed, fill_facts

OLD = Deal(account="Fernhill", vendor="Cartwheel", value=1000, participants=(Participant(name="Ben"),))


def written(**given: Any) -> Deal:
    shown = dict.fromkeys(NAMES) | {k: v for k, v in OLD.model_dump().items() if k in NAMES}
    return changed(OLD, {**shown, **given})


def test_what_is_written_is_kept_and_what_the_form_does_not_show_stays() -> None:
    deal = written(value="96,000", closed_at="2026-05-11 16:30", expected_close="2026-05-12", team=" North ")
    assert (deal.value, deal.team, deal.expected_close) == (96000, "North", date(2026, 5, 12))
    assert deal.closed_at is not None
    assert deal.closed_at.replace(tzinfo=UTC) == datetime(2026, 5, 11, 16, 30, tzinfo=UTC)
    assert deal.participants == OLD.participants


def test_an_emptied_field_is_unknown_again() -> None:
    assert written(value="", vendor=None).value is None
    assert written(trigger="").trigger == "post_close"


@pytest.mark.parametrize(
    ("name", "value", "label"),
    [("expected_close", "next week", "Expected close"), ("value", "a lot", "Contract value"),
     ("scenario", "whim", "Why the owner changes")],
)  # fmt: skip
def test_what_does_not_fit_is_refused_by_the_field_s_name(name: str, value: str, label: str) -> None:
    with pytest.raises(gr.Error, match=label):
        written(**{name: value})


def test_the_form_shows_what_is_known_and_can_be_saved_by_those_who_may() -> None:
    *fields, save = fill_facts(OLD.model_copy(update={"closed_at": datetime(2026, 5, 11, 16, 30)}), may=True)
    values = {name: field["value"] for name, field in zip(NAMES, fields, strict=True)}
    assert (values["account"], values["value"]) == ("Fernhill", "1000")
    assert values["closed_at"] == "2026-05-11 16:30:00"
    assert save["interactive"] is True
    assert fill_facts(None)[-1]["interactive"] is False
