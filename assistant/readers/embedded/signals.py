"""What speaks for and against a line's deciding a promise, as numbers that weights can be learnt for."""
# ruff: noqa: E501 - a pattern is easier to read on one line

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from assistant.readers.embedded.assess import BROAD, Assessment
from assistant.readers.embedded.concepts import subjects_in
from assistant.readers.embedded.contract_lines import Line
from assistant.readers.embedded.contrasts import lowered
from assistant.readers.embedded.kinds import clashes
from assistant.readers.embedded.promise_view import PromiseView
from assistant.readers.embedded.subjects import stems
from assistant.readers.embedded.vagueness import delivers, is_goodwill
from assistant.readers.embedded.wordings import wording_signals

Signals = Mapping[str, float]

_WORDS: Mapping[str, re.Pattern[str]] = {
    "negative": re.compile(
        r"\b(?:(?:not|no)(?! (?:fewer|less|later|earlier|more) than\b)|cannot|neither|nor|never|without(?! (?:distinction|limit|regard|prejudice|(?:\w+ )?(?:charge|cost|fee|payment|penalty))\w*)|none|nothing"
        r"|exclud\w+|outside|unless)\b|n't\b"
    ),
    "limiting": re.compile(
        r"\b(?:only|solely|exclusively|limited to|up to|maximum|not exceed|no more than|other than|except\w*)\b"
    ),
    "charging": re.compile(
        r"\b(?:charged?|charges|fees?|rates?|billed|invoiced|priced?|cost|expenses?|additional|extra|separately"
        r"|purchased?|quot\w+|change order|work order|statement of work)\b"
    ),
    "free": re.compile(
        r"\b(?:no (?:\w+ ){0,2}(?:charge|fee|cost)s?|free of|without (?:\w+ ){0,2}(?:charge|cost|fee|payment)|included"
        r"|at no|not charge|comprised|bears?|waived?)\b"
    ),
    "hedged": re.compile(
        r"\b(?:may|efforts|endeavou?rs?|target\w*|aims?|estimat\w+|expected|indicative|intends?|anticipat\w+"
        r"|discretion|guarantee|commit)\b"
    ),
    "refers": re.compile(
        r"\b(?:section|clause|schedule|exhibit|annex|appendix|article) [a-z]?[-.]?\d*[\d.]*\b"
    ),
    "burdens": re.compile(r"\b(?:responsib\w+|at its own|for you to|furnish|procure|obtain|maintain)\b"),
    "obliges": re.compile(r"\b(?:shall|will|must|agrees?|undertakes?|warrants?)\b"),
}
"""Kinds of words that change what a line says of a promise that it is about."""
_TURNS = tuple((name, p) for name, p in _WORDS.items() if name != "negative")
"""Those that tell more where the promise has none of the kind; negations are counted by `denied`."""
_NEGATED = re.compile(r"\b(?:not|no|never|nothing|nobody|without|none)\b|n't\b")
_ALLOWS = re.compile(r"\b(?:may|can|could|are (?:free|allowed|able) to|welcome to)\b")
_QUALIFIED = re.compile(
    r"\b(?:except\w*|unless|other than|without (?:the )?(?:\w+ ){0,3}(?:consent|permission|approval|authori[sz]ation)"
    r"|save (?:for|as|that)|provided that|only)\b"
)
"""What leaves room in a denial."""
MOST_APART = 3.0
MOST_SAME = 6.0


def line_signals(promise: PromiseView, assessment: Assessment) -> Signals:
    """Of one line: how near it is, how its numbers stand, which wordings agree or clash."""
    c = assessment.candidate
    found: dict[str, float] = {
        "cosine": c.cosine, "lexical": c.lexical, "distinct": c.distinct, "subject": c.subject, "above": c.above,
        "likely": c.likely, "behind": c.behind, "first": float(c.rank == 0), "relevance": c.relevance, "alone": assessment.alone,
        "said before": c.before, "same words": min(c.same, MOST_SAME),
    }  # fmt: skip
    found |= {f"short of best {name}": best - getattr(c, name) for name, best in c.best._asdict().items()}
    found |= _of_parties(promise, assessment)
    found |= _of_numbers(promise, assessment)
    found |= _of_wordings(promise, assessment)
    found |= _of_reading(assessment)
    near = {f"{k}*near": v * c.above for k, v in found.items() if k.split(":")[0] in CROSSED}
    return {k: v for k, v in (found | near).items() if v}


CROSSED = frozenset({"conflict", "match", "against", "agrees", "word", "unanswered", "untold"})
"""Signals that tell more the nearer the line is."""


def _of_reading(assessment: Assessment) -> dict[str, float]:
    """What reading both together tells: log-odds of deciding, and of denying rather than granting."""
    told = assessment.reading
    if told is None:
        return {"unread": 1.0}
    decides = math.log(math.exp(told.supports) + math.exp(told.opposes)) - told.neither
    return {"read decides": decides, "read opposes": told.opposes - told.supports}


def _of_parties(promise: PromiseView, assessment: Assessment) -> dict[str, float]:
    term, commitment = assessment.term, promise.commitment
    if term is None:
        return {}
    bound = term.party
    return {
        "same party": float(bound == commitment.party),
        "other party": float(bound is not None and bound != commitment.party),
        "same category": float(term.category == commitment.category),
        "customer": float(commitment.party == "customer"),
    }


