"""Why a promise has its verdict, in a sentence or two for a person who did not read the contract."""

from __future__ import annotations

from assistant.readers.embedded.assess import Assessment
from assistant.readers.embedded.promise_view import PromiseView


def explain_conflict(promise: PromiseView, why: Assessment) -> str:
    """Both numbers where numbers decided, else what the contract says against it."""
    place = place_of(why)
    who = _who(promise)
    if why.comparison:
        return (
            f"{who} promised {why.comparison.promised}; the contract has {why.comparison.agreed} ({place})."
        )
    return f"{who} promised it, but {why.reason} ({place})."


def explain_match(promise: PromiseView, why: Assessment) -> str:
    """That the contract says the same, or better."""
    place = place_of(why)
    note = f"; {why.reason}" if why.reason else ""
    if why.comparison is None:
        return f"The contract says the same in {place}{note}."
    if why.comparison.outcome == "equal":
        same = why.comparison.promised == why.comparison.agreed
        words = (
            why.comparison.promised
            if same
            else f"{why.comparison.agreed}, the same as {why.comparison.promised}"
        )
        return f"The contract has {words} ({place}){note}."
    said, agreed = why.comparison.promised, why.comparison.agreed
    return f"{said} promised; the contract has {agreed}, which covers it ({place}){note}."


def explain_silence(promise: PromiseView) -> str:
    """That no clause is about it."""
    return "No clause of the contract is about this."


def place_of(why: Assessment) -> str:
    """ "section 3.2" as the segment's locator has it."""
    return why.candidate.line.segment.locator


def _who(promise: PromiseView) -> str:
    return promise.commitment.speaker or f"The {promise.commitment.party}"
