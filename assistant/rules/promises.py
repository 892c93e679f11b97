"""Promises: what was said or written that the customer may rely on, and what the contract makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.packet import Commitment, Finding, Packet, Severity
from assistant.protocol.policy import Policy
from assistant.protocol.score import has_date
from assistant.rules.rule import found, rule
from assistant.rules.wording import (
    account,
    and_list,
    asked,
    capital,
    has_contract,
    own_words,
    place,
    promise,
    quoted,
    sentence,
    shortened,
    speaker,
)

_OPENINGS = {
    "exceeds_contract": "More was promised than the contract gives",
    "below_contract": "Less was said than the contract gives",
    "excluded": "The contract excludes what was promised",
}
_CONCRETE = ("timeline", "feature", "integration", "customization", "data", "security", "roadmap", "pricing")


@rule("promise-contradicted", "blocker")
def promise_contradicted(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the contract says something else than what was promised; both are shown side by side.

    Why: the customer believes the promise, the vendor delivers the contract, and CS stands in between.
    A customer's own promise is major: it endangers the plan, not the customer's trust.
    Ask: which of the two stands, an amendment or a correction in writing before kickoff?
    Known problems: a promise below the contract is a blocker as well, for the direction may be misread.
    """
    for commitment in packet.commitments:
        if commitment.verdict != "contradicted":
            continue
        severity: Severity = "blocker" if commitment.party == "vendor" else "major"
        message, ask = _both_sides(commitment), _which(commitment, packet)
        yield _about(packet, commitment, "promise-contradicted", severity, message, ask)


def _both_sides(commitment: Commitment) -> str:
    """Promise and contract side by side, then the reader's or the arithmetic's reason."""
    opening = _OPENINGS.get(commitment.relation or "", "Promise and contract differ")
    clauses = [quoted(evidence) for evidence in commitment.contract_evidence[:2]]
    contract = f"the contract says {and_list(clauses)}" if clauses else "the contract says otherwise"
    return f"{opening}: {promise(commitment)}; {contract}. {sentence(commitment.explanation)}"


def _which(commitment: Commitment, packet: Packet) -> str:
    clause = commitment.contract_evidence[0] if commitment.contract_evidence else None
    contract = f'"{shortened(clause.quote, 120)}" ({place(clause)})' if clause else "something else"
    if commitment.party == "customer":
        return (
            f"{speaker(commitment)} said {asked(commitment)}, but the contract says {contract}. "
            f"Which of the two does {account(packet.deal)} work by?"
        )
    told = f"{capital(account(packet.deal))} was told {asked(commitment)}"
    return (
        f"{told}, but the contract says {contract}. Which stands? Please "
        "settle with legal whether we amend the contract or correct it with them in writing before kickoff."
    )


