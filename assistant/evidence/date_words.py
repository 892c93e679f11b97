"""The words of dates: months, weekdays, parts, events, and the pieces that the patterns of dates.py share."""
# ruff: noqa: E501 - a pattern is easier to read on one line

from __future__ import annotations

import re

from assistant.evidence.number_words import ORDINALS

NAMES = ("january february march april may june july august september october november december").split()
MONTHS = {n: i for i, n in enumerate(NAMES, 1)} | {n[:3]: i for i, n in enumerate(NAMES, 1)} | {"sept": 9}
WEEKDAYS = {n: i for i, n in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
ORD = "|".join(sorted([*ORDINALS, *(f"{t}[- ]{o}" for t in ("twenty", "thirty") for o in list(ORDINALS)[:9])], key=len, reverse=True))  # fmt: skip
DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{ORD})\b"
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
