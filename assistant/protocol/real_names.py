"""Whether a stakeholder's name is a person's name, or only says what they do."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("real_names.toml")
_WORD = re.compile(r"[^\W\d_][\w'’/-]*")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(tomllib.loads(FILE.read_text("utf-8"))[kind])


def names_a_person(name: str) -> bool:
    """False for "the CFO", "Head of IT", "VP Clinical Operations", "Speaker 2", "TBD"; True for "Dana".

    What stands in brackets or after a comma or dash is not part of the name: "Dana Cook (CFO)" is a person,
    and so is "CFO, Dana Cook".
    """
    parts = [part.strip() for part in re.split(r"[,;:|]|\s[-–—]\s|\(.*?\)", name) if part.strip()]
    if len(parts) > 1:  # "IT Director - EMEA": a region or department beside the role
        parts = [part for part in parts if not (part.isascii() and part.isupper() and " " not in part)]
    return any(_is_person(part) for part in parts)


def _is_person(part: str) -> bool:
    words = [word.strip("'’").replace("’", "'") for word in _WORD.findall(part)]
    while words and words[0].lower().rstrip(".") in _words("honorifics"):
        words = words[1:]
        if len(words) == 1:
            return words[0].lower() not in _words("nobody")
    if not words or not any(word[:1].isupper() or not word.isascii() for word in words):
        return False
    low = [word.lower() for word in words]
    if all(word in _role_words() for word in low):
        return False
    return not (_leads_a_title(low) or low[-1] in _words("titles") or low[0] in _words("fillers"))


@cache
def _role_words() -> frozenset[str]:
    return _words("titles") | _words("units") | _words("fillers") | _words("nobody")


def _leads_a_title(low: list[str]) -> bool:
    """ "VP Clinical Operations" and "Head of Radiology" are roles; "Chief Adams" is taken for one too."""
    return low[0] in _words("titles") or (low[0] in _words("units") and low[1:2] == ["of"])
