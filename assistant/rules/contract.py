"""The contract: is there one, is it signed by everyone, is that proved."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.packet import Finding, Packet, Severity, Signature
from assistant.protocol.events import happened
from assistant.protocol.policy import Policy
from assistant.rules.rule import found, rule
from assistant.rules.wording import and_list, has_contract, sentence, slug

_SIGNED_BY_NOW = ("post_close", "poc_to_paid")
"""Triggers under which the contract must be executed; before close it is expected to be open."""
_PARTS = ("signature", "name", "title", "date")


@rule("no-contract", "blocker")
def no_contract(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: there is no contract, order form or amendment among the sources.

    Why: no promise can be held against it, and nobody can tell whether it is executed.
    Ask: the executed contract with its exhibits and order forms.
    Known problems: a contract that was taken for something else is fixed by `source_kinds` in deal.yaml.
    """
    if has_contract(packet):
        return
    count = len(packet.commitments)
    promises = f"; {count} promise{'' if count == 1 else 's'} could not be held against it" if count else ""
    severities: dict[str, Severity] = {
        "pre_close": "major",
        "account_handover": "minor",
        "off_boarding": "minor",
    }
    yield found(
        "no-contract", None, severities.get(packet.deal.trigger, "blocker"), "readiness",
        f"No contract, order form or amendment is among the sources{promises}.",
        ask="Please send the executed contract with all exhibits, order forms and amendments"
        + (" (or the draft that is out for signature)." if packet.deal.trigger == "pre_close" else "."),
        ask_of="ae", where="sources",
    )  # fmt: skip


@rule("contract-not-executed", "blocker")
def contract_not_executed(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the contract is not signed by everyone, or nothing tells whether it is.

    Why: work before signature is work without a contract. Before close (pre_close) an open signature is
    expected and major; "cannot tell" is major. Minor where a person noted that it is signed by now.
    Ask: the fully executed copy, or the day on which it is expected.
    Known problems: a scanned ink signature reads as "cannot tell".
    """
    ready = packet.readiness
    if ready.contract_fully_executed or not has_contract(packet):
        return
    expected = packet.deal.trigger not in _SIGNED_BY_NOW
    unknown = ready.contract_fully_executed is None
    severity: Severity = "major" if unknown or expected else "blocker"
    message = "Nothing tells whether the contract is fully executed." if unknown else _unsigned(packet)
    if signed := happened(packet, "signed"):
        severity = "minor"
        message = f"{signed.by} noted the signature of {signed.at:%Y-%m-%d}, but the sources do not show it."
    yield found(
        "contract-not-executed", None, severity, "readiness", message,
        ask="Please send the fully executed copy, signed, named and dated by both sides; if not: "
        "who has still to sign, and by when?",
        ask_of="ae", where="readiness.contract_fully_executed",
        evidence=tuple(e for s in ready.signatures if s.blanks for e in s.evidence),
    )  # fmt: skip


def _unsigned(packet: Packet) -> str:
    open_blocks = [f"{_party(s)}: {and_list(_blanks(s))}" for s in packet.readiness.signatures if s.blanks]
    if open_blocks:
        return f"The contract is not fully executed; left blank are {'; '.join(open_blocks)}."
    return f"The contract is not fully executed. {sentence(packet.readiness.execution_note)}".strip()


def _party(signature: Signature) -> str:
    if signature.organization:
        return signature.organization
    return f"the {signature.party}" if signature.party else "one party"


def _blanks(signature: Signature) -> list[str]:
    return sorted(signature.blanks, key=lambda part: (_PARTS.index(part) if part in _PARTS else 9, part))


@rule("signature-incomplete", "major")
def signature_incomplete(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: in one party's signature block the signature, name, title or date is blank. Minor before close.

    Why: an undated or unnamed signature may not bind, and finance may refuse to book the deal.
    Ask: that party completes the block, or shows who signed and when.
    Known problems: when every block is wholly blank, `contract-not-executed` says that once.
    """
    signatures = packet.readiness.signatures
    if all(set(_PARTS) <= set(s.blanks) for s in signatures):
        return
    severity: Severity = "major" if packet.deal.trigger in _SIGNED_BY_NOW else "minor"
    for number, signature in enumerate(signatures, 1):
        if signature.blanks:
            blanks, party = and_list(_blanks(signature)), _party(signature)
            verb = "is" if len(signature.blanks) == 1 else "are"
            subject = slug(party) if signature.organization else f"{slug(party)}-{number}"
            yield found(
                "signature-incomplete", subject, severity, "readiness",
                f"In the signature block of {party} the {blanks} {verb} blank.",
                ask=f"Can {party} complete the signature block ({blanks}), or can we show who signed when?",
                ask_of="ae" if signature.party == "customer" else "legal",
                where="readiness.signatures", evidence=signature.evidence,
            )  # fmt: skip


@rule("no-completion-certificate", "minor")
def no_completion_certificate(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the contract looks executed, but no e-signature completion certificate is among the sources.

    Why: typed names and dates show what was filled in, not who did it. This is reported, never assumed.
    Ask: the completion certificate of the signing service, or that it was signed by hand.
    Known problems: contracts signed with ink have none.
    """
    ready = packet.readiness
    if ready.contract_fully_executed and not ready.completion_certificate and has_contract(packet):
        yield found(
            "no-completion-certificate", None, "minor", "readiness",
            "The contract looks signed, but no e-signature completion certificate is among the sources.",
            ask="Please send the signing service's completion certificate, or say that it was signed in ink.",
            ask_of="ops", where="readiness.completion_certificate",
        )  # fmt: skip
