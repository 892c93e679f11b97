"""A review desk for tests: people of every role, a deal of Ana's, and a reader that answers at once."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from argon2 import PasswordHasher

from assistant import desk as verbs
from assistant import pipeline
from assistant.desk import Desk, Opened
from assistant.desk.drafting import keep_draft
from assistant.evidence.record import DealRecord
from assistant.packet import (
    Commitment,
    ContractTerm,
    Deal,
    Evidence,
    Field,
    Packet,
    Stakeholder,
    Summary,
    Value,
)
from assistant.packet.summary import Scope
from assistant.protocol.policy import load_policy
from assistant.protocol.rights import ROLES, RoleName, User
from assistant.store import Store
from extractors.segments import Source

CALL = b"""WEBVTT

00:00:01.000 --> 00:00:05.000
<v Ana Ruiz>We will be live in ten weeks, you have my word.

00:00:06.000 --> 00:00:09.000
<v Ben Cole>Fine. We need the ledger export as well.
"""
MAIL = b"""From: Ana Ruiz <ana@cartwheel.example>
To: Ben Cole <ben@fernhill.example>
Subject: Training
Date: Mon, 11 May 2026 10:00:00 +0000

Hi Ben, training for your two sites is included.
"""
FILES = {"calls/first.vtt": CALL, "mails/training.eml": MAIL}
NOON = datetime(2026, 5, 18, 12, tzinfo=UTC)
KNOWN = Deal(account="Fernhill Foods", vendor="Cartwheel, Inc.", ae="Ana Ruiz", csm="Cem Aksoy")
LOGINS: dict[RoleName, str] = {
    "ae": "ana", "csm": "cem", "cs_manager": "mia", "sales_manager": "sal", "ops": "olu", "admin": "ada",
}  # fmt: skip
PEOPLE = {
    role: User(login=login, name=f"{login.capitalize()} {role}", role=role) for role, login in LOGINS.items()
}
ANA, CEM, MIA = PEOPLE["ae"], PEOPLE["csm"], PEOPLE["cs_manager"]
assert set(PEOPLE) == set(ROLES)


CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""Hashes that cost nothing, for tests that are about something else."""


class Clock:
    """Noon until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_hours(self, hours: float) -> None:
        self.now += timedelta(hours=hours)


class QuickReader:
    """Finds a promise in each sentence with "will" or "included", and nothing else: a fake reader."""

    def find_terms(self, record: DealRecord) -> list[ContractTerm]:
        return []

    def find_commitments(self, record: DealRecord) -> list[Commitment]:
        return [
            Commitment(
                id=f"c-{source.sha256[:6]}", party="vendor", speaker=segment.speaker, category="timeline",
                text=segment.text, evidence=(_quote(source.name, segment.id, segment.text),),
            )
            for source in record.sources
            for segment in source.segments
            if " will " in segment.text or " included" in segment.text
        ]  # fmt: skip

    def fill_summary(self, record: DealRecord) -> Summary:
        first = next(s for s in record.sources if s.kind == "call").segments[0]
        words = (Value(text="ten weeks", evidence=(_quote("calls/first.vtt", first.id, "ten weeks"),)),)
        return Summary(scope=Scope(timeline_promised=Field(status="stated", values=words)))

    def judge(
        self, commitments: Sequence[Commitment], terms: Sequence[ContractTerm], record: DealRecord
    ) -> list[Commitment]:
        return list(commitments)

    def find_stakeholders(self, record: DealRecord) -> Sequence[Stakeholder]:
        return []

    def find_conflicts(self, *asked: Any) -> tuple[()]:
        return ()

    def find_payment(self, record: DealRecord) -> Any:
        return SimpleNamespace(payment_terms=None, payment_evidence=(), red_flags=(), red_flag_evidence=())


def _quote(source: str, segment: str, quote: str) -> Evidence:
    return Evidence(source=source, segment_id=segment, quote=quote, locator="")


def make_desk(store: Store, clock: Clock | None = None) -> Desk:
    """A desk with that store."""
    return Desk(store, load_policy(), clock or Clock(), QuickReader())


def drafted(desk: Desk) -> Opened:
    """Ana's deal, given to Cem, with its first packet."""
    deal, _ = verbs.create_deal(desk, ANA, KNOWN, FILES, csm="cem")
    packet, sources = _read_once()
    return keep_draft(desk, ANA, deal.id, packet, sources).opened


@cache
def _read_once() -> tuple[Packet, tuple[Source, ...]]:
    """What a draft makes of the files: the same for every test."""
    records: list[DealRecord] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, content in FILES.items():
            (Path(folder) / name).parent.mkdir()
            (Path(folder) / name).write_bytes(content)
        packet = pipeline.draft(
            Path(folder), KNOWN, as_of=NOON.date(), reader=QuickReader(), on_record=records.append
        )
    return packet, records[0].sources


def submitted(desk: Desk) -> Opened:
    """The same with its blockers waived by the CS manager, submitted."""
    seen = drafted(desk)
    seen = verbs.submit(desk, ANA, seen.deal.id, seen.version)
    for finding in seen.packet.findings:
        if finding.severity == "blocker":
            seen = verbs.waive(desk, MIA, seen.deal.id, seen.version, finding=finding.id, reason="known")
    return seen


__all__ = ["ANA", "CEM", "MIA", "PEOPLE", "Clock", "drafted", "make_desk", "submitted"]
