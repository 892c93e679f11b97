"""A round of questions: all in parallel, and what to do with an answer that was cut or is unusable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.readers.llm.question import Asker, Question


@dataclass(frozen=True)
class Task:
    """One thing to ask, its place among the others, and how to ask for its halves (None: cannot be
    parted)."""

    order: tuple[int, ...]
    subject: Any
    question: Question[Any]
    halve: Callable[[], Sequence[Task] | None]


@dataclass(frozen=True)
class Done:
    """What was answered to a task; `problem` says in one line why there is no answer."""

    order: tuple[int, ...]
    subject: Any
    value: Any
    problem: str | None = None


def ask_all(asker: Asker, tasks: Sequence[Task]) -> list[Done]:
    """Every task's answer by its order; what was cut is asked again in halves, which take its place."""
    done: list[Done] = []
    again: list[Task] = []
    replies = asker.ask([task.question for task in tasks]) if tasks else []
    for task, reply in zip(tasks, replies, strict=True):
        halves = task.halve() if reply.value is None and reply.truncated else None
        if halves:
            again += halves
        else:
            problem = reply.problem or "its answer was cut" if reply.value is None else None
            done.append(Done(task.order, task.subject, reply.value, problem))
    return sorted([*done, *(ask_all(asker, again) if again else [])], key=lambda d: d.order)
