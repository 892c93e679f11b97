"""The reader that asks a chat model: two rounds of questions, and code that decides what stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Conflict, ContractTerm, Stakeholder, Summary
from assistant.readers import PaymentFacts, Reader
from assistant.readers.llm.asking import fingerprints
from assistant.readers.llm.chains import head, joined
from assistant.readers.llm.crosscheck import ahead, passed_over, with_arithmetic
from assistant.readers.llm.facts import by_field, make_summary
from assistant.readers.llm.grounding import Ground
from assistant.readers.llm.judgement import Judgement, judge_all
from assistant.readers.llm.judging import judged
from assistant.readers.llm.payment import payment_facts
from assistant.readers.llm.people import stakeholders
from assistant.readers.llm.question import Asker
from assistant.readers.llm.reading import Read, read_all
from assistant.readers.llm.redact import Redaction
from assistant.readers.llm.rehearsing import stand_ins
from assistant.readers.llm.windows import PlanName, plan_windows
from assistant.readers.llm.wordings import identity


@dataclass(frozen=True)
class Draft:
    """All that the model's two rounds left standing for one deal record."""

    record: DealRecord
    commitments: list[Commitment]
    summary: Summary
    stakeholders: list[Stakeholder]
    payment: PaymentFacts
    notices: dict[str, tuple[str, ...]]


class ChatReader:
    """Answers the reader's questions from one draft a record: the first question asks the model, all
    others wait.

    `embedded` finds the contract's terms and conflicts, and stands beside the model as a check. `context` is
    what the model takes, in tokens; with `redact` nothing personal leaves the machine.
    """

    name = "llm"

    def __init__(
        self,
        asker: Asker,
        embedded: Reader,
        *,
        context: int,
        redact: bool = False,
        plan: PlanName = "auto",
    ) -> None:
        self._asker, self._embedded = asker, embedded
        self._context, self._redact, self._plan = context, redact, plan
        self._draft: Draft | None = None
        self.quotes_rejected = 0
        """Quotes of the model that do not stand where it says, so far."""

    @property
    def fingerprints(self) -> dict[str, str]:
        """Of every prompt that is used."""
        return fingerprints()

    def prepare(self) -> None:
        """Load the client while files are being read, and the tables of `embedded`; its model hardly ever is
        needed, and loads when it is."""
        getattr(self._embedded, "prepare_tables", lambda: None)()
        getattr(self._asker, "load", lambda: None)()

    def usage(self) -> dict[str, Any]:
        """What the model's answers took, by the names of the packet's run."""
        found: dict[str, Any] = getattr(self._asker, "usage", dict)()
        return found

    def find_terms(self, record: DealRecord) -> list[ContractTerm]:
        """Line by line as the embedded reader has them: complete, and nothing to pay for."""
        found: list[ContractTerm] = getattr(self._embedded, "list_terms", self._embedded.find_terms)(record)
        return found

    def find_commitments(self, record: DealRecord) -> list[Commitment]:
        """What was promised, each promise once with its history; verdicts are there already."""
        return list(self._drafted(record).commitments)

    def fill_summary(self, record: DealRecord) -> Summary:
        """The deal summary; what no source states stays `not_stated`."""
        return self._drafted(record).summary

    def judge(
        self, commitments: Sequence[Commitment], terms: Sequence[ContractTerm], record: DealRecord
    ) -> list[Commitment]:
        """Promises that only the rules found have no verdict of the model: the embedded reader judges
        those."""
        by_rule = [c for c in commitments if c.found_by == "rule"]
        known = {c.id: c for c in (self._embedded.judge(by_rule, terms, record) if by_rule else ())}
        return [known.get(c.id, c) for c in commitments]

    def find_stakeholders(self, record: DealRecord) -> Sequence[Stakeholder]:
        """Who matters to the deal, on the customer's side first."""
        return self._drafted(record).stakeholders

    def find_conflicts(
        self,
        record: DealRecord,
        commitments: Sequence[Commitment],
        terms: Sequence[ContractTerm],
        summary: Summary,
    ) -> tuple[Conflict, ...]:
        """Numbers and days that differ, found by comparing them."""
        return self._embedded.find_conflicts(record, commitments, terms, summary)

    def find_payment(self, record: DealRecord) -> PaymentFacts:
        """Payment terms and red flags, with what proves them."""
        return self._drafted(record).payment

    def notices(self, record: DealRecord) -> dict[str, tuple[str, ...]]:
        """Source -> what a person should know of how it was read: instructions in it, or no answer for it."""
        return self._drafted(record).notices

    def _drafted(self, record: DealRecord) -> Draft:
        if self._draft is None or self._draft.record is not record:
            self._draft = self._make(record)
        return self._draft

    def _make(self, record: DealRecord) -> Draft:
        redaction = Redaction(record, self._redact)
        shown, ground = redaction.record, Ground()
        plan = plan_windows(shown, self._plan, self._context)
        sure = ahead(self._embedded, record)
        read = read_all(self._asker, plan, shown, ground)
        if getattr(self._asker, "rehearsing", False):
            stand_ins(read, self._embedded, shown)
        fields = by_field(read.proposals)
        judgement = judge_all(self._asker, plan, shown, read.wordings, fields)
        summary = make_summary(fields, judgement.looks)
        found = [_named(c) for c in redaction.restored(self._commitments(judgement, shown, ground))]
        self.quotes_rejected = ground.rejected
        retracted = redaction.restored([w.commitment for w in read.wordings if w.takes_back])
        missed = passed_over(sure.result(), found, [c.evidence[-1] for c in retracted], record)
        return Draft(
            record=record,
            commitments=_in_time([*found, *missed], record),
            summary=redaction.restored(summary),
            stakeholders=redaction.restored(stakeholders(read.people)),
            payment=redaction.restored(
                payment_facts(summary.commercial_terms.payment_terms, read.payments, shown)
            ),
            notices=_notices(read, judgement),
        )

    def _commitments(self, judgement: Judgement, record: DealRecord, ground: Ground) -> list[Commitment]:
        """Each chain as a commitment with the verdict of the wording that stands."""
        found = []
        for chain in judgement.chains:
            commitment = joined(chain, record)
            form, shown = judgement.verdicts.get(head(chain).key, (None, None))
            kept = commitment and judged(commitment, form, shown, ground)
            if kept:
                found.append(with_arithmetic(kept, self._embedded))
        return found


