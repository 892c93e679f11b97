"""One promise over time: said again, changed, softened, taken back. The last wording stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.evidence.quantities import read_quantities
from assistant.packet import Commitment, Evidence, Wording
from assistant.readers.embedded.nearness import Nearness
from assistant.readers.embedded.same_promise import (
    NAMES,
    TIME,
    compared,
    deal_of,
    kind_of,
    likely_same,
    may_be_same,
)
from assistant.readers.embedded.sentences import plain
from assistant.readers.embedded.subjects import stems, subjects_of
from assistant.readers.embedded.utterances import Utterance

ONE_PROMISE, SAID_AGAIN = 0.4, 0.2
"""How likely (same_promise.py) two promises must be one to be joined: plain ones, and where the later one is
hardly a promise by itself."""
ALIKE = 0.6
"""Likeness from which what is hardly a promise is one of the same conversation, said again."""
RETRACTED = 0.5
"""Nearness of a retraction to the promise that it takes back, where no other promise is as near."""
AHEAD = 0.1
FULL_WORDING = 6
"""Content words from which a wording can be understood without the one before it."""
SURELY_RETRACTED = 0.65
SAME_NUMBER = 0.35


def join_history(
    found: Sequence[Commitment], said: Sequence[Utterance], unsure: Container[str] = ()
) -> list[Commitment]:
    """Commitments in order of time, each once: earlier wordings in `history`, retractions as "withdrawn".

    `unsure` are the ids of those that are hardly promises by themselves.
    """
    near = Nearness([u.sentence.text for u in said])
    taken_back = [i for i in range(len(said)) if takes_back(said[i])]
    near.learn([*compared(found), *(w for i in taken_back for w in _windows(said, i))])
    deal = deal_of(said)
    chains: list[Commitment] = []
    chain_of: list[int] = []  # of each promise, in the order of `found`
    for n, commitment in enumerate(found):
        hardly = commitment.id in unsure
        odds = likely_same(found[:n], commitment, deal)
        best, first = max(((p, -i) for i, p in enumerate(odds)), default=(0.0, 0))
        at = chain_of[-first] if best >= (SAID_AGAIN if hardly else ONE_PROMISE) else None
        if at is None and hardly:
            at = _resembled(chains, commitment, near)
        if at is None:
            chains.append(commitment)
        else:
            chains[at] = _succeed(chains[at], commitment)
        chain_of.append(len(chains) - 1 if at is None else at)
    for i in taken_back:
        retract(chains, said, i, near)
    return [c for c in chains if c.verdict == "withdrawn" or not _is(c, "strong") or not _is(c, "refused")]


def _resembled(chains: Sequence[Commitment], later: Commitment, near: Nearness) -> int | None:
    """The promise of the same conversation that what is hardly a promise says again, by its place."""
    here = later.evidence[-1].source
    scored = [(likeness(c, later, near), -i) for i, c in enumerate(chains) if c.evidence[-1].source == here]
    best, at = max(scored, default=(0.0, 0))
    return -at if best >= ALIKE else None


def likeness(earlier: Commitment, later: Commitment, near: Nearness) -> float:
    """How much speaks for the later commitment saying the earlier one again."""
    if not may_be_same(earlier, later):
        return 0.0
    points = 0.15 if earlier.category == later.category else -0.15
    points += 0.1 if subjects_of(earlier.text) & subjects_of(later.text) else 0.0
    points += 0.2 if _is(later, "again") else 0.0
    points += 0.2 if _is(later, "replaces") else 0.0
    points += 0.15 if _same_kind(earlier, later) else -0.1
    points -= 0.3 if _other_names(earlier.text, later.text) else 0.0
    return points + max(near.between(t, later.text) for t in _wordings(earlier))


def _is(commitment: Commitment, what: str) -> bool:
    """Whether the words of retractions.toml under that name occur in the promise."""
    return _has(commitment.evidence[-1].quote, what)


@lru_cache(maxsize=20_000)
def _has(quote: str, what: str) -> bool:
    return _shows(plain(quote), what)


def _shows(words: str, what: str) -> bool:
    return any(p.search(words) for p in load_retractions()[what])


def _wordings(commitment: Commitment) -> list[str]:
    return [commitment.text, *(w.text for w in commitment.history)]


def _same_kind(a: Commitment, b: Commitment) -> bool:
    if a.quantity and b.quantity:
        return kind_of(a.quantity) == kind_of(b.quantity)
    return bool(a.due and b.due)


def _other_names(a: str, b: str) -> bool:
    """Both name things and none is shared: Leeds in one, Bristol in the other."""
    left, right = set(NAMES.findall(a)), set(NAMES.findall(b))
    return bool(left and right) and not left & right


def _succeed(earlier: Commitment, later: Commitment) -> Commitment:
    if _is_echo(earlier, later):
        return earlier
    wording = Wording(
        text=earlier.evidence[-1].quote,
        speaker=earlier.speaker,
        said_on=earlier.said_on,
        changed=_change(earlier, later),
        evidence=earlier.evidence,
    )
    kept: dict[str, Any] = {"quantity": later.quantity or earlier.quantity, "due": later.due or earlier.due}
    if _needs_the_earlier(earlier, later):
        kept["text"] = f"{earlier.text} {later.text}"
    return later.model_copy(update={"id": earlier.id, "history": (*earlier.history, wording), **kept})


def _needs_the_earlier(earlier: Commitment, later: Commitment) -> bool:
    """ "The 15th stands, by the way" means little without what was promised for the 15th."""
    few = len(set(stems(later.text))) < FULL_WORDING
    return few or not subjects_of(earlier.text) & subjects_of(later.text)


def _is_echo(earlier: Commitment, later: Commitment) -> bool:
    """What the same conversation says again without changing it proves the promise, but is no new wording."""
    if earlier.evidence[-1].source != later.evidence[-1].source:
        return False
    few = len(later.evidence[-1].quote.split()) <= 5 and not (later.quantity and _same_kind(earlier, later))
    return few or _change(earlier, later) == "repeated"


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
def load_retractions() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """The patterns of data/retractions.toml by name."""
    text = (
        files("assistant.readers.embedded").joinpath("data", "retractions.toml").read_text(encoding="utf-8")
    )
    return {name: tuple(re.compile(p) for p in patterns) for name, patterns in tomllib.loads(text).items()}


def retract(chains: list[Commitment], said: Sequence[Utterance], i: int, near: Nearness) -> None:
    """Mark the commitment that sentence `i` takes back, where it is near enough to one."""
    windows = _windows(said, i)
    scored = [
        (max(near.between(t, w) for t in _wordings(c) for w in windows) + _same_number(c, windows[0]), -n)
        for n, c in enumerate(chains)
        if _could_mean(c, said[i]) and c.evidence[-1].quote not in windows[1]
    ]
    scored.sort(reverse=True)
    best, at = scored[0] if scored else (0.0, 0)
    ahead = best - scored[1][0] if len(scored) > 1 else best
    if best >= SURELY_RETRACTED or (best >= RETRACTED and ahead >= AHEAD):
        for n in _as_near(chains, -at, best, scored, near):
            chains[n] = _withdrawn(chains[n], said[i])
        quote = said[i].sentence.text
        chains[:] = [c for c in chains if c.evidence[-1].quote != quote or c.verdict == "withdrawn"]


def _same_number(commitment: Commitment, retraction: str) -> float:
    """What it adds that the retraction names the promise's own number: "the thirty-day out"."""
    mentioned = {(q.quantity.value, q.quantity.unit) for q in read_quantities(retraction)}
    said = {(q.quantity.value, q.quantity.unit) for t in _wordings(commitment) for q in read_quantities(t)}
    if mentioned & said:
        return SAME_NUMBER
    counted = {unit for _, unit in mentioned} & {unit for _, unit in said} - TIME - {
        "percent",
        "USD",
        "EUR",
        "GBP",
    }
    return SAME_NUMBER / 2 if counted else 0.0


