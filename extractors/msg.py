"""Mails saved by Outlook as .msg."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from email.header import decode_header, make_header
from email.utils import getaddresses, parseaddr
from io import BytesIO
from typing import TypeVar

from oxmsg import Message
from oxmsg.attachment import Attachment
from oxmsg.domain import constants as c
from oxmsg.recipient import Recipient
from oxmsg.storage import Storage, Stream

from extractors.eml import read_letter
from extractors.html_mail import html_text, markup_text
from extractors.mail.dates import aware, header_date
from extractors.mail.letters import Letter, finish
from extractors.mail.names import clean_name
from extractors.mail.rtf import decompress, unwrap
from extractors.segments import Person, Source, UnreadableSource

_BROKEN = (
    KeyError,
    ValueError,
    IndexError,
    AttributeError,
    AssertionError,
    LookupError,
    OSError,
    struct.error,
    RecursionError,
)
_DEEPEST = 3
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|bmp|emf|wmf|svg|tiff?|webp)$", re.I)
_IMAGE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
_UNSPOKEN = re.compile(r"\.(?:ics|vcf|p7s|asc)$", re.I)
_MESSAGE_LOCALE, _SHORT_NAME = 0x3FF1, 0x3704
_CODECS: dict[int | None, str] = {
    **dict.fromkeys((1049, 1058, 1026), "cp1251"), **dict.fromkeys((1045, 1029, 1038), "cp1250"),
    1032: "cp1253", 1055: "cp1254", 1037: "cp1255", 1025: "cp1256",
    1041: "cp932", 2052: "cp936", 1042: "cp949",
}  # fmt: skip
"""Windows locale -> code page of the messages that old Outlooks of that language saved."""
_T = TypeVar("_T")
_NO_HEADERS: dict[str, str] = {}
_NO_ATTACHMENTS: list[Attachment] = []
_NO_RECIPIENTS: list[Recipient] = []


def extract(data: bytes, name: str) -> list[Source]:
    """The mail with the messages it quotes, then its attachments. UnreadableSource when it is no .msg."""
    try:
        message = Message.load(BytesIO(data))
    except _BROKEN as error:
        raise UnreadableSource(
            f"Cannot read {name!r}: it is no Outlook message or is damaged; save it again"
        ) from error
    return finish([_letter(message, name, 0)], name, data)


def _try(read: Callable[[], _T], otherwise: _T) -> _T:
    """What `read` gives; a property that is damaged is taken as absent."""
    try:
        return read()
    except _BROKEN:
        return otherwise


def _letter(message: Message, name: str, depth: int) -> Letter:
    headers = {
        k.lower(): _spelled(v) for k, v in _try(lambda: dict(message.message_headers), _NO_HEADERS).items()
    }
    sender, email = parseaddr(headers.get("from") or _try(lambda: message.sender, None) or "")
    if "@" not in email:
        email = _text(message, c.PID_SENDER_SMTP_ADDRESS) or (email if "@" in email else "")
    sender = clean_name(sender) or clean_name(_text(message, c.PID_SENDER_NAME)) or ""
    letter = Letter(
        subject=_text(message, c.PID_SUBJECT) or headers.get("subject") or None,
        sender=sender or email or None,
        email=email.lower() or None,
        sent_at=header_date(headers["date"])
        if headers.get("date")
        else aware(_try(lambda: message.sent_date, None)),
    )
    if letter.sent_at is None:
        letter.sent_at = aware(
            _try(lambda: message.properties.date_prop_value(c.PID_MESSAGE_DELIVERY_TIME), None)
        )
    _add_people(message, headers, letter)
    if _is_encrypted(message):
        letter.warnings.append(
            "the mail is encrypted (S/MIME) and was not read; save it decrypted from Outlook"
        )
        return letter
    letter.body = _body(message, name, letter)
    _add_attachments(message, name, letter, depth)
    return letter


def _text(message: Message, pid: int) -> str:
    text = (_try(lambda: message.properties.str_prop_value(pid), None) or "").strip("\x00 ")
    return _in_locale(message, text)


def _spelled(header: str) -> str:
    """A header with its encoded words ("=?utf-8?B?...?=") spelled out."""
    return _try(lambda: str(make_header(decode_header(header))), header)


def _in_locale(message: Message, text: str) -> str:
    """Old messages give no code page, only a locale; without either, Western European is right."""
    if text.isascii() or _try(lambda: message.properties.int_prop_value(c.PID_MESSAGE_CODEPAGE), None):
        return text
    codec = _CODECS.get(_try(lambda: message.properties.int_prop_value(_MESSAGE_LOCALE), None) or 0)
    return _try(lambda: text.encode("iso-8859-15").decode(codec), text) if codec else text


def _add_people(message: Message, headers: dict[str, str], letter: Letter) -> None:
    if letter.sender and "@" not in letter.sender:
        letter.people.append(Person(name=letter.sender, email=letter.email))
    pairs = getaddresses([headers[k] for k in ("to", "cc") if headers.get(k)])
    for recipient in _try(lambda: list(message.recipients), _NO_RECIPIENTS):
        pairs.append(_try(lambda r=recipient: (r.name, r.email_address), ("", "")))  # type: ignore[misc]
    for display, address in pairs:
        address = address.strip("\x00 ").lower() if "@" in address else ""
        name = clean_name(display.strip("\x00 '\"")) or address
        if name and (name, address) not in {(p.name, p.email or "") for p in letter.people}:
            letter.people.append(Person(name=name, email=address or None))


def _is_encrypted(message: Message) -> bool:
    kind = _try(lambda: message.message_class, "").upper()
    return ("SMIME" in kind and "MULTIPARTSIGNED" not in kind) or "RPMSG" in kind


def _body(message: Message, name: str, letter: Letter) -> str:
    """HTML where the message has it, wrapped in RTF or not, unless the plain text holds clearly more."""
    plain = _text(message, c.PID_BODY)
    markup = _in_locale(message, _html(message, name))
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
    ignored: dict[str, int] = {}
    for attachment in _try(lambda: list(message.attachments), _NO_ATTACHMENTS):
        inner = _message_in(attachment)
        if inner is not None:
            _enclose(inner, name, letter, depth)
        elif what := _add_file(attachment, name, letter):
            ignored[what] = ignored.get(what, 0) + 1
    letter.warnings += [f"not read: {n} {what}" for what, n in ignored.items()]


def _message_in(attachment: Attachment) -> Storage | None:
    """The storage of a message that is attached as a message."""
    storages: tuple[Storage, ...] = getattr(attachment._storage, "storages", ())
    return next((s for s in storages if s.name.startswith("__substg1.0_3701")), None)


def _add_file(attachment: Attachment, name: str, letter: Letter) -> str | None:
    """Add an attached file to the letter; the kind of it when it is one that holds nothing to read."""
    file_name = _attachment_name(attachment, len(letter.attachments) + 1)
    content = _try(lambda: attachment.file_bytes, None)
    if not content:
        return "empty or linked attachments"
    signed = content[:200].lower().startswith(b"content-type: multipart/signed")
    if signed or file_name.lower() == "smime.p7m":
        _open_signed(content, name, letter)
    elif _IMAGE.search(file_name) or content.startswith(_IMAGE_STARTS):
        return "images"
    elif _UNSPOKEN.search(file_name):
        return "calendar invites and signatures"
    else:
        letter.attachments.append((file_name, content))
    return None


def _attachment_name(attachment: Attachment, number: int) -> str:
    read = attachment.properties.str_prop_value
    given = (
        _try(lambda: read(c.PID_ATTACH_LONG_FILENAME), None) or _try(lambda: read(_SHORT_NAME), None) or ""
    )
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
        Stream(s.path, b"\x00" * 8 + s.bytes_) if s.name == "__properties_version1.0" else s
        for s in storage.streams
    )
    inner = _try(
        lambda: _letter(Message(Storage(storage.path, streams, storage.storages)), name, depth + 1), None
    )
    if inner is None:
        letter.warnings.append("an attached message is damaged and was not read; save it on its own")
        return
    title = (
        re.sub(r"[^\w .-]+", "_", inner.subject or "")[:60].strip() or f"message-{len(letter.enclosed) + 1}"
    )
    letter.enclosed.append((f"{title}.msg", inner))
