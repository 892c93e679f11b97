"""Two versions of a packet, field by field and promise by promise: only what differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.packet import Commitment, Field, Finding, Noun, PacketSource, Stakeholder
from assistant.review.compare import Change, Comparison
from assistant.screens import texts
from assistant.screens.markup import empty, safe, table, tag, text
from assistant.store.packets import VersionRow


def compare_view(comparison: Comparison) -> str:
    """A table a family of things that changed; deletions and insertions are marked and said."""
    if comparison.is_empty:
        return empty("The two versions say the same", "Choose others to compare.")
    parts = [_state(comparison)]
    groups: tuple[tuple[str, Iterable[Change[Noun]]], ...] = (
        ("Sources", comparison.sources),
        ("Deal summary", comparison.fields),
        ("People", comparison.stakeholders),
        ("Promises", comparison.promises),
        ("Findings", comparison.findings),
    )  # type: ignore[assignment]
    for label, changes in groups:
        rows = [_row(change) for change in changes]
        if rows:
            title = tag("h3", text(f"{label} ({len(rows)})"))
            parts.append(title + table(("What", "Before", "After"), rows, label))
    return safe("".join(parts))


def _state(comparison: Comparison) -> str:
    before, after = comparison.status
    words = [] if before == after else [f"Status: {texts.STATUSES[before]} → {texts.STATUSES[after]}"]  # type: ignore[index]
    old, new = comparison.points
    words += [] if old == new else [f"Points known: {_points(old)} → {_points(new)}"]
    return "".join(tag("p", text(word)) for word in words)


def _points(points: float | None) -> str:
    return "not scored" if points is None else f"{points:g}"


def _row(change: Change[Noun]) -> tuple[str, str, str]:
    either = change.after or change.before
    name = {"Commitment": "Promise", "Finding": "Finding"}.get(type(either).__name__, "")
    about = tag("strong", text(change.key if not name else _label(either))) + _parts(change)
    return about, _side(change.before, "del", "not there"), _side(change.after, "ins", "gone")


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
            noun.owner and f"owner {noun.owner}",
            noun.due and f"due {noun.due}",
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
    cells = ((str(r.version), text(r.at), text(r.by_name), text(r.what)) for r in reversed(rows))
    return safe(table(("Version", "When (UTC)", "Who", "What changed"), cells, "Versions"))
