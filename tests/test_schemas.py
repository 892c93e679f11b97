"""Answer classes on the wire: what every provider's strict mode takes, and nothing else."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from assistant.readers.llm import forms
from assistant.readers.llm.schemas import emptiest, forbidden, wire_schema

FORMS = sorted(
    (one for one in vars(forms).values() if isinstance(one, type) and issubclass(one, forms.Form)),
    key=lambda form: form.__name__,
)


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_form_that_a_model_fills_is_strict(form: type[BaseModel]) -> None:
    schema = wire_schema(form)
    assert forbidden(schema) == []
    assert not {"default", "maxLength", "minItems", "pattern", "title"} & words(schema)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_the_emptiest_answer_fits_its_form(form: type[BaseModel]) -> None:
    form.model_validate_json(json.dumps(emptiest(wire_schema(form))))


def words(node: Any) -> set[str]:
    """Every keyword in the schema; names of fields are none."""
    if isinstance(node, list):
        return set().union(*map(words, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    inner = [
        value
        for key, value in node.items()
        for value in (value.values() if key in ("properties", "$defs") else [value])
    ]
    return set(node).union(*map(words, inner))


def test_a_field_may_be_called_like_a_keyword() -> None:
    class Titled(Strict):
        title: str
        format: str | None

    schema = wire_schema(Titled)
    assert list(schema["properties"]) == ["title", "format"] and forbidden(schema) == []


def test_limits_are_left_out_and_still_checked_by_the_class() -> None:
    class Short(Strict):
        text: str = Field(max_length=3)

    assert "maxLength" not in json.dumps(wire_schema(Short))
    with pytest.raises(ValueError, match="at most 3"):
        Short(text="long")


def test_a_word_that_stands_alone_becomes_an_enum() -> None:
    class One(Strict):
        kind: Literal["said"]

    assert wire_schema(One)["properties"]["kind"]["enum"] == ["said"]


class Defaults(Strict):
    text: str = "none"


class Maps(Strict):
    texts: dict[str, str]


class Pairs(Strict):
    pair: tuple[str, int]


class Open(BaseModel):
    text: str


class Tree(Strict):
    branches: list[Tree]


@pytest.mark.parametrize("wrong", [Defaults, Maps, Pairs, Tree])
def test_what_a_strict_mode_refuses_is_named(wrong: type[BaseModel]) -> None:
    with pytest.raises(ValueError, match=wrong.__name__):
        wire_schema(wrong)


def test_an_open_class_is_closed_on_the_wire() -> None:
    assert wire_schema(Open)["additionalProperties"] is False
