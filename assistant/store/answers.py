"""Answers of the chat model: what was paid for once is not asked again, also after a crash."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import delete, select

from assistant.readers.llm.question import StoredAnswer
from assistant.store.engine import Store
from assistant.store.tables import answers
from assistant.store.writes import insert_once


@dataclass(frozen=True)
class Holding:
    """What is kept for one deal."""

    deal: str
    answers: int
    tokens: int
    cost: float
    """US dollars that were paid for them."""


KNOWN = {field.name for field in fields(StoredAnswer)}


class KeptAnswers:
    """The store as `Answers`: each answer is safe on disk before `put` returns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> StoredAnswer | None:
        """The answer that was kept under the key for any deal, or None."""
        query = select(answers.c.content).where(answers.c.key == key).limit(1)
        with self._store.read() as connection:
            found = connection.execute(query).scalar()
        if found is None:
            return None
        kept = {name: value for name, value in json.loads(found).items() if name in KNOWN}
        return StoredAnswer(**kept)

    def put(self, key: str, answer: StoredAnswer, deal: str) -> None:
        """Keep the answer until the deal is deleted; an answer that is there already stays."""
        row = {"deal": deal, "key": key, "content": json.dumps(asdict(answer))}
        with self._store.write() as connection:
            insert_once(connection, answers, row)

    def holdings(self) -> list[Holding]:
        """What is kept, a line a deal, in order of name."""
        found: dict[str, list[dict[str, Any]]] = {}
        with self._store.read() as connection:
            for deal, content in connection.execute(select(answers.c.deal, answers.c.content)):
                found.setdefault(deal, []).append(json.loads(content))
        return [_holding(deal, kept) for deal, kept in sorted(found.items())]

    def forget(self, deal: str) -> int:
        """Delete all answers of the deal; how many there were."""
        with self._store.write() as connection:
            return connection.execute(delete(answers).where(answers.c.deal == deal)).rowcount


def _holding(deal: str, kept: list[dict[str, Any]]) -> Holding:
    tokens = sum(one["input_tokens"] + one["output_tokens"] for one in kept)
    return Holding(deal, len(kept), tokens, sum(one["cost"] for one in kept))