def _named(commitment: Commitment) -> Commitment:
    """With the id that its first words give it in the sources' own spelling."""
    first = commitment.history[0].evidence if commitment.history else commitment.evidence
    at = -2 if commitment.verdict == "withdrawn" and not commitment.history and len(first) > 1 else -1
    return commitment.model_copy(update={"id": identity(first[at])})


def _in_time(commitments: Sequence[Commitment], record: DealRecord) -> list[Commitment]:
    """By the wording that stands; of two with one id the later gets another."""
    names = {source.name: i for i, source in enumerate(record.sources)}
    spots = {(s.name, g.id): j for s in record.sources for j, g in enumerate(s.segments)}

    def order(c: Commitment) -> tuple[int, int, str]:
        first = (c.history[0].evidence if c.history else c.evidence)[-1]
        return names.get(first.source, 0), spots.get((first.source, first.segment_id), 0), c.id

    seen: dict[str, int] = {}
    found = []
    for commitment in sorted(commitments, key=order):
        again = seen[commitment.id] = seen.get(commitment.id, 0) + 1
        found.append(
            commitment if again == 1 else commitment.model_copy(update={"id": f"{commitment.id}{again}"})
        )
    return found


def _notices(read: Read, judgement: Judgement) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, problem in read.unread.items():
        found[name] = (f"the model gave no usable answer for it: {problem}",)
    for evidence in read.instructions:
        words = f'holds an instruction to a program, which was not followed: "{evidence.quote[:120]}"'
        found.setdefault(evidence.source, ())
        if not any("instruction" in line for line in found[evidence.source]):
            found[evidence.source] += (f"{words} ({evidence.locator})",)
    return found
