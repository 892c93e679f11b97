"""A chat model that knows a deal's answers: what a perfect answer becomes shows what the code around
it loses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import prompts
from assistant.evidence.locate import locate
from assistant.readers.llm.question import Question, Reply
from eval.gold import Gold, GoldCommitment
from extractors.segments import Source
from tests.scripted_model import fact, promise, verdict

LINE = re.compile(r"^\[([a-z]{1,2}\d+)\] (.*)$", re.MULTILINE)
ASKED = re.compile(r"^(p\d+_\d+) \| .*$", re.MULTILINE)


class Perfect:
    """Answers every question out of the gold, as far as its words are in the text that it is shown."""

    def __init__(self, gold: Gold, sources: Sequence[Source]) -> None:
        self.gold, self.sources = gold, {s.name.rsplit("/", 1)[-1]: s for s in sources}
        self.follows = _follows(gold)

    def ask(self, questions: Sequence[Question[Any]]) -> list[Reply[Any]]:
        return [Reply(q.answer.model_validate(self._answer(q))) for q in questions]

    def _answer(self, question: Question[Any]) -> dict[str, Any]:
        if question.prompt == "look":
            numbers = [int(n) for n in re.findall(r"^(\d+)\. ", question.text, re.M)]
            return {"keep": numbers, "conflicting": False}
        lists: dict[str, Any] = {name: [] for name in question.answer.model_fields}
        shown = LINE.findall(question.prefix)
        if question.prompt == "judge":
            return {**lists, "verdicts": self._verdicts(question.text, shown)}
        if "promises" in lists:
            lists["promises"] = self._promises(shown)
            lists["people"] = self._people(shown)
        known = {f.path: f.name for f in prompts.fields()}
        rows = [(known[p], f, self._at(f.source, f.quote, shown)) for p, f in self.gold.fields.items()]
        lists["facts"] = [fact(name, at[0], at[1], at[1]) for name, _, at in rows if at]
        return lists

    def _at(self, source: str | None, quote: str, shown: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
        """Id and words of a gold quote, when its segment is shown."""
        there = self.sources.get((source or "").rsplit("/", 1)[-1])
        found = locate(quote, there) if there else None
        if found is None:
            return None
        return next(((at, found.quote) for at, text in shown if found.quote in text), None)

    def _promises(self, shown: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        numbers = {c.id: n for n, c in enumerate(self.gold.commitments, start=1)}
        made: list[dict[str, Any]] = []
        for c in self.gold.commitments:
            at = self._at(c.source, c.quote, shown)
            if at is None:
                continue
            asked = self._at(c.source, c.asked, shown) if c.asked else None
            before = self.follows.get(c.id)
            made.append(
                promise(
                    numbers[c.id],
                    at[0],
                    at[1],
                    asked_at=asked and asked[0],
                    asked=asked and asked[1],
                    party=c.party,
                    category=c.category or "other",
                    earlier=before and numbers[before[0]],
                    how=before and before[1],
                )
            )
        for i, c in enumerate(self.gold.commitments, start=len(numbers) + 1):
            back = c.withdrawn_by and self._at(c.withdrawn_by.source, c.withdrawn_by.quote, shown)
            if back and c.id not in {b for b, _ in self.follows.values()}:
                made.append(promise(i, *back, party=c.party, earlier=numbers[c.id], how="withdrawn"))
        return made

    def _people(self, shown: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        at, text = shown[0]
        words = " ".join(text.split(": ", 1)[-1].split()[:6])
        return [
            {
                "name": s.name,
                "title": s.title,
                "side": "customer",
                "role": s.role,
                "at": at,
                "quote": words,
                "stance": None,
                "influence": None,
                "notes": [],
            }
            for s in self.gold.stakeholders
        ]

    def _verdicts(self, text: str, shown: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        said, asked = text.split("\nSaid before:\n", 1)[1].split("\nPromises:\n", 1)
        names: dict[str, str] = {}
        for match in ASKED.finditer(f"{said}\n{asked}"):
            if c := self._promise_of(match[0]):
                names[match[1]] = c.id
        ids = {gold: name for name, gold in names.items()}
        made = []
        for match in ASKED.finditer(asked):
            name, back = match[1], "takes something back" in match[0]
            c = self._taken_back(match[0]) if back else self._by_id(names.get(name))
            if c is None:
                made.append(verdict(name, "not_in_contract"))
                continue
            before = (c.id, "withdrawn") if back else self.follows.get(c.id)
            link = {"earlier": ids.get(before[0]), "how": before[1]} if before and before[0] in ids else {}
            made.append(verdict(name, _judged(c), clauses=self._clauses(c, shown), **link))
        return made

    def _promise_of(self, line: str) -> GoldCommitment | None:
        return next((c for c in self.gold.commitments if _folded(c.quote)[:60] in _folded(line)), None)

    def _taken_back(self, line: str) -> GoldCommitment | None:
        backs = [c for c in self.gold.commitments if c.withdrawn_by]
        return next(
            (c for c in backs if c.withdrawn_by and _folded(c.withdrawn_by.quote)[:60] in _folded(line)), None
        )

    def _by_id(self, id: str | None) -> GoldCommitment | None:
        return next((c for c in self.gold.commitments if c.id == id), None)

    def _clauses(self, c: GoldCommitment, shown: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
        at = self._at(c.contract.source, c.contract.quote, shown) if c.contract and c.contract.quote else None
        return [{"at": at[0], "quote": at[1]}] if at else []


def _judged(c: GoldCommitment) -> str:
    return "not_in_contract" if c.verdict == "withdrawn" else c.verdict


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _follows(gold: Gold) -> Mapping[str, tuple[str, str]]:
    """Promise -> the wording before it in its chain, and how it stands to it."""
    found: dict[str, tuple[str, str]] = {}
    for chain in gold.chains():
        for before, after in pairwise(chain):
            found[after.id] = (before.id, "changed" if before.superseded_by else "repeated")
    return found
