"""An asker whose answers a function gives, and small deals to ask about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from assistant.evidence.record import DealRecord
from assistant.packet import Commitment
from assistant.readers import embedded
from assistant.readers.llm.question import Question, Reply
from assistant.readers.llm.reader import ChatReader
from extractors.segments import Segment, Source
from tests.conversation import call, record_of
from tests.scripted_model import promise, verdict

Script = Callable[[Question[Any]], dict[str, Any] | str | None]
CALL = """
    Carla: Can the night porters have it in Polish?
    Nora: Yep, all of them.
    Nora: We answer every critical ticket within four hours.
    Nora: You get the second press at half price if you sign by May.
    Tom: We lose a day a week to the paper forms.
"""
MAIL = "Nora: About the second press: we have to take that back, sorry."
CLAUSE = "3.1 Critical tickets are answered within eight (8) hours."


class Scripted:
    """An asker whose answers a function gives: a dict, None for no usable answer, "cut" for a cut one."""

    def __init__(self, script: Script) -> None:
        self.script, self.rounds = script, list[list[Question[Any]]]()

    def ask(self, questions: Sequence[Question[Any]]) -> list[Reply[Any]]:
        self.rounds.append(list(questions))
        return [self._reply(question) for question in questions]

    def _reply(self, question: Question[Any]) -> Reply[Any]:
        said = self.script(question)
        if said == "cut":
            return Reply(None, truncated=True)
        if not isinstance(said, dict):
            return Reply(None, problem="no JSON in the answer")
        empty = {name: [] for name in question.answer.model_fields}
        return Reply(question.answer.model_validate({**empty, **said}))


def contract(*clauses: str) -> Source:
    segments = tuple(
        Segment(
            id=f"s{i}",
            text=text,
            kind="clause",
            locator=f"section {text.split()[0]}",
            section=text.split()[0],
        )
        for i, text in enumerate(clauses)
    )
    return Source(name="msa.docx", kind="contract", sha256="1" * 64, segments=segments)


def deal(*more: Source) -> DealRecord:
    return record_of(call(CALL), *more)


def id_of(question: Question[Any], words: str) -> str:
    """The id under which a segment is shown, by words of its text."""
    match = re.search(rf"^\[(\w+)\] .*{re.escape(words)}", question.prefix, re.M)
    assert match, words
    return match[1]


def said(question: Question[Any], quote: str, n: int = 1, **changes: Any) -> dict[str, Any]:
    return promise(n, id_of(question, quote), quote, **changes)


def judged(question: Question[Any], **by_words: Any) -> dict[str, Any]:
    """Verdicts by words of the promise's line; the others are not in the contract."""
    lines = re.findall(r"^(p\d+_\d+) \| (.*)$", question.text.rsplit("\nPromises:\n", 1)[1], re.M)
    found = []
    for name, line in lines:
        made = next((v for words, v in by_words.items() if words in line), None)
        found.append({**(made or verdict(name, "not_in_contract")), "id": name})
    return {"verdicts": found}


def drafted(
    script: Script, record: DealRecord, **options: Any
) -> tuple[list[Commitment], ChatReader, Scripted]:
    asker = Scripted(script)
    reader = ChatReader(asker, embedded, context=options.pop("context", 128_000), **options)
    return reader.find_commitments(record), reader, asker


def by_text(found: Sequence[Commitment], words: str) -> Commitment:
    return next(c for c in found if words in c.evidence[-1].quote or words in c.text)
