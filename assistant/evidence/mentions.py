"""Every mention of a person in the sources, and the mentions that are one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.evidence.introductions import Introduction
from assistant.evidence.names import (
    SINGLE_NAME_TESTS,
    as_heard,
    fold_name,
    given_name,
    local_part_fits,
    nicknames,
    same_name,
)
from assistant.evidence.parties import CONTRACT_KINDS
from assistant.packet import Deal, Side
from extractors.segments import Source

DEAL, HEADER, EXPORT, SIGNER, LABEL, SPEECH = range(6)
"""Where a mention stands, the most trustworthy spelling first."""
_GENERIC = re.compile(
    r"(?:unknown |unidentified )?(?:speaker|participant|person|voice|user|caller|guest|spk|spkr"
    r"|attendee)s?[ _#-]?\w{0,3}|unknown|"
    r"(?:conference )?room .*|all|both|everyone|multiple speakers?|transcript(?:ion)?|system|recording",
    re.I,
)


@dataclass(frozen=True)
class Mention:
    """One place that names a person."""

    name: str
    rank: int
    source: str = ""
    email: str | None = None
    title: str | None = None
    organization: str | None = None
    side: Side | None = None
    speaks: bool = False
    """A speaker's label or a mail's sender, not only a name."""


@dataclass
class Cluster:
    """The mentions of one person."""

    mentions: list[Mention] = field(default_factory=list)
    side: Side | None = None

    @property
    def ordered(self) -> list[Mention]:
        return sorted(self.mentions, key=lambda m: m.rank)

    @property
    def name(self) -> str:
        """The most trustworthy spelling with a family name; capitals are lowered."""
        names = [m.name for m in self.ordered if m.name and "@" not in m.name]
        full = [n for n in names if " " in n.strip()]
        best = (full or names or [m.name or m.email or "" for m in self.mentions])[0]
        return best.title() if best.isupper() and " " in best else best

    @property
    def emails(self) -> set[str]:
        return {m.email.lower() for m in self.mentions if m.email}

    @property
    def email(self) -> str | None:
        return next((m.email.lower() for m in self.ordered if m.email), None)

    @property
    def title(self) -> str | None:
        titles = [m.title for m in self.ordered if m.title]
        return next((t for t in titles if " " in t), titles[0] if titles else None)

    @property
    def organization(self) -> str | None:
        return next((m.organization for m in self.ordered if m.organization), None)

    @property
    def folded(self) -> set[str]:
        names = [m.name for m in self.mentions if m.name and "@" not in m.name]
        return {fold_name(n) for name in names for n in (name, *nicknames(name))}


def gather(
    deal: Deal, sources: Sequence[Source], introductions: Sequence[Introduction],
    named: Mapping[str, Mapping[str, str]],
) -> list[Mention]:  # fmt: skip
    """All mentions; `named` tells by source what name a label like "Speaker 2" gives itself."""
    mentions = _of_deal(deal)
    for source in sources:
        mentions += _of_lists(source)
        mentions += _of_labels(source, named.get(source.name, {}))
    mentions += [
        Mention(i.name, SPEECH, i.source, title=i.title, organization=i.organization)
        for i in introductions
        if not is_generic(i.name)
    ]
    return mentions


def is_generic(name: str) -> bool:
    """Whether a label names nobody ("Speaker 3", "Conference room A")."""
    return bool(_GENERIC.fullmatch(name.strip())) or any(c.isdigit() for c in name)


def _of_deal(deal: Deal) -> list[Mention]:
    mentions = [
        Mention(name, DEAL, email=p.email, title=p.title, side=p.side)
        for p in deal.participants
        for name in (p.name, *p.aliases)
    ]
    team = (deal.ae, deal.se, deal.csm, deal.cs_manager, deal.outgoing_owner, deal.incoming_owner)
    return mentions + [Mention(name, DEAL, side="vendor") for name in team if name]


def _of_lists(source: Source) -> list[Mention]:
    """Header names, parties lists, signatures and signers."""
    rank = SIGNER if source.kind in CONTRACT_KINDS else HEADER if source.kind == "email" else EXPORT
    return [
        Mention(p.name, rank, source.name, p.email, p.title, p.organization, p.side)
        for p in source.people
        if not is_generic(p.name)
    ]


def _of_labels(source: Source, named: Mapping[str, str]) -> list[Mention]:
    mentions: dict[tuple[str, str | None], Mention] = {}
    if source.kind in CONTRACT_KINDS:
        return []
    for segment in source.segments:
        label = segment.speaker
        if not label or (label, segment.sender_email) in mentions:
            continue
        own = named.get(label)
        if is_generic(label):
            if own and " " in own:
                mentions[(label, None)] = Mention(own, LABEL, source.name, speaks=True)
            continue
        mentions[(label, segment.sender_email)] = Mention(
            label, HEADER if segment.sender_email else LABEL, source.name, segment.sender_email, speaks=True
        )
    return list(mentions.values())


def join(mentions: Iterable[Mention]) -> list[Cluster]:
    """The people behind the mentions: by address, exact name, likely misspelling, then single name."""
    clusters: list[Cluster] = []
    waiting = list(mentions)
    for fits in (_by_email, _by_exact_name, _by_address_form, _by_spelling, _by_single_name):
        rest: list[Mention] = []
        for mention in waiting:
            if not fits(mention, clusters):
                rest.append(mention)
        waiting = rest
    return clusters


def _by_email(mention: Mention, clusters: list[Cluster]) -> bool:
    if not mention.email:
        return False
    folded = fold_name(mention.name) if "@" not in mention.name else ""
    cluster = next((c for c in clusters if mention.email.lower() in c.emails), None)
    cluster = cluster or next((c for c in clusters if " " in folded and folded in c.folded), None)
    if cluster is None:
        clusters.append(cluster := Cluster())
    cluster.mentions.append(mention)
    return True


def _by_exact_name(mention: Mention, clusters: list[Cluster]) -> bool:
    folded = fold_name(mention.name)
    if " " not in folded:
        return False
    cluster = next((c for c in clusters if folded in c.folded), None)
    if cluster is None:
        return False
    cluster.mentions.append(mention)
    return True


def _by_address_form(mention: Mention, clusters: list[Cluster]) -> bool:
    """An address without a display name belongs to the one full name it is built from."""
    folded = fold_name(mention.name)
    nameless = [c for c in clusters if not c.folded]
    found = [c for c in nameless if any(local_part_fits(e.partition("@")[0], folded) for e in c.emails)]
    if len(found) != 1:
        return False
    found[0].mentions.append(mention)
    return True


def _by_spelling(mention: Mention, clusters: list[Cluster]) -> bool:
    """A full name goes to the one cluster that it may misspell, else it opens a cluster of its own."""
    folded = fold_name(mention.name)
    if " " not in folded:
        return False
    found = [c for c in clusters if folded in c.folded or _may_be(mention, folded, c)]
    exact = [c for c in found if folded in c.folded]
    if len(exact or found) == 1:
        (exact or found)[0].mentions.append(mention)
    elif mention.rank != SPEECH or mention.title:
        clusters.append(Cluster([mention]))
    return True


def _may_be(mention: Mention, folded: str, cluster: Cluster) -> bool:
    given = given_name(folded)
    together = [m for m in cluster.mentions if m.speaks and mention.speaks and m.source == mention.source]
    if not any(same_name(folded, n) or (not together and as_heard(folded, n)) for n in cluster.folded):
        return False
    # Two labels of one call with different given names are two people, however alike.
    return all(given_name(fold_name(m.name)) == given for m in together)


def _by_single_name(mention: Mention, clusters: list[Cluster]) -> bool:
    """A single name goes to the only person of that name, of several to the one in the same source."""
    word = fold_name(mention.name)
    if not word:
        return True
    for fits in SINGLE_NAME_TESTS:
        found = [c for c in clusters if any(fits(n, word) for n in c.folded)]
        near = [c for c in found if any(m.source == mention.source for m in c.mentions)]
        if len(found) > 1 and len(near) == 1:
            found = near
        if len(found) == 1:
            found[0].mentions.append(mention)
            return True
        if found:
            return True  # several could be meant: nobody is
    if mention.rank != SPEECH or mention.title:
        clusters.append(Cluster([mention]))
    return True
