"""The deal: what the CRM, deal.yaml or the screen knows before anything is read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from assistant.packet.nouns import Noun
from extractors.segments import SourceKind

Side = Literal["vendor", "customer"]
Trigger = Literal["post_close", "pre_close", "poc_to_paid", "account_handover", "off_boarding"]
Scenario = Literal[
    "leave", "new_account_manager", "project_completed", "reorganisation", "merger", "service_upgrade",
    "provider_change",
]  # fmt: skip
"""Why an account changes its owner inside the vendor."""


class Participant(Noun):
    """A person whom deal.yaml names, with the side they are on."""

    name: str
    side: Side | None = None
    title: str | None = None
    email: str | None = None
    aliases: tuple[str, ...] = ()


class Deal(Noun):
    """Every key is optional: a folder without deal.yaml is a deal as well."""

    account: str | None = None
    account_domain: str | None = None
    vendor: str | None = None
    vendor_domain: str | None = None
    ae: str | None = None
    team: str | None = None
    """The AE's sales team."""
    se: str | None = None
    csm: str | None = None
    cs_manager: str | None = None
    segment: str | None = None
    """"smb", "mid_market", "enterprise", "strategic"."""
    trigger: Trigger = "post_close"
    scenario: Scenario | None = None
    """Of an account handover: why the owner changes."""
    outgoing_owner: str | None = None
    """Who hands over: of an account handover and an off-boarding."""
    incoming_owner: str | None = None
    """Who takes over; of a leave only until `return_date`."""
    return_date: date | None = None
    """Of a leave: when the outgoing owner is back."""
    handover_date: date | None = None
    """The day on which the owner changes or the relationship ends."""
    next_provider: str | None = None
    """Of an off-boarding: the company that carries on."""
    expected_close: date | None = None
    closed_at: datetime | None = None
    """When the deal was won, as the CRM has it."""
    probability: float | None = None
    """Per cent, as the CRM has it."""
    country: str | None = None
    """Whose public holidays count, ISO 3166 ("DE", "US-CA"); None: the policy's."""
    value: float | None = None
    """Contract value in `currency`, as the CRM has it."""
    currency: str | None = None
    purchase_order: str | None = None
    practice: int | None = None
    """Number of a practice: the deal is made up, and no report counts it."""
    participants: tuple[Participant, ...] = ()
    consent: bool | None = None
    """Whether everybody in the recordings agreed to be recorded; None: nobody noted it."""
    consents: dict[str, bool] = {}  # noqa: RUF012 - pydantic copies defaults
    """The same for one recording, by file name relative to the folder; it goes before `consent`."""
    source_kinds: dict[str, SourceKind] = {}  # noqa: RUF012 - pydantic copies defaults
    """Overrides of recognised kinds, by file name relative to the folder."""
    source_dates: dict[str, date] = {}  # noqa: RUF012 - pydantic copies defaults

    def consented(self, recording: str) -> bool | None:
        """Whether everybody in that recording agreed to it; None: nobody noted it."""
        return self.consents.get(recording, self.consent)
