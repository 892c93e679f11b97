"""Round two: promises against the contract, and the second look at doubtful fields, all in parallel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import prompts
from assistant.evidence.record import DealRecord
from assistant.readers.llm.asking import judge_question, look_question
from assistant.readers.llm.chains import chains, relinked
from assistant.readers.llm.clauses import select
from assistant.readers.llm.facts import Proposal, doubtful
from assistant.readers.llm.forms import ContractReading, Look, VerdictForm, WholeReading
from assistant.readers.llm.judging import Batch, batches, links_of
from assistant.readers.llm.question import Asker
from assistant.readers.llm.rounds import Task, ask_all
from assistant.readers.llm.sources_text import Shown
from assistant.readers.llm.windows import Plan
from assistant.readers.llm.wordings import Key, Wording

NO_CONTRACT = Shown("There are no contract documents among the sources.", {})


@dataclass
class Judgement:
    """What round two brought: a verdict and the text it was judged over for each promise, looks by field."""

    chains: list[list[Wording]]
    verdicts: dict[Key, tuple[VerdictForm, Shown]] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def judge_all(
    asker: Asker,
    plan: Plan,
    record: DealRecord,
    wordings: Sequence[Wording],
    fields: Mapping[str, Sequence[Proposal]],
) -> Judgement:
    """Ask everything that round one left open."""
    found = Judgement(chains(wordings))
    tasks = [_judge_task((0, i), batch, plan, record) for i, batch in enumerate(batches(found.chains))]
    doubts = [q for q in prompts.fields() if doubtful(q, fields.get(q.name, ()))]
    tasks += [_look_task((1, i), question, fields, record) for i, question in enumerate(doubts)]
    links: dict[Key, tuple[Key, str]] = {}
    for done in ask_all(asker, tasks):
        if done.value is None:
            found.problems.append(str(done.problem))
        elif isinstance(done.value, Look):
            found.looks[done.subject] = done.value
        else:
            links |= _noted(found, done.subject, done.value.verdicts)
    found.chains = chains(relinked(wordings, links))
    return found


def _noted(
    found: Judgement, subject: tuple[Batch, Shown], verdicts: Sequence[VerdictForm]
) -> dict[Key, tuple[Key, str]]:
    """Keep the verdicts of a batch; the links that it gives are returned."""
    batch, shown = subject
    named = {f"p{w.key[0]}_{w.key[1]}": w.key for w in batch.wordings}
    for form in verdicts:
        if form.id in named:
            found.verdicts.setdefault(named[form.id], (form, shown))
    return links_of(verdicts, [*batch.wordings, *batch.before])


def _judge_task(order: tuple[int, ...], batch: Batch, plan: Plan, record: DealRecord) -> Task:
    shown = _shown(batch, plan, record)
    form: type[Any] = WholeReading if plan.windows[0].kind == "whole" else ContractReading

    def parted() -> Sequence[Task] | None:
        middle = len(batch.wordings) // 2
        if middle == 0:
            return None
        parts = (
            replace(batch, wordings=batch.wordings[:middle]),
            Batch(batch.wordings[middle:], (*batch.before, *batch.wordings[:middle])),
        )
        return [_judge_task((*order, i), part, plan, record) for i, part in enumerate(parts)]

    return Task(order, (batch, shown), judge_question(batch, shown, record, form), parted)


def _shown(batch: Batch, plan: Plan, record: DealRecord) -> Shown:
    """The whole contract where one call can see it, else the clauses that the batch may need."""
    if plan.contract is not None:
        return plan.contract.shown
    return select(batch, record.contracts, plan.room) if record.contracts else NO_CONTRACT


def _look_task(
    order: tuple[int, ...],
    question: prompts.FieldQuestion,
    fields: Mapping[str, Sequence[Proposal]],
    record: DealRecord,
) -> Task:
    asked = look_question(question, fields[question.name], record)
    return Task(order, question.name, asked, lambda: None)
