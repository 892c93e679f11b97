"""A small packet that tests of documents and doors render; its words hold what a hostile source could."""

from __future__ import annotations

from datetime import date

from assistant.packet import (
    Commitment,
    Conflict,
    ContractTerm,
    Deal,
    Evidence,
    Field,
    Finding,
    Packet,
    PacketSource,
    Quantity,
    Readiness,
    Run,
    Score,
    Signature,
    Stakeholder,
    Summary,
    UnreadSource,
    Value,
    Wording,
)
from assistant.packet.summary import CustomerOverview, Scope

HOSTILE = '=HYPERLINK("http://bad.example","x") | <img src=x onerror=alert(1)> [a](javascript:b) `c` \x07'


def said(
    quote: str, segment: str = "s1", source: str = "calls/first.vtt", locator: str = "00:14:32"
) -> Evidence:
    return Evidence(source=source, segment_id=segment, quote=quote, locator=locator)


def agreed(quote: str) -> Evidence:
    return said(quote, "c7", "msa.docx", "section 4.2")


def promises() -> tuple[Commitment, ...]:
    four_hours = "we answer every P1 within four hours"
    return (
        Commitment(
            id="c-000001",
            party="vendor",
            speaker="Ana Ruiz",
            category="support",
            text=four_hours,
            quantity=Quantity(value=4, unit="hour", bound="at_most", text="four hours"),
            verdict="contradicted",
            relation="exceeds_contract",
            evidence=(said("How fast?", "s0"), said(four_hours)),
            contract_evidence=(agreed("Provider responds by the next Business Day."),),
            decided_by="numbers",
            explanation="4 hours against 1 business day.",
            said_on="2026-03-02",
            history=(
                Wording(
                    text="two hours",
                    changed="two hours became four hours",
                    said_on="2026-02-20",
                    evidence=(said("we answer in two hours", "s9"),),
                ),
            ),
        ),
        Commitment(
            id="c-000002",
            party="customer",
            speaker="Ben Cole",
            category="resource",
            text=HOSTILE,
            strength="conditional",
            condition="-2+3",
            due="2026-06-01",
            evidence=(said(HOSTILE, "s2"),),
        ),
        Commitment(
            id="c-000003",
            party="vendor",
            speaker=None,
            category="training",
            text="two sessions",
            verdict="covered",
            evidence=(said("two sessions", "s3"),),
            contract_evidence=(agreed("two (2) sessions"),),
        ),
        Commitment(
            id="c-000004",
            party="vendor",
            speaker="Ana Ruiz",
            category="feature",
            text="dark mode",
            verdict="withdrawn",
            evidence=(said("dark mode by May", "s4"), said("scrap dark mode", "s5")),
        ),
    )


def sample_packet() -> Packet:
    """Four promises, one of them hostile; a conflict, a blocker, an unread file, blanks in a signature."""
    overview = CustomerOverview(
        company_name=Field(
            status="stated", values=(Value(text="Brightwater Foods", evidence=(said("Brightwater Foods"),)),)
        ),
        industry=Field(status="not_applicable", reason="A holding without trade of its own"),
        company_size=Field(
            status="conflicting",
            values=(
                Value(text="400 people", evidence=(said("about 400 of us"),)),
                Value(text="450", entered_by="Mia Stone"),
            ),
        ),
    )
    return Packet(
        deal=Deal(
            account="Brightwater Foods",
            vendor="Cartwheel, Inc.",
            ae="Ana Ruiz",
            csm="Mia Stone",
            segment="mid_market",
            value=84000,
            currency="USD",
            expected_close=date(2026, 5, 11),
        ),
        sources=(
            PacketSource(
                id="S1",
                name="calls/first.vtt",
                kind="call",
                sha256="0" * 64,
                segments=40,
                happened_on=date(2026, 3, 2),
                warnings=("two cues overlap",),
            ),
            PacketSource(id="S2", name="msa.docx", kind="contract", sha256="1" * 64, segments=90),
        ),
        unread=(
            UnreadSource(name="scan.pdf", reason="Cannot read 'scan.pdf': it holds no text: run OCR on it."),
        ),
        summary=Summary(
            customer_overview=overview,
            scope=Scope(
                training=Field(
                    status="stated", values=(Value(text="two sessions", evidence=(said("two sessions"),)),)
                )
            ),
        ),
        stakeholders=(
            Stakeholder(
                name="Ben Cole",
                title="COO",
                side="customer",
                role="economic_buyer",
                stance="supporter",
                concerns=(Value(text="cost", evidence=(said("what will it cost"),)),),
                evidence=(said("I sign these", "s6"),),
            ),
            Stakeholder(name="Ana Ruiz", side="vendor", evidence=(said("I'm Ana", "s7"),)),
        ),
        commitments=promises(),
        contract_terms=(
            ContractTerm(
                id="t1",
                source="msa.docx",
                section="4.2",
                category="support",
                party="vendor",
                text="Provider responds by the next Business Day.",
                evidence=(agreed("Provider responds by the next Business Day."),),
            ),
        ),
        conflicts=(
            Conflict(
                about="go_live_target",
                values=(
                    Value(text="May", evidence=(said("live in May", "s8"),)),
                    Value(text="June", evidence=(agreed("1 June"),)),
                ),
            ),
        ),
        findings=(
            Finding(
                id="promise-contradicted:c-000001",
                rule="promise-contradicted",
                severity="blocker",
                category="scope_and_commitments",
                message="A promise contradicts the contract.",
                ask="Which holds?",
                ask_of="ae",
                where="commitments.c-000001",
                evidence=promises()[0].evidence,
            ),
            Finding(
                id="missing-category:risk_factors",
                rule="missing-category",
                severity="blocker",
                category="risk_factors",
                message="Nothing is known about risks.",
                ask="What worries them?",
                ask_of="legal",
                where="risk_factors",
            ),
        ),
        readiness=Readiness(
            contract_fully_executed=False,
            execution_note="Customer's date is blank",
            signatures=(
                Signature(
                    party="customer",
                    organization="Brightwater Foods",
                    signed=True,
                    name="Ben Cole",
                    title="COO",
                    blanks=("date",),
                    evidence=(agreed("By: /s/ Ben Cole"),),
                ),
            ),
            entire_agreement=agreed("This is the entire agreement."),
            payment_terms="net 60",
            payment_evidence=(agreed("sixty (60) days"),),
            red_flags=("payment terms longer than standard",),
        ),
        score=Score(known=21.5, knowable=50),
        run=Run(reader="embedded", version="0.1.0", as_of=date(2026, 5, 18), quotes_rejected=2),
    )
