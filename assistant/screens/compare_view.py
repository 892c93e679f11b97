"""Two versions of a packet, field by field and promise by promise: only what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from assistant.packet import Commitment, Field, Finding, Noun, PacketSource, Stakeholder, Status
from assistant.review.compare import Change, Comparison
from assistant.screens import texts
from assistant.screens.markup import day_and_time, empty, safe, table, tag, text
from assistant.store.packets import VersionRow


def compare_view(comparison: Comparison) -> str:
    """A table a family of things that changed; deletions and insertions are marked and said."""
    if comparison.is_empty:
        return empty(texts.THE_TWO_VERSIONS_SAY_THE, texts.CHOOSE_OTHERS_TO_COMPARE)
    parts = [_state(comparison)]
    groups: tuple[tuple[str, Iterable[Change[Noun]]], ...] = (
        (texts.SOURCES, comparison.sources),
        (texts.DEAL_SUMMARY, comparison.fields),
        (texts.PEOPLE, comparison.stakeholders),
        (texts.PROMISES, comparison.promises),
        (texts.FINDINGS, comparison.findings),
    )  # type: ignore[assignment]
    for label, changes in groups:
        rows = [_row(change) for change in changes]
        if rows:
            title = tag("h3", text(f"{label} ({len(rows)})"))
            parts.append(title + table((texts.WHAT, texts.BEFORE, texts.AFTER), rows, label))
    return safe("".join(parts))


def _state(comparison: Comparison) -> str:
    before, after = (cast(Status, status) for status in comparison.status)
    words = (
        []
        if before == after
        else [texts.STATUS_CHANGED.format(before=texts.STATUSES[before], after=texts.STATUSES[after])]
    )
    old, new = comparison.points
    words += [] if old == new else [texts.POINTS_CHANGED.format(before=_points(old), after=_points(new))]
    return "".join(tag("p", text(word)) for word in words)


def _points(points: float | None) -> str:
    return texts.NOT_SCORED if points is None else f"{points:g}"


def _row(change: Change[Noun]) -> tuple[str, str, str]:
    either = change.after or change.before
    name = {"Commitment": texts.PROMISE, "Finding": texts.FINDING}.get(type(either).__name__, "")
    about = tag("strong", text(change.key if not name else _label(either))) + _parts(change)
    return about, _side(change.before, "del", texts.NOT_THERE), _side(change.after, "ins", texts.GONE)


def _parts(change: Change[Noun]) -> str:
    return tag("div", tag("small", text(", ".join(change.parts).replace("_", " ")))) if change.parts else ""


def _label(noun: Noun | None) -> str:
    if isinstance(noun, Commitment):
        return noun.text[:90]
    return noun.message[:90] if isinstance(noun, Finding) else ""


def _side(noun: Noun | None, name: str, nothing: str) -> str:
    return tag("small", text(nothing)) if noun is None else tag(name, text(_words(noun)))


def _words(noun: Noun) -> str:
    """What a person wants to compare of it."""
    if isinstance(noun, Field):
        return f"{noun.status.replace('_', ' ')}: " + "; ".join(
            [v.text for v in noun.values] or [noun.reason or "–"]
        )
    if isinstance(noun, Commitment):
        parts = (
            noun.text,
            texts.VERDICTS[noun.verdict],
            noun.owner and texts.OWNED_BY.format(owner=noun.owner),
            noun.due and texts.DUE_BY.format(due=noun.due),
        )
        return "; ".join(filter(None, parts))
    if isinstance(noun, Finding):
        state = (
            "waived" if noun.waived else "answered" if noun.answered else "asked" if noun.asked else "open"
        )
        return f"{texts.SEVERITIES[noun.severity]}, {state}"
    if isinstance(noun, Stakeholder):
        return ", ".join(filter(None, (noun.name, noun.title, noun.role, noun.stance)))
    return noun.kind if isinstance(noun, PacketSource) else ""


def version_table(rows: Sequence[VersionRow]) -> str:
    """Who made which version when, newest first."""
    cells = ((str(r.version), day_and_time(r.at), text(r.by_name), text(r.what)) for r in reversed(rows))
    return safe(table((texts.VERSION, texts.WHEN_UTC, texts.WHO, texts.WHAT_CHANGED), cells, texts.VERSIONS))
