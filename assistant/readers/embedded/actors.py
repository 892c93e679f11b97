"""Who is said to act: a colleague of the speaker, somebody of the other side, or a stranger to the deal."""

from __future__ import annotations

import re

from assistant.evidence.people import Roster
from assistant.packet import Side

_ACTS = re.compile(
    r"\b([A-Z][a-z\u00e0-\u017f]+(?:[A-Z][a-z]+)*)(?: ([A-Z][\w\u2019-]+))?"
    r"(?:['\u2019](?:ll|d|s)|,? (?:will|would|can|does|do|has|says?|said|told|promised|offers?|charges?"
    r"|wants?|gives?|swore|quoted|is|runs|takes|gets|comes|starts|leads|looks))\b"
)
_NO_NAMES = frozenset(
    """january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday christmas easter""".split()
)


class Actors:
    """The names of a deal's people and companies, by side."""

    def __init__(self, roster: Roster) -> None:
        self._sides: dict[str, set[Side | None]] = {}
        for person in roster.people:
            for name in (person.name, *person.aliases):
                self._learn(name, person.side)
        self._learn(roster.vendor or "", "vendor")
        self._learn(roster.account or "", "customer")

    def _learn(self, name: str, side: Side | None) -> None:
        for word in re.findall(r"[^\W\d_]{3,}", name.lower()):
            self._sides.setdefault(word, set()).add(side)

    def cues(self, text: str, side: Side) -> frozenset[str]:
        """Names of the cues for who acts in a sentence that somebody of a side says."""
        return frozenset([cue for match in _ACTS.finditer(text) if (cue := self._cue(match, side))])

    def _cue(self, match: re.Match[str], side: Side) -> str | None:
        words = [w for w in match.groups() if w]
        known = [self._sides[w.lower()] for w in words if w.lower() in self._sides]
        if not known:
            return "by_stranger" if _is_name(words, match.start()) else None
        sides = set().union(*known)
        if len(sides) > 1 or None in sides:
            return None
        return "by_colleague" if side in sides else "by_other_side"


def _is_name(words: list[str], start: int) -> bool:
    """Capital letters tell a name, but for months and for the first letter of a sentence."""
    within = any(letter.isupper() for word in words for letter in word[1:])
    return (within or start > 0) and not {w.lower() for w in words} & _NO_NAMES
