"""What a file is by its bytes, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile

from extractors.decode import decode

MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"PK\x03\x04", "zip"), (0, b"PK\x05\x06", "zip"),
    (0, b"{\\rtf", "rtf"),
    (0, b"\x1f\x8b", "archive"), (0, b"Rar!\x1a\x07", "archive"), (0, b"7z\xbc\xaf\x27\x1c", "archive"),
    (0, b"\x89PNG", "image"), (0, b"\xff\xd8\xff", "image"), (0, b"GIF8", "image"), (8, b"WEBP", "image"),
    (0, b"II*\x00", "image"), (0, b"MM\x00*", "image"), (4, b"ftypheic", "image"),
    (0, b"ID3", "recording"), (0, b"\xff\xfb", "recording"), (8, b"WAVE", "recording"),
    (0, b"\xff\xf3", "recording"), (0, b"\xff\xf2", "recording"), (0, b"\xff\xfa", "recording"),
    (0, b"\xff\xf1", "recording"), (0, b"\xff\xf9", "recording"), (0, b"0&\xb2u\x8ef\xcf\x11", "recording"),
    (0, b"OggS", "recording"), (0, b"fLaC", "recording"), (4, b"ftyp", "recording"),
    (0, b"\x1aE\xdf\xa3", "recording"), (8, b"AVI ", "recording"),
    (0, b"MZ", "binary"), (0, b"\x7fELF", "binary"), (0, b"SQLite format 3", "binary"),
)  # fmt: skip
"""Offset, bytes, type. RIFF containers are told by what stands at offset 8."""
ZIP_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
OLE_PARTS = (
    ("EncryptedPackage", "encrypted office"), ("__properties_version1.0", "msg"), ("__substg1.0_", "msg"),
    ("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"),
)  # fmt: skip
MAIL_HEADER = re.compile(
    r"(?im)^(from|to|subject|date|sent|received|message-id|mime-version|return-path"
    r"|content-type|reply-to|cc)\s*:[ \t]*\S"
)
HTML = re.compile(
    r"(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|meta|div|table|p|span"
    r"|style)\b"
)
TIMING = re.compile(r"(?m)^\s*\d[\d:.,]*\s*--?>\s*\d*")


def true_type(data: bytes) -> str:
    """A word for what the bytes are: "pdf", "docx", "msg", "vtt", "srt", "json", "html", "mail", "mbox",
    "text", or something that is not read: "zip", "xlsx", "image", "recording", "binary" ..."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for offset, magic, kind in MAGIC:
        if data[offset : offset + len(magic)] == magic:
            return _inside(kind, data)
    if _is_binary(data[:8000]):
        return "binary"
    return text_type(decode(data[:200_000], "").text)


def _inside(kind: str, data: bytes) -> str:
    if kind == "zip":
        return _in_zip(data)
    return _in_ole(data) if kind == "ole" else kind


def text_type(text: str) -> str:
    """ "vtt", "srt", "json", "html", "mbox", "mail" or "text"."""
    opening = text.lstrip("\ufeff \t\n")[:4000]
    if re.match(r"From \S+(?:.{0,80}\d\d:\d\d|[^\n]{0,80}\n[A-Za-z][\w-]{1,40}: )", opening):
        return "mbox"
    if opening.startswith("WEBVTT"):
        return "vtt"
    if re.match(r'[\[{]\s*["\[{\]}]|[\[{]\s*$', opening) and not opening.startswith("[["):
        return "json"
    if HTML.match(opening):
        return "html"
    if _opens_with_headers(opening):
        return "mail"
    return "srt" if TIMING.search("\n".join(opening.split("\n")[:12])) else "text"


def _opens_with_headers(opening: str) -> bool:
    """The first lines are headers of a mail: a sender and at least two more, before the first blank line."""
    head = re.split(r"\n[ \t]*\n", opening, maxsplit=1)[0]
    names = {m[1].lower() for m in MAIL_HEADER.finditer(re.sub(r"[*_>]", "", head))}
    first = re.sub(r"[*_>]", "", head.split("\n", 1)[0])
    return (
        bool(re.match(r"^[A-Za-z-]+\s*:", first)) and len(names) >= 3 and bool(names & {"from", "message-id"})
    )


def _in_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()[:10_000]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        return next((kind for part, kind in ZIP_PARTS if part.encode() in data), "zip")
    return next((kind for part, kind in ZIP_PARTS if any(n.startswith(part) for n in names)), "zip")


def _in_ole(data: bytes) -> str:
    return next((kind for part, kind in OLE_PARTS if part.encode("utf-16-le") in data), "ole")


def _is_binary(sample: bytes) -> bool:
    """Zeros that are not UTF-16, or many control characters."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = sample.count(0)
    if (
        zeros
        and not (sample[0::2].count(0) > 0.6 * len(sample[0::2]))
        and not (
            sample[1::2].count(0) > 0.3 * len(sample[1::2]) and sample[0::2].count(0) < 0.05 * len(sample)
        )
    ):
        return True
    control = sum(b < 9 or 13 < b < 27 or 27 < b < 32 for b in sample) - zeros
    return control > 0.05 * max(len(sample), 1)
