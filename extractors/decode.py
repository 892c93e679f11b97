"""Bytes to text: BOM, UTF-8, UTF-16, then a guess that is said to be one."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = set("éèêëàâäáãåçñöôóòõøüûúùíìîïßæœÄÖÜÉÈÀÅØÑÇÁÓÍÚ’‘“”‚„–—…€£§°·•©®™½¼¾×¡¿«»\xa0")
"""What Western European text written in Windows-1252 has above ASCII; anything else hints at another set."""
INVISIBLE = re.compile(
    "[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\x00-\x08\x0e-\x1f\x7f]"
)


class Decoded(NamedTuple):
    """Text with "\\n" line ends (form feeds kept) and a warning when the character set was guessed."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """Never fails: bytes that fit nothing come back with replacement characters and a warning."""
    for bom, codec in BOMS:
        if data.startswith(bom):
            return _checked(data.decode(codec, errors="replace"), name)
    wide = _wide_codec(data)
    if wide:
        return _checked(data.decode(wide, errors="replace"), name)
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return _cut_off(data[: error.start].decode("utf-8"), name)
    return _guessed(data, name)


def fold(text: str) -> str:
    """White space folded to single blanks, invisible characters removed: the form of every segment's text."""
    return " ".join(INVISIBLE.sub("", text).split())


def _wide_codec(data: bytes) -> str | None:
    """UTF-16 without a BOM shows as a zero in every second byte."""
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _checked(text: str, name: str) -> Decoded:
    lost = text.count("\ufffd")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not lost:
        return Decoded(text)
    return Decoded(text, (f"'{name}': {lost} characters could not be read: save the file as UTF-8.",))


def _cut_off(text: str, name: str) -> Decoded:
    decoded = _checked(text, name)
    return Decoded(decoded.text, (f"'{name}' ends within a character: it may be cut off, export it again.",))


def _guessed(data: bytes, name: str) -> Decoded:
    codec = _mostly_utf8(data) or _narrow_codec(data)
    errors = "western" if codec == "utf-8" else "replace"
    decoded = _checked(data.decode(codec, errors=errors), name)
    label = "UTF-8 with Windows-1252" if codec == "utf-8" else codec
    warning = f"'{name}' is not UTF-8: read as {label}; save it as UTF-8 if letters look wrong."
    return Decoded(decoded.text, (warning, *decoded.warnings))


def _mostly_utf8(data: bytes) -> str | None:
    """A UTF-8 file into which a few Windows-1252 bytes were pasted."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if ord(c) > 127) - bad
    return "utf-8" if good > 2 * bad else None


def _narrow_codec(data: bytes) -> str:
    text = data.decode("cp1252", errors="replace")
    high = [c for c in text if ord(c) > 127]
    if sum(c in WESTERN for c in high) >= 0.9 * len(high):
        return "cp1252"
    from charset_normalizer import from_bytes  # imported only here: start-up time counts

    best = from_bytes(data[:200_000]).best()
    return best.encoding if best else "cp1252"


def _western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("western", _western)
