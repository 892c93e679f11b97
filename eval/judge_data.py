"""Promises with known verdicts, held against their contracts: what the judge's last step learns from."""
# ruff: noqa: E501 - one row a field

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.deal_file import find_deal_file, read_deal
from assistant.evidence.locate import locate
from assistant.evidence.people import Roster
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Deal, Evidence
from assistant.pipeline import make_record
from assistant.readers.embedded.assess import Looked, Setting, can_decide
from assistant.readers.embedded.contract_lines import Line
from assistant.readers.embedded.decision import Decision, Weights, decide_by
from assistant.readers.embedded.judge import (
    LOOKED_AT,
    effective_date,
    is_vague,
    look,
    make_setting,
    nearest,
)
from assistant.readers.embedded.promise_view import PromiseView, view
from assistant.readers.embedded.retrieval import Candidate
from assistant.readers.embedded.signals import Signals, line_signals
from assistant.readers.embedded.terms import find_terms, judged_lines
from eval.excerpts import read_excerpts
from eval.gold import Gold, GoldCommitment, load_gold
from eval.labelling import all_said, said_in
from eval.pairs_data import SAID_ON, read_pairs
from eval.scorers import same_words
from extractors import read_folder

PAIR_GROUPS = 5
BRIEF = 6
"""Words up to which a promise is read with the question before it, whatever that was."""


@dataclass(frozen=True)
class Held:
    """One promise, what its contract's lines say of it, and the answers."""

    group: str
    promise: PromiseView
    looked: Looked
    labels: tuple[str, ...]
    """Of each line "supports", "opposes", "neither", or "" where the answers do not tell."""
    verdict: str

    @cached_property
    def signals(self) -> list[Signals]:
        """Of each line."""
        return [line_signals(self.promise, one) for one in self.looked.lines]

    def judged(self, weights: Mapping[str, Weights]) -> Decision:
        """As a draft would decide with these weights."""
        if is_vague(self.promise):
            return Decision("vague", None)
        return decide_by(self.signals, self.promise, self.looked, weights)


def read_deals(folders: Sequence[Path], *, reads: bool = True) -> Iterator[Held]:
    """Every answered promise of the deals; those withdrawn are judged by no contract. `reads`: see `look`."""
    for folder in folders:
        gold, deal_file = load_gold(folder), find_deal_file(folder)
        sources, _ = read_folder(folder)
        as_of = date.fromisoformat(str(gold.as_of)) if gold.as_of else date(2026, 1, 1)
        record = make_record(read_deal(deal_file) if deal_file else Deal(), sources, [], as_of)
        yield from hold_deal(record, gold, reads=reads)


def hold_deal(record: DealRecord, gold: Gold, *, reads: bool = True) -> Iterator[Held]:
    """The answers' own promises against the record's contracts; `reads`: see `look`."""
    setting = setting_of(record)
    for answer in gold.commitments:
        if answer.verdict == "withdrawn":
            continue
        promise = view(as_commitment(answer, record), record, setting.events)
        looked = look(promise, nearest(promise, setting.index), setting, reads=reads)
        labels = tuple(label_of(a.candidate.line, answer) for a in looked.lines)
        yield Held(gold.deal, promise, looked, labels, answer.verdict)


def setting_of(record: DealRecord) -> Setting:
    """The record's contracts, ready for promises to be held against them."""
    terms = find_terms(record)
    effective = effective_date(record)
    events = {"signature": effective} if effective else {}
    return make_setting(judged_lines(record, terms), terms, effective or record.as_of, events)


def as_commitment(answer: GoldCommitment, record: DealRecord) -> Commitment:
    """An answer as a reader would hand it to the judge."""
    source = next((s for s in record.sources if _file(s.name) == _file(answer.source)), None)
    quotes = [q for q in (answer.asked, answer.quote) if q]
    evidence = tuple(
        (locate(q, source) if source else None)
        or Evidence(source=answer.source, segment_id="", quote=q, locator="")
        for q in quotes
    )
    said_on = source.happened_on.isoformat() if source and source.happened_on else None
    return Commitment.model_validate({
        "id": answer.id, "party": answer.party, "speaker": answer.speaker, "category": answer.category or "other",
        "text": " ".join(quotes), "evidence": evidence, "said_on": said_on,
    })  # fmt: skip


def _file(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def label_of(line: Line, answer: GoldCommitment) -> str:
    """What the answer says of the line; see Held.labels."""
    if answer.contract is None or not answer.contract.quote:
        return "neither"
    quote, text = answer.contract.quote, line.changed or line.text
    if quote in line.full or text in quote or same_words(quote, text):
        return "supports" if answer.verdict == "covered" else "opposes"
    if line.changed and line.kind != "amendment":
        return ""  # the answer quotes the amendment, which this line already follows
    return "" if answer.contract.section and answer.contract.section == line.segment.section else "neither"


def read_held_pairs() -> Iterator[Held]:
    """The pairs, each against its own clauses; all pairs' clauses together stand for the rest of a contract."""
    pairs = list(read_pairs())
    if not pairs:
        return
    sources = tuple(p.clauses for p in pairs)
    record = DealRecord(Deal(), sources, (), Roster(), SAID_ON)
    terms = find_terms(record)
    setting = make_setting(judged_lines(record, terms), terms, SAID_ON, {"signature": SAID_ON})
    for number, pair in enumerate(pairs):
        promise = view(pair.commitment, record, {"signature": SAID_ON})
        ranked = setting.index.rank(promise)
        own = [c for c in ranked if c.line.source == pair.name and can_decide(promise, c.line)]
        looked = look(promise, _own(own)[:LOOKED_AT], setting)
        side = "supports" if pair.verdict == "covered" else "opposes"
        sections = [a.candidate.line.segment.section for a in looked.lines]
        labels = tuple(side if section == pair.section else "neither" for section in sections)
        yield Held(f"pairs {number % PAIR_GROUPS}", promise, looked, labels, pair.verdict)


def read_held_excerpts() -> Iterator[Held]:
    """Every answered promise of the sparse excerpts, each against its own contract."""
    for excerpt in read_excerpts(kinds=["sparse"]):
        record = excerpt.record
        group = f"excerpts {excerpt.number % PAIR_GROUPS}"
        for held in hold_deal(record, with_demands(record, excerpt.gold)):
            yield replace(held, group=group)


def with_demands(record: DealRecord, gold: Gold) -> Gold:
    """The answers, each with the demand that the reader takes it to answer, as a drafted promise has it."""
    said = all_said(record)
    answers = []
    for answer in gold.commitments:
        quoted = (u for u in said if u.source.name == answer.source and u.side == answer.party)
        first = next((u for u in quoted if said_in(u, answer.quote)), None)
        asked = first.asked if first and ("answer_to_request" in first.cues or _brief(answer.quote)) else None
        answers.append(answer.model_copy(update={"asked": asked.sentence.text if asked else None}))
    return gold.model_copy(update={"commitments": tuple(answers)})


def _brief(quote: str) -> bool:
    return len(quote.split()) <= BRIEF


def _own(kept: Sequence[Candidate]) -> list[Candidate]:
    return [replace(c, rank=i, behind=kept[0].likely - c.likely) for i, c in enumerate(kept)]
