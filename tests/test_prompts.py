"""Prompts are files: each fills with its example values, and with nothing else."""

from __future__ import annotations

from typing import get_args

import pytest

import prompts
from assistant.packet import KIND_SECTIONS, Trigger
from assistant.protocol.template import load_template
from assistant.readers.llm.facts import asked_of
from assistant.readers.llm.field_names import FIELD_NAMES, FieldName


@pytest.mark.parametrize("name", prompts.names())
def test_every_prompt_fills_with_its_example_values(name: str) -> None:
    prompt = prompts.load(name)
    text = prompts.fill(prompt, prompt.example)
    assert "{{" not in text and "+++" not in text
    assert prompt.about.endswith(".")


@pytest.mark.parametrize("values", [{}, {"field_lines": "x", "more": "y"}])
def test_a_value_too_few_or_too_many_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(prompts.PromptError):
        prompts.fill(prompts.load("read_contract"), values)


def test_an_unknown_prompt_is_named() -> None:
    with pytest.raises(prompts.PromptError, match="no prompts/nothing"):
        prompts.load("nothing")


def test_what_is_filled_in_is_not_filled_again() -> None:
    text = prompts.fill(prompts.load("read_contract"), {"field_lines": "{{field_lines}} {{>facts}}"})
    assert "{{field_lines}} {{>facts}}" in text


def test_the_fingerprint_covers_the_parts() -> None:
    deal, facts = prompts.load("read_deal"), prompts.load("facts")
    assert facts.text.split("{{")[0] in deal.text
    assert len({prompts.load(name).fingerprint for name in prompts.names()}) == len(prompts.names())


def test_every_field_of_the_template_has_its_question() -> None:
    assert [f.path for f in prompts.fields()] == [row.path for row in load_template().field]
    assert {f.name for f in prompts.fields()} == FIELD_NAMES == set(get_args(FieldName))
    assert all(f.short and f.asks.endswith("?") and f.counts and f.not_ for f in prompts.fields())


@pytest.mark.parametrize("trigger", get_args(Trigger))
def test_a_model_is_asked_for_the_sections_of_this_kind_of_handover_only(trigger: Trigger) -> None:
    own = {section for section, triggers in KIND_SECTIONS.items() if trigger in triggers}
    asked = {field.section for field in prompts.fields() if asked_of(field, trigger)}
    assert asked & set(KIND_SECTIONS) == own
    assert asked >= {field.section for field in prompts.fields()} - set(KIND_SECTIONS)
