"""The customer's name as the sources write it."""

from __future__ import annotations

from assistant.evidence.locate import locate
from assistant.evidence.parties import bare_company
from assistant.evidence.record import DealRecord
from assistant.packet import Evidence, Field, Value


def company_name(record: DealRecord) -> Field:
    """The customer's legal name where the contract has it, else as mails and calls say it."""
    account = record.roster.account or record.deal.account
    party = next((p.name for p in record.roster.parties if p.side == "customer"), None)
    for name in dict.fromkeys(n for n in (party, account, bare_company(account or "")) if n):
        for source in (*record.contracts, *record.conversations):
            found = locate(name, source)
            if found and found.match == "exact":
                return _stated(party or account or name, found)
    return Field()


def _stated(name: str, evidence: Evidence) -> Field:
    return Field(status="stated", values=(Value(text=name, evidence=(evidence,)),))
