"""Every promise against the contract: covered, contradicted, not in the contract, vague or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, ContractTerm, Evidence
from assistant.readers.embedded.assess import Assessment, Setting, assess
from assistant.readers.embedded.contract_lines import Line
from assistant.readers.embedded.explain import explain_conflict, explain_match, explain_silence
from assistant.readers.embedded.measures import term_durations
from assistant.readers.embedded.promise_view import PromiseView, view
from assistant.readers.embedded.retrieval import ClauseIndex
from assistant.readers.embedded.similarity import Vectors, embed
from assistant.readers.embedded.terms import judged_lines
from assistant.readers.embedded.vagueness import is_vague

LOOKED_AT = 8
"""Lines that are held against a promise, most relevant first."""
COVERED_FLOOR = 0.50
"""Relevance above which a line that neither conflicts nor differs in numbers covers a promise."""
UNMATCHED_FLOOR = 0.80
"""The same for a promise whose own number the line does not answer."""
LEAD = 0.12
"""A conflict gives way to an agreement of numbers in a line that is more relevant by this much."""
NEVER = 9.0
"""In one line a conflict outweighs every agreement."""
SECOND_FLOOR = 0.50
WORDS_LEAD = 0.30
"""The same for an agreement of words alone."""
DATED_FLOOR = 1.10
"""A promised day that no line answers is covered by words only where they are all but the same."""


def judge(
    commitments: Sequence[Commitment], terms: Sequence[ContractTerm], record: DealRecord
) -> list[Commitment]:
    """The commitments with verdict, relation, contract evidence, explanation and who decided."""
    lines = judged_lines(record, terms)
    effective = effective_date(record)
    events: dict[str, date] = {"signature": effective} if effective else {}
    index = ClauseIndex(lines)
    views = [view(c, record, events) for c in commitments]
    texts = [t for v in views for t in (v.whole, *([f"{v.whole} {v.context}"] if v.context else []))]
    vectors = embed(texts) if lines else None
    pairs = _pairs(views, vectors)
    setting = Setting(index, effective or record.as_of, events, term_durations(lines))
    return [_judged(v, setting, pair) for v, pair in zip(views, pairs, strict=True)]


def _pairs(
    views: Sequence[PromiseView], vectors: Vectors | None
) -> list[tuple[Vectors | None, Vectors | None]]:
    """Each promise's vector, alone and in context."""
    if vectors is None:
        return [(None, None)] * len(views)
    rows = iter(vectors)
    return [(next(rows), next(rows) if v.context else None) for v in views]


def effective_date(record: DealRecord) -> date | None:
    """The day from which the contract counts: that of the first dated contract."""
    ranked = sorted(record.contracts, key=lambda s: (s.kind != "contract", s.kind, s.name))
    return next((s.happened_on for s in ranked if s.happened_on), record.deal.expected_close)


def _judged(
    promise: PromiseView, setting: Setting, vectors: tuple[Vectors | None, Vectors | None]
) -> Commitment:
    commitment = promise.commitment
    if commitment.verdict == "withdrawn":
        return commitment.model_copy(update={"decided_by": "rule"})
    if _vague(promise):
        return commitment.model_copy(
            update={"verdict": "vague", "relation": None, "decided_by": "rule",
                    "explanation": "Nothing is named that could be checked: no number, date or deliverable."}
        )  # fmt: skip
    if not setting.index.lines:
        return commitment.model_copy(
            update={"verdict": "not_in_contract", "relation": None, "decided_by": "rule",
                    "explanation": "No contract was given, so the promise stands alone."}
        )  # fmt: skip
    ranked = setting.index.rank_in_context(promise.whole, promise.context, promise.extra_subjects, vectors)
    found = [a for c in ranked[:LOOKED_AT] for a in assess(promise, c, setting)]
    return _decided(promise, found)


def _vague(promise: PromiseView) -> bool:
    own = promise.subjects if promise.words == promise.whole else frozenset[str]()
    return is_vague([promise.words], promise.measures.any, own, promise.commitment.strength == "aspirational")


def _decided(promise: PromiseView, found: Sequence[Assessment]) -> Commitment:
    conflict = _best(found, "conflict")
    match = _best(found, "match")
    lead = _lead(match, conflict) if match and conflict else 0.0
    if conflict and not (match and match.strength > conflict.strength + lead):
        return _with(promise, "contradicted", conflict, explain_conflict(promise, conflict), found)
    if match and match.strength >= COVERED_FLOOR - (0.15 if match.comparison else 0.0):
        return _with(promise, "covered", match, explain_match(promise, match), found)
    related = _best(found, "related")
    floor = UNMATCHED_FLOOR if promise.measures.any else COVERED_FLOOR
    floor = DATED_FLOOR if promise.measures.deadlines else floor
    if related and related.strength >= floor:
        return _with(promise, "covered", related, explain_match(promise, related), found)
    return promise.commitment.model_copy(
        update={"verdict": "not_in_contract", "relation": None, "decided_by": "reader",
                "explanation": explain_silence(promise)}
    )  # fmt: skip


def _lead(match: Assessment, conflict: Assessment) -> float:
    """By how much an agreement must be more relevant than a conflict to stand against it."""
    if match.candidate.line is conflict.candidate.line:
        return NEVER
    if match.comparison is None:
        return WORDS_LEAD
    equal = match.comparison.outcome == "equal"
    return 0.0 if equal and conflict.comparison is None else LEAD


def _best(found: Sequence[Assessment], kind: str) -> Assessment | None:
    of_kind = [a for a in found if a.kind == kind]
    return max(of_kind, key=lambda a: a.strength) if of_kind else None


def _quoted(why: Assessment, found: Sequence[Assessment]) -> list[Line]:
    """The deciding line, and one more of the same section that is about the promise as well."""
    first = why.candidate.line
    near = [
        a.candidate
        for a in found
        if a.candidate.line is not first
        and a.candidate.line.segment.section == first.segment.section
        and a.candidate.relevance >= SECOND_FLOOR
    ]
    return [first, *(c.line for c in sorted(near, key=lambda c: -c.relevance)[:1])]


def _with(
    promise: PromiseView, verdict: str, why: Assessment, explanation: str, found: Sequence[Assessment]
) -> Commitment:
    return promise.commitment.model_copy(
        update={
            "verdict": verdict,
            "relation": why.relation if verdict == "contradicted" else None,
            "contract_evidence": tuple(evidence_of(line) for line in _quoted(why, found)),
            "explanation": explanation,
            "decided_by": why.decided_by,
        }
    )


def evidence_of(line: Line) -> Evidence:
    """The line as a located quote."""
    return Evidence(
        source=line.source, segment_id=line.segment.id, quote=line.text, locator=line.segment.locator
    )
