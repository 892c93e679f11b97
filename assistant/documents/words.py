"""How stored words are shown to a person."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.documents.blocks import Line, Tone
from assistant.packet import Commitment, Evidence, Packet, Severity, Verdict

VERDICTS: dict[Verdict, tuple[str, Tone]] = {
    "contradicted": ("Contradicted", "bad"),
    "not_in_contract": ("Not in contract", "warn"),
    "vague": ("Vague", "warn"),
    "withdrawn": ("Withdrawn", "muted"),
    "covered": ("Covered", "good"),
}
"""In the order in which a reader wants them."""
RELATIONS = {
    "exceeds_contract": "promised more than the contract gives",
    "below_contract": "promised less than the contract gives",
    "excluded": "the contract excludes it",
    "different": "the contract says something else",
}
SEVERITIES: dict[Severity, tuple[str, Tone]] = {
    "blocker": ("Blocker", "bad"),
    "major": ("Major", "warn"),
    "minor": ("Minor", "plain"),
}
ROLES = {
    "executive_sponsor": "Executive sponsor",
    "champion": "Champion",
    "economic_buyer": "Economic buyer",
    "technical_lead": "Technical lead",
    "end_users": "End users",
    "blocker": "Blocker or sceptic",
}
ABBREVIATIONS = {
    "ACV": "annual contract value",
    "AE": "account executive",
    "API": "application programming interface",
    "CRM": "customer relationship management system",
    "CS": "customer success",
    "CSM": "customer success manager",
    "DPA": "data processing agreement",
    "ERP": "enterprise resource planning system",
    "KPI": "key performance indicator",
    "MSA": "master services agreement",
    "NDA": "non-disclosure agreement",
    "POC": "proof of concept",
    "RFP": "request for proposal",
    "ROI": "return on investment",
    "SE": "sales engineer",
    "SLA": "service level agreement",
    "SOW": "statement of work",
    "SSO": "single sign-on",
    "TCV": "total contract value",
    "UAT": "user acceptance test",
}


def shown(word: str) -> str:
    """A stored word as text: `order_form` -> "order form"."""
    return word.replace("_", " ")


def account_of(packet: Packet) -> str:
    """The customer's name, or words that say that it is not known."""
    named = packet.summary.customer_overview.company_name.values
    return packet.deal.account or (named[0].text if named else "") or "Unnamed customer"


def whom(ask_of: str, packet: Packet) -> str:
    """Who is to be asked: the person where the deal names one, else the role."""
    deal = packet.deal
    names = {
        "ae": deal.ae, "se": deal.se, "csm": deal.csm, "cs_manager": deal.cs_manager,
        "outgoing_owner": deal.outgoing_owner, "incoming_owner": deal.incoming_owner,
    }  # fmt: skip
    roles = {"ae": "AE", "se": "SE", "csm": "CSM", "cs_manager": "CS manager", "ops": "operations"}
    role = roles.get(ask_of, shown(ask_of))
    name = names.get(ask_of)
    return f"{name} ({role})" if name else role


def said_by(commitment: Commitment) -> str:
    """ "Ana Ruiz, vendor, 2026-03-19"."""
    parts = (commitment.speaker or "Unnamed speaker", commitment.party, commitment.said_on or "")
    return ", ".join(part for part in parts if part)


def verdict_of(commitment: Commitment) -> tuple[str, Tone]:
    """The verdict with its relation: "Contradicted: promised more than the contract gives"."""
    word, tone = VERDICTS[commitment.verdict]
    relation = RELATIONS.get(commitment.relation or "")
    return (f"{word}: {relation}" if relation else word), tone


def place(evidence: Evidence) -> str:
    """Where a person finds the quote: "calls/first.vtt, 00:14:32"."""
    near = ", wording approximate" if evidence.match == "near" else ""
    return f"{evidence.source}, {evidence.locator}{near}"


def quoted(evidence: Iterable[Evidence]) -> tuple[Line, ...]:
    """Each quote with its place, as lines of a cell."""
    return tuple(line for e in evidence for line in (Line(f"“{e.quote}”", "quote"), Line(place(e), "muted")))


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 blocker", "2 blockers", "no blockers"."""
    many = plural or noun + "s"
    return f"{number or 'no'} {noun if number == 1 else many}"


def tally(packet: Packet) -> str:
    """Promises by verdict in one line: "2 contradicted, 5 covered"."""
    counts = {verdict: sum(c.verdict == verdict for c in packet.commitments) for verdict in VERDICTS}
    return ", ".join(f"{n} {VERDICTS[v][0].lower()}" for v, n in counts.items() if n) or "none found"


def severities(packet: Packet) -> str:
    """Findings by severity in one line: "3 blockers, 7 major, 2 minor"."""
    counts = {severity: sum(f.severity == severity for f in packet.findings) for severity in SEVERITIES}
    named = ((s, n, "s" if s == "blocker" and n != 1 else "") for s, n in counts.items())
    return ", ".join(f"{n} {s}{end}" for s, n, end in named if n) or "none"


def executed(packet: Packet) -> tuple[str, Tone]:
    """Whether the contract is fully executed, in words."""
    state = packet.readiness.contract_fully_executed
    words: dict[bool | None, tuple[str, Tone]] = {
        True: ("Fully executed", "good"),
        False: ("Not fully executed", "bad"),
        None: ("Cannot be told from the files", "warn"),
    }
    return words[state]
