"""What of a sentence is the fact: without its number, its lead-in, its afterthought, the parties' "shall"."""

from __future__ import annotations

import re

from assistant.readers.embedded.sentences import plain

_CLAUSE_NUMBER = re.compile(
    r"^\s*(?:(?:section|article|clause|§)\s*[\d.]+[.:)]?\s+|\d{1,2}(?:\.\d{1,2})+[.)]?\s+|\d{1,2}[.)]\s+"
    r"|\d{0,2}\([a-z0-9]{1,4}\)\s+|[A-Z]{1,3}\.?\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[A-Z(]))",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*[-*•–·]\s+")
_LEAD_INS = re.compile(
    r"^(?:(?:okay|ok|so|well|alright|all right|right|look|listen|and|but|oh|ah|yeah|yes|yep|sure|honestly"
    r"|now|plus|also|because|anyway|again|hey|see|frankly|basically|actually|you see|you know"
    r"|to be (?:honest|fair|clear)"
    r"|I(?:['’]ll| will) be honest|I mean|I guess|I(?:['’]d| would) say|I think|I suppose|I believe"
    r"|as I said|like I said|as you know|as we discussed|as discussed|if you ask me|the way I see it"
    r"|the thing is|the point is|what I can do is|what I can say is|let me (?:just )?say|just so you know"
    r"|just to be clear|for the record|in my view|in my opinion"
    r"|since we['’]re [a-z]+ing (?:it|this)(?: out loud)?"
    r"|one more(?: thing)?|first of all|I have to say)\b(?: that\b)?[,.:?!…]*\s+)+(?=\S)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r",? (?:,|–|—|-)?\s*(?:(?:and|but|so|because|since|as|though|which|right|you know|okay"
    r"|if you (?:like|want))\b|(?:I|we|that|it|you)(?:['’](?:m|s|ll|re|d|ve))?\b)"
)
_KEEPS = re.compile(
    r"\d|\b(?:if|unless|only|not|never|no|nobody|none|except|until|without|before|after|by|instead|hundred"
    r"|thousand|million|percent|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hours?|days?|weeks?|months?|years?)\b"
)
"""What makes an afterthought part of the fact."""
_NAME = re.compile(r"(?<!^)\b(?!I\b|I['’])[A-Z]\w+")
LEAST_HEAD = 7
"""Words of a sentence that may do without its afterthought."""
_DUTY = re.compile(
    r"^(?:the |our |each )?(?:[A-Z][\w&.,'’-]+ ){0,4}?(?:supplier|provider|vendor|company|contractor|licensor"
    r"|seller|consultant|we)(?: and [\w ]{3,20})? (?:shall|will|must|agrees? to|undertakes? to)(?: also)? "
    r"(?:provide|furnish|conduct|hold|deliver|supply|perform|carry out|make available|maintain|give)s? "
    r"(?:(?:to )?(?:the )?(?:customer|buyer|client|subscriber|licensee|institution|group)(?:['’]s staff)? "
    r"(?:with )?)?",
    re.IGNORECASE,
)
_TWICE = re.compile(
    r"\b(?:(?:[a-z]+[- ](?:and )?){0,5}?[a-z]+)\s+(?:per ?cent\s+)?\((?P<figure>[$€£]?\d[\d,.]*\s?%?)\)",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(
    r"^(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|million|dollars|euros|pounds|and|point|half|per|cent|percent)$",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{0,3}[.-]?\d{1,3}(?:\.\d+)*[.)]?|[a-z]\)|\W*")


def cell_text(row: str) -> str:
    """A table row as a line: "M3 | Commissioning | 30 September" is "Commissioning: 30 September"."""
    cells = [c.strip() for c in row.split("|")]
    while len(cells) > 1 and _CODE.fullmatch(cells[0]):
        cells = cells[1:]
    cells = [c for c in cells if c and c not in "-–—"]
    return f"{cells[0]}: {', '.join(cells[1:])}" if len(cells) > 1 else "".join(cells)


def without_number(text: str) -> str:
    """The sentence without its clause number or bullet."""
    return _CLAUSE_NUMBER.sub("", _BULLET.sub("", text)).strip() or text


def without_lead_in(text: str) -> str:
    """ "I'd say, what I can do is ..." begins with what is said."""
    return _LEAD_INS.sub("", text).strip(" ,") or text


def without_afterthought(text: str) -> str:
    """The sentence up to the comma after which no number, name, time or condition stands."""
    for match in _TAIL.finditer(text):
        head, tail = text[: match.start()], text[match.end() :]
        begun = "," not in match[0] or len(head.split()) < LEAST_HEAD
        if begun or re.match(r"^(?:if|when|once|unless)\b", head, re.I):
            continue
        if not _KEEPS.search(plain(tail)) and not _NAME.search(tail):
            return head.rstrip(" ,;–—-") + "."
    return text


def duty_of(text: str) -> str:
    """ "The Supplier shall furnish two sessions" is "Two sessions"."""
    match = _DUTY.match(text)
    return text[match.end() :] if match and len(text[match.end() :].split()) >= 3 else text


def in_figures(text: str) -> str:
    """ "eight (8) sessions" is "8 sessions", "twelve per cent (12%)" is "12%"."""
    return _TWICE.sub(_figure, text)


def _figure(match: re.Match[str]) -> str:
    words = re.sub(r"\s*\($", "", match[0][: match.start("figure") - match.start() - 1]).split()
    kept = list(words)
    while kept and all(_NUMBER_WORD.match(part) for part in re.split("-", kept[-1])):
        kept.pop()
    if len(kept) == len(words):
        return match[0]
    return " ".join([*kept, match["figure"].strip()])
