"""Promises in batches against the contract: what is asked, and what the answers make of the promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.locate import fold
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Evidence
from assistant.readers.llm.chains import head
from assistant.readers.llm.fences import harmless
from assistant.readers.llm.forms import VerdictForm
from assistant.readers.llm.grounding import Ground
from assistant.readers.llm.sources_text import Shown
from assistant.readers.llm.wordings import Key, Wording

MOST_IN_BATCH = 40
"""Promises that one call judges: more, and the answer becomes long and careless."""
LONGEST_EARLIER = 110
SILENT = "The contract says nothing about it."
ALONE = "No contract was given, so the promise stands alone."
VAGUE = "Nothing is named that could be checked: no number, date or deliverable."


@dataclass(frozen=True)
class Batch:
    """Promises that are judged in one call, with what was said before by others."""

    wordings: tuple[Wording, ...]
    before: tuple[Wording, ...]


def batches(chains: Sequence[Sequence[Wording]]) -> list[Batch]:
    """One entry a chain, kept together by window, in the order of the windows.

    So a new mail changes the batch of its window and no other: what was said later is never part of a batch.
    """
    heads = sorted((head(chain) for chain in chains), key=lambda w: (w.key[0], w.order))
    groups: list[list[Wording]] = []
    for window in sorted({w.key[0] for w in heads}):
        here = [w for w in heads if w.key[0] == window]
        if groups and len(groups[-1]) + len(here) <= MOST_IN_BATCH:
            groups[-1] += here
        else:
            groups += [here[i : i + MOST_IN_BATCH] for i in range(0, len(here), MOST_IN_BATCH)]
    return [Batch(tuple(group), tuple(_before(group, heads))) for group in groups]


def _before(group: Sequence[Wording], heads: Iterable[Wording]) -> Iterable[Wording]:
    last = max(w.order for w in group)
    undated = not all(w.dated for w in group)
    inside = {w.key for w in group}
    earlier = (w for w in heads if w.order < last or undated or not w.dated)
    return (w for w in earlier if w.key not in inside and not w.takes_back)


def name_of(wording: Wording) -> str:
    """The id of a promise in questions about it; it stays when other sources are added."""
    return f"p{wording.key[0]}_{wording.key[1]}"


def promise_line(wording: Wording) -> str:
    """A promise as it is shown to whoever judges it: all of it quoted, so that it cannot pass for a
    question."""
    said = wording.commitment
    *demand, proof = (harmless(e.quote) for e in said.evidence)
    asked = f'asked "{demand[-1]}" ' if demand else ""
    back = " | takes something back: give only earlier and how, verdict not_in_contract" * wording.takes_back
    meant = "" if fold(said.text) == fold(said.evidence[-1].quote) else f" | meaning: {harmless(said.text)}"
    who = f"{said.party} | {said.said_on or 'undated'} | {harmless(said.speaker or 'unknown')}"
    return f'{name_of(wording)} | {who}: {asked}"{proof}"{meant}{back}'


def earlier_line(wording: Wording) -> str:
    """A promise said before, in short."""
    said = wording.commitment
    text = harmless(said.text)
    short = text if len(text) <= LONGEST_EARLIER else text[:LONGEST_EARLIER].rsplit(" ", 1)[0] + " ..."
    return f"{name_of(wording)} | {said.party} | {said.said_on or 'undated'}: {short}"


def links_of(verdicts: Iterable[VerdictForm], wordings: Sequence[Wording]) -> dict[Key, tuple[Key, str]]:
    """Which promise says again, changes or takes back one of another source."""
    by_name = {name_of(w): w for w in wordings}
    links: dict[Key, tuple[Key, str]] = {}
    for form in verdicts:
        later, before = by_name.get(form.id), by_name.get(form.earlier or "")
        if later and before and form.how and _may_follow(later, before):
            links[later.key] = (before.key, form.how)
    return links


def _may_follow(later: Wording, before: Wording) -> bool:
    """Said later, in another source; by the same side unless it takes back."""
    same_source = later.commitment.evidence[-1].source == before.commitment.evidence[-1].source
    same_side = later.commitment.party == before.commitment.party
    return later.may_follow(before) and (later.takes_back or (same_side and not same_source))


def judged(
    commitment: Commitment, form: VerdictForm | None, shown: Shown | None, ground: Ground
) -> Commitment | None:
    """The commitment with the model's verdict; None where the model found that it is no promise at all."""
    if form is None or commitment.verdict == "withdrawn":
        return commitment
    if form.verdict == "no_promise":
        return None
    clauses = _clauses(form, shown, ground)
    decides = form.verdict in ("covered", "contradicted")
    if decides and not clauses:
        return commitment.model_copy(update={"verdict": "not_in_contract", "relation": None,
                                             "explanation": "No words of the contract were found for it.",
                                             "decided_by": "rule"})  # fmt: skip
    return commitment.model_copy(
        update={
            "verdict": form.verdict,
            "relation": (form.relation or "different") if form.verdict == "contradicted" else None,
            "contract_evidence": clauses if decides else (),
            "explanation": _why(form, shown),
            "decided_by": "reader",
        }
    )


def _clauses(form: VerdictForm, shown: Shown | None, ground: Ground) -> tuple[Evidence, ...]:
    if shown is None:
        return ()
    found = [e for clause in form.clauses[:2] if (e := ground.find(shown, clause.at, clause.quote))]
    return tuple(e for e in found if any(s.name == e.source and s.kind in _CONTRACT for s in shown.sources))


_CONTRACT = ("contract", "amendment", "order_form")


def _why(form: VerdictForm, shown: Shown | None) -> str:
    if form.verdict == "vague":
        return VAGUE
    if form.verdict == "not_in_contract":
        return SILENT if shown and shown.places else ALONE
    words = fold(form.why).rstrip(".")
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def by_name(forms: Iterable[VerdictForm]) -> Mapping[str, VerdictForm]:
    """Verdicts by the promise's name, the first one where a name comes twice."""
    found: dict[str, VerdictForm] = {}
    for form in forms:
        found.setdefault(form.id, form)
    return found


def contract_day(record: DealRecord) -> str:
    """What a judge has to know of the contract's dates."""
    days = sorted(s.happened_on for s in record.contracts if s.happened_on and s.kind == "contract")
    return f"effective {days[0].isoformat()}" if days else "undated"
