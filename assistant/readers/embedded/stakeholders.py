"""Who matters to the deal: people of the customer's side with their roles, where the sources say so."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.record import DealRecord
from assistant.packet import Stakeholder
from assistant.readers.embedded.roles import assign_roles
from assistant.readers.embedded.stakeholder_people import find_people
from assistant.readers.embedded.statements import read_statements


def find_stakeholders(record: DealRecord) -> Sequence[Stakeholder]:
    """The customer's people first, then the vendor's, each with what was said of and by them."""
    statements = read_statements(record)
    return assign_roles(find_people(record, statements), statements, record)
