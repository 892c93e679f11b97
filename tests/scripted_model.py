"""A chat model for tests: it answers by cue words, quoting what stands in the question; it measures
nothing."""

from __future__ import annotations

import re
from typing import Any

SEGMENT = re.compile(r"^\[([a-z]{1,2}\d+)\] (?:([^:\n]{2,40}): )?(.+)$", re.M)
PROMISE = re.compile(
    r"[^.?!]*\b(?:we'll|I'll|you'll|we will|you will have|is included|no charge)\b[^.?!]*[.!]", re.I
)
ITEM = re.compile(r"^(p\d+_\d+) \| (\w+) \| .*$", re.M)
CUES = {
    "industry": r"\bwe(?:'re| are) an? \w+ (?:company|business|firm|maker)",
    "company_size": r"\b\d+ (?:people|sites)",
    "business_challenges": r"\b(?:problem|trouble|killing|mess|by hand)\b",
    "why_now": r"\bruns out\b|\bexpires?\b",
    "competitive_landscape": r"\b(?:competitor|looked at|other vendor)\b",
    "risks": r"\b(?:risk|delay|late)\b",
    "success_criteria": r"\b(?:success|target of|judge)\b",
    "go_live_target": r"\b(?:go[- ]live|live (?:by|on|in))\b",
    "start_date": r"\b(?:kick-?off|start on)\b",
    "dependencies": r"\b(?:before we|depends on|first need)\b",
    "customer_resources": r"\b(?:hours a week|my team|our team)\b",
    "training": r"\btrain",
    "discount": r"\bdiscount",
    "integrations_required": r"\bconnect|\bintegrat",
    "data_migration": r"\bmigrat|\bload (?:the|your)",
    "security_compliance": r"\b(?:SSO|sign-on|SOC|GDPR)\b",
    "payment_terms": r"\b(?:net \d+|days of (?:receipt|invoice))",
    "contract_value": r"[$€£]\s?\d[\d,]{3,}",
    "objections": r"\b(?:worried|too expensive|not convinced)\b",
    "out_of_scope": r"\b(?:not included|out of scope|excludes?)\b",
    "milestones": r"\bmilestone|\bphase (?:one|two|1|2)",
    "support_level": r"\b(?:business hours|response time)",
    "special_terms": r"\b(?:credit|guarantee)\b",
}
MOST_FACTS = 2


def answer(question: str, form: str) -> dict[str, Any]:
    """What a model would answer to the whole text of a question, in the form of that name."""
    if form == "Look":
        return look(question)
    lists: dict[str, Any] = {"facts": [], "payment": [], "instructions": []}
    if form in ("Reading", "WholeReading"):
        lists |= {"promises": [], "people": []}
    if form in ("ContractReading", "WholeReading"):
        lists |= {"verdicts": verdicts(question)}
    if lists.get("verdicts"):
        return lists
    segments = SEGMENT.findall(question)
    lists["facts"] = facts(segments)
    if "promises" in lists:
        lists["promises"] = promises(segments)
    return lists


def promises(segments: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Every sentence that sounds like one, as a vendor's firm promise."""
    found = [(at, m[0].strip()) for at, who, text in segments if (m := PROMISE.search(text)) and who]
    return [promise(n, at, quote) for n, (at, quote) in enumerate(found, start=1)]


def promise(n: int, at: str, quote: str, **changes: Any) -> dict[str, Any]:
    """A promise entry; `changes` are its other keys."""
    return {
        "n": n,
        "at": at,
        "quote": quote,
        "asked_at": None,
        "asked": None,
        "party": "vendor",
        "category": "other",
        "promise": quote,
        "strength": "firm",
        "condition": None,
        "due": None,
        "earlier": None,
        "how": None,
        **changes,
    }


def facts(segments: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """For each field the first segments that hold a cue of it."""
    found = []
    for name, cue in CUES.items():
        hits = [(at, text) for at, _, text in segments if re.search(cue, text, re.I)][:MOST_FACTS]
        found += [fact(name, at, " ".join(text.split()[:20])) for at, text in hits]
    return found


def fact(field: str, at: str, quote: str, text: str | None = None) -> dict[str, Any]:
    """A fact entry."""
    return {"field": field, "at": at, "quote": quote, "text": text or quote}


def verdicts(question: str) -> list[dict[str, Any]]:
    """The contract is silent on every promise that is asked about."""
    asked = question.rsplit("\nPromises:\n", 1)
    names = [m[1] for m in ITEM.finditer(asked[1])] if len(asked) == 2 else []
    return [verdict(name, "not_in_contract") for name in names]


def verdict(name: str, word: str, **changes: Any) -> dict[str, Any]:
    """A verdict entry; `changes` are its other keys."""
    return {
        "id": name,
        "verdict": word,
        "relation": None,
        "clauses": [],
        "why": "",
        "earlier": None,
        "how": None,
        **changes,
    }


def look(question: str) -> dict[str, Any]:
    """Every proposal stands."""
    return {"keep": [int(n) for n in re.findall(r"^(\d+)\. ", question, re.M)], "conflicting": False}
