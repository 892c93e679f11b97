"""Verbs that make promises: one that the reader missed, parts of one, or one out of several."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import pipeline
from assistant.desk.files import get_source_text, texts_of
from assistant.desk.place import Desk, Opened, decided, opened
from assistant.errors import HandoffError
from assistant.evidence.locate import locate
from assistant.packet import Category, Commitment, Evidence, Side, Strength
from assistant.protocol.rights import User
from assistant.readers import get_reader
from assistant.review.fit import promise_of
from assistant.review.promises import promise_id

JUDGE = "embedded"
"""The reader that holds a person's promise against the contract: always there, and sends nothing away."""


def quote_of(desk: Desk, user: User, deal: str, source: str, segment_id: str, quote: str) -> Evidence:
    """The words that a person selected in a segment, as evidence. Raises HandoffError when it has no such."""
    text = get_source_text(desk, user, deal, source)
    found = locate(quote, text, segment_id)
    if found is None:
        raise HandoffError(f"'{quote[:60]}' does not stand there. Select the words in the source again.")
    return found


def add_promise(
    desk: Desk, user: User, deal: str, version: int, *, evidence: Evidence, text: str, party: Side = "vendor",
    category: Category = "other", strength: Strength = "firm", due: str | None = None,
) -> Opened:  # fmt: skip
    """A promise that the reader missed, with the quote selected (see `quote_of`); judged at once."""
    source = get_source_text(desk, user, deal, evidence.source)
    place = next((s for s in source.segments if s.id == evidence.segment_id), None)
    day = place.sent_at.date() if place and place.sent_at else source.happened_on
    promise = Commitment(
        id=promise_id(text, evidence), party=party, speaker=place.speaker if place else None,
        category=category, text=text.strip() or evidence.quote, strength=strength, due=due,
        evidence=(evidence,), said_on=day.isoformat() if day else None, entered_by=user.name,
    )  # fmt: skip
    judged = _judged(desk, user, deal, [promise])
    return decided(
        desk, user, "edit", deal, version, "add_promise", promise.id, promises=judged, text=promise.text
    )


def merge(desk: Desk, user: User, deal: str, version: int, *, keep: str, others: Sequence[str]) -> Opened:
    """The others are earlier wordings of the promise that stays."""
    return decided(desk, user, "edit", deal, version, "merge", keep, subjects=tuple(others))


def split(desk: Desk, user: User, deal: str, version: int, *, promise: str, parts: Sequence[str]) -> Opened:
    """Two or more promises (their words) in place of one that mixes them; each gets its own verdict."""
    whole = promise_of(opened(desk, user, deal).packet, promise)
    made = [
        whole.model_copy(update={"id": promise_id(part, whole.evidence[-1]), "text": part.strip(),
                                 "quantity": None, "entered_by": user.name, "confirmed_by": None})
        for part in parts if part.strip()
    ]  # fmt: skip
    judged = _judged(desk, user, deal, made) if len(made) > 1 else tuple(made)
    return decided(desk, user, "edit", deal, version, "split", promise, promises=judged)


def dismiss(desk: Desk, user: User, deal: str, version: int, *, promise: str, reason: str) -> Opened:
    """The reader was wrong: these words are no promise, for a reason. See `bring_back`."""
    gone = promise_of(opened(desk, user, deal).packet, promise)
    return decided(
        desk,
        user,
        "judge",
        deal,
        version,
        "dismiss",
        promise,
        reason=reason.strip() or None,
        promises=(gone,),
    )


def bring_back(desk: Desk, user: User, deal: str, version: int, *, promise: str) -> Opened:
    """A dismissed promise stands in the packet again, as it was."""
    decisions = opened(desk, user, deal).packet.decisions
    dismissed = [d for d in decisions if d.action == "dismiss" and d.subject == promise]
    if not dismissed:
        raise HandoffError("Nobody dismissed that promise. The list of promises shows those that stand.")
    kept = dismissed[-1].promises
    return decided(
        desk,
        user,
        "judge",
        deal,
        version,
        "bring_back",
        promise,
        promises=kept,
        text=kept[0].text if kept else None,
    )


def _judged(desk: Desk, user: User, deal: str, made: list[Commitment]) -> tuple[Commitment, ...]:
    """The promises held against the contract."""
    seen = opened(desk, user, deal)
    sources = texts_of(desk, seen)
    record = pipeline.make_record(seen.packet.deal, sources, seen.packet.unread, seen.packet.run.as_of)
    return tuple(get_reader(JUDGE).judge(made, seen.packet.contract_terms, record))
