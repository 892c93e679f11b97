"""Compressed RTF of Outlook messages, and the HTML or text that is wrapped in it (MS-OXRTFCP, MS-OXRTFEX)."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace

from extractors.mail.words import word_set

_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_MOST_BYTES = 30_000_000
_TOKEN = re.compile(
    rb"\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)|[\r\n]+"
)
_SKIPPED = word_set(
    """
    fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr
    listtable listoverridetable generator xmlnstbl themedata datastore rsidtbl latentstyles mmathPr
    """
)
_SYMBOLS = {
    "par": "\n", "line": "\n", "row": "\n", "tab": "\t", "cell": " | ", "bullet": "•",
    "endash": "–", "emdash": "—",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip


def decompress(data: bytes) -> bytes:
    """RTF bytes out of a PidTagRtfCompressed value; ValueError when it is none or too large."""
    if len(data) < 16:
        raise ValueError("compressed RTF is too short")
    _, raw_size, kind = struct.unpack("<III", data[:12])
    if kind == 0x414C454D:
        return data[16 : 16 + raw_size]
    if kind != 0x75465A4C or raw_size > _MOST_BYTES:
        raise ValueError("no compressed RTF, or too large")
    return _inflate(data[16:], raw_size)


def _inflate(data: bytes, raw_size: int) -> bytes:
    window = bytearray(4096)
    window[: len(_DICTIONARY)] = _DICTIONARY
    at, out, position = len(_DICTIONARY), bytearray(), 0
    while position < len(data) and len(out) < raw_size:
        control = data[position]
        position += 1
        for bit in range(8):
            if position + (control >> bit & 1) >= len(data):
                return bytes(out[:raw_size])
            if not control >> bit & 1:
                piece = bytearray(data[position : position + 1])
                position += 1
            else:
                offset, length = data[position] << 4 | data[position + 1] >> 4, (data[position + 1] & 15) + 2
                position += 2
                if offset == at:
                    return bytes(out[:raw_size])
                piece = bytearray()
                for i in range(length):
                    byte = window[(offset + i) % 4096]
                    piece.append(byte)
                    window[(at + i) % 4096] = byte
            for i, byte in enumerate(piece):
                window[(at + i) % 4096] = byte
            at = (at + len(piece)) % 4096
            out += piece
    return bytes(out[:raw_size])


@dataclass(frozen=True)
class _State:
    """What a group inherits from the one around it."""

    skipped: bool = False
    html_tag: bool = False
    rtf_only: bool = False
    unicode_skip: int = 1


def unwrap(rtf: bytes) -> tuple[str, bool]:
    """(text, whether it is HTML): the HTML that the RTF wraps, else its plain text."""
    is_html = b"\\fromhtml" in rtf[:2000]
    found = re.search(rb"\\ansicpg(\d{1,5})", rtf[:2000])
    page = _Unwrapping(is_html, f"cp{found[1].decode()}" if found else "cp1252")
    for match in _TOKEN.finditer(rtf):
        page.take(match)
    return page.result(), is_html


class _Unwrapping:
    """Output collected while going through the tokens of an RTF text."""

    def __init__(self, is_html: bool, codec: str) -> None:
        self.is_html = is_html
        self.codec = "utf-8" if codec == "cp65001" else codec
        self.state = _State()
        self.stack: list[_State] = []
        self.pieces: list[str] = []
        self.pending = bytearray()
        self.ignore_next = False
        self.to_skip = 0

    def take(self, match: re.Match[bytes]) -> None:
        """Act on one token."""
        if match["brace"] == b"{":
            self.stack.append(self.state)
        elif match["brace"]:
            self.state = self.stack.pop() if self.stack else _State()
        elif match["word"]:
            self._word(match["word"].decode(), match["number"])
        elif match["symbol"] == b"*":
            self.ignore_next = True
        elif match["symbol"]:
            self._symbol(match["symbol"])
        elif match["hex"]:
            self._bytes(bytes([int(match["hex"], 16)]))
        elif match["text"]:
            self._bytes(match["text"])

    def _word(self, word: str, number: bytes | None) -> None:
        value = int(number) if number is not None else None
        if self.ignore_next or word in _SKIPPED:
            self.ignore_next = False
            keep = word == "htmltag"
            self.state = replace(self.state, skipped=self.state.skipped or not keep, html_tag=keep)
        elif word == "htmlrtf":
            self.state = replace(self.state, rtf_only=value != 0)
        elif word == "uc":
            self.state = replace(self.state, unicode_skip=min(value or 0, 8))
        elif word == "u" and value is not None:
            self._text(_unit(value & 0xFFFF))
            self.to_skip = self.state.unicode_skip
        elif word in _SYMBOLS and not (self.is_html and word in ("cell", "row")):
            self._text(_SYMBOLS[word])

    def _symbol(self, symbol: bytes) -> None:
        self._text({b"~": "\xa0", b"_": "-", b"-": ""}.get(symbol, symbol.decode("latin-1")))

    def _bytes(self, data: bytes) -> None:
        if self.to_skip:
            cut = min(self.to_skip, len(data))
            self.to_skip, data = self.to_skip - cut, data[cut:]
        if data and not (self.state.skipped or self.state.rtf_only):
            self.pending += data

    def _text(self, text: str) -> None:
        if not (self.state.skipped or self.state.rtf_only):
            self._flush()
            self.pieces.append(text)

    def _flush(self) -> None:
        try:
            self.pieces.append(self.pending.decode(self.codec, errors="replace"))
        except LookupError:
            self.pieces.append(self.pending.decode("cp1252", errors="replace"))
        self.pending = bytearray()

    def result(self) -> str:
        self._flush()
        text = "".join(self.pieces)
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unit(code: int) -> str:
    return chr(code)