def _of_numbers(promise: PromiseView, assessment: Assessment) -> dict[str, float]:
    found: dict[str, float] = {}
    if assessment.alone and any(m.kind == "date" and m.outcome == "equal" for m in assessment.matches):
        found["alone date"] = assessment.alone
    for one in assessment.conflicts:
        told = "conflict" if one.told else "untold"
        found |= {f"{told}": 1.0, f"{told}:{one.kind}": 1.0, f"{told} apart": min(one.apart, MOST_APART)}
    for one in assessment.matches:
        same = "equal" if one.outcome == "equal" else "granted"
        told = "" if one.told else " untold"
        found |= {f"match:{same}{told}": 1.0, f"match:{same} {one.kind}": 1.0}
        if same == "granted":
            found["granted apart"] = min(one.apart, MOST_APART)
    if "equal" in {c.outcome for c in assessment.matches} and (found.get("conflict") or found.get("untold")):
        found["some equal"] = 1.0
    if promise.measures.any and not assessment.comparisons:
        found["unanswered"] = 1.0
        found["unanswered date"] = float(bool(promise.measures.deadlines))
    if not promise.measures.any:
        found["numberless"] = 1.0
        found["line counts"] = float(assessment.measures.any)
    return found


def _of_wordings(promise: PromiseView, assessment: Assessment) -> dict[str, float]:
    line = assessment.candidate.line
    text, own = lowered(line.full), lowered(promise.whole)
    found = {f"against:{c.name}": 1.0 for c in assessment.against}
    found |= {f"agrees:{c.name}": 1.0 for c in assessment.agrees}
    narrow = [c for c in assessment.against if c.name not in BROAD]
    clashing = clashes(promise.whole, line.full)
    found |= {f"against:{kind}" if clash else f"agrees:{kind}": 1.0 for kind, clash in clashing.items()}
    found["against kind"] = float(any(clashing.values()))
    found["agrees kind"] = float(bool(clashing) and not any(clashing.values()))
    found["against"] = float(bool(narrow))
    found["against broadly"] = float(bool(assessment.against) and not narrow)
    found["agrees"] = float(bool(assessment.agrees))
    found |= {f"word:{name}": float(bool(p.search(text))) for name, p in _WORDS.items()}
    found |= {f"word:only line {name}": float(found[f"word:{name}"] and not p.search(own)) for name, p in _TURNS}
    denied = bool(_NEGATED.search(own))
    found["denied"] = float(denied)
    found["word:only line denies"] = float(bool(found["word:negative"]) and not denied)
    found["word:only promise denies"] = float(denied and not found["word:negative"])
    found["word:denies what is shared"] = float(denies_shared(promise, assessment))
    if promise.commitment.party == "vendor":
        found |= wording_signals(own, text, _beside(line))
    subjects = subjects_in(line.text)
    found["foreign"] = len(subjects - promise.subjects) / len(subjects) if subjects else 0.0
    found["row"] = float(line.segment.kind == "table_row")
    found["defines"] = float(line.defines is not None)
    return found


def _beside(line: Line) -> str:
    """The rest of the line's paragraph, without its title."""
    whole, title = line.segment.text, line.title.rsplit(". ", 1)[-1]
    if line.segment.kind == "table_row" or line.text not in whole:
        return ""
    rest = whole.replace(line.text, " ", 1)
    return lowered(rest.replace(title, " ", 1) if title else rest)


def denies(clause: str) -> bool:
    """Whether the clause has a negation anywhere."""
    return bool(_WORDS["negative"].search(lowered(clause)))


def denies_shared(promise: PromiseView, assessment: Assessment) -> bool:
    """A negation stands within a few words of a telling word that both have.

    Where the promise only allows something, a denial with exceptions ("to nobody except its staff") is none.
    """
    clause = lowered(assessment.candidate.line.full)
    if _ALLOWS.search(lowered(promise.whole)) and _QUALIFIED.search(clause):
        return False
    telling = assessment.candidate.telling
    for match in _WORDS["negative"].finditer(clause) if telling else ():
        before = " ".join(clause[: match.start()].split()[-4:])
        after = " ".join(clause[match.end() :].split()[:6])
        if not telling.isdisjoint(stems(f"{before} {after}")):
            return True
    return False


def deal_signals(
    promise: PromiseView, assessments: Sequence[Assessment], odds: Sequence[tuple[float, float]]
) -> Signals:
    """Of a promise and all its lines, by what each line's odds of supporting and of opposing it are."""
    supports = sorted((s for s, _ in odds), reverse=True) or [-5.0]
    opposes = sorted((o for _, o in odds), reverse=True) or [-5.0]
    best = max((a.candidate for a in assessments), key=lambda c: c.likely, default=None)
    commitment = promise.commitment
    numbers = promise.measures.any
    found = {
        "supports": supports[0], "opposes": opposes[0], "lead": supports[0] - opposes[0],
        "second supports": sum(supports[1:2]), "second opposes": sum(opposes[1:2]),
        "number": float(numbers),
        "number supports": numbers * supports[0], "number opposes": numbers * opposes[0],
        "compared": float(any(a.comparisons for a in assessments)),
        "customer": float(commitment.party == "customer"),
        "aspirational": float(commitment.strength == "aspirational"),
        "goodwill": float(is_goodwill(promise.words)), "delivers": float(delivers(promise.words)),
        "goodwill only": float(is_goodwill(promise.words) and not delivers(promise.words) and not numbers),
        "no subject": float(not promise.subjects), "subjects": float(min(len(promise.subjects), 4)),
        "cosine": best.cosine if best else 0.0, "distinct": best.distinct if best else 0.0,
        "lexical": best.lexical if best else 0.0, "above": best.above if best else 0.0,
        "subject": best.subject if best else 0.0, "likely": best.likely if best else 0.0,
    }  # fmt: skip
    return {k: v for k, v in found.items() if v}
