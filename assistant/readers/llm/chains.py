"""One promise, many wordings: the last one stands, the older ones are its history, a retraction ends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Evidence
from assistant.packet import Wording as Earlier
from assistant.readers.llm.wordings import Key, Wording, day_of

SAME_PLACE = 0.6
"""Share of the shorter quote that two wordings of one segment must have in common to be the same words."""


def once(wordings: Sequence[Wording]) -> list[Wording]:
    """Each wording once, where windows overlap or a promise was listed twice; links follow to the one
    kept."""
    kept: list[Wording] = []
    instead: dict[Key, Key] = {}
    for wording in sorted(wordings, key=lambda w: (w.order, w.key)):
        same = next((k for k in kept if _same_words(k, wording)), None)
        if same:
            instead[wording.key] = same.key
        else:
            kept.append(wording)
    return [replace(w, earlier=instead.get(w.earlier, w.earlier)) if w.earlier else w for w in kept]


def _same_words(one: Wording, other: Wording) -> bool:
    a, b = one.commitment.evidence[-1], other.commitment.evidence[-1]
    if (a.source, a.segment_id) != (b.source, b.segment_id) or one.takes_back != other.takes_back:
        return False
    if one.key[0] == other.key[0] and a.quote != b.quote:
        return False
    start, stop = (
        max(one.order[2], other.order[2]),
        min(one.order[2] + len(a.quote), other.order[2] + len(b.quote)),
    )
    return stop - start >= SAME_PLACE * min(len(a.quote), len(b.quote))


def chains(wordings: Sequence[Wording]) -> list[list[Wording]]:
    """Wordings joined by their links, oldest first; a link that points forward in time is none.

    Where some are undated, who follows whom is known from the links alone.
    """
    before = _links(wordings)
    groups: dict[Key, list[tuple[int, Wording]]] = {}
    for wording in sorted(wordings, key=lambda w: (w.order, w.key)):
        first, depth = wording, 0
        while first.key in before:
            first, depth = before[first.key], depth + 1
        groups.setdefault(first.key, []).append((depth, wording))
    return [_in_order(group) for group in groups.values()]


def _links(wordings: Sequence[Wording]) -> dict[Key, Wording]:
    """Wording -> the one before it, without circles."""
    by_key = {w.key: w for w in wordings}
    links: dict[Key, Wording] = {}
    for wording in sorted(wordings, key=lambda w: (w.order, w.key)):
        earlier = by_key.get(wording.earlier) if wording.earlier else None
        if earlier and wording.may_follow(earlier) and not _leads_to(earlier, wording.key, links):
            links[wording.key] = earlier
    return links


def _leads_to(start: Wording, key: Key, links: Mapping[Key, Wording]) -> bool:
    at: Wording | None = start
    while at is not None:
        if at.key == key:
            return True
        at = links.get(at.key)
    return False


def _in_order(group: Sequence[tuple[int, Wording]]) -> list[Wording]:
    if all(wording.dated for _, wording in group):
        return [wording for _, wording in group]
    return [wording for _, wording in sorted(group, key=lambda entry: entry[0])]


def joined(chain: Sequence[Wording], record: DealRecord) -> Commitment | None:
    """The chain as one commitment, its verdict still open unless it was taken back; None where nothing
    was promised."""
    said = [w for w in chain if not w.takes_back]
    if not said or (chain[0].takes_back and len(said) == 0):
        return None
    last = said[-1].commitment
    history = tuple(_history(said, record))
    commitment = last.model_copy(update={"id": said[0].commitment.id, "history": history})
    ended = chain[-1].takes_back
    return _withdrawn(commitment, chain[-1]) if ended else commitment


def head(chain: Sequence[Wording]) -> Wording:
    """The wording that stands for the chain: its last words, a retraction only where there is nothing
    else."""
    return next((w for w in reversed(chain) if not w.takes_back), chain[-1])


def _history(said: Sequence[Wording], record: DealRecord) -> list[Earlier]:
    earlier = []
    for before, after in pairwise(said):
        old, new = before.commitment, after.commitment
        changed = _change(old, new, after.how)
        if changed == "repeated" and old.evidence[-1].source == new.evidence[-1].source:
            continue
        day = day_of(old.evidence[-1], record)
        earlier.append(
            Earlier(
                text=old.evidence[-1].quote, speaker=old.speaker, said_on=day.isoformat() if day else None,
                changed=changed, evidence=old.evidence,
            )
        )  # fmt: skip
    return earlier


def _change(old: Commitment, new: Commitment, how: str | None) -> str:
    """What became of a wording, in words that a number or a date gives where there is one."""
    if how == "repeated":
        return "repeated"
    a, b = old.quantity, new.quantity
    if a and b and a.unit == b.unit and a.value != b.value:
        return f"{a.text} became {b.text}"
    if old.due and new.due and old.due != new.due:
        return f"{old.due} became {new.due}"
    if old.strength != new.strength:
        return f"{old.strength} became {new.strength}"
    return "said differently" if how == "changed" else "repeated"


def _withdrawn(commitment: Commitment, retraction: Wording) -> Commitment:
    words = retraction.commitment
    proof: Evidence = words.evidence[-1]
    who = words.speaker or "the same side"
    when = f" on {words.said_on}" if words.said_on else ""
    return commitment.model_copy(
        update={
            "verdict": "withdrawn", "relation": None, "decided_by": "reader",
            "evidence": (*commitment.evidence, proof), "explanation": f"Taken back by {who}{when}.",
        }
    )  # fmt: skip


def relinked(wordings: Sequence[Wording], links: Mapping[Key, tuple[Key, str]]) -> list[Wording]:
    """The wordings with the links between sources that judging found; what reading had linked stays."""
    return [
        replace(w, earlier=links[w.key][0], how=links[w.key][1])  # type: ignore[arg-type]
        if w.key in links and w.earlier is None
        else w
        for w in wordings
    ]
