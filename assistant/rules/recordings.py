"""Recordings: what was heard with doubt, and whether those who speak agreed to be recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.evidence.hearing import ADDRESSED, is_unsure, sound_alike
from assistant.evidence.number_words import read_numbers
from assistant.packet import Commitment, Evidence, Finding, HeardAs, Packet
from assistant.protocol.policy import Policy
from assistant.rules.rule import found, rule
from assistant.rules.wording import and_list, asked, file_name, promise

SHORTEST = 4
"""Words below which a part of them says little."""
_ALIKE = {1: "won", 2: "to|too", 3: "free|tree", 4: "for|fore", 8: "ate", 10: "then"}
"""Numbers, and the words that an ear may write for them."""
_TWICE = re.compile(r"\b[a-z-]+ \((\d+)\)", re.I)
"""A number as contracts write what matters: "two (2)"."""
_KINDS = {"number": "number", "date": "date", "price": "price", "negation": "negation", "word": "word"}


@rule("doubtful-number", "major")
def doubtful_number(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a promise hangs on a number, date, price or negation that was not heard surely in its recording,
    or much of it came out differently when the sound was heard a second time; or it contradicts the contract
    by a number that sounds like the contract's own, or has a "to" where the contract's clause has "two (2)".

    Why: fifteen and fifty sound alike; whoever plans on the wrong one finds out from the customer.
    Ask: listen at that second, and confirm or correct the words.
    Known problems: an engine can be sure and wrong twice; a service that is asked hears once.
    """
    for commitment in packet.commitments:
        if commitment.confirmed_by or commitment.verdict == "withdrawn":
            continue
        for evidence in commitment.evidence:
            told = doubt(evidence, policy) or _sounds_like_the_contract(commitment, evidence)
            if told := told or _lacks_the_contracts(commitment, evidence):
                yield _listen(commitment, evidence, told)
                break


def doubt(evidence: Evidence, policy: Policy) -> tuple[float, str] | None:
    """The second at which to listen and why, where something in the quote may be misheard; else None."""
    if evidence.heard is None:
        return None
    least = policy.recordings.doubtful_below_percent / 100
    words = [w for w in evidence.heard.words if w.kind != "word" and is_unsure(w, least)]
    if words:
        shown = list(dict.fromkeys(_word(word) for word in words))[:3]
        return words[0].start, f"{and_list(shown)} may be misheard"
    most, otherwise = policy.recordings.doubtful_words_percent / 100, evidence.heard.otherwise
    if otherwise >= most and len(evidence.quote.split()) >= SHORTEST:
        return evidence.heard.start, f"{otherwise:.0%} of its words were others when it was heard again"
    return None


def _sounds_like_the_contract(commitment: Commitment, evidence: Evidence) -> tuple[float, str] | None:
    """The same where the promise contradicts the contract by a number that sounds like the contract's."""
    if evidence.heard is None or commitment.verdict != "contradicted":
        return None
    theirs = {n.value for e in commitment.contract_evidence for n in read_numbers(e.quote)}
    pairs = ((n.value, other) for n in read_numbers(evidence.quote) for other in sorted(theirs))
    found = next(((mine, other) for mine, other in pairs if sound_alike(mine, other)), None)
    if found is None:
        return None
    return evidence.heard.start, f"{found[0]:g} sounds like the contract's {found[1]:g}"


def _lacks_the_contracts(commitment: Commitment, evidence: Evidence) -> tuple[float, str] | None:
    """The same where the clause states a number that the promise lacks, and a word sounds like it."""
    if evidence.heard is None or commitment.verdict not in ("covered", "contradicted"):
        return None
    clauses = commitment.contract_evidence[:1]
    mine = {float(n.value) for n in read_numbers(evidence.quote)}
    theirs = {int(figure) for clause in clauses for figure in _TWICE.findall(clause.quote)}
    for number in sorted(n for n in theirs - mine if n in _ALIKE):
        for met in re.finditer(rf"\b({_ALIKE[number]})\b[,.]? ([\w']+)", evidence.quote, re.I):
            if met[2].lower() not in ADDRESSED | {"a", "an", "be", "do"}:
                return evidence.heard.start, f'"{met[1]}" before "{met[2]}" may be the contract\'s {number}'
    return None


def _listen(commitment: Commitment, evidence: Evidence, told: tuple[float, str]) -> Finding:
    at = f"{file_name(evidence.source)} at {clock(told[0])}"
    return found(
        "doubtful-number", commitment.id, "major", "scope_and_commitments",
        f"Listen to {at}: {promise(commitment)}, and {told[1]}.",
        ask=f"Please listen to {at}: is {asked(commitment)} what was said?",
        ask_of="ae", where=f"commitments.{commitment.id}", evidence=commitment.evidence,
    )  # fmt: skip


def _word(word: HeardAs) -> str:
    text = word.text.strip(".,;:!?")
    again = f', heard again as "{word.again.strip(".,;:!?")}"' if word.again else ""
    again += f', or "{word.maybe.strip(".,;:!?")}"' if word.maybe else ""
    return f'the {_KINDS[word.kind]} "{text}" ({word.sure:.0%} sure{again})'


def clock(seconds: float) -> str:
    """Seconds as "00:14:32"."""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


@rule("recording-without-consent", "major")
def recording_without_consent(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a recording is among the sources, and nobody noted that the participants agreed to it.

    Why: in many places a recording without everybody's consent may not be kept, let alone passed on.
    Ask: did everybody agree to be recorded?
    Known problems: `consent: true` in deal.yaml speaks for all recordings that `consents` does not name.
    """
    heard = [source.heard_by.audio for source in packet.sources if source.heard_by is not None]
    missing = [name for name in dict.fromkeys(heard) if not packet.deal.consented(name)]
    if policy.recordings.consent == "ignore" or not missing:
        return
    names = and_list([f"'{file_name(name)}'" for name in missing][:3])
    refused = any(packet.deal.consented(name) is False for name in missing)
    said = "Participants did not consent" if refused else "Nobody noted that the participants consented"
    yield found(
        "recording-without-consent", None, "major", "documentation", f"{said} to being recorded: {names}.",
        ask="Did everybody on these calls agree to be recorded? If so, note it on the screen Recordings; if "
        "not, remove the recordings.",
        ask_of="ae", where="sources",
    )  # fmt: skip
