"""One promise over time: said again, changed, softened, taken back. The last wording stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from assistant.packet import Commitment, Evidence, Quantity, Wording
from assistant.readers.embedded.subjects import distinctions_of, overlap, rarity, stems, subjects_of
from assistant.readers.embedded.utterances import Utterance

ALIKE = 0.62
"""Overlap above which two promises are the same whatever their numbers."""
RELATED = 0.3
"""Overlap needed beside a shared subject and a number of the same kind."""
RETRACTED = 0.3
"""Overlap between a retraction (with its neighbours) and the promise that it takes back."""

_TIME = frozenset({"minute", "hour", "business_hour", "day", "business_day", "week", "month", "year"})
_NAMES = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-Z][a-z]{2,}\b")


def join_history(found: Sequence[Commitment], said: Sequence[Utterance]) -> list[Commitment]:
    """Commitments in order of time, each once: earlier wordings in `history`, retractions as "withdrawn"."""
    idf = rarity([u.sentence.text for u in said])
    chains: list[Commitment] = []
    for commitment in found:
        at = next((i for i in range(len(chains) - 1, -1, -1) if same_promise(chains[i], commitment, idf)), None)
        if at is None:
            chains.append(commitment)
        else:
            chains[at] = _succeed(chains[at], commitment)
    for i in range(len(said)):
        _retract(chains, said, i, idf)
    return chains


def same_promise(earlier: Commitment, later: Commitment, idf: Mapping[str, float]) -> bool:
    """Whether the later commitment says the earlier one again, perhaps with another number."""
    if earlier.party != later.party or distinctions_of(earlier.text) != distinctions_of(later.text):
        return False
    alike = overlap(earlier.text, later.text, idf)
    enough = min(len(set(stems(earlier.text))), len(set(stems(later.text)))) >= 3
    if alike >= ALIKE and enough:
        return True
    shared = subjects_of(earlier.text) & subjects_of(later.text)
    if not shared or not _same_kind(earlier, later) or _other_names(earlier.text, later.text):
        return False
    return alike >= RELATED or (bool(shared & {"go_live", "uptime", "discount"}) and earlier.category == later.category)


def _wordings(commitment: Commitment) -> list[str]:
    return [commitment.text, *(w.text for w in commitment.history)]


def _same_kind(a: Commitment, b: Commitment) -> bool:
    if a.quantity and b.quantity:
        return _kind(a.quantity) == _kind(b.quantity)
    return bool(a.due and b.due)


def _kind(quantity: Quantity) -> str:
    return "time" if quantity.unit in _TIME else quantity.unit


def _other_names(a: str, b: str) -> bool:
    """Both name things and none is shared: Leeds in one, Bristol in the other."""
    left, right = set(_NAMES.findall(a)), set(_NAMES.findall(b))
    return bool(left and right) and not left & right


def _succeed(earlier: Commitment, later: Commitment) -> Commitment:
    if _is_echo(earlier, later):
        return earlier.model_copy(update={"evidence": (*earlier.evidence, *later.evidence[-1:])})
    wording = Wording(
        text=earlier.evidence[-1].quote,
        speaker=earlier.speaker,
        said_on=earlier.said_on,
        changed=_change(earlier, later),
        evidence=earlier.evidence,
    )
    kept = {"quantity": later.quantity or earlier.quantity, "due": later.due or earlier.due}
    return later.model_copy(update={"id": earlier.id, "history": (*earlier.history, wording), **kept})


def _is_echo(earlier: Commitment, later: Commitment) -> bool:
    """What the same conversation says again without changing it proves the promise, but is no new wording."""
    return earlier.evidence[-1].source == later.evidence[-1].source and _change(earlier, later) == "repeated"


def _change(earlier: Commitment, later: Commitment) -> str:
    a, b = earlier.quantity, later.quantity
    if a and b and (a.value, a.unit) != (b.value, b.unit):
        return f"{a.text} became {b.text}"
    if earlier.due and later.due and earlier.due != later.due:
        return f"{earlier.due} became {later.due}"
    if earlier.strength != later.strength:
        return f"{earlier.strength} became {later.strength}"
    return "repeated"


@cache
def _retractions() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    text = files("assistant.readers.embedded").joinpath("data", "retractions.toml").read_text(encoding="utf-8")
    return {name: tuple(re.compile(p) for p in patterns) for name, patterns in tomllib.loads(text).items()}


def _retract(chains: list[Commitment], said: Sequence[Utterance], i: int, idf: Mapping[str, float]) -> None:
    """Mark the commitment that sentence `i` takes back, where it takes one back."""
    utterance = said[i]
    if not _takes_back(utterance):
        return
    around = [u for u in said[max(0, i - 2) : i + 2] if u.segment.speaker == utterance.segment.speaker]
    window = " ".join(u.sentence.text for u in around if u.source.name == utterance.source.name)
    scored = [(max(overlap(t, window, idf) for t in _wordings(c)), -n) for n, c in enumerate(chains) if _could_mean(c, utterance)]
    if not scored or max(scored)[0] < RETRACTED:
        return
    at = -max(scored)[1]
    if max(len(set(stems(t)) & set(stems(window))) for t in _wordings(chains[at])) < 2:
        return
    chains[at] = _withdrawn(chains[at], utterance)


def _takes_back(utterance: Utterance) -> bool:
    patterns = _retractions()
    plain = utterance.plain
    if utterance.sentence.is_question:
        return False
    if any(p.search(plain) for p in patterns["strong"]):
        return True
    points_back = any(p.search(plain) for p in patterns["backward"])
    return points_back and "refusal" in utterance.cues


def _could_mean(commitment: Commitment, utterance: Utterance) -> bool:
    """The same side's, and said before."""
    last = commitment.evidence[-1]
    here = (utterance.source.name, utterance.segment.id) == (last.source, last.segment_id)
    before = (commitment.said_on or "") <= (_day(utterance) or commitment.said_on or "")
    return commitment.party == utterance.side and before and not here


def _day(utterance: Utterance) -> str | None:
    if utterance.segment.sent_at:
        return utterance.segment.sent_at.date().isoformat()
    return utterance.source.happened_on.isoformat() if utterance.source.happened_on else None


def _withdrawn(commitment: Commitment, utterance: Utterance) -> Commitment:
    segment = utterance.segment
    proof = Evidence(
        source=utterance.source.name, segment_id=segment.id, quote=utterance.sentence.text, locator=segment.locator
    )
    return commitment.model_copy(
        update={
            "verdict": "withdrawn",
            "decided_by": "rule",
            "evidence": (*commitment.evidence, proof),
            "explanation": f"Taken back by {segment.speaker or 'the same side'}"
            + (f" on {_day(utterance)}." if _day(utterance) else "."),
        }
    )
