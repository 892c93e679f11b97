"""Split the body of a mail into its own text and the messages it quotes or forwards.

Input is plain text with ">" for quotation (`html_mail` renders HTML to the same form). Every line is
looked at a bounded number of times, so that the time is linear in the size of the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from extractors.mail.dates import is_date_token, printed_date
from extractors.mail.names import ADDRESS, BRACKETED, clean_name
from extractors.mail.quote_headers import LONGEST_LINE, header_fields, is_header
from extractors.mail.words import ATTRIBUTION_STARTS, WROTE

_ATTRIBUTION_LINES = 4
_PREFIX = re.compile(r"[> ]*>")
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
    if not start or len(start) > LONGEST_LINE or not ATTRIBUTION_STARTS.match(start):
        return 0
    joined = ""
    for count, (next_depth, text) in enumerate(lines[index : index + _ATTRIBUTION_LINES], 1):
        if not text.strip() or len(text) > LONGEST_LINE or (next_depth != depth and count > 1):
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
    address = ADDRESS.search(text)
    sent_at = printed_date(text, own.sent_at)
    verb = _VERB.search(text)
    if not verb and not (address and sent_at):
        return None
    if not address and not sent_at:
        return None
    bare = BRACKETED.sub(" ", text)
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
    fields, count = header_fields(lines, start, depth)
    if not is_header(fields, announced):
        return 0
    end = start + count
    walk.enter(_depth_after(lines, end, depth), _from_fields(fields, walk.own))
    return end - index


def _announces(text: str, announced: bool) -> bool:
    """A separator or "Begin forwarded message:", or the blank line after one."""
    if not text.strip():
        return announced
    return len(text) < 200 and bool(_SEPARATOR.fullmatch(text) or _FORWARD.fullmatch(text.strip(" *_")))


def _from_fields(fields: dict[str, str], own: Message) -> Message:
    sender = fields["from"]
    address = ADDRESS.search(sender)
    behalf = re.split(r"\bon behalf of\b", sender, flags=re.I)[-1]
    return Message(
        clean_name(behalf) or None,
        address[0].lower() if address else None,
        printed_date(fields.get("sent", ""), own.sent_at),
        quoted=True,
        subject=fields.get("subject") or None,
    )
