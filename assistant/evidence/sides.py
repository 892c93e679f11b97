"""The side of each person, from the surest sign to the least; what no sign tells stays None."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.evidence.introductions import Introduction
from assistant.evidence.mentions import DEAL, Cluster
from assistant.evidence.names import fold_name
from assistant.evidence.parties import Party, bare_company, names_company, role_side, same_company
from assistant.packet import Deal, Side
from extractors.mail.words import word_set
from extractors.segments import Source

FREE_MAIL = word_set(
    """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com
    mac.com aol.com gmx.de gmx.net web.de proton.me protonmail.com mail.ru yandex.ru qq.com 163.com
    comcast.net att.net verizon.net
    """
)
_YOU = re.compile(r"\b(?:you|your|yours|y'all)\b", re.I)
_WE = re.compile(r"\b(?:we|us|our|my|they)\b", re.I)
_SELLERS_SHARE, _BUYERS_SHARE = 0.62, 0.34
"""Of the words for "you" and "we", the share of "you" from which somebody sells, up to which somebody buys.

Sellers talk of what the other side gets, buyers of what their own side does and needs. Over 70 speakers of
nine deals every seller but one was above the lower mark, and every buyer below the upper one.
"""
LEAST_TURNS, LEAST_NEIGHBOURS = 4, 6
_SELLS_NEXT_TO, _BUYS_NEXT_TO = 0.26, 0.32
"""Of the turns beside somebody's own, the sellers' share up to which they sell, from which they buy.

Sides take turns: who sells speaks after a buyer and before one. Over 78 speakers of the calls of ten deals
with both sides present every seller but one was below the lower mark, every buyer above the upper one.
"""
_SERVES = re.compile(
    r"\b(?:customer success|csm|account (?:manager|executive)|implementation|onboarding"
    r"|support|technical account"
    r"|solutions? (?:engineer|architect|consultant)|sales engineer)\b",
    re.I,
)
"""Titles of those who serve a customer."""


def other(side: Side) -> Side:
    return "customer" if side == "vendor" else "vendor"


def decide_sides(
    clusters: list[Cluster], deal: Deal, sources: Sequence[Source], introductions: Sequence[Introduction],
    parties: tuple[Party, ...], names: tuple[str | None, str | None],
) -> None:  # fmt: skip
    """Fill `side` of each cluster; a sign never overrides a surer one."""
    for cluster in clusters:
        cluster.side = _agreed(m.side for m in cluster.mentions if m.rank == DEAL)
    domains = _domains(clusters, deal, names)
    for cluster in clusters:
        cluster.side = cluster.side or _agreed(domain_side(e, domains) for e in cluster.emails)
        cluster.side = cluster.side or _agreed(m.side for m in cluster.mentions)
        cluster.side = cluster.side or _agreed(
            _house_side(m.organization, parties, names) for m in cluster.mentions if m.organization
        )
    domains = _spread(clusters, domains)
    for _ in range(3):
        _introduced(clusters, introductions, parties, names)
        domains = _spread(clusters, domains)
    _eliminate(clusters, sources)
    _introduced(clusters, introductions, parties, names)


def _agreed(sides: object) -> Side | None:
    """The one side that the signs name; None when they name none or both."""
    found = {s for s in sides if s}  # type: ignore[attr-defined]
    return found.pop() if len(found) == 1 else None


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def domain_side(email: str, domains: dict[str, Side]) -> Side | None:
    """The side whose domain, or a domain above it, the address has."""
    domain = domain_of(email)
    return next((s for d, s in domains.items() if domain == d or domain.endswith(f".{d}")), None)


def _domains(clusters: list[Cluster], deal: Deal, names: tuple[str | None, str | None]) -> dict[str, Side]:
    """Domain -> side: deal.yaml's, else those whose own name is the company's."""
    domains: dict[str, Side] = {}
    sides: tuple[tuple[Side, str | None, str | None], ...] = (
        ("vendor", deal.vendor_domain, names[0]), ("customer", deal.account_domain, names[1]),
    )  # fmt: skip
    for side, given, _ in sides:
        if given:
            domains[given.lower().removeprefix("www.").removeprefix("@")] = side
    seen = sorted({domain_of(e) for c in clusters for e in c.emails} - FREE_MAIL - set(domains))
    for domain in seen:
        fits = [side for side, _, name in sides if name and _domain_fits(domain, name)]
        if len(fits) == 1:
            domains[domain] = fits[0]
    return domains


def _domain_fits(domain: str, company: str) -> bool:
    """ "harborfwd.example" fits "Harbor Forwarding, Inc.": the first word, all words or the initials."""
    words = [re.sub(r"[^a-z0-9]", "", w) for w in bare_company(company).split()]
    words = [w for w in words if w and w not in ("and", "of", "the")]
    labels = [re.sub(r"[^a-z0-9]", "", label) for label in domain.split(".")[:-1]]
    if not words or not labels:
        return False
    stem = max(labels, key=len)
    initials = "".join(w[0] for w in words)
    return (
        stem == "".join(words)
        or (len(words[0]) >= 4 and stem.startswith(words[0]))
        or (len(stem) >= 5 and "".join(words).startswith(stem))
        or (len(initials) >= 3 and stem == initials)
    )


def _spread(clusters: list[Cluster], domains: dict[str, Side]) -> dict[str, Side]:
    """Colleagues share a domain; when there are only two domains, the second is the other side's."""
    votes: dict[str, set[Side]] = {}
    for cluster in clusters:
        for email in cluster.emails:
            if domain_of(email) not in FREE_MAIL:
                votes.setdefault(domain_of(email), set()).update({cluster.side} if cluster.side else set())
    domains = dict(domains)
    for domain, sides in votes.items():
        if len(sides) == 1 and domain_side(f"x@{domain}", domains) is None:
            domains[domain] = next(iter(sides))
    unknown = [d for d in sorted(votes) if domain_side(f"x@{d}", domains) is None]
    known = {domain_side(f"x@{d}", domains) for d in votes} - {None}
    if len(unknown) == 1 and len(known) == 1 and len(votes) == 2:
        (only,) = known
        if only:
            domains[unknown[0]] = other(only)
    for cluster in clusters:
        cluster.side = cluster.side or _agreed(domain_side(e, domains) for e in cluster.emails)
    return domains


