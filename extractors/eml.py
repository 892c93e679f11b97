"""Mails saved as .eml."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

from extractors.decode import decode
from extractors.html_mail import html_text
from extractors.mail.dates import header_date
from extractors.mail.letters import Letter, finish
from extractors.mail.names import clean_name
from extractors.mail.words import word_set
from extractors.segments import Person, Source, UnreadableSource

_MOST_PARTS = 500
_DEEPEST = 30
_IGNORED = word_set(
    """
    text/calendar application/ics application/pkcs7-signature application/x-pkcs7-signature
    application/pgp-signature message/delivery-status text/x-amp-html
    """
)
_ENCRYPTED = (
    "application/pkcs7-mime",
    "application/x-pkcs7-mime",
    "multipart/encrypted",
    "application/pgp-encrypted",
)
_SMALL_IMAGE = 200_000


def extract(data: bytes, name: str) -> list[Source]:
    """The mail with the messages it quotes, then its attachments. UnreadableSource when it is no mail."""
    return finish([read_letter(data, name)], name, data)


def read_letter(data: bytes, name: str) -> Letter:
    """One mail as a letter; UnreadableSource when the bytes are no mail."""
    try:
        mail = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n \t"), policy=policy.default)
    except (RecursionError, ValueError, LookupError) as error:
        raise UnreadableSource(
            f"Cannot read {name!r}: its parts cannot be taken apart; save the mail again"
        ) from error
    if not any(
        mail[key] if key != "Date" else _text(mail, key) for key in ("From", "Date", "Subject", "Message-ID")
    ):
        raise UnreadableSource(
            f"Cannot read {name!r}: it has no mail headers (From, Date, Subject); save it as .eml"
        )
    letter = _headed(mail)
    _read_parts(mail, letter)
    return letter


def _headed(mail: EmailMessage) -> Letter:
    name, email = parseaddr(_text(mail, "From"))
    sender = clean_name(name)
    letter = Letter(
        subject=_text(mail, "Subject") or None,
        sender=sender or email or None,
        email=email.lower() or None,
        sent_at=header_date(_text(mail, "Date")),
    )
    for key in ("From", "Reply-To", "To", "Cc"):
        pairs = getaddresses([_text(mail, key)])
        letter.people += [Person(name=n, email=a.lower() or None) for d, a in pairs if (n := clean_name(d))]
        letter.people += [
            Person(name=a.lower(), email=a.lower()) for d, a in pairs if "@" in a and not clean_name(d)
        ]
    return letter


def _text(mail: EmailMessage, key: str) -> str:
    """A header as text on one line, "" when it is absent or beyond repair."""
    try:
        return " ".join(str(mail.get(key, "")).split())
    except (ValueError, TypeError, IndexError, AttributeError, LookupError):
        raw = next((v for k, v in mail.raw_items() if k.lower() == key.lower()), "")
        return " ".join(str(raw).split())


def _read_parts(mail: EmailMessage, letter: Letter) -> None:
    """Fill body, attachments and warnings of the letter from the parts of the mail."""
    bodies: list[str] = []
    counts: dict[str, int] = {}
    parts = list(_leaves(mail, 0, counts))
    for part in parts:
        kind = part.get_content_type()
        if kind in _ENCRYPTED:
            letter.warnings.append(
                "the mail is encrypted and was not read; save it decrypted from the mail program"
            )
        elif kind in _IGNORED:
            _count(
                counts, "calendar invites" if "cal" in kind or "ics" in kind else "signatures and receipts"
            )
        elif _is_body(part):
            bodies.append(_body(part, letter))
        elif kind.startswith("image/") and (part.get("Content-ID") or len(_payload(part)) < _SMALL_IMAGE):
            _count(counts, "images")
        else:
            _attach(part, letter)
    letter.body = "\n\n".join(b for b in bodies if b.strip())
    letter.warnings += [f"not read: {n} {what}" for what, n in counts.items()]


def _count(counts: dict[str, int], what: str) -> None:
    counts[what] = counts.get(what, 0) + 1


def _leaves(part: EmailMessage, depth: int, counts: dict[str, int]) -> list[EmailMessage]:
    """The parts with content, of alternatives only the better one; a mail attached to the mail is a leaf."""
    if not part.is_multipart() or part.get_content_type() in ("message/rfc822", "multipart/encrypted"):
        return [part]
    children = [p for p in part.get_payload() if isinstance(p, EmailMessage)]
    if part.get_content_type() == "multipart/alternative":
        children = _better(children)
    leaves: list[EmailMessage] = []
    for child in children:
        if depth >= _DEEPEST or len(leaves) >= _MOST_PARTS:
            _count(counts, "parts beyond the limits (nested too deep or too many)")
            continue
        leaves += _leaves(child, depth + 1, counts)
    return leaves


def _better(alternatives: list[EmailMessage]) -> list[EmailMessage]:
    """HTML unless the plain text holds clearly more: HTML tells paragraphs and quotations better."""
    plain = next((p for p in alternatives if p.get_content_type() == "text/plain"), None)
    others = [p for p in alternatives if p is not plain and p.get_content_type() not in _IGNORED]
    rich = next((p for p in others if p.get_content_type() == "text/html" or p.is_multipart()), None)
    if plain is None or rich is None:
        return alternatives[:1] if rich is None else [rich]
    html = next((p for p in rich.walk() if p.get_content_type() == "text/html"), None)
    shown = html_text(_decoded(html))[0] if html is not None else ""
    written = _decoded(plain)
    extra = [p for p in rich.walk() if p is not html and not p.is_multipart()] if rich.is_multipart() else []
    if _letters(shown) >= 0.6 * _letters(written):
        return [rich]
    return [plain, *(p for p in extra if isinstance(p, EmailMessage))]


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)


def _is_body(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    if kind not in ("text/plain", "text/html", "text/enriched"):
        return False
    return part.get_content_disposition() != "attachment" and not part.get_filename()


def _body(part: EmailMessage, letter: Letter) -> str:
    text = _decoded(part)
    if part.get_content_type() == "text/html":
        shown, warnings = html_text(text)
        letter.warnings += warnings
        return shown
    if str(part.get_param("format") or "").lower() == "flowed":
        return _unflowed(text, str(part.get_param("delsp") or "").lower() == "yes")
    return text


def _decoded(part: EmailMessage | None) -> str:
    """Text of a part in its declared character set, or in the one that fits when the declaration is wrong."""
    if part is None:
        return ""
    data = _payload(part)
    declared = str(part.get_content_charset() or "utf-8")
    try:
        return data.decode(declared)
    except (LookupError, UnicodeDecodeError, ValueError):
        return decode(data, "").text


def _payload(part: EmailMessage) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = None
    return data if isinstance(data, bytes) else b""


def _unflowed(text: str, delete_space: bool) -> str:
    """format=flowed (RFC 3676): a line that ends with a blank goes on in the next of the same depth."""
    lines: list[str] = []
    open_depth: int | None = None
    for line in text.splitlines():
        marks = re.match(r">*", line)
        depth = marks.end() if marks else 0
        content = line[depth:].removeprefix(" ")
        if open_depth == depth and lines:
            lines[-1] += content
        else:
            lines.append(f"{'>' * depth} {content}" if depth else content)
        soft = content.endswith(" ") and content != "-- "
        if soft and delete_space:
            lines[-1] = lines[-1][:-1]
        open_depth = depth if soft else None
    return "\n".join(lines)


def _attach(part: EmailMessage, letter: Letter) -> None:
    kind = part.get_content_type()
    number = len(letter.attachments) + 1
    if kind == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        if isinstance(inner, EmailMessage):
            title = re.sub(r"[^\w .-]+", "_", _text(inner, "Subject"))[:60].strip() or f"message-{number}"
            letter.attachments.append(
                (_file_name(part, f"{title}.eml"), inner.as_bytes(policy=policy.compat32))
            )
        return
    extension = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}.get(kind, "")
    letter.attachments.append((_file_name(part, f"attachment-{number}{extension}"), _payload(part)))


def _file_name(part: EmailMessage, otherwise: str) -> str:
    """The attachment's name without folders; `otherwise` when it has none."""
    try:
        given = part.get_filename() or ""
    except (ValueError, LookupError):
        given = ""
    return re.split(r"[\\/]", " ".join(given.split()))[-1].strip() or otherwise
