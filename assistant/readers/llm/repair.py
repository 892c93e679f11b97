"""From a model's text to an answer: fences and chatter around JSON are taken off, the rest must fit."""

from __future__ import annotations

import json
import re
from typing import TypeVar

from pydantic import BaseModel, ValidationError

A = TypeVar("A", bound=BaseModel)
FENCE = re.compile(r"```[a-zA-Z]*\s*\n(.*?)\n?\s*```", re.DOTALL)
THOUGHTS = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
SHOWN = 8
"""Errors that a repair turn lists; the rest mostly follows from them."""


def parse(answer: type[A], text: str) -> tuple[A | None, str]:
    """The answer in the text, or None and what is wrong with it, in words that a model can act on."""
    problem = "it is empty."
    for candidate in _candidates(text):
        try:
            return answer.model_validate_json(candidate), ""
        except ValidationError as error:
            trimmed = _without_extras(answer, candidate, error)
            if trimmed is not None:
                return trimmed, ""
            problem = _complaint(error)
    return None, problem


def _without_extras(answer: type[A], text: str, error: ValidationError) -> A | None:
    """The answer without keys that nobody asked for, when they are all that is wrong: not paid again."""
    if any(one["type"] != "extra_forbidden" for one in error.errors(include_url=False)):
        return None
    data = json.loads(text)
    for one in error.errors(include_url=False):
        *path, key = one["loc"]
        inner = data
        try:
            for step in path:
                inner = inner[step]
            del inner[key]
        except (KeyError, IndexError, TypeError):
            return None
    try:
        return answer.model_validate(data)
    except ValidationError:
        return None


def _candidates(text: str) -> list[str]:
    """The text itself, what stands in its fence, and from its first brace to its last; likeliest last."""
    bare = THOUGHTS.sub("", text).strip()
    if not bare:
        return []
    fenced = FENCE.search(bare)
    inner = fenced.group(1).strip() if fenced else bare
    first, last = inner.find("{"), inner.rfind("}")
    braced = inner[first : last + 1] if 0 <= first < last else inner
    return list(dict.fromkeys((bare, inner, braced)))


def _complaint(error: ValidationError) -> str:
    """One line an error: where and what, without repeating what the model wrote."""
    lines = [
        f"{'.'.join(str(part) for part in one['loc']) or 'the reply'}: {one['msg']}"
        for one in error.errors(include_url=False, include_context=False, include_input=False)[:SHOWN]
    ]
    more = error.error_count() - len(lines)
    return "; ".join(lines) + (f"; and {more} more." if more > 0 else ".")
