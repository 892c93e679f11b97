"""PDF documents: text with pages; scans, encryption and damage told in one line."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from extractors.documents.blocks import Block, Document, fold
from extractors.documents.document_source import document_source
from extractors.documents.pdf_blocks import Joiner, left_out
from extractors.documents.pdf_lines import Line, page_lines, printed_lines
from extractors.segments import Source, SourceKind, UnreadableSource

MAX_PAGES = 1_000
DRAFT = re.compile(r"(?i)\bdraft\b|not for signature|for discussion|unexecuted|specimen")
logging.getLogger("pypdf").setLevel(logging.ERROR)


def extract(data: bytes, name: str, kind: SourceKind | None = None) -> list[Source]:
    """The PDF as one source, read as `kind` where that is given.

    UnreadableSource when it is encrypted, damaged or without any text.
    """
    if not data.strip():
        raise UnreadableSource(f"Cannot read '{name}': the file is empty; export it again")
    try:
        reader = _open(data, name)
        document = _read(reader, name)
    except UnreadableSource:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError,
            AssertionError, NotImplementedError, ZeroDivisionError) as error:  # fmt: skip
        raise UnreadableSource(
            f"Cannot read '{name}': the PDF is truncated or damaged; export or download it again"
        ) from error
    return [document_source(document, data, name, kind)]


def _open(data: bytes, name: str) -> PdfReader:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableSource(
            f"Cannot read '{name}': the PDF needs a password; save a copy without it and add that"
        )
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableSource(
            f"Cannot read '{name}': {len(reader.pages)} pages are more than {MAX_PAGES}; "
            "add the contract's pages only"
        )
    return reader


def _read(reader: PdfReader, name: str) -> Document:
    lines: list[Line] = []
    heights: dict[int, float] = {}
    blank: list[int] = []
    unseen: list[int] = []
    for number, page in enumerate(reader.pages, 1):
        found, hidden = page_lines(page, number)
        heights[number] = float(page.mediabox.height) or 792.0
        blank += [] if found or not _has_images(page) else [number]
        unseen += [number] if hidden else []
        lines += found
    if not lines:
        raise UnreadableSource(
            f"Cannot read '{name}': no text on any of its pages; run OCR (e.g. ocrmypdf) and add the result"
        )
    drop = left_out(lines, heights)
    kept = [line for n, line in enumerate(lines) if n not in drop] or lines
    blocks = Joiner(kept).blocks()
    fields = tuple(_signature_fields(reader))
    marks = {fold(lines[n].text) for n in drop if DRAFT.search(lines[n].text)}
    warnings = (*_draft_warnings(marks), *_page_warnings(blank, unseen), *(w for w, _ in fields))
    all_blocks = (*blocks, *(Block(text, page=None) for _, text in fields))
    return Document(all_blocks, warnings, lines=tuple(printed_lines(kept)))


def _draft_warnings(marks: set[str]) -> Iterator[str]:
    """A running line that calls the document a draft is left out of the text, so it is said here."""
    for mark in sorted(marks)[:1]:
        yield f'its pages are marked "{mark[:80]}"; make sure that this is the version that was agreed'


def _page_warnings(blank: list[int], unseen: list[int]) -> Iterator[str]:
    if blank:
        yield f"no text on {_pages(blank)}: run OCR (e.g. ocrmypdf) and add the result"
    if unseen:
        yield f"text that cannot be seen (hidden, white or tiny) on {_pages(unseen)}; it was read, check it"


def _pages(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return ("page " if len(numbers) == 1 else "pages ") + shown


def _has_images(page: object) -> bool:
    resources = page.get("/Resources") or {}  # type: ignore[attr-defined]
    objects = resources.get_object().get("/XObject") if hasattr(resources, "get_object") else None
    return bool(objects and len(objects.get_object()))


def _signature_fields(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """Digital signature fields: a warning and a line of text for execution to read, each."""
    fields = reader.get_fields() or {}
    for key in sorted(fields):
        field = fields[key]
        if field.get("/FT") != "/Sig":
            continue
        value = field.get("/V")
        state = "signed" if value else "empty"
        yield f"digital signature field '{key}' is {state}", f"Digital signature field {key}: {state}"
