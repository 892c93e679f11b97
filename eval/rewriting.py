"""A masked deal's sources, written again as text: what was spoken as a transcript, mails as mailboxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from eval.masking import YEARS, Mask
from extractors.segments import Segment, Source

_LABEL = re.compile(r"\s+(?=(?:Signature|By|Signed|Name|Printed [Nn]ame|Print [Nn]ame|Title|Date)\s*:)")
"""Where a line of a signature block begins."""


def rewrite(sources: Sequence[Source], mask: Mask, out: Path) -> dict[str, str]:
    """Each source as a text file of its kind. Gives new names by old, which tell of the deal too."""
    names = {}
    for number, source in enumerate(sorted(sources, key=lambda s: s.name), start=1):
        suffix, write = _WRITERS.get(source.kind, (".txt", _clauses))
        names[source.name] = f"sources/{source.kind}-{number:02}{suffix}"
        path = out / names[source.name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(source, mask), "utf-8")
    return names


def _transcript(source: Source, mask: Mask) -> str:
    cues = ["WEBVTT", ""]
    for number, part in enumerate(source.segments):
        begin = int(part.start if part.start is not None else 10 * number)
        who = f"<v {mask.text(part.speaker)}>" if part.speaker else ""
        cues += [f"{_clock(begin)} --> {_clock(begin + 5)}", who + mask.text(part.text), ""]
    return "\n".join(cues)


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.000"


def _mails(source: Source, mask: Mask) -> str:
    """A mailbox, so that one file may hold a thread."""
    messages: dict[int, list[Segment]] = {}
    for part in source.segments:
        messages.setdefault(part.message or 1, []).append(part)
    return "".join(_mail(parts, source, mask) for _, parts in sorted(messages.items()))


def _mail(parts: Sequence[Segment], source: Source, mask: Mask) -> str:
    first, mail = parts[0], EmailMessage()
    address = mask.text(first.sender_email) if first.sender_email else "someone@post.example"
    mail["From"] = f"{mask.text(first.speaker or 'Someone')} <{address}>"
    mail["Subject"] = mask.text(source.title or "Mail")
    if first.sent_at:
        mail["Date"] = format_datetime(first.sent_at.replace(year=first.sent_at.year + YEARS))
    mail.set_content("\n\n".join(mask.text(p.text) for p in parts) + "\n", cte="8bit")
    return f"From someone@post.example Thu Jan  1 00:00:00 1970\n{mail.as_bytes().decode('utf-8')}\n"


def _clauses(source: Source, mask: Mask) -> str:
    """Paragraphs, each under its headings and with its section number before it."""
    lines: list[str] = []
    above: tuple[str, ...] = ()
    for part in source.segments:
        lines += [mask.text(h) + "\n" for h in part.headings if h not in above and part.kind != "heading"]
        above = part.headings
        text = mask.text(part.text)
        number = f"{part.section} " if part.section and not text.startswith(part.section) else ""
        speaker = f"{mask.text(part.speaker)}: " if part.speaker else ""
        if part.kind == "signature":
            text = _LABEL.sub("\n", text)
        lines.append(number + speaker + text + "\n")
    return "\n".join(lines)


_WRITERS: dict[str, tuple[str, Callable[[Source, Mask], str]]] = {
    "call": (".vtt", _transcript),
    "recording": (".vtt", _transcript),
    "email": (".mbox", _mails),
}
