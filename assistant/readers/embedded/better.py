"""Which way a number is better for the one who receives it, by the words that stand around it."""
# ruff: noqa: E501 - a pattern is easier to read on one line

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.evidence.units import Better, dimension

_BEFORE, _AFTER = 60, 45
"""Characters around a number that are looked at."""

_LOWER_TIME = (
    r"\b(?:within|inside(?: of)?|in under|under|less than|(?:not|no) later than|at most|at the latest|no longer than"
    r"|tops|max(?:imum)?|not exceed\w*|never more than|no more than|(?:every|each)(?=\s*#)|once (?:in )?(?:a|an|every|each)"
    r"|respon\w+|answer\w*|resol\w+|fix\w*|restor\w+|replac\w+|turn\w* (?:\w+ ){0,4}(?:a)?round|deliver\w*|return\w*"
    r"|ship\w*|notif\w+|inform\w*|tell you|acknowledg\w+|delet\w+|eras\w+|gone|wiped?|destroy\w*|shredd\w+|recover\w*|repl(?:y|ies)|pick\w* up"
    r"|complet\w+|ready|refresh\w*|sync\w*|lag|delay|run(?:s|ning)?)\b"
)
_HIGHER_TIME = (
    r"\b(?:(?:not|no) less than|at least|minimum|a full|for (?:a period of|the (?:first|next|preceding|last))|for(?=\s*#)"
    r"|stay\w*|remain\w*|keep\w*|kept|retain\w*|preserv\w+|hold\w*|held|stor(?:e|ed|ing)|last(?:s|ing)|throughout"
    r"|warning|notice|in advance|ahead|heads[- ]up|warrant\w+|guarant\w+|histor\w+|back|preceding|past|previous|older"
    r"|following go|after (?:go|launch|you go|cut)|free|valid|train\w*|fixed|locks?|locked|freeze|frozen|unchanged)\b"
)
_LOWER_PERCENT = (
    r"\b(?:increas\w+|rais\w+|ris(?:e|es|ing)|go(?:es|ing)? up|put (?:it|them|the \w+|your \w+) up|up ?lift\w*|exceed\w*"
    r"|interest|late|commission|penalt\w+|mark[- ]?up|surcharge|escalat\w+|hik\w+|index\w*|renew\w*|rolls? over|cap(?:ped)?"
    r"|fee of|adjust\w+|royalt\w+|of (?:\w+ ){0,3}(?:turnover|receipts|sales|takings|transactions?|volume))\b"
)
_HIGHER_PERCENT = (
    r"(?:\b(?:discount\w*|off|reduc\w+|(?<!debit and )(?<!debit or )credit\w*(?! (?:cards?|and debit|or debit))|avail\w+|up ?time|refund\w*|back|rebate\w*|spare\w*|accura\w+|cheaper"
    r"|knock\w*|saving\w*|share)\b)"
)
_HIGHER_MONEY = (
    r"\b(?:credit\w*|insur\w*|cover\w*|liab\w+|indemn\w+|refund\w*|allowance|fund|towards?|off|discount\w*|rebate|pay you"
    r"|per claim|aggregate|budget of|worth)\b"
)
_LOWER_COUNT = (
    r"\b(?:at (?:the )?(?:very )?most|never more than|(?:no|not) more than|at the outside|minimum|at least)\b"
)

_CUES: Mapping[str, Mapping[Better, re.Pattern[str]]] = {
    "time": {"higher": re.compile(_HIGHER_TIME, re.I), "lower": re.compile(_LOWER_TIME, re.I)},
    "percent": {"higher": re.compile(_HIGHER_PERCENT, re.I), "lower": re.compile(_LOWER_PERCENT, re.I)},
    "money": {"higher": re.compile(_HIGHER_MONEY, re.I)},
}

_PAYS = re.compile(r"\b(?:invoices?|receipt|net \d+|bills?)\b", re.I)
_LEAVES = re.compile(
    r"\b(?:walk|leav\w+|terminat\w+|end(?:s|ing)?|exit\w*|cancel\w*|get out|opt out|out)\b", re.I
)
_WALKS = re.compile(
    r"\b(?:(?:can|may|could|you|free to|you['’]d) (?:walk|stop|get out|cancel|terminate|opt out|end it|quit|go)"
    r"|(?:can|may|could|free to) leave|walk away)\b",
    re.I,
)
_TERM = re.compile(r"\b(?:terms?|period|duration|commitment|terminat\w+|months? from|years? from)\b", re.I)
_NOTICE = re.compile(r"\bnotice\b", re.I)
_KEEPS = re.compile(
    r"\b(?:kept?|keeps|held|hold|retain\w*|retention|stor(?:e|ed|age)|archiv\w+|preserv\w*|overwritten)\b",
    re.I,
)
_ERASED = re.compile(r"\b(?:delet\w+|eras\w+|gone|purg\w+|destroy\w*|wip(?:e|ed)|shredd\w*|scrubbed)\b", re.I)


def better_by_subject(shared: frozenset[str], promise: str, clause: str, unit: str) -> Better | None:
    """The way a time is better by what both texts are about, whatever stands near it; None where unknown."""
    if dimension(unit) != "time":
        return None
    if "payment_terms" in shared and _PAYS.search(clause):
        return "higher"
    if _WALKS.search(promise) and _TERM.search(clause):
        return "lower"
    if _LEAVES.search(promise) and _NOTICE.search(promise) and _NOTICE.search(clause):
        return "lower"
    if _ERASED.search(promise) and (_KEEPS.search(clause) or _ERASED.search(clause)):
        return "lower"
    keeps = "retention" in shared and _KEEPS.search(clause) and not _ERASED.search(clause)
    return "higher" if keeps else None


def better_by_words(text: str, start: int, end: int, unit: str) -> Better | None:
    """The direction that the words around text[start:end] give; None where they give none or both."""
    cues = _CUES.get(dimension(unit))
    if not cues or not text:
        return None
    before = re.split(r"[.;?!]", text[max(0, start - _BEFORE) : start])[-1]
    near = f"{before}#{re.split(r'[.;?!]', text[end : end + _AFTER])[0]}"
    scores = {way: _nearest(p, near) for way, p in cues.items()}
    found = [way for way, at in scores.items() if at is not None]
    if len(found) == 2:
        first, second = scores[found[0]], scores[found[1]]
        return found[0] if (first or 0) < (second or 0) else found[1]
    return found[0] if found else None


def _nearest(pattern: re.Pattern[str], near: str) -> int | None:
    """Characters between the number ("#") and the nearest match; what stands before counts as nearer."""
    middle = near.index("#")
    spans = [
        middle - m.end() if m.end() <= middle else 10 + m.start() - middle for m in pattern.finditer(near)
    ]
    return min(spans, default=None)
