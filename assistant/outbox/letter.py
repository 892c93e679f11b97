"""A message as a mail: every header one line, the same message the same bytes."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from assistant.outbox.writing import plain

TYPES = {
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".pdf": ("application", "pdf"),
    ".ics": ("text", "calendar"),
}


class Letter(NamedTuple):
    """What a sender is given."""

    id: str
    name: str
    """Of its file, without suffix."""
    at: datetime
    people: list[dict[str, str | None]]
    subject: str
    body: str
    attachments: tuple[tuple[str, bytes], ...] = ()


def mail_of(letter: Letter, sender: str, nowhere: str | None = None) -> EmailMessage:
    """The mail. `nowhere` is the domain for people without an address; without it they are left out."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = addresses(letter, nowhere)
    mail["Subject"] = plain(letter.subject)
    mail["Date"] = format_datetime(letter.at)
    mail["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2].strip('>') or 'handoff.invalid'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.body, cte="8bit" if letter.body.isascii() else "quoted-printable")
    for name, content in letter.attachments:
        kind, sub = TYPES.get(name[name.rfind(".") :], ("application", "octet-stream"))
        more = {"method": "REQUEST", "charset": "utf-8"} if sub == "calendar" else {}
        mail.add_attachment(content, maintype=kind, subtype=sub, filename=name, params=more)
    if letter.attachments:
        mail.set_boundary(f"handoff-{letter.id}")
    return mail


def addresses(letter: Letter, nowhere: str | None = None) -> list[Address]:
    """To whom it can go."""
    return [made for person in letter.people if (made := _address(person, nowhere))]


def _address(person: dict[str, str | None], nowhere: str | None) -> Address | None:
    name, email = plain(person["name"] or person["login"] or ""), person["email"]
    try:
        if email:
            return Address(display_name=name, addr_spec=email.strip())
        return Address(display_name=name, username=person["login"] or "", domain=nowhere) if nowhere else None
    except ValueError:  # no address at all; email's own errors are ValueErrors
        return None
