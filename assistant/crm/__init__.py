"""The CRMs: one row each. Deals come from there; before it is accepted only a packet's status goes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.crm import hubspot, hubspot_setup, salesforce, salesforce_metadata
from assistant.crm.nouns import Door, Fetched
from assistant.errors import HandoffError
from assistant.settings import Settings


@dataclass(frozen=True)
class Crm:
    """What there is to know of a CRM."""

    label: str
    connect: Callable[[Settings], Door]
    """Raises HandoffError where a setting is missing. Nothing is sent yet."""
    set_up: Callable[[Door | None], list[str]]
    """Makes what it needs over there, line by line what was done; with None: says what it would do."""
    id_of: Callable[[str], str]
    """A deal's id in the one way in which it is written here. Raises HandoffError for what is none."""
    metadata: Callable[[str | None], dict[str, str]] | None = None
    """What is deployed over there by its people, by path; takes the desk's address."""


CRMS: dict[str, Crm] = {
    "hubspot": Crm("HubSpot", hubspot.connect, hubspot_setup.set_up, hubspot.id_of),
    "salesforce": Crm(
        "Salesforce", salesforce.connect, salesforce.set_up, salesforce.id_of, salesforce_metadata.metadata
    ),
}
"""Name -> its row. Any other CRM: assistant/crm/exchange.py, with a mapping file."""


def crm_of(name: str) -> Crm:
    """The row. Raises HandoffError where there is none."""
    if name not in CRMS:
        raise HandoffError(
            f"There is no CRM '{name[:40]}'. Known are {', '.join(CRMS)}; any other exchanges files: "
            "`handoff crm import --help`."
        )
    return CRMS[name]


__all__ = ["CRMS", "Crm", "Door", "Fetched", "crm_of"]
