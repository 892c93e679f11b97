"""The promise audit: what the AE can still correct, and a mail to the customer for each open promise."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.documents.addressees import contact_line, given_name
from assistant.documents.blocks import Block, Bullets, Heading, Line, Paragraph, cell
from assistant.documents.proof import Proof
from assistant.documents.words import account_of, count, verdict_of
from assistant.packet import Commitment, Evidence, Field, Packet
from assistant.protocol.policy import Policy
from assistant.rules.wording import promise_evidence, shortened

ASKS = {
    "contradicted": (
        "The agreement reads differently on this point: “{clause}” ({where}). We want you to hear this from "
        "us before work starts. {differs}"
    ),
    "not_in_contract": (
        "The agreement does not mention this. We want to write it down before work starts, so that you and "
        "the team who takes over rely on the same words. Is this how you understood it?"
    ),
    "vague": (
        "We would like to be exact about it before work starts. What do you expect to see, and by when?"
    ),
}
DIFFERS = "We will come back to you with one of two things: an amendment, or what we offer in its place."
CORRECTS = {
    "contradicted": "Before signature change the clause; after it, an amendment or a correction in writing.",
    "not_in_contract": "Write it into the contract or an order form with owner and date, or take it back.",
    "vague": "Agree on what, how much and by when, then hold it against the contract again.",
}


def promise_audit(packet: Packet, policy: Policy) -> list[Block]:
    """Open promises, each with its correction and its mail; then what the buyer may believe beyond them."""
    found, proof = open_promises(packet), Proof(packet)
    verb = "promise does" if len(found) == 1 else "promises do"
    blocks: list[Block] = [
        Heading(f"Promise audit: {account_of(packet)}", 0),
        Paragraph(cell(f"{len(found) or 'No'} {verb} not stand in the contract as made.", "strong")),
        Paragraph(
            cell(
                "Not only what was sold counts: what the buyer believes they bought does. Each mail is a "
                "draft; read it, settle with legal what it needs, then send it.",
                "muted",
            )
        ),
        *_beliefs(packet),
    ]
    if not found:
        return [
            *blocks,
            Paragraph(cell("Nothing to correct: every promise that was found is covered.", "good")),
        ]
    for number, c in found:
        blocks += _audit_item(number, c, packet, proof)
    return blocks


def open_promises(packet: Packet) -> list[tuple[int, Commitment]]:
    """The vendor's promises that the contract does not hold as they were made, gravest first."""
    numbered = enumerate(packet.commitments, start=1)
    found = [(n, c) for n, c in numbered if c.party == "vendor" and c.verdict in ASKS]
    return sorted(found, key=lambda pair: list(ASKS).index(pair[1].verdict))


def _beliefs(packet: Packet) -> Iterator[Block]:
    """The six subjects of the audit, with what the packet knows of each."""
    s = packet.summary
    groups: tuple[tuple[str, tuple[Field, ...], tuple[str, ...]], ...] = (
        ("Scope", (s.scope.features_included, s.scope.out_of_scope), ("feature", "customization", "service")),
        ("Timeline", (s.implementation_plan.go_live_target,), ("timeline",)),
        ("Integrations", (s.scope.integrations_required,), ("integration", "data")),
        ("Service expectations", (s.scope.support_level, s.scope.training), ("support", "training")),
        ("Edge cases", (s.commercial_terms.special_terms,), ("pricing", "security", "roadmap")),
    )
    items = []
    for label, fields, categories in groups:
        stated = sum(len(field.values) for field in fields)
        mine = [f"P{n}" for n, c in open_promises(packet) if c.category in categories]
        state = f"{count(stated, 'statement')} in the sources; open: {', '.join(mine) or 'none'}"
        items.append((Line(f"{label}: {state}. Would the buyer say the same?"),))
    yield Bullets(tuple(items))


def _audit_item(number: int, c: Commitment, packet: Packet, proof: Proof) -> Iterator[Block]:
    word, tone = verdict_of(c)
    said = promise_evidence(c) or c.evidence[-1]
    yield Heading(f"P{number}: {shortened(c.text, 90)}", 1)
    explained = Line(
        c.explanation or "No clause speaks of it.", "muted", proof.marks((said, *c.contract_evidence[:1]))
    )
    yield Paragraph((Line(word, tone), explained, Line(f"To correct: {CORRECTS[c.verdict]}")))
    clause = c.contract_evidence[0] if c.contract_evidence else None
    yield Paragraph(
        (
            Line(f"To: {contact_line(packet)}", "muted"),
            Line(f"Subject: {account_of(packet)}: to be sure that we mean the same", "muted"),
            Line(f"Dear {given_name(packet)},"),
            Line(f"{_opening(c, packet)}: “{shortened(said.quote, 260)}” {_ask(c, clause)}"),
            Line(f"Kind regards, {packet.deal.ae or 'your account executive'}"),
        )
    )


def _opening(c: Commitment, packet: Packet) -> str:
    """As the AE says it, who writes the mail."""
    who = "I" if c.speaker and c.speaker == packet.deal.ae else c.speaker or "we"
    return f"{f'On {c.said_on}' if c.said_on else 'In one of our talks'} {who} told you"


def _ask(c: Commitment, clause: Evidence | None) -> str:
    """What the mail asks; the customer knows the agreement by its sections, not by our file's name."""
    return ASKS[c.verdict].format(
        clause=shortened(clause.quote, 260) if clause else "",
        where=clause.locator if clause else "",
        differs=DIFFERS,
    )
