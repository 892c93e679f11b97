"""Split the body of a mail into its own text and the messages it quotes or forwards.

Input is plain text with ">" for quotation (`html_mail` renders HTML to the same form). Every line is
looked at a bounded number of times, so that the time is linear in the size of the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from extractors.mail_dates import is_date_token, printed_date
from extractors.mail_words import ATTRIBUTION_STARTS, HEADER_KEYS, WROTE

_MAX_LINE = 1000
_ATTRIBUTION_LINES = 4
_HEADER_LINES = 14
_PREFIX = re.compile(r"[> ]*>")
_ADDRESS = re.compile(r"[\w.+%'’=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_BRACKETED = re.compile(r"[<\[(]\s*(?:mailto:)?[^<>\[\]()\s]{1,200}@[^<>\[\]()\s]{1,200}\s*[>\])]")
_KEY_LINE = re.compile(r"[*_ ]{0,4}([^\W\d_][\w -]{0,18}?)\s?[*_]{0,2}\s?[::]\s?[*_]{0,2}\s*(.*)")
_SEPARATOR = re.compile(r"\s*(?:[-_=*—–]{2,}.{0,60}?[-_=*—–]{2,}|_{5,}|-{5,})\s*")
_FORWARD = re.compile(
    r"(?:begin forwarded message|start of forwarded message|anfang der weitergeleiteten"
    r" (?:nachricht|e-mail)|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|begin doorgestuurd bericht)\s*:?",
    re.I,
)
_VERB = re.compile(
    r"(?:^|[\s>,*])("
    + "|".join(re.escape(v) for v in sorted(WROTE, key=len, reverse=True))
    + r")(?=$|[\s:,*])",
    re.I,
)


@dataclass
class Message:
    """One message found in a body. `sender`, `email`, `sent_at` are None where the quotation names none."""

    sender: str | None
    email: str | None
    sent_at: datetime | None
    quoted: bool = False
    subject: str | None = None


@dataclass
class Passage:
    """Consecutive lines of one message, quotation marks removed."""

    message: Message
    lines: list[str] = field(default_factory=list)


def split_quotes(body: str, own: Message) -> list[Passage]:
    """The passages of a body in the order in which they stand; `own` is the mail itself.

    >>> split_quotes("Yes.\\n\\n> Shall we?", Message("A", "a@x.org", None))[1].message.quoted
    True
    """
    lines = [_unquote(line) for line in body.splitlines()]
    walk = _Walk(own)
    index = 0
    while index < len(lines):
        index += (
            _header_at(lines, index, walk) or _attribution_at(lines, index, walk) or walk.take(*lines[index])
        )
    return [p for p in walk.passages if any(line.strip() for line in p.lines)]


class _Walk:
    """Who owns the lines of each depth of quotation while going down a body."""

    def __init__(self, own: Message) -> None:
        self.own = own
        self.owner: dict[int, Message] = {0: own}
        self.passages: list[Passage] = []

    def take(self, depth: int, text: str) -> int:
        """Give a line to the message that owns its depth; 1, the number of lines taken."""
        if not text.strip():
            if self.passages:
                self.passages[-1].lines.append("")
            return 1
        message = self.owner.get(depth) or self._nearest(depth)
        if not self.passages or self.passages[-1].message is not message:
            self.passages.append(Passage(message))
        self.passages[-1].lines.append(text)
        return 1

    def enter(self, depth: int, message: Message) -> None:
        """From here on lines of that depth belong to that message."""
        self.owner = {d: m for d, m in self.owner.items() if d < depth}
        self.owner[depth] = message

    def _nearest(self, depth: int) -> Message:
        """An unattributed quotation is a message of an unknown sender."""
        unknown = Message(None, None, None, quoted=True)
        self.owner[depth] = unknown
        return unknown


def _unquote(line: str) -> tuple[int, str]:
    """(depth of quotation, text without the marks)"""
    found = _PREFIX.match(line[:200])
    if not found:
        return 0, line.rstrip()
    text = line[found.end() :]
    return found[0].count(">"), (text[1:] if text.startswith(" ") else text).rstrip()


def _depth_after(lines: list[tuple[int, str]], index: int, depth: int) -> int:
    """Depth of what a header introduces: that of the next line with text, but never less than its own."""
    for next_depth, text in lines[index : index + 6]:
        if text.strip():
            return max(depth, next_depth)
    return depth


# --- "On Mon, Apr 27, 2026 at 2:03 PM, X <x@y> wrote:" ------------------------------------------------


def _attribution_at(lines: list[tuple[int, str]], index: int, walk: _Walk) -> int:
    """Number of lines of an attribution that starts here, 0 when there is none."""
    depth, first = lines[index]
    start = first.strip().lstrip("-*_ ")
    if not start or len(start) > _MAX_LINE or not ATTRIBUTION_STARTS.match(start):
        return 0
    joined = ""
    for count, (next_depth, text) in enumerate(lines[index : index + _ATTRIBUTION_LINES], 1):
        if not text.strip() or len(text) > _MAX_LINE or (next_depth != depth and count > 1):
            break
        joined = f"{joined} {text.strip()}".strip()
        if text.rstrip(" *_").endswith((":", ":")):
            message = _attributed(joined, walk.own)
            if message:
                walk.enter(_depth_after(lines, index + count, depth), message)
                return count
            break
    return 0


def _attributed(text: str, own: Message) -> Message | None:
    """The message that an attribution line announces, None when it is an ordinary sentence."""
    text = text.strip(" -*_:\uff1a").replace("*", "")
    address = _ADDRESS.search(text)
    sent_at = printed_date(text, own.sent_at)
    verb = _VERB.search(text)
    if not verb and not (address and sent_at):
        return None
    if not address and not sent_at:
        return None
    bare = _BRACKETED.sub(" ", text)
    verb = _VERB.search(bare)
    before, after = (bare[: verb.start()], bare[verb.end() :]) if verb else (bare, "")
    name = _person(after) or _person(before)
    if name is None and not address:
        return None
    if len((name or "").split()) > 6:
        return None
    return Message(name, address[0].lower() if address else None, sent_at, quoted=True)


def _person(text: str) -> str | None:
    """The name that stands before or after the date."""
    words = text.replace('"', " ").split()
    while words and is_date_token(words[0]):
        words.pop(0)
    while words and is_date_token(words[-1]):
        words.pop()
    if any(w[0].isdigit() for w in words):
        return None
    return clean_name(" ".join(words))


def clean_name(name: str) -> str | None:
    """A display name without quotation marks, address and "via"; "Doe, Jane" becomes "Jane Doe".

    None when nothing but an address is left.
    """
    name = _BRACKETED.sub(" ", name)
    name = re.sub(
        r"\([A-Z0-9]{10,}\)|\((?:via|by)\b[^)]{0,60}\)|\bvia\b.{0,60}$|[<>\"“”]|\[[^\]]{0,60}\]", " ", name
    )
    name = " ".join(name.strip(" '’,;:*-–").split())
    if not name or "@" in name or not any(c.isalpha() for c in name):
        return None
    family, comma, given = name.partition(", ")
    if (
        comma
        and given
        and "," not in given
        and len(given.split()) <= 3
        and len(family.split()) <= 3
        and (
            given.rstrip(".").lower()
            not in ("inc", "llc", "ltd", "jr", "sr", "phd", "md", "esq", "gmbh", "pmp", "cpa")
        )
    ):
        return f"{given} {family}"
    return name


# --- From: / Sent: / To: / Subject: -------------------------------------------------------------------


def _header_at(lines: list[tuple[int, str]], index: int, walk: _Walk) -> int:
    """Number of lines of a quoted header block that starts here, separator included; 0 when none does."""
    start = index
    depth = lines[index][0]
    announced = False
    while (
        start < min(len(lines), index + 4)
        and lines[start][0] == depth
        and _announces(lines[start][1], announced)
    ):
        announced = announced or bool(lines[start][1].strip())
        start += 1
    if start >= len(lines) or (start > index and not announced):
        return 0
    if start < len(lines) and announced and lines[start][0] > depth:
        depth = lines[start][0]
    fields, count = _fields(lines, start, depth)
    if not _is_header(fields):
        return 0
    end = start + count
    walk.enter(_depth_after(lines, end, depth), _from_fields(fields, walk.own))
    return end - index


def _announces(text: str, announced: bool) -> bool:
    """A separator or "Begin forwarded message:", or the blank line after one."""
    if not text.strip():
        return announced
    return len(text) < 200 and bool(_SEPARATOR.fullmatch(text) or _FORWARD.fullmatch(text.strip(" *_")))


def _fields(lines: list[tuple[int, str]], start: int, depth: int) -> tuple[dict[str, str], int]:
    """The header fields from `start` on by kind, and how many lines they take."""
    fields: dict[str, str] = {}
    taken, last = 0, None
    for offset, (line_depth, text) in enumerate(lines[start : start + _HEADER_LINES]):
        if line_depth != depth or len(text) > _MAX_LINE:
            break
        found = _KEY_LINE.fullmatch(text.strip())
        kind = HEADER_KEYS.get(found[1].strip().lower()) if found else None
        if found and kind and kind not in fields:
            fields[kind] = found[2].strip(" *_")
            taken, last = offset + 1, kind
        elif not text.strip():
            if not _more_fields(lines, start + offset + 1, depth, fields):
                break
        elif last and _continues(lines, start + offset, depth, fields, last, text):
            fields[last] = f"{fields[last]} {text.strip()}".strip()
            taken = offset + 1
        elif not kind:
            break
    return fields, taken


def _more_fields(lines: list[tuple[int, str]], index: int, depth: int, fields: dict[str, str]) -> bool:
    """Whether the very next line is a header field not seen yet (HTML prints each as a paragraph)."""
    if index >= len(lines) or lines[index][0] != depth:
        return False
    found = _KEY_LINE.fullmatch(lines[index][1].strip()[:_MAX_LINE])
    kind = HEADER_KEYS.get(found[1].strip().lower()) if found else None
    return (kind is not None and kind not in fields and not _is_header({**fields, kind: ""})) or (
        kind in ("to", "cc", "subject", "sent", "other") and kind not in fields
    )


def _continues(
    lines: list[tuple[int, str]], index: int, depth: int, fields: dict[str, str], last: str, text: str
) -> bool:
    """Whether this line goes on with the header value before it: wrapped names or a wrapped date."""
    if fields[last].endswith((",", ";")) or (last in ("to", "cc") and "@" in text and ";" in text):
        return True
    if not fields[last]:
        return True
    return _more_fields(lines, index + 1, depth, fields)


def _is_header(fields: dict[str, str]) -> bool:
    has_sender = bool(fields.get("from"))
    return has_sender and len(fields.keys() & {"sent", "to", "subject"}) >= (
        1 if "@" in fields["from"] else 2
    )


def _from_fields(fields: dict[str, str], own: Message) -> Message:
    sender = fields["from"]
    address = _ADDRESS.search(sender)
    behalf = re.split(r"\bon behalf of\b", sender, flags=re.I)[-1]
    return Message(
        clean_name(behalf) or None,
        address[0].lower() if address else None,
        printed_date(fields.get("sent", ""), own.sent_at),
        quoted=True,
        subject=fields.get("subject") or None,
    )
