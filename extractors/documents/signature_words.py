"""What stands on a signature page: the labels of its lines, and titles and dates without one."""

from __future__ import annotations

import re
from typing import Literal

FieldName = Literal["sign", "name", "title", "date", "org", "other"]
LABELS: tuple[tuple[FieldName, str], ...] = (
    ("sign", r"by(?:\s+(?:client|customer|company|vendor|provider|supplier|contractor|licensor|licensee))?|"
             r"signature(?:\s+of\s+[\w ]{3,40})?|signed(?:\s+by)?|sign(?:\s+here)?|"
             r"(?:authori[sz]ed|company|customer|vendor|client|provider)\s+(?:signature|signatory|representative)|"
             r"executed\s+by"),
    ("name", r"(?:print(?:ed)?|full|typed|signer(?:'s|’s)?|signatory)?\s*name"
             r"(?:\s*\((?:print(?:ed)?|please print)\))?|"
             r"name\s+(?:and|&|/)\s+(?:job\s+)?(?:title|position|role)"),
    ("title", r"(?:job\s+|official\s+)?title|its|position|role|capacity|designation|office(?:\s+held)?"),
    ("date", r"date(?:d)?(?:\s+(?:signed|of\s+signature|of\s+execution))?|signed\s+on|signature\s+date|"
             r"executed\s+on"),
    ("org", r"company(?:\s+name)?|organi[sz]ation|(?:legal\s+)?entity(?:\s+name)?|firm(?:\s+name)?"),
    ("other", r"(?:notice\s+|email\s+|mailing\s+|postal\s+|billing\s+)?address|e-?mail|(?:tele)?phone|fax|"
              r"department|witness(?:ed\s+by)?|place|location|ip\s+address|tax\s+id"),
)  # fmt: skip
ALL_LABELS = "|".join(f"(?P<{name}>{pattern})" for name, pattern in LABELS)
DATE_LINE = re.compile(
    r"(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?(?:\s+(?:day\s+)?(?:of\s+)?|[./-]\s*)[A-Za-z\d]{1,9}[\s,./-]+\d{2,4}"
    r"|[A-Za-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}-\d\d-\d\d"
)
TITLE_WORD = re.compile(
    r"\b(chief|president|vice|vp|svp|evp|ceo|cfo|coo|cto|cio|ciso|director|manager|head|partner|secretary|treasurer|"
    r"officer|counsel|founder|co-founder|owner|chair\w*|managing|general|senior|lead|principal|member|authori[sz]ed)\b",
    re.I)  # fmt: skip