def _as_near(
    chains: Sequence[Commitment], at: int, best: float, scored: Sequence[tuple[float, int]], near: Nearness
) -> list[int]:
    """The promise taken back, and what is all but the same promise: first four tablets, then six."""
    alike = [-n for score, n in scored if best - score < AHEAD and -n != at]
    return [at, *(n for n in alike if near.between(chains[at].text, chains[n].text) >= RETRACTED)]


def _windows(said: Sequence[Utterance], i: int) -> tuple[str, str]:
    """What of a retraction is compared with promises: the sentence alone, and among its neighbours."""
    return said[i].sentence.text, _around(said, i)


def _around(said: Sequence[Utterance], i: int) -> str:
    """The sentence with the two before and the one after it, as far as the same person goes on speaking."""
    here = said[i]
    texts = [
        u.sentence.text
        for u in said[max(0, i - 2) : i + 2]
        if (u.source.name, u.segment.speaker, u.segment.message)
        == (here.source.name, here.segment.speaker, here.segment.message)
    ]
    return " ".join(texts)


def takes_back(utterance: Utterance) -> bool:
    """Whether the sentence takes something back, whatever that is."""
    words = utterance.plain
    if utterance.sentence.is_question or _shows(words, "supposed"):
        return False
    return _shows(words, "strong") or (_shows(words, "backward") and "refusal" in utterance.cues)


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
        source=utterance.source.name,
        segment_id=segment.id,
        quote=utterance.sentence.text,
        locator=segment.locator,
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