def _house_side(
    organization: str | None, parties: tuple[Party, ...], names: tuple[str | None, str | None]
) -> Side | None:
    """The side of a company name as a signature, a label or a signature block prints it."""
    vendor, account = (same_company(organization, n) or names_company(organization, n) for n in names)
    if vendor != account:
        return "vendor" if vendor else "customer"
    for party in parties:
        known = (party.name, party.alias)
        if party.side and any(same_company(organization, n) or names_company(organization, n) for n in known):
            return party.side
    words = (organization or "").split()
    return role_side(organization) if len(words) <= 3 and not vendor else None


def _cluster_of(name: str | None, email: str | None, source: str, clusters: list[Cluster]) -> Cluster | None:
    if email:
        return next((c for c in clusters if email.lower() in c.emails), None)
    folded = fold_name(name or "")
    found = [
        c for c in clusters if any(m.source == source and fold_name(m.name) == folded for m in c.mentions)
    ]
    return found[0] if len(found) == 1 else None


def _introduced(
    clusters: list[Cluster], introductions: Sequence[Introduction], parties: tuple[Party, ...],
    names: tuple[str | None, str | None],
) -> None:  # fmt: skip
    """ "She's our architect" puts her on the side of whoever says it, and the other way round."""
    for intro in introductions:
        speaker = _cluster_of(intro.by, intro.by_email, intro.source, clusters)
        person = _cluster_of(intro.name, None, intro.source, clusters)
        if person is None:
            continue
        person.side = person.side or _house_side(intro.organization, parties, names)
        if speaker is None or speaker is person or intro.belongs == "unknown":
            continue
        same = intro.belongs == "speaker"
        if _SERVES.search(intro.title or ""):
            # "Your account manager" is the seller's; with "our account manager" a buyer may mean either's.
            if same and speaker.side != "vendor":
                continue
            person.side = person.side or (None if speaker.side is None else "vendor")
            continue
        if person.side is None and speaker.side:
            person.side = speaker.side if same else other(speaker.side)
        elif speaker.side is None and person.side:
            speaker.side = person.side if same else other(person.side)


def _eliminate(clusters: list[Cluster], sources: Sequence[Source]) -> None:
    """Speakers still unknown: the only one where a side is missing, else by how they speak."""
    calls = [s for s in sources if s.kind in ("call", "recording")]
    for source in calls:
        present = [c for c in clusters if any(m.speaks and m.source == source.name for m in c.mentions)]
        unknown = [c for c in present if c.side is None]
        known = {c.side for c in present if c.side}
        if len(unknown) == 1 and len(known) == 1:
            (only,) = known
            unknown[0].side = other(only)
    for cluster in clusters:
        if cluster.side is None:
            cluster.side = _by_speech(cluster, calls)
    beside = {id(c): _by_neighbours(c, clusters, calls) for c in clusters if c.side is None}
    for cluster in clusters:
        cluster.side = cluster.side or beside.get(id(cluster))


def _by_speech(cluster: Cluster, sources: Sequence[Source]) -> Side | None:
    """Who sells says "you", who buys says "we"; None unless that is clear."""
    labels = {(m.source, m.name) for m in cluster.mentions if m.speaks}
    spoken = " ".join(g.text for s in sources for g in s.segments if (s.name, g.speaker or "") in labels)
    you, we = len(_YOU.findall(spoken)), len(_WE.findall(spoken))
    share = you / (you + we + 1)
    if you + we >= 15 and share >= _SELLERS_SHARE:
        return "vendor"
    return "customer" if you + we >= 5 and share <= _BUYERS_SHARE else None


def _by_neighbours(cluster: Cluster, clusters: Sequence[Cluster], sources: Sequence[Source]) -> Side | None:
    """By whose turns are next to theirs in calls where both sides speak; None unless that is clear."""
    own, beside = 0, []
    for source in sources:
        sides = {m.name: c.side for c in clusters for m in c.mentions if m.speaks and m.source == source.name}
        labels = {m.name for m in cluster.mentions if m.speaks and m.source == source.name}
        if not labels or not {"vendor", "customer"} <= set(sides.values()):
            continue
        said = [g.speaker for g in source.segments if g.speaker and g.text]
        own += sum(name in labels for name in said)
        pairs = [*pairwise(said), *pairwise(reversed(said))]
        beside += [sides[b] for a, b in pairs if a in labels and b not in labels and sides.get(b)]
    if own < LEAST_TURNS or len(beside) < LEAST_NEIGHBOURS:
        return None
    share = beside.count("vendor") / len(beside)
    return "vendor" if share <= _SELLS_NEXT_TO else "customer" if share >= _BUYS_NEXT_TO else None
