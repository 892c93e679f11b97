"""The client: questions in, replies out. What was answered once is never paid again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import HandoffError
from assistant.readers.llm.answers import MemoryAnswers, answer_key, repair_key
from assistant.readers.llm.budget import Budget
from assistant.readers.llm.context import estimate_tokens
from assistant.readers.llm.failures import explain, meaning_of
from assistant.readers.llm.parallel import in_parallel
from assistant.readers.llm.patience import Patience
from assistant.readers.llm.prices import Price
from assistant.readers.llm.question import Answers, Question, Reply, StoredAnswer
from assistant.readers.llm.repair import parse
from assistant.readers.llm.schemas import wire_schema
from assistant.readers.llm.tally import Tally
from assistant.readers.llm.wire import Call, Raw, make_call, repair_call

TOO_LONG = "the question is longer than the model's context"
CUT = "the model ran out of room for its answer"
SAFETY = 1.25
"""How far the real number of tokens may lie above the estimate before the ceiling could be passed."""


@dataclass
class Client:
    """Asks one model about one deal. Thread-safe; every question goes out at most once."""

    patience: Patience
    model: str
    endpoint: str
    """What a person calls the place that is asked, for error lines."""
    deal: str = ""
    answers: Answers = field(default_factory=MemoryAnswers)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """What an answer depends on besides its question: part of its key."""
    price: Price | None = None
    budget: Budget = field(default_factory=Budget)
    concurrency: int = 32
    under_way: threading.Semaphore | None = None
    """Calls that may be under way, where several clients share that; None: `concurrency` of this one."""
    rehearsing: bool = False
    """Nothing leaves the machine; replies are empty and are not repaired."""
    tally: Tally = field(default_factory=Tally)
    load: Callable[[], object] = lambda: None
    """What takes time before the first call; may be called ahead, from any thread."""

    def __post_init__(self) -> None:
        self._under_way = self.under_way or threading.Semaphore(self.concurrency)

    def ask(self, questions: Sequence[Question[Any]]) -> list[Reply[Any]]:
        """All replies, in order. Raises HandoffError when the model cannot be asked at all; what was
        answered until then is kept."""
        begun = time.monotonic()
        keys = [self._key(question) for question in questions]
        distinct = dict(zip(keys, questions, strict=True))
        jobs = [(lambda k=key, q=question: self._reply(k, q)) for key, question in distinct.items()]
        replies = dict(zip(distinct, in_parallel(jobs, self.concurrency), strict=True))
        self.tally.seconds += time.monotonic() - begun
        return [replies[key] for key in keys]

    def usage(self) -> dict[str, Any]:
        """What it took so far, in the names of the packet's Run."""
        return {
            "model": self.model,
            "prompt_fingerprints": dict(sorted(self.tally.fingerprints.items())),
            "seconds": round(self.tally.seconds, 1),
            "calls": self.tally.calls,
            "calls_reused": self.tally.reused,
            "tokens": self.tally.tokens,
            "cost": round(self.tally.cost, 6),
        }

    def _key(self, question: Question[Any]) -> str:
        return answer_key(question, wire_schema(question.answer), self.parameters)

    def _reply(self, key: str, question: Question[Any]) -> Reply[Any]:
        call = make_call(question, wire_schema(question.answer))
        answer = self._answer(key, call, question)
        if answer is None:
            return Reply(None, TOO_LONG, truncated=True)
        reply, wrong = _understood(question, answer)
        if reply or self.rehearsing:
            return reply or Reply(None, "nobody was asked")
        second = self._answer(repair_key(key, wrong), repair_call(call, answer.text, wrong), question)
        if second is None:
            return Reply(None, TOO_LONG, truncated=True)
        reply, still_wrong = _understood(question, second)
        return reply or Reply(None, f"the model's answer cannot be used: {still_wrong}")

    def _answer(self, key: str, call: Call, question: Question[Any]) -> StoredAnswer | None:
        """The kept answer, or the model's, kept before anybody looks at it. None: too long to be asked."""
        kept = self.answers.get(key)
        if kept is not None:
            self.budget.settle(0, kept.cost)
            self.tally.add(kept, question, reused=True)
            return kept
        raw = self._asked(call)
        if raw is None:
            return None
        answer = self._stored(raw)
        self.answers.put(key, answer, self.deal)
        self.tally.add(answer, question, reused=False)
        return answer

    def _asked(self, call: Call) -> Raw | None:
        tokens = sum(estimate_tokens(text) for _, text in call.messages)
        most = self.price.of(int(tokens * SAFETY), 0, call.max_output) if self.price else 0.0
        self.budget.reserve(most)
        cost = 0.0
        try:
            with self._under_way:
                raw = self.patience.ask(call, tokens + call.max_output)
            cost = self._cost(raw)
            return raw
        except HandoffError:
            raise
        except Exception as error:
            if meaning_of(error) == "too_long":
                return None
            raise explain(error, self.model, self.endpoint) from error
        finally:
            self.budget.settle(most, cost)

    def _cost(self, raw: Raw) -> float:
        return self.price.of(raw.input_tokens, raw.cached_tokens, raw.output_tokens) if self.price else 0.0

    def _stored(self, raw: Raw) -> StoredAnswer:
        return StoredAnswer(
            text=raw.text, model=self.model, input_tokens=raw.input_tokens, cached_tokens=raw.cached_tokens,
            output_tokens=raw.output_tokens, cost=self._cost(raw), finish=raw.finish,
        )  # fmt: skip


def _understood(question: Question[Any], answer: StoredAnswer) -> tuple[Reply[Any] | None, str]:
    """The reply, or None and what a repair turn has to say. A cut answer can only be asked for in halves."""
    if answer.finish == "refused":
        return Reply(None, "the model refused to answer"), ""
    value, wrong = parse(question.answer, answer.text)
    if value is not None:
        return Reply(value), ""
    return (Reply(None, CUT, truncated=True), "") if answer.finish == "length" else (None, wrong)
