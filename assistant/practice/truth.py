"""The practice deal: its files, and the packet that says of them what is true (truth.yaml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from assistant import pipeline
from assistant.deal_file import read_deal
from assistant.errors import HandoffError
from assistant.evidence.locate import locate
from assistant.packet import (
    Commitment,
    Deal,
    Evidence,
    Field,
    Packet,
    Readiness,
    Run,
    Stakeholder,
    Summary,
    Value,
)
from assistant.protocol.policy import Policy
from assistant.review.fit import with_field
from extractors.reading import read_source
from extractors.segments import Source

HERE = Path(__file__).parent
DEAL = HERE / "deal"
CONTRACT = "agreement.txt"
PAYMENT = Readiness(payment_terms="net 30")


def practice_files() -> dict[str, bytes]:
    """The deal's files by name."""
    return {path.name: path.read_bytes() for path in sorted(DEAL.iterdir()) if path.suffix != ".yaml"}


def practice_deal() -> Deal:
    """What is known of the deal."""
    return read_deal(DEAL / "deal.yaml")


@cache
def practice_sources() -> tuple[Source, ...]:
    """The deal's files, read."""
    return tuple(source for name, data in practice_files().items() for source in read_source(data, name))


def true_packet(policy: Policy) -> Packet:
    """The packet without a flaw, with findings and score."""
    told = yaml.safe_load((HERE / "truth.yaml").read_text("utf-8"))
    record = pipeline.make_record(practice_deal(), practice_sources(), (), told["as_of"])
    packet = Packet(
        deal=record.deal, sources=pipeline.listed(record.sources),
        commitments=tuple(promise_of(row) for row in told["promises"]),
        stakeholders=tuple(person_of(row) for row in told["people"]),
        readiness=pipeline.readiness_of(record, PAYMENT),
        run=Run(reader="practice", version="1", as_of=told["as_of"]), summary=Summary(),
    )  # fmt: skip
    for row in told["fields"]:
        packet = with_field(packet, row["path"], field_of(row))
    return pipeline.check(packet, policy)


def promise_of(row: Mapping[str, Any]) -> Commitment:
    """A promise out of a row of truth.yaml or flaws.yaml."""
    return Commitment(
        id=row["id"], party=row.get("party", "vendor"), speaker=row["by"], category=row["category"],
        text=row["text"], strength=row.get("strength", "firm"), due=row.get("due"), verdict=row["verdict"],
        relation=row.get("relation"), evidence=(quote(row["said"]),), explanation=row.get("why", ""),
        contract_evidence=(quote([CONTRACT, row["contract"]]),) if "contract" in row else (),
        said_on=_day(row["said"][0]),
    )  # fmt: skip


def person_of(row: Mapping[str, Any]) -> Stakeholder:
    """A person out of a row."""
    return Stakeholder(
        name=row["name"], title=row["title"], organization=practice_deal().account, side="customer",
        role=row["role"], evidence=(quote(row["said"]),),
    )  # fmt: skip


def field_of(row: Mapping[str, Any]) -> Field:
    """A line of the summary out of a row; empty text is a line that nobody filled."""
    if not row["text"]:
        return Field()
    return Field(status="stated", values=(Value(text=row["text"], evidence=(quote(row["said"]),)),))


def quote(said: Sequence[str]) -> Evidence:
    """The quote in its place. Raises HandoffError where it does not stand there."""
    name, words = said
    source = next(source for source in practice_sources() if source.name == name)
    found = locate(words, source)
    if found is None:
        raise HandoffError(f"The practice deal's {name} does not say '{words[:60]}'.")
    return found


def _day(name: str) -> str | None:
    source = next(source for source in practice_sources() if source.name == name)
    return source.happened_on.isoformat() if isinstance(source.happened_on, date) else None
