"""A question to the chat model and its reply: what the questions hand to the client, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

A = TypeVar("A", bound=BaseModel)


@dataclass(frozen=True)
class Question(Generic[A]):
    """One call. `prefix` (the sources) goes first, the same for all questions of a deal; `text` goes last."""

    prompt: str
    """Name of the prompt's file in prompts/, without its suffix."""
    fingerprint: str
    """SHA-256 of that prompt file, so that a changed prompt is asked anew."""
    system: str
    prefix: str
    text: str
    answer: type[A]
    """The pydantic model that the reply must fit: nothing optional, no defaults, no dicts (strict schema)."""
    max_output: int
    """Tokens that the answer may take."""
    reads: str | None = None
    """What stands for `prefix` in the answer's key, where the answer rests on a part of it only: the text of
    those sources. What the question does not read can then change, and the answer is kept."""


@dataclass(frozen=True)
class Reply(Generic[A]):
    """The parsed answer, or one line that says why there is none."""

    value: A | None
    problem: str | None = None
    truncated: bool = False
    """The model ran out of output: ask again about half of the text."""


class Asker(Protocol):
    """Whoever asks the model; the questions of one call are asked in parallel, replies keep their order."""

    def ask(self, questions: Sequence[Question[Any]]) -> list[Reply[Any]]: ...


@dataclass(frozen=True)
class StoredAnswer:
    """One paid answer as it is kept: the raw text, and what it took."""

    text: str
    model: str
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost: float
    """US dollars; 0 where the price is not known."""
    finish: str = "stop"
    """Why the model stopped: "stop", or "length" where the answer is cut."""


class Answers(Protocol):
    """The memory of paid answers: cache and checkpoint in one. `deal` lets them be deleted with the deal."""

    def get(self, key: str) -> StoredAnswer | None: ...

    def put(self, key: str, answer: StoredAnswer, deal: str) -> None: ...
