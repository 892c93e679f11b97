"""The one-page transfer packet: six things without which no kickoff is held (protocol, section 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.documents.blocks import Block, Cell, Heading, Line, Paragraph, Table, cell
from assistant.documents.proof import Proof
from assistant.documents.words import ROLES, VERDICTS, account_of, count, executed
from assistant.packet import Commitment, Field, Packet, Stakeholder
from assistant.protocol.policy import Policy
from assistant.protocol.standing import SURPRISE
from assistant.rules.wording import shortened

MOST_VALUES, MOST_PROMISES, LONGEST = 2, 7, 110
"""What fits on one page; the rest is counted and stands in the deal summary."""
"""Subject of the decision that answers it."""
OPEN = ("contradicted", "not_in_contract", "vague")


def transfer_packet(packet: Packet, policy: Policy) -> list[Block]:
    """Goal, success metric, in scope, out of scope, buyer and champion, promises not in the contract."""
    summary, proof = packet.summary, Proof(packet)
    goal = _first(summary.success_ladder.ultimate_objective, summary.business_objectives.primary_objective)
    scope = summary.scope
    included = (
        scope.features_included,
        scope.integrations_required,
        scope.professional_services,
        scope.training,
    )
    rows = (
        ("The customer's goal, in their own words", _in_their_words(goal, proof)),
        ("Agreed success metric", _values((summary.business_objectives.success_criteria,), proof)),
        ("In scope", _values(included, proof, MOST_VALUES * 2)),
        ("Explicitly out of scope", _values((scope.out_of_scope,), proof)),
        ("Buyer and champion", _people(packet)),
    )
    text, tone = executed(packet)
    return [
        Heading(f"Transfer packet: {account_of(packet)}", 0),
        Paragraph((Line(f"Contract: {text.lower()}", tone),)),
        Table(("", ""), (0.24, 0.76), tuple((cell(label, "strong"), known) for label, known in rows)),
        Heading("Promises that the contract does not hold", 1),
        *_promises(packet, proof),
        *_surprise(packet),
        Paragraph(
            cell("No packet, no kickoff. Accept it, or reject it with a reason for each gap.", "muted")
        ),
    ]


def _first(*fields: Field) -> Field:
    return next((field for field in fields if field.values), fields[0])


def _in_their_words(field: Field, proof: Proof) -> Cell:
    """The quote rather than the reader's wording of it."""
    quotes = [e for value in field.values for e in value.evidence][:1]
    lines = tuple(Line(f"“{shortened(e.quote, 260)}”", marks=proof.marks((e,))) for e in quotes)
    return lines or _values((field,), proof)


def _values(fields: Iterable[Field], proof: Proof, most: int = MOST_VALUES) -> Cell:
    values = [value for field in fields for value in field.values]
    lines = tuple(
        Line(
            shortened(v.text, LONGEST)
            if v.evidence
            else f"{shortened(v.text, LONGEST)} (entered by {v.entered_by})",
            marks=proof.marks(v.evidence[:1]),
        )
        for v in values[:most]
    )
    rest = (Line(f"and {len(values) - most} more in the deal summary", "muted", link="deal-summary"),)
    return (*lines, *(rest if len(values) > most else ())) or cell(
        "Not stated in any source: ask before accepting", "bad"
    )


def _people(packet: Packet) -> Cell:
    return tuple(_person(packet, role) for role in ("economic_buyer", "champion"))


def _person(packet: Packet, role: str) -> Line:
    found = [p for p in packet.stakeholders if p.side == "customer" and p.role == role]
    named = "; ".join(map(_named, found))
    return Line(f"{ROLES[role]}: {named or 'not known'}", "plain" if found else "bad")


def _named(person: Stakeholder) -> str:
    return ", ".join(filter(None, (person.name, person.title)))


def _promises(packet: Packet, proof: Proof) -> Iterator[Block]:
    order = list(VERDICTS)
    found = [c for c in packet.commitments if c.party == "vendor" and c.verdict in OPEN]
    found.sort(key=lambda c: order.index(c.verdict))
    if not found:
        yield Paragraph(cell("None: every promise that was found stands in the contract.", "good"))
        return
    header = ("Against the contract", "Promise", "Said by, where")
    yield Table(header, (0.2, 0.52, 0.28), tuple(_promise(c, proof) for c in found[:MOST_PROMISES]))
    if len(found) > MOST_PROMISES:
        rest = count(len(found) - MOST_PROMISES, "more promise")
        yield Paragraph((Line(f"{rest} in the commitment log.", "muted", link="commitment-log.csv"),))


def _promise(c: Commitment, proof: Proof) -> tuple[Cell, ...]:
    due = f" Due {c.due}." if c.due else ""
    said = Line(c.speaker or c.party, "muted", proof.marks(c.evidence[-1:]))
    return cell(*VERDICTS[c.verdict]), cell(f"“{shortened(c.text, LONGEST)}”{due}"), (said,)


def _surprise(packet: Packet) -> Iterator[Block]:
    """The question that is asked in every handoff, with what was answered."""
    yield Heading("What might surprise you", 1)
    answers = [d for d in packet.decisions if d.action == "answer_gap" and d.subject == SURPRISE and d.text]
    if answers:
        last = answers[-1]
        yield Paragraph((Line(last.text or ""), Line(f"Answered by {last.by}, {last.at[:10]}", "muted")))
    else:
        yield Paragraph(cell("Not asked yet: what have I not told you that might surprise you?", "warn"))
