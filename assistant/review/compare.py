"""Any two versions of a packet, side by side: only what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.packet import Commitment, Field, Finding, Noun, Packet, PacketSource, Stakeholder, Summary

N = TypeVar("N", bound=Noun)


@dataclass(frozen=True)
class Change(Generic[N]):
    """One thing in both versions; None where a version does not have it. `parts` are the keys that differ."""

    key: str
    before: N | None
    after: N | None
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs, in the order of the newer version; what is gone comes last."""

    status: tuple[str, str]
    points: tuple[float | None, float | None]
    sources: tuple[Change[PacketSource], ...]
    fields: tuple[Change[Field], ...]
    stakeholders: tuple[Change[Stakeholder], ...]
    promises: tuple[Change[Commitment], ...]
    findings: tuple[Change[Finding], ...]

    @property
    def is_empty(self) -> bool:
        """True when the two say the same."""
        lists = (self.sources, self.fields, self.stakeholders, self.promises, self.findings)
        return self.status[0] == self.status[1] and not any(lists)


def compare(before: Packet, after: Packet) -> Comparison:
    """What the later packet says differently."""
    return Comparison(
        status=(before.status, after.status),
        points=(before.score.known if before.score else None, after.score.known if after.score else None),
        sources=_changes([(s.name, s) for s in before.sources], [(s.name, s) for s in after.sources]),
        fields=_changes(_fields(before.summary), _fields(after.summary)),
        stakeholders=_changes(
            [(s.name, s) for s in before.stakeholders], [(s.name, s) for s in after.stakeholders]
        ),
        promises=_changes([(c.id, c) for c in before.commitments], [(c.id, c) for c in after.commitments]),
        findings=_changes([(f.id, f) for f in before.findings], [(f.id, f) for f in after.findings]),
    )


def _fields(summary: Summary) -> list[tuple[str, Field]]:
    sections = {name: getattr(summary, name) for name in type(summary).model_fields}
    return [
        (f"{section}.{name}", getattr(part, name))
        for section, part in sections.items()
        for name in type(part).model_fields
    ]


def _changes(before: Sequence[tuple[str, N]], after: Sequence[tuple[str, N]]) -> tuple[Change[N], ...]:
    old, new = dict(before), dict(after)
    changed = [
        Change(key, old.get(key), noun, _parts(old.get(key), noun))
        for key, noun in new.items()
        if old.get(key) != noun
    ]
    gone = [Change(key, noun, None, ()) for key, noun in old.items() if key not in new]
    return (*changed, *gone)


def _parts(before: N | None, after: N) -> tuple[str, ...]:
    if before is None:
        return ()
    names = type(after).model_fields
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
