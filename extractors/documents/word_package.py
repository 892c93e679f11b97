"""Open a .docx safely: sizes checked before anything is unpacked, XML parsed without entities or network."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from extractors.segments import UnreadableSource

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_TOTAL = 100 * 1024 * 1024
MAX_PART = 40 * 1024 * 1024
MAX_ENTRIES = 5_000
MAX_RATIO = 200
RATIO_FLOOR = 5 * 1024 * 1024
"""Parts smaller than this may compress as well as they like."""


@dataclass(frozen=True)
class WordPackage:
    """The parts of a .docx that hold text, parsed; a part that the file lacks is None."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    comments: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None


def open_package(data: bytes, name: str) -> WordPackage:
    """The parsed parts of a .docx; raises UnreadableSource on anything encrypted, broken or oversized."""
    if data.startswith(OLE_MAGIC):
        raise UnreadableSource(_ole_message(data, name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive, name)
            return _parse(archive, name)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableSource(
            f"Cannot read '{name}': the Word file is truncated or damaged; open it in Word, save it again "
            "and add that copy"
        ) from error


def _ole_message(data: bytes, name: str) -> str:
    encrypted = "EncryptedPackage".encode("utf-16-le") in data
    if encrypted:
        return f"Cannot read '{name}': the Word file is encrypted; remove its password and add it again"
    return f"Cannot read '{name}': it is a Word 97-2003 file (.doc); save it as .docx and add that"


def _check_sizes(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    steep = any(
        entry.file_size > RATIO_FLOOR and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if len(entries) > MAX_ENTRIES or total > MAX_TOTAL or steep:
        raise UnreadableSource(
            f"Cannot read '{name}': it unpacks to {total // 1_000_000} MB in {len(entries)} parts, more than "
            "a document holds; save the text as a plain .docx or .pdf and add that"
        )


def _parse(archive: zipfile.ZipFile, name: str) -> WordPackage:
    main = _main_part(archive)
    if main is None:
        raise UnreadableSource(
            f"Cannot read '{name}': the archive holds no Word document; save it as .docx and add that"
        )
    folder = main.rsplit("/", 1)[0] + "/" if "/" in main else ""
    document = _part(archive, main, name)
    if document is None:
        raise UnreadableSource(f"Cannot read '{name}': the Word document in it is empty; save it again")
    return WordPackage(
        document=document,
        styles=_part(archive, folder + "styles.xml", name),
        numbering=_part(archive, folder + "numbering.xml", name),
        comments=_part(archive, folder + "comments.xml", name),
        footnotes=_part(archive, folder + "footnotes.xml", name),
        endnotes=_part(archive, folder + "endnotes.xml", name),
    )


def _main_part(archive: zipfile.ZipFile) -> str | None:
    """The part named by the package's relationships, else the usual place."""
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "word/document.xml"
    found = sorted(n for n in names if n.startswith("word/document") and n.endswith(".xml"))
    return found[0] if found else None


def _part(archive: zipfile.ZipFile, part: str, name: str) -> etree._Element | None:
    if part not in archive.namelist():
        return None
    with archive.open(part) as stream:
        content = stream.read(MAX_PART + 1)
    if len(content) > MAX_PART:
        raise UnreadableSource(
            f"Cannot read '{name}': its part {part} is larger than {MAX_PART // 1_048_576} MB; "
            "split the document and add the pieces"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableSource(
            f"Cannot read '{name}': its part {part} is no well-formed XML; open it in Word and save it again"
        ) from error
