"""Round one: every window is read; what the model lists becomes wordings, proposals, people and
payment facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.evidence.record import DealRecord
from assistant.packet import Evidence
from assistant.readers.llm.asking import reading_question
from assistant.readers.llm.chains import once
from assistant.readers.llm.facts import Proposal, read_facts
from assistant.readers.llm.grounding import Ground
from assistant.readers.llm.payment import Seen as Payments
from assistant.readers.llm.payment import read_payment
from assistant.readers.llm.people import Seen as Person
from assistant.readers.llm.people import read_people
from assistant.readers.llm.question import Asker
from assistant.readers.llm.rounds import Task, ask_all
from assistant.readers.llm.windows import Plan, Window, halves
from assistant.readers.llm.wordings import Wording, read_wordings


@dataclass
class Read:
    """What round one brought, on words that are there."""

    wordings: list[Wording] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    payments: Payments = field(default_factory=dict)
    instructions: list[Evidence] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    """Source -> why the model gave nothing for it."""


def read_all(asker: Asker, plan: Plan, record: DealRecord, ground: Ground) -> Read:
    """Ask about every window in parallel, and keep what stands."""
    tasks = [_task((i,), window, record, plan.answer) for i, window in enumerate(plan.windows)]
    read = Read()
    for number, done in enumerate(ask_all(asker, tasks)):
        window: Window = done.subject
        if done.value is None:
            read.unread |= {s.name: str(done.problem) for s in window.shown.sources}
            continue
        shown, value = window.shown, done.value
        promises = getattr(value, "promises", ())
        read.wordings += read_wordings(number, shown, promises, ground, record)
        read.proposals += read_facts(shown, value.facts, ground, record)
        read_people(shown, getattr(value, "people", ()), ground, record, read.people)
        read_payment(shown, value.payment, ground, read.payments)
        read.instructions += [e for q in value.instructions if (e := ground.find(shown, q.at, q.quote))]
    read.wordings = once(_of_conversations(read.wordings, record))
    return read


def _of_conversations(wordings: Sequence[Wording], record: DealRecord) -> list[Wording]:
    """A clause is no promise that somebody made: it is what promises are held against."""
    spoken = {source.name for source in record.conversations}
    return [w for w in wordings if w.commitment.evidence[-1].source in spoken]


def _task(order: tuple[int, ...], window: Window, record: DealRecord, answer: int) -> Task:
    def parted() -> Sequence[Task] | None:
        parts = halves(window)
        return parts and [_task((*order, i), part, record, answer) for i, part in enumerate(parts)]

    return Task(order, window, reading_question(window, record, answer), parted)
