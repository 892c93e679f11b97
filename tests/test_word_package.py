from __future__ import annotations

import io
import zipfile

import pytest
from word_files import docx, p

from extractors.documents.word_package import OLE_MAGIC, open_package
from extractors.segments import UnreadableSource


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableSource) as caught:
        open_package(data, "deal/MSA ü.docx")
    message = str(caught.value)
    assert message.startswith("Cannot read 'deal/MSA ü.docx': ") and "\n" not in message
    return message


def test_an_encrypted_file_is_refused_with_the_remedy() -> None:
    assert "remove its password" in refusal(OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"))


def test_an_old_doc_is_refused_with_the_remedy() -> None:
    assert "save it as .docx" in refusal(OLE_MAGIC + b"WordDocument")


@pytest.mark.parametrize("data", [b"", b"not a zip", docx(p("x"))[:200]])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    assert "truncated or damaged" in refusal(data)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "unpacks to" in refusal(docx("<w:p/>" + " " * 120_000_000))


def test_a_zip_without_a_document_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "no Word document" in refusal(stream.getvalue())


def test_broken_xml_is_refused() -> None:
    assert "well-formed" in refusal(docx("<w:p>"))


def test_entities_are_not_expanded() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        evil = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
        archive.writestr("word/document.xml", evil)
    assert "".join(str(t) for t in open_package(stream.getvalue(), "a.docx").document.itertext()) in (
        "",
        "&x;",
    )