@rule("promise-not-in-contract", "major")
def promise_not_in_contract(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a promise on which the contract is silent. A customer's own promise is minor.

    Why: the customer relies on it and nobody has to keep it; where the contract says that it is the entire
    agreement, nothing said before it binds, and the customer may not know that.
    Ask: do we stand by it, who delivers it by when, and where is it put in writing?
    Known problems: without any contract among the sources every promise would be reported; `no-contract` says
    it once instead.
    """
    if not has_contract(packet):
        return
    for commitment in packet.commitments:
        if commitment.verdict == "not_in_contract":
            severity: Severity = "major" if commitment.party == "vendor" else "minor"
            message = f"{promise(commitment)}; the contract is silent on it."
            message += _undated(commitment, policy) + _entire(packet, commitment)
            yield _about(
                packet, commitment, "promise-not-in-contract", severity, message, _keep_it(commitment, packet)
            )


def _undated(commitment: Commitment, policy: Policy) -> str:
    needs = commitment.category in policy.promises.needs_date
    return " No date was named for it." if needs and not has_date(commitment) else ""


def _entire(packet: Packet, commitment: Commitment) -> str:
    clause = packet.readiness.entire_agreement
    if clause is None or commitment.party == "customer":
        return ""
    return f" Its entire-agreement clause ({place(clause)}) rules out promises beside it: the risk is higher."


def _keep_it(commitment: Commitment, packet: Packet) -> str:
    if commitment.party == "customer":
        said = f"{speaker(commitment)} said {asked(commitment)}."
        return f"{said} Does that still hold, by when, and can they confirm it in writing?"
    who = (
        f"{capital(account(packet.deal))} was told {asked(commitment)}, which the contract does not mention."
    )
    return f"{who} Do we stand by it? If so: who delivers it, by when, and where do we put it in writing?"


@rule("vague-promise", "major")
def vague_promise(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a promise that cannot be checked: no number, date, scope or name ("we'll figure it out").

    Why: each side fills it with its own meaning. Goodwill about service or support is minor; a vague promise
    about scope, time, money, data or security is major.
    Ask: what exactly was meant, and what does the customer expect?
    Known problems: what a reader takes for vague may have been made precise outside the sources.
    """
    for commitment in packet.commitments:
        if commitment.verdict != "vague":
            continue
        concrete = commitment.category in _CONCRETE and commitment.strength != "aspirational"
        severity: Severity = "major" if concrete and commitment.party == "vendor" else "minor"
        message = f"{promise(commitment)}, with nothing in it that could be checked."
        ask = (
            f"What exactly was meant by {asked(commitment)}: what, how much, by when, and what does "
            f"{account(packet.deal)} expect?"
        )
        yield _about(packet, commitment, "vague-promise", severity, message, ask)


@rule("promise-without-owner-or-date", "minor")
def promise_without_owner_or_date(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a live promise of a kind that needs a date (the policy's list) has none, or has no known speaker.

    Why: a promise becomes a task only with an owner and a date.
    Ask: who does it, and by when?
    Known problems: an event counts as a date ("once the pilot is over"), and so does a duration. What the
    contract does not mention is asked for owner and date by `promise-not-in-contract`.
    """
    for commitment in packet.commitments:
        if commitment.verdict not in (
            ("covered",) if has_contract(packet) else ("covered", "not_in_contract")
        ):
            continue  # the others raise a question of their own, which asks for owner and date
        if commitment.category not in policy.promises.needs_date:
            continue
        lacking = [] if commitment.speaker else ["an owner"]
        lacking += [] if has_date(commitment) else ["a date"]
        if lacking:
            yield _about(
                packet, commitment, "promise-without-owner-or-date", "minor",
                f"{promise(commitment)}, without {and_list(lacking)}.",
                f"Who does this, and by when: {asked(commitment)}?",
            )  # fmt: skip


@rule("promise-withdrawn", "minor")
def promise_withdrawn(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a promise was made and later taken back.

    Why: those who heard the promise may not have heard its withdrawal.
    Ask: does everyone who heard the promise know that it is off?
    Known problems: none known.
    """
    for commitment in packet.commitments:
        if commitment.verdict != "withdrawn":
            continue
        back = f" {quoted(commitment.evidence[-1])}" if len(commitment.evidence) > 1 else ""
        message = f"{promise(commitment)}; it was taken back later{back and ':'}{back}."
        other = f"at {account(packet.deal)}" if commitment.party == "vendor" else "here"
        ask = f"Does everyone {other} who heard {asked(commitment)} know that it is off, and accept it?"
        yield _about(packet, commitment, "promise-withdrawn", "minor", message, ask)


@rule("promise-changed", "minor")
def promise_changed(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a promise was restated with another content: another date, number or scope.

    Why: the customer may still believe an earlier wording. The last one stands.
    Ask: which wording does the customer believe?
    Known problems: a repetition in other words that the reader takes for a change is listed too.
    """
    for commitment in packet.commitments:
        changes = [w for w in commitment.history if w.changed and w.changed != "repeated"]
        if not changes or commitment.verdict == "withdrawn":
            continue
        earlier = [quoted(w.evidence[-1]) if w.evidence else f'"{w.text}"' for w in changes]
        message = f"This promise changed: first {', then '.join(earlier)}; now {own_words(commitment)}."
        ask = (
            f"Which wording does {account(packet.deal)} believe: {asked(commitment)}, or an earlier one "
            f'("{shortened(changes[-1].text, 120)}")?'
        )
        yield _about(packet, commitment, "promise-changed", "minor", message, ask)


def _about(
    packet: Packet, commitment: Commitment, rule: str, severity: Severity, message: str, ask: str
) -> Finding:
    """Asked of the SE where the SE made the promise, else of the AE, who owns the deal until handoff."""
    by_se = commitment.speaker is not None and commitment.speaker == packet.deal.se
    return found(
        rule, commitment.id, severity, "scope_and_commitments", message.strip(),
        ask=ask, ask_of="se" if by_se else "ae", where=f"commitments.{commitment.id}",
        evidence=(*commitment.evidence, *commitment.contract_evidence),
    )  # fmt: skip


@rule("promise-found-by-rule", "minor")
def promise_found_by_rule(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a promise that the model passed over and the embedded rules were sure of.

    Why: two readers see more than one; what only one of them saw deserves a look before anybody plans on it.
    Ask: is this a promise?
    Known problems: only firm promises with a number or a date are added.
    """
    for commitment in packet.commitments:
        if commitment.found_by == "rule":
            yield _about(
                packet, commitment, "promise-found-by-rule", "minor",
                f"The model did not list this, the embedded rules did: {promise(commitment)}.",
                f"Is {asked(commitment)} a promise that {account(packet.deal)} relies on?",
            )  # fmt: skip


@rule("verdict-doubted", "major")
def verdict_doubted(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: two checks of one promise against the contract came out differently.

    Why: a verdict that one check denies must not be taken silently.
    Ask: which of the two is right?
    Known problems: only numbers are checked twice, and only where promise and clause have one each.
    """
    for commitment in packet.commitments:
        if commitment.doubt and not commitment.confirmed_by:
            yield _about(
                packet, commitment, "verdict-doubted", "major",
                f"{promise(commitment)}: judged {commitment.verdict.replace('_', ' ')}. "
                f"{sentence(commitment.doubt)}",
                f"Please read promise and clause side by side: is {asked(commitment)} "
                f"{commitment.verdict.replace('_', ' ')}?",
            )  # fmt: skip
