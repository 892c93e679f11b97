"""What somebody took on in the meeting: action items with owner and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.evidence.dates import read_dates
from assistant.packet import Deal
from assistant.protocol.meeting import ActionItem
from assistant.readers.embedded.meeting_turns import Said, known_as, team_of
from assistant.readers.embedded.patterns import pattern_lists
from assistant.readers.embedded.subjects import stems
from assistant.readers.embedded.summary_text import trimmed

LIKE = 0.75
"""Share of the shorter item's words from which two are the same."""
LEAST_WORDS = 4
_WHEN = re.compile(
    r"\b(?:by|before|until|on|this|next|right after)\s+(?:the )?(?:end of (?:the )?(?:day|week|month)|eod|cob"
    r"|tonight|kick-?off|call|meeting)\b|\b(?:today|tonight|tomorrow)\b",
    re.I,
)
_LABEL = re.compile(r"(?i)^[\W_]*(?:action(?: items?)?|to-?do|ai|next step|task)\b(?: \d+)?[\s:–-]+")
_OWNER = re.compile(r"^\W*([A-Z][\w'’.-]+(?: [A-Z][\w'’-]+)?)\s*(?::|to\b|will\b|-|–)")
_HANDED = re.compile(r"[(\[](?:owner:? ?)?([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)[,;)\]]")


def find_actions(said: Sequence[Said], deal: Deal, anchor: date) -> list[ActionItem]:
    """The items in order; one that is said again keeps its best-known owner and date."""
    team = team_of(deal)
    found: list[ActionItem] = []
    for at in range(len(said)):
        item = _item(said, at, team, anchor)
        if item is None:
            continue
        same = next((n for n, old in enumerate(found) if _alike(old, item)), None)
        if same is None:
            found.append(item)
        else:
            found[same] = _merged(found[same], item)
    return found


def _item(said: Sequence[Said], at: int, team: Sequence[str], anchor: date) -> ActionItem | None:
    one = said[at]
    if one.words < LEAST_WORDS or (kind := _kind(one)) is None:
        return None
    owner = _owner(kind, said, at, team)
    if kind == "request" and owner is None:
        return None
    due = _due(one, anchor)
    if kind == "nobody" and due is None:
        return None
    text = trimmed(_LABEL.sub("", one.sentence.text).lstrip("-*• "))
    return ActionItem(text=text, owner=owner, due=due, evidence=(one.evidence,))


def _kind(one: Said) -> str | None:
    """Which pattern finds it; None where none does or something forbids it."""
    tables = pattern_lists("meeting.toml", "actions")
    text = one.plain
    if any(p.search(text) for p in tables["label"]):
        return "label"
    if any(p.search(text) for p in tables["never"]):
        return None
    if one.sentence.is_question and not any(p.search(text) for p in tables["request"]):
        return None
    for kind in ("request", "self", "named", "nobody"):
        if any(p.search(text) for p in tables[kind]):
            return kind
    return None


def _owner(kind: str, said: Sequence[Said], at: int, team: Sequence[str]) -> str | None:
    one = said[at]
    if kind == "self":
        return one.speaker
    if kind == "request":
        return _who_assents(said, at)
    if kind == "nobody":
        return None
    return _named(one, team)


def _who_assents(said: Sequence[Said], at: int) -> str | None:
    """Whoever says yes next; nobody where the next one does not."""
    assent = pattern_lists("meeting.toml", "asks")["assent"]
    after = next((o for o in said[at + 1 :] if o.speaker and o.speaker != said[at].speaker), None)
    if after is None or after.turn > said[at].turn + 1:
        return None
    words = after.sentence.text.lower()
    return after.speaker if any(p.search(words) for p in assent) else None


def _named(one: Said, team: Sequence[str]) -> str | None:
    """The person whom the sentence names as the one who does it."""
    text = _LABEL.sub("", one.sentence.text)
    match = _OWNER.match(text) or _HANDED.search(text)
    if match:
        return known_as(match[1], team)
    first = {person.split()[0].casefold(): person for person in team}
    for table in pattern_lists("meeting.toml", "actions")["named"]:
        found = table.search(one.plain)
        if found and (who := first.get(found["who"].split()[0])):
            return who
    return None


def _due(one: Said, anchor: date) -> str | None:
    days = [read.last for read in read_dates(one.sentence.text, anchor) if read.last >= anchor]
    if days:
        return max(days).isoformat()
    match = _WHEN.search(one.sentence.text)
    return match[0] if match else None


def _alike(a: ActionItem, b: ActionItem) -> bool:
    left, right = set(stems(a.text)), set(stems(b.text))
    return bool(left and right) and len(left & right) / min(len(left), len(right)) >= LIKE


def _merged(old: ActionItem, new: ActionItem) -> ActionItem:
    both = (*old.evidence, *new.evidence)
    return old.model_copy(
        update={"owner": new.owner or old.owner, "due": new.due or old.due, "evidence": both}
    )
