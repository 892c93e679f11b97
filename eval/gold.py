"""What a perfect reader finds in a deal: the answers file of an example or a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

ANSWERS = ("expected.yaml", "gold.yaml")


class Lenient(BaseModel):
    """Answers may carry notes for people that no scorer reads."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldQuote(Lenient):
    source: str
    quote: str = ""
    section: str | None = None
    why: str = ""


class GoldCommitment(Lenient):
    id: str
    party: str
    speaker: str | None = None
    source: str
    quote: str
    asked: str | None = None
    category: str | None = None
    verdict: str
    contract: GoldQuote | None = None
    withdrawn_by: GoldQuote | None = None
    superseded_by: str | None = None
    tags: tuple[str, ...] = ()
    """Slices that it belongs to: "hedged", "agreed-to-demand", "exception-clause" ..."""


class GoldField(Lenient):
    any_of: tuple[str, ...]
    source: str | None = None
    quote: str = ""


class GoldStakeholder(Lenient):
    name: str
    role: str | None = None
    title: str | None = None


class GoldPreconditions(Lenient):
    contract_fully_executed: bool | None = None
    payment_terms: str | None = None
    red_flags: tuple[str, ...] = ()


class Gold(Lenient):
    """One deal's answers; paths are those of HOUSE's packet contract."""

    deal: str
    as_of: Any = None
    tags: tuple[str, ...] = ()
    """Slices to which the whole deal belongs: "long", "account-handover" ..."""
    commitments: tuple[GoldCommitment, ...] = ()
    same_promise: tuple[tuple[str, ...], ...] = ()
    traps: tuple[GoldQuote, ...] = ()
    fields: dict[str, GoldField] = {}
    absent_fields: tuple[str, ...] = ()
    missing_categories: tuple[str, ...] = ()
    stakeholders: tuple[GoldStakeholder, ...] = ()
    preconditions: GoldPreconditions = GoldPreconditions()
    conflicts: tuple[dict[str, Any], ...] = ()

    def chains(self) -> list[list[GoldCommitment]]:
        """Promises, each with all its wordings, the one that stands last."""
        by_id = {c.id: c for c in self.commitments}
        joined = [chain for ids in self.same_promise if (chain := [by_id[i] for i in ids if i in by_id])]
        in_chain = {c.id for chain in joined for c in chain}
        return [*joined, *([c] for c in self.commitments if c.id not in in_chain)]


def load_gold(folder: Path) -> Gold:
    """The answers beside a deal's sources; FileNotFoundError when it has none."""
    for name in ANSWERS:
        if (folder / name).is_file():
            return Gold.model_validate(yaml.safe_load((folder / name).read_text(encoding="utf-8")))
    raise FileNotFoundError(f"{folder} holds none of {', '.join(ANSWERS)}")
