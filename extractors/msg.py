"""Mails saved by Outlook as .msg."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from email.utils import getaddresses, parseaddr
from io import BytesIO
from typing import TypeVar

from oxmsg import Message
from oxmsg.domain import constants as c
from oxmsg.storage import Storage, Stream

from extractors.eml import read_letter
from extractors.html_mail import html_text, markup_text
from extractors.letters import Letter, finish
from extractors.mail_dates import aware, header_date
from extractors.quotes import clean_name
from extractors.rtf import decompress, unwrap
from extractors.segments import Person, Source, UnreadableSource

_BROKEN = (KeyError, ValueError, IndexError, AttributeError, AssertionError, LookupError, OSError, struct.error, RecursionError)
_DEEPEST = 3
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|bmp|emf|wmf|svg|tiff?|webp)$", re.I)
_UNSPOKEN = re.compile(r"\.(?:ics|vcf|p7s|asc)$", re.I)
_T = TypeVar("_T")


def extract(data: bytes, name: str) -> list[Source]:
    """The mail with the messages it quotes, then its attachments. Raises UnreadableSource when it is no .msg."""
    try:
        message = Message.load(BytesIO(data))
    except _BROKEN as error:
        raise UnreadableSource(
            f"Cannot read {name!r}: it is no Outlook message or is damaged; save it again, as .msg or .eml"
        ) from error
    return finish([_letter(message, name, 0)], name, data)


def _try(read: Callable[[], _T], otherwise: _T) -> _T:
    """What `read` gives; a property that is damaged is taken as absent."""
    try:
        return read()
    except _BROKEN:
        return otherwise


def _letter(message: Message, name: str, depth: int) -> Letter:
    headers = {k.lower(): v for k, v in _try(lambda: dict(message.message_headers), {}).items()}
    sender, email = parseaddr(headers.get("from") or _try(lambda: message.sender, None) or "")
    if "@" not in email:
        email = _text(message, c.PID_SENDER_SMTP_ADDRESS) or (email if "@" in email else "")
    sender = clean_name(sender) or clean_name(_text(message, c.PID_SENDER_NAME)) or ""
    letter = Letter(
        subject=_try(lambda: message.subject, "") or headers.get("subject") or None,
        sender=sender or email or None,
        email=email.lower() or None,
        sent_at=header_date(headers["date"]) if headers.get("date") else aware(_try(lambda: message.sent_date, None)),
    )
    if letter.sent_at is None:
        letter.sent_at = aware(_try(lambda: message.properties.date_prop_value(c.PID_MESSAGE_DELIVERY_TIME), None))
    _add_people(message, headers, letter)
    if _is_encrypted(message):
        letter.warnings.append("the mail is encrypted (S/MIME) and was not read; save it decrypted from Outlook")
        return letter
    letter.body = _body(message, name, letter)
    _add_attachments(message, name, letter, depth)
    return letter


def _text(message: Message, pid: int) -> str:
    return (_try(lambda: message.properties.str_prop_value(pid), None) or "").strip("\x00 ")


def _add_people(message: Message, headers: dict[str, str], letter: Letter) -> None:
    if letter.sender and "@" not in letter.sender:
        letter.people.append(Person(name=letter.sender, email=letter.email))
    pairs = getaddresses([headers[k] for k in ("to", "cc") if headers.get(k)])
    pairs += [(_try(lambda r=r: r.name, ""), _try(lambda r=r: r.email_address, "")) for r in message.recipients]  # type: ignore[misc]
    for display, address in pairs:
        address = address.strip("\x00 ").lower() if "@" in address else ""
        name = clean_name(display.strip("\x00 '\"")) or address
        if name and (name, address) not in {(p.name, p.email or "") for p in letter.people}:
            letter.people.append(Person(name=name, email=address or None))


def _is_encrypted(message: Message) -> bool:
    kind = _try(lambda: message.message_class, "").upper()
    return "SMIME" in kind and "MULTIPARTSIGNED" not in kind or "RPMSG" in kind


def _body(message: Message, name: str, letter: Letter) -> str:
    """HTML where the message has it, wrapped in RTF or not, unless the plain text holds clearly more."""
    plain = _text(message, c.PID_BODY)
    markup = _html(message, name)
    shown, warnings = html_text(markup) if markup else ("", [])
    if shown.strip() and _size(shown) >= 0.6 * _size(plain):
        letter.warnings += warnings
        return shown
    return plain or _rtf_text(message)


def _size(text: str) -> int:
    return sum(ch.isalnum() for ch in text)


def _html(message: Message, name: str) -> str:
    raw = _try(lambda: message.properties.binary_prop_value(c.PID_HTML), None)
    if raw:
        return _try(lambda: message.html_body, None) or markup_text(raw, name)
    text, is_html = _unwrapped(message)
    return _try(lambda: message.html_body, None) or (text if is_html else "")


def _rtf_text(message: Message) -> str:
    text, is_html = _unwrapped(message)
    return "" if is_html else text


def _unwrapped(message: Message) -> tuple[str, bool]:
    packed = _try(lambda: message.properties.binary_prop_value(c.PID_RTF_COMPRESSED), None)
    return _try(lambda: unwrap(decompress(packed)), ("", False)) if packed else ("", False)


def _add_attachments(message: Message, name: str, letter: Letter, depth: int) -> None:
    ignored = {"images": 0, "calendar invites and signatures": 0, "empty or linked attachments": 0}
    for storage in _try(lambda: list(message._storage.iter_attachment_storages()), []):
        inner = next((s for s in getattr(storage, "storages", ()) if s.name.startswith("__substg1.0_3701")), None)
        if inner is not None:
            _enclose(inner, name, letter, depth)
    for attachment in _try(lambda: list(message.attachments), []):
        file_name = _attachment_name(attachment.properties, len(letter.attachments) + 1)
        content = _try(lambda a=attachment: a.file_bytes, None)  # type: ignore[misc]
        if any(s.name.startswith("__substg1.0_3701") for s in getattr(attachment._storage, "storages", ())):
            continue
        if not content:
            ignored["empty or linked attachments"] += 1
        elif file_name.lower() == "smime.p7m" or content[:200].lower().startswith(b"content-type: multipart/signed"):
            _open_signed(content, name, letter)
        elif _IMAGE.search(file_name):
            ignored["images"] += 1
        elif _UNSPOKEN.search(file_name):
            ignored["calendar invites and signatures"] += 1
        else:
            letter.attachments.append((file_name, content))
    letter.warnings += [f"not read: {n} {what}" for what, n in ignored.items() if n]


def _attachment_name(properties: object, number: int) -> str:
    read = getattr(properties, "str_prop_value")  # noqa: B009 - oxmsg has no public type for it
    given = _try(lambda: read(c.PID_ATTACH_LONG_FILENAME), None) or _try(lambda: read(0x3704), None) or ""
    return re.split(r"[\\/]", " ".join(given.replace("\x00", "").split()))[-1] or f"attachment-{number}"


def _open_signed(content: bytes, name: str, letter: Letter) -> None:
    """A signed mail keeps its text in the attachment."""
    try:
        signed = read_letter(b"Subject: signed\r\n" + content, name)
    except UnreadableSource:
        signed = Letter()
    if not signed.body.strip():
        letter.warnings.append("a signed or encrypted part was not read; save the mail as .eml")
    letter.body = f"{letter.body}\n\n{signed.body}".strip()
    letter.attachments += signed.attachments
    letter.warnings += signed.warnings


def _enclose(storage: Storage, name: str, letter: Letter, depth: int) -> None:
    """A message attached as a message. Its property stream has a header shorter by eight bytes."""
    if depth >= _DEEPEST:
        letter.warnings.append("an attached message is nested too deep and was not read; save it on its own")
        return
    streams = tuple(
        Stream(s.path, b"\x00" * 8 + s.bytes_) if s.name == "__properties_version1.0" else s for s in storage.streams
    )
    inner = _try(lambda: _letter(Message(Storage(storage.path, streams, storage.storages)), name, depth + 1), None)
    if inner is None:
        letter.warnings.append("an attached message is damaged and was not read; save it on its own")
        return
    title = re.sub(r"[^\w .-]+", "_", inner.subject or "")[:60].strip() or f"message-{len(letter.enclosed) + 1}"
    letter.enclosed.append((f"{title}.msg", inner))
