"""The words of dates: months, weekdays, parts, events, and the pieces that the patterns of dates.py share."""
# ruff: noqa: E501 - a pattern is easier to read on one line

from __future__ import annotations

import re

from assistant.evidence.number_words import ORDINALS, SMALL, TENS

NAMES = ("january february march april may june july august september october november december").split()
MONTHS = {n: i for i, n in enumerate(NAMES, 1)} | {n[:3]: i for i, n in enumerate(NAMES, 1)} | {"sept": 9}
WEEKDAYS = {n: i for i, n in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
ORD = "|".join(sorted([*ORDINALS, *(f"{t}[- ]{o}" for t in ("twenty", "thirty") for o in list(ORDINALS)[:9])], key=len, reverse=True))  # fmt: skip
DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{ORD})\b"
CARD = "|".join([*(f"{t}[- ]{w}" for t in ("twenty", "thirty") for w, n in SMALL.items() if 0 < n < 10), *(w for w, n in SMALL.items() if n)])
LAST_DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{ORD}|(?:{CARD})(?=\s*(?:[.,;:?!)]|$|(?:and|or|to|at|for|then|latest|if|is|it|we|you|with|when|so|but)\b)))(?!\w)"
"""A day that follows its month: also "June one", "April thirteen"."""
YEAR_AHEAD = re.compile(
    rf"\s*(?:and|&|to|or|until|till|through|-|–|—)\s*(?:the\s+)?(?:{MONTH.replace('<month>', '<next>')}\s+)?\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?:\s+(?:of\s+)?{MONTH.replace('<month>', '<then>')})?,?\s+(?P<year>20\d\d)\b", re.I,
)  # fmt: skip
"""What follows a day whose year is said with a second one: "October 15 and November 15, 2025"."""
MONTH_AHEAD = re.compile(
    rf"\s*(?:and|&|to|or|until|till|through|-|–)\s*(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)|{ORD})\s+(?:of\s+)?{MONTH}", re.I
)
YEAR = r"(?:,?\s*(?P<year>(?:19|20)\d\d)\b)?"
WEEKDAY_BEFORE = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?)?"
PART = r"(?P<part>early|mid(?:dle of)?|late|(?:the )?(?:beginning|start|first half|first week|end|second half|middle) of)"
MOVE = {"early": "start", "beginning": "start", "start": "start", "first": "start", "mid": "middle", "middle": "middle",
         "late": "end", "end": "end", "second": "end"}  # fmt: skip
EVENTS = {
    "signature": r"(?:signature|signing|(?:we|you|us|we've|you've|you all|they)\s+(?:signing|signed|sign)\b|(?:the )?(?:contract|ink|paper(?:work)?|agreement)(?:(?: is| being| gets)? ?(?:signed|signature|dry))?"
                 r"|(?:the )?effective date|execution|countersign\w*|closing|close)",
    "go_live": r"(?:go[- ]?live|launch|going live|the production date|cut-?over)",
    "kickoff": r"(?:the )?kick-?off",
    "today": r"(?:today|now)",
}  # fmt: skip
HOLIDAYS = {"christmas": (12, 25), "xmas": (12, 25), "new year": (1, 1), "new year's": (1, 1), "halloween": (10, 31),
             "valentine's": (2, 14), "independence day": (7, 4), "the fourth of july": (7, 4)}  # fmt: skip
BY = re.compile(r"(?:\b(?:by|before|until|till|no(?:t)? later than|latest|on or before|prior to|in time for|due(?: on| by)?|ahead of))\s+(?:the\s+)?$", re.I)  # fmt: skip
AFTER = re.compile(r"(?:\b(?:after|from|since|starting(?: on)?|as of|not before|no earlier than|on or after|beginning))\s+(?:the\s+)?$", re.I)  # fmt: skip


def day_number(word: str) -> int:
    """The number of "3rd", "third", "twenty-third" or "twenty-three"."""
    word = word.lower().replace("-", " ")
    if m := re.match(r"\d+", word):
        return int(m[0])
    tens, _, unit = word.partition(" ")
    if unit:
        return TENS.get(tens, 0) + (ORDINALS.get(unit) or SMALL[unit])
    return ORDINALS.get(word) or SMALL[word]


def year_ahead(m: re.Match[str], month: int) -> int | None:
    """The year that a second day after this one has; None where there is none."""
    later = YEAR_AHEAD.match(m.string, m.end())
    if later is None:
        return None
    then = MONTHS[(later["next"] or later["then"] or m["month"]).lower()]
    return int(later["year"]) - (then < month)


def same_month(m: re.Match[str]) -> int | None:
    """The month of "the 4th and 5th of November" for the first of the two."""
    later = MONTH_AHEAD.match(m.string, m.end())
    return MONTHS[later["month"].lower()] if later else None
