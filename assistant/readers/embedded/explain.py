"""Why a promise has its verdict, in a sentence or two for a person who did not read the contract."""

from __future__ import annotations

from assistant.readers.embedded.assess import Assessment
from assistant.readers.embedded.promise_view import PromiseView

LONGEST_WORDS = 30


def explain_conflict(promise: PromiseView, why: Assessment) -> str:
    """Both numbers where numbers decided, else what the contract says against it."""
    place, who = place_of(why), _who(promise)
    if one := why.number_against:
        return f"{who} promised {one.promised}; the contract has {one.agreed} ({place})."
    if why.against:
        return f"{who} promised it, but {why.against[0].plain} ({place})."
    return f"{who} promised it, but the contract says otherwise ({place}): {_short(why.candidate.line.text)}"


def explain_match(why: Assessment) -> str:
    """That the contract says the same, or better."""
    place = place_of(why)
    note = f"; {why.note}" if why.note else ""
    if not why.matches:
        return f"The contract says the same in {place}{note}."
    one = why.matches[0]
    if one.outcome != "equal":
        return f"{one.promised} promised; the contract has {one.agreed}, which covers it ({place}){note}."
    same = one.promised == one.agreed
    words = one.promised if same else f"{one.agreed}, the same as {one.promised}"
    return f"The contract has {words} ({place}){note}."


def explain_silence() -> str:
    """That no clause is about it."""
    return "No clause of the contract is about this."


def place_of(why: Assessment) -> str:
    """ "section 3.2" as the segment's locator has it."""
    return why.candidate.line.segment.locator


def _who(promise: PromiseView) -> str:
    return promise.commitment.speaker or f"The {promise.commitment.party}"


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= LONGEST_WORDS else " ".join(words[:LONGEST_WORDS]) + " ..."
