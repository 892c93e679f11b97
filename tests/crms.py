"""A CRM that answers over HTTP, its door, and a desk with a deal that customer success took."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from databases import plain_settings, ready_settings
from desks import MIA, PEOPLE, make_desk, submitted
from fakes.hubspot import FakeHubSpot
from fakes.salesforce import FakeSalesforce
from fakes.serving import FakeCrm
from pydantic import SecretStr

from assistant import desk as verbs
from assistant.crm import CRMS, Door
from assistant.crm.pushing import push_packet
from assistant.desk import Desk, Opened
from assistant.settings import Settings
from assistant.store import crm, open_store
from assistant.store.engine import FILE_NAME

FAKES: dict[str, type[FakeCrm]] = {"hubspot": FakeHubSpot, "salesforce": FakeSalesforce}
REMOTE = {"hubspot": "4711", "salesforce": "0061x00000AbCdEAAV"}
OPS = PEOPLE["ops"]


class Place:
    """A CRM with its door, and a desk."""

    def __init__(self, name: str, fake: Any, desk: Desk, settings: Settings) -> None:
        self.name, self.fake, self.desk, self.settings = name, fake, desk, settings
        self.slept: list[float] = []

    @property
    def door(self) -> Door:
        found: Any = CRMS[self.name].connect(self.settings)
        return replace(found, caller=replace(found.caller, sleep=self.slept.append))  # type: ignore[no-any-return]

    def push(self, deal: str) -> list[str]:
        done = push_packet(self.desk, OPS, deal, self.name, self.door, "https://desk.example")
        return [step.write.kind for step in done]

    def tied(self, seen: Opened) -> str:
        with self.desk.store.write() as connection:
            crm.link(connection, seen.deal.id, self.name, REMOTE[self.name])
        return seen.deal.id

    def accepted(self) -> str:
        """The id of the deal that customer success took."""
        return self.tied(verbs.get_packet(self.desk, MIA, "deal-1"))


def settings_of(name: str, address: str, token: str = "good") -> Settings:
    given = {f"{name}_url": address, f"{name}_token": SecretStr(token)}
    return plain_settings(Path("unused")).model_copy(update=given)


@cache
def one_accepted_deal() -> bytes:
    """A store with it: made once, for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(open_store(ready_settings(Path(folder))))
        seen = submitted(desk)
        verbs.accept(desk, MIA, seen.deal.id, seen.version)
        desk.store.close()
        return (Path(folder) / FILE_NAME).read_bytes()
