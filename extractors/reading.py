"""Reading one file: by its name when the bytes agree, by its bytes when they do not."""

from __future__ import annotations

import logging
from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from extractors.formats import EXTRACTORS, FITTING, OF_ANY_KIND, REMEDIES, TRUE_TYPES, UNREAD_SUFFIXES
from extractors.kinds import recognise_kind
from extractors.segments import Source, SourceKind, UnreadableSource
from extractors.true_type import true_type

log = logging.getLogger("handoff.extractors")


def read_source(data: bytes, name: str, kind: SourceKind | None = None) -> list[Source]:
    """The sources in one file: usually one; more for a mail with attachments or an export of several calls.

    `name` is the path relative to the deal's folder. A text, PDF or Word file is read as `kind` where that is
    given, whatever it looks like. UnreadableSource names the remedy.
    """
    check_bytes(data, name)
    module, warning = _choose(name, PurePosixPath(name).suffix.lower(), true_type(data))
    sources = _extract(module, data, name, kind)
    return [_finished(s, warning, kind) if s.name == name else _finished(s, None, None) for s in sources]


def check_bytes(data: bytes, name: str) -> None:
    """Raises UnreadableSource where the bytes are of no kind that is read; nothing is parsed."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableSource(f"Cannot read '{name}': the file is empty: export it again.")
    _choose(name, PurePosixPath(name).suffix.lower(), true_type(data))


def _choose(name: str, suffix: str, true: str) -> tuple[str, str | None]:
    """The module to read with, and a warning when the name is wrong."""
    if true in FITTING.get(suffix, ()):
        return EXTRACTORS[suffix], None
    if suffix not in EXTRACTORS and (suffix or true in ("text", "binary")):
        raise UnreadableSource(f"Cannot read '{name}': {_refusal(suffix, true)}.")
    if true not in TRUE_TYPES:
        raise UnreadableSource(
            f"Cannot read '{name}': {_lie(suffix, true)}{REMEDIES.get(true, REMEDIES['binary'])}."
        )
    told, module = TRUE_TYPES[true]
    if EXTRACTORS.get(suffix) == "extractors.recording":
        raise UnreadableSource(f"Cannot read '{name}': it is {told}, not a recording: rename it.")
    return module, f"'{name}' is {told}, not {suffix or 'named as such'}: read as {told}; rename it."


def _refusal(suffix: str, true: str) -> str:
    known = UNREAD_SUFFIXES.get(suffix)
    reads = ", ".join(EXTRACTORS)
    if known:
        return f"{REMEDIES[known]} ('{suffix}' is none of {reads})"
    remedy = f": {REMEDIES[true]}" if true in REMEDIES else ": save it as one of these"
    return f"'{suffix}' is none of {reads}{remedy}"


def _lie(suffix: str, true: str) -> str:
    said = {"doc": "an old Word document", "image": "an image", "recording": "a recording",
            "zip": "a zip archive", "xlsx": "a spreadsheet", "xls": "a spreadsheet", "pptx": "slides",
            "rtf": "rich text"}  # fmt: skip
    return f"it is {said[true]}, not {suffix}: " if true in said else ""


def _extract(module: str, data: bytes, name: str, kind: SourceKind | None) -> list[Source]:
    try:
        extract = import_module(module).extract
        return cast(list[Source], extract(data, name, kind) if module in OF_ANY_KIND else extract(data, name))
    except (UnreadableSource, MemoryError):
        raise
    except Exception as error:  # a parser's own failure must not lose the other files
        log.debug("reading %s failed", name, exc_info=True)
        what = type(error).__name__
        raise UnreadableSource(
            f"Cannot read '{name}': it is damaged or unusual ({what}): save it again, or in another format."
        ) from error


def _finished(source: Source, warning: str | None, kind: SourceKind | None) -> Source:
    changes: dict[str, object] = {}
    kind = kind or recognise_kind(source)
    if kind != source.kind:
        changes["kind"] = kind
    if warning:
        changes["warnings"] = (warning, *source.warnings)
    return source.model_copy(update=changes) if changes else source
