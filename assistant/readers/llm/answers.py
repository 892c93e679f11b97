"""Keys of paid answers, and two memories that keep none for longer than the program runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from assistant.readers.llm.question import Answers, Question, StoredAnswer


def answer_key(question: Question[Any], schema: Mapping[str, Any], parameters: Mapping[str, Any]) -> str:
    """SHA-256 of all that an answer depends on: endpoint, model, parameters, schema, prompt and text."""
    parts = (
        dict(parameters), schema, question.fingerprint, question.max_output, question.system,
        question.prefix if question.reads is None else question.reads, question.text,
    )  # fmt: skip
    return _hashed(json.dumps(parts, sort_keys=True, ensure_ascii=False))


def repair_key(key: str, problem: str) -> str:
    """The key of the second try after an answer that did not fit."""
    return _hashed(f"{key} repair {problem}")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class MemoryAnswers:
    """Kept while the program runs: for tests, and where nothing may be written."""

    def __init__(self) -> None:
        self.kept: dict[str, StoredAnswer] = {}

    def get(self, key: str) -> StoredAnswer | None:
        return self.kept.get(key)

    def put(self, key: str, answer: StoredAnswer, deal: str) -> None:
        self.kept[key] = answer


class ReadOnlyAnswers:
    """What another memory holds, and nothing is ever put into it: for a dry run."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def get(self, key: str) -> StoredAnswer | None:
        return self._answers.get(key)

    def put(self, key: str, answer: StoredAnswer, deal: str) -> None:
        """Forgotten at once."""
