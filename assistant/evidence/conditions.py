"""Conditions in speech and writing: what a statement hangs on, and whether a restatement kept it."""
# ruff: noqa: E501 - a pattern is easier to read on one line

from __future__ import annotations

import re

_HEADS = (
    r"if|unless|provided(?: that)?|providing(?: that)?|as long as|so long as|assuming(?: that)?|on condition(?: that)?"
    r"|subject to|contingent (?:on|upon)|depending on|pending|only (?:when|once|after)|once|as soon as|until"
    r"|in case|except(?: for| if| when)?|except(?:ed|ing)|other than|save for|at your own|where(?:ver)? (?:possible|available)"
)
_CONDITION = re.compile(rf"\b(?:{_HEADS})\b[^.;?!]*", re.IGNORECASE)
_IDLE = re.compile(
    r"(?:if (?:you (?:like|want|will|ask me|don'?t mind)|that makes sense|i'?m honest|i remember|anything|not|so|ever)\b"
    r"|if (?:i|we) (?:recall|understood|may)|once (?:a|an|every|per|again|more)\b|as soon as possible|until (?:then|now)\b"
    r"|once (?:you|we|it|they)(?:'re| are)? (?:go|going) live\s*$)",
    re.IGNORECASE,
)
_KEPT = re.compile(
    rf"\b(?:{_HEADS}|when|after|by then|conditional|requires?|needs?|must first|within the|up to|at most|maximum|no more than)\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:up to|at most|no more than|not more than|maximum of|a maximum|capped at)\b", re.IGNORECASE
)
_LIMIT_KEPT = re.compile(
    r"\b(?:up to|at most|(?:no|not) more than|max(?:imum)?|capped|cap|within|limit(?:ed)?|first)\b|[<≤]",
    re.IGNORECASE,
)
LEAST_WORDS = 3


def condition_of(text: str) -> str | None:
    """The words on which a statement hangs ("if legal signs off"), without what follows the comma; None when it is plain."""
    for match in _CONDITION.finditer(text):
        if _IDLE.match(match[0]):
            continue
        clause = re.split(
            r",\s+(?:it|that|we|you|i|they|there|then|and|but)\b", match[0], maxsplit=1, flags=re.I
        )[0]
        if len(clause.split()) >= LEAST_WORDS:
            return clause.strip(" ,")
    return None


def dropped_condition(quote: str, text: str) -> str | None:
    """The condition or limit that the quote has and its restatement lacks; None where nothing was dropped."""
    condition = condition_of(quote)
    if condition and not _KEPT.search(text) and condition.lower() not in text.lower():
        return condition
    limit = _LIMIT.search(quote)
    if limit and not _LIMIT_KEPT.search(text):
        return quote[limit.start() :].split(",")[0].split(".")[0].strip()
    return None


def with_condition(text: str, quote: str) -> str:
    """The restatement with the condition or limit in brackets that its quote has and it lacks."""
    dropped = dropped_condition(quote, text)
    stop = "." if text.endswith(".") else ""
    return f"{text.rstrip('.')} ({dropped}){stop}" if dropped else text
