"""Who is who: sides, misspelt names, titles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.packet import Deal, Side
from extractors.segments import Source


@dataclass(frozen=True)
class KnownPerson:
    """One person, however the sources spell the name."""

    name: str
    side: Side | None
    title: str | None = None
    email: str | None = None
    organization: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """Everyone the sources name as speaker, sender, signer or participant."""

    people: tuple[KnownPerson, ...] = ()
    vendor: str | None = None
    """Name of the selling company, from deal.yaml or the contract's parties."""
    account: str | None = None

    def find(self, name: str | None, email: str | None = None) -> KnownPerson | None:
        """The person of that (possibly misspelt) name or address, or None."""
        raise NotImplementedError

    def side_of(self, name: str | None, email: str | None = None) -> Side | None:
        """The side of a speaker or sender, or None when nothing tells."""
        person = self.find(name, email)
        return person.side if person else None


def build_roster(deal: Deal, sources: Iterable[Source]) -> Roster:
    """Join what deal.yaml, mail headers, signatures, parties lists and the contract say of people."""
    raise NotImplementedError
