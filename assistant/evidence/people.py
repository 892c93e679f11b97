"""Who is who: sides, misspelt names, titles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.fuzz import ratio

from assistant.evidence.introductions import Introduction, find_introductions, self_names
from assistant.evidence.mentions import Cluster, gather, join
from assistant.evidence.names import (
    SINGLE_NAME_TESTS,
    fold_name,
    given_name,
    local_part_fits,
    nicknames,
    same_name,
    unique,
)
from assistant.evidence.parties import CONTRACT_KINDS, Party, find_parties, same_company
from assistant.evidence.sides import decide_sides
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
    parties: tuple[Party, ...] = ()
    """The contract's two parties, with what the contract calls each; () when no contract names them."""

    def find(self, name: str | None, email: str | None = None) -> KnownPerson | None:
        """The person of that (possibly misspelt) name or address, or None when none or several fit."""
        if email and (found := self._by_email.get(email.lower())):
            return found
        if not name or not name.strip():
            return None
        if "@" in name:
            return self._by_email.get(name.strip().lower())
        index = self._index_of(fold_name(name))
        return self.people[index] if index is not None else None

    def side_of(self, name: str | None, email: str | None = None) -> Side | None:
        """The side of a speaker or sender, or None when nothing tells."""
        person = self.find(name, email)
        return person.side if person else None

    @cached_property
    def _by_email(self) -> dict[str, KnownPerson]:
        return {p.email.lower(): p for p in self.people if p.email}

    @cached_property
    def _names(self) -> list[tuple[str, int]]:
        """(folded name or alias, index of the person)"""
        return [(fold_name(n), i) for i, p in enumerate(self.people) for n in (p.name, *p.aliases)]

    def _index_of(self, folded: str) -> int | None:
        exact = [i for n, i in self._names if n == folded]
        if exact:
            return unique(exact)
        if not folded:
            return None
        return self._of_full_name(folded) if " " in folded else self._of_one_word(folded)

    def _of_full_name(self, folded: str) -> int | None:
        near = {i: ratio(n, folded) for n, i in self._names if same_name(n, folded)}
        if near:
            best = sorted(near.items(), key=lambda item: -item[1])
            return best[0][0] if len(best) == 1 or best[0][1] - best[1][1] >= 10 else None
        # Somebody known by one name only: "Hank" of an introduction is "Hank Moreau" of a label.
        return unique(i for n, i in self._names if n == given_name(folded) and " " not in self._folded(i))

    def _folded(self, index: int) -> str:
        return fold_name(self.people[index].name)

    def _of_one_word(self, word: str) -> int | None:
        for fits in SINGLE_NAME_TESTS:
            found = [i for n, i in self._names if fits(n, word)]
            if found:
                return unique(found)
        return unique(i for n, i in self._names if local_part_fits(word, n))


def build_roster(deal: Deal, sources: Iterable[Source]) -> Roster:
    """Join what deal.yaml, mail headers, signatures, parties lists and the contract say of people."""
    sources = sorted(sources, key=lambda s: s.name)
    parties = find_parties(sources)
    vendor, account = _companies(deal, parties)
    introductions = [
        i for s in sources if s.kind not in CONTRACT_KINDS for i in find_introductions(s.name, s.segments)
    ]
    named = {s.name: self_names(s.segments) for s in sources if s.kind in ("call", "recording", "notes")}
    clusters = join(gather(deal, sources, introductions, named))
    decide_sides(clusters, deal, sources, introductions, parties, (vendor, account))
    people = [_person(c, introductions, vendor, account) for c in clusters]
    people.sort(key=lambda p: (p.side or "zz", p.name.casefold(), p.email or ""))
    return Roster(tuple(people), vendor, account, parties)


def _companies(deal: Deal, parties: tuple[Party, ...]) -> tuple[str | None, str | None]:
    """(vendor, account): deal.yaml's names; what it leaves out from the contract's parties."""
    vendor, account = deal.vendor, deal.account
    rest = [p for p in parties if not same_company(p.name, vendor) and not same_company(p.name, account)]
    if len(parties) == 2 and len(rest) == 1 and bool(vendor) != bool(account):
        return vendor or rest[0].name, account or rest[0].name
    by_side = {p.side: p.name for p in parties if p.side}
    return vendor or by_side.get("vendor"), account or by_side.get("customer")


def _person(
    cluster: Cluster, introductions: list[Introduction], vendor: str | None, account: str | None
) -> KnownPerson:
    name = cluster.name
    house = cluster.organization or {"vendor": vendor, "customer": account}.get(cluster.side or "")
    spelled = {m.name for m in cluster.mentions if m.name and "@" not in m.name}
    aliases = sorted((spelled | {n for s in spelled for n in nicknames(s)}) - {name})
    return KnownPerson(
        name=name, side=cluster.side, title=cluster.title, email=cluster.email, organization=house,
        aliases=tuple(aliases),
    )  # fmt: skip
