"""What goes over the wire and what comes back, in words that no provider's library owns."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant.readers.llm.question import Question
from assistant.settings import Structured

Role = Literal["system", "user", "assistant"]
Finish = Literal["stop", "length", "refused"]


@dataclass(frozen=True)
class Call:
    """One request to the model. The messages begin with what all questions of a deal share."""

    messages: tuple[tuple[Role, str], ...]
    schema: dict[str, Any]
    """The strict JSON schema that the reply must fit."""
    name: str
    """The schema's name, as the protocol wants one."""
    max_output: int
    prompt: str = ""
    """Which prompt it is made of, for lists that a person reads."""


@dataclass(frozen=True)
class Manner:
    """How a request is put; an endpoint's refusals teach it."""

    structured: Structured = "json_schema"
    temperature: bool = True
    """Whether one is sent at all: some models refuse any."""
    old_output_name: bool = False
    """Send `max_tokens` instead of `max_completion_tokens`."""


@dataclass(frozen=True)
class Raw:
    """What a model replied, before anybody looked whether it fits."""

    text: str
    finish: Finish
    input_tokens: int
    cached_tokens: int
    """Those of the input that the provider had cached, where it says so."""
    output_tokens: int


Send = Callable[[Call, Manner], Raw]
"""Asks the model once. Raises whatever the provider's library raises; `failures` knows what it means."""


def make_call(question: Question[Any], schema: dict[str, Any]) -> Call:
    """The question as messages: rules, then sources, then what is asked, so that a prefix can be cached."""
    asked = f"{question.prefix}\n\n{question.text}" if question.prefix else question.text
    messages: tuple[tuple[Role, str], ...] = (("system", question.system), ("user", asked))
    return Call(messages, schema, question.answer.__name__, question.max_output, question.prompt)


def repair_call(call: Call, text: str, problem: str) -> Call:
    """The same conversation, gone on: what the model replied and what is wrong with it."""
    complaint = (
        f"That reply cannot be used: {problem}\n"
        "Reply again with the whole corrected JSON object and nothing else. Change only what was wrong."
    )
    return replace(call, messages=(*call.messages, ("assistant", text), ("user", complaint)))


def as_told(call: Call, manner: Manner) -> Call:
    """The call as that manner puts it: where no schema is taken, it stands at the end of the last message."""
    if manner.structured == "json_schema":
        return call
    *before, (role, text) = call.messages
    schema = json.dumps(call.schema, ensure_ascii=False)
    told = f"{text}\n\nReply with one JSON object and nothing else. It must fit this JSON Schema:\n{schema}"
    return replace(call, messages=(*before, (role, told)))


def parameters(call: Call, manner: Manner, temperature: float | None) -> dict[str, Any]:
    """What goes beside the messages, in the OpenAI protocol's words."""
    output = "max_tokens" if manner.old_output_name else "max_completion_tokens"
    given: dict[str, Any] = {output: call.max_output}
    if manner.temperature and temperature is not None:
        given["temperature"] = temperature
    if manner.structured == "json_schema":
        inner = {"name": call.name, "strict": True, "schema": call.schema}
        given["response_format"] = {"type": "json_schema", "json_schema": inner}
    elif manner.structured == "json_object":
        given["response_format"] = {"type": "json_object"}
    return given


def body(call: Call, manner: Manner, model: str, temperature: float | None) -> dict[str, Any]:
    """The whole request, as the OpenAI protocol sends it."""
    told = as_told(call, manner)
    messages = [{"role": role, "content": text} for role, text in told.messages]
    given = parameters(call, manner, temperature)
    return {"model": model, "messages": messages, "stream": False, **given}
