"""The packet: everything that customer success receives, and the file that other programs read."""

from __future__ import annotations

from datetime import date
from typing import Literal

from assistant.packet.commitment import Commitment, ContractTerm, Relation, Verdict
from assistant.packet.deal import Deal, Side
from assistant.packet.finding import AskOf, Finding
from assistant.packet.nouns import Evidence, Noun
from assistant.packet.summary import Conflict, Role, Stakeholder, Summary
from extractors.segments import HeardBy, SourceKind

SCHEMA_VERSION = "1.0"
Status = Literal["draft", "submitted", "accepted", "rejected", "needs_revision"]


class PacketSource(Noun):
    id: str
    """"S1", "S2" ... in order of name."""
    name: str
    kind: SourceKind
    sha256: str
    happened_on: date | None = None
    title: str | None = None
    segments: int = 0
    warnings: tuple[str, ...] = ()
    heard_by: HeardBy | None = None
    """Which transcript of which recording was read; `sha256` is then that of the transcript."""


class UnreadSource(Noun):
    """A file in the folder that could not be read, and why."""

    name: str
    reason: str


class Signature(Noun):
    """One party's block on the signature page, as far as it is filled."""

    party: Side | None
    organization: str | None
    signed: bool | None
    """None: cannot tell (a scanned ink signature)."""
    name: str | None = None
    title: str | None = None
    date: str | None = None
    blanks: tuple[str, ...] = ()
    """Which of signature, name, title, date are blank."""
    evidence: tuple[Evidence, ...] = ()


class Readiness(Noun):
    """What must be true before work starts, as far as the sources prove it."""

    contract_fully_executed: bool | None = None
    """None: no contract, or no signature block to tell from."""
    execution_note: str = ""
    signatures: tuple[Signature, ...] = ()
    completion_certificate: bool = False
    entire_agreement: Evidence | None = None
    payment_terms: str | None = None
    """"net 30", "due on receipt"; None when no source states them."""
    payment_evidence: tuple[Evidence, ...] = ()
    red_flags: tuple[str, ...] = ()
    red_flag_evidence: tuple[Evidence, ...] = ()
    pending_contract: bool = False
    """Pre-close: everything is preliminary until signature."""


class ScorePart(Noun):
    name: str
    points: float | None
    """None: cannot be known yet."""
    out_of: float
    why: str


class Score(Noun):
    """Points known out of points knowable now; never a guess about the rest."""

    known: float
    knowable: float
    out_of: float = 100
    parts: tuple[ScorePart, ...] = ()


RejectionCode = Literal[
    "major_gap", "undocumented_commitment", "stakeholders_incomplete", "technical_requirements_unclear",
    "other",
]


class RejectionReason(Noun):
    """Why CS sends a packet back: one code a gap, with words where the code does not say it all."""

    code: RejectionCode
    subject: str | None = None
    """Id of the finding or promise that it is about; None: the packet as a whole."""
    note: str | None = None


class Decision(Noun):
    """What a person decided; decisions are only ever appended. Each is complete: it can be applied again."""

    at: str
    """ISO time in UTC."""
    by: str
    action: str
    subject: str
    """Summary path, id of a promise or finding, or "packet"."""
    reason: str | None = None
    text: str | None = None
    """The new words: a value, an answer, a question."""
    was: str | None = None
    """The words that they replace."""
    verdict: Verdict | None = None
    relation: Relation | None = None
    role: Role | None = None
    owner: str | None = None
    due: str | None = None
    ask_of: AskOf | None = None
    evidence: tuple[Evidence, ...] = ()
    subjects: tuple[str, ...] = ()
    """Further ids: the promises that were merged, the numbers of the decisions that no longer fit."""
    promises: tuple[Commitment, ...] = ()
    """The promises that it made: one added, or the parts of one that was split."""
    reasons: tuple[RejectionReason, ...] = ()


class Run(Noun):
    reader: str
    model: str | None = None
    prompt_fingerprints: dict[str, str] = {}  # noqa: RUF012 - pydantic copies defaults
    version: str
    as_of: date
    seconds: float | None = None
    """None with the embedded reader, so that the same inputs give the same bytes."""
    calls: int = 0
    """Answers of the model that the packet rests on; so are `tokens` and `cost` counted."""
    calls_reused: int = 0
    """Those of them that were kept from before, at no new cost."""
    tokens: int = 0
    """Read and written."""
    cost: float = 0
    """US dollars; 0 where the model's price is not known."""
    quotes_rejected: int = 0


class Packet(Noun):
    schema_version: str = SCHEMA_VERSION
    deal: Deal
    status: Status = "draft"
    sources: tuple[PacketSource, ...] = ()
    unread: tuple[UnreadSource, ...] = ()
    summary: Summary = Summary()
    stakeholders: tuple[Stakeholder, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    contract_terms: tuple[ContractTerm, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()
    readiness: Readiness = Readiness()
    score: Score | None = None
    decisions: tuple[Decision, ...] = ()
    run: Run
