"""Documents from the shell and from the desk: which ones, where to, by which templates."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from desks import ANA, drafted, make_desk
from docx import Document
from sample_packet import sample_packet
from typer.testing import CliRunner

from assistant.cli import app
from assistant.desk import download
from assistant.errors import HandoffError
from assistant.packet.packet_file import to_json
from assistant.store import Store


@pytest.fixture
def packet_file(tmp_path: Path) -> Path:
    file = tmp_path / "packet.json"
    file.write_text(to_json(sample_packet()), "utf-8")
    return file


def documents(*words: str | Path) -> str:
    """What `handoff documents` prints. What it refuses is raised."""
    done = CliRunner().invoke(app, ["documents", *map(str, words)], catch_exceptions=False)
    return done.output


def test_documents_are_listed_by_the_moment_that_needs_them() -> None:
    lines = documents("--list").splitlines()
    assert lines[1].startswith("Decide\ttransfer-packet\t")
    assert any(line.startswith("Decide\tdeal-summary\t") and "also @1" in line for line in lines)
    assert any(line.startswith("All\tmeeting.ics") for line in lines)


def test_a_name_gives_word_and_markdown_a_suffix_one_of_them(packet_file: Path) -> None:
    printed = documents(packet_file, "transfer-packet", "crm-record.pdf", "deal-summary@1", "packet.html")
    names = [Path(line).name for line in printed.splitlines()]
    assert names == ["transfer-packet.docx", "transfer-packet.md", "crm-record.pdf", "deal-summary@1.docx",
                     "deal-summary@1.md", "packet.html"]  # fmt: skip
    assert all((packet_file.parent / name).stat().st_size for name in names)


def test_everything_comes_as_one_zip(packet_file: Path, tmp_path: Path) -> None:
    documents(packet_file, "--zip", "--out", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "documents.zip") as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert {"packet.pdf", "packet.html", "packet.json", "deal-summary.docx", "commitment-log.csv"} <= set(
        names
    )
    assert "account-handover.md" not in names and len(names) == len(set(names))


def test_own_templates_are_taken_from_the_folder_that_is_named(packet_file: Path, tmp_path: Path) -> None:
    document: Any = Document()
    document.add_paragraph("Ours: {{ account }}")
    document.save(str(tmp_path / "crm-record.docx"))
    out = tmp_path / "out"
    documents(packet_file, "crm-record.docx", "--templates", tmp_path, "--out", out)
    made: Any = Document(str(out / "crm-record.docx"))
    assert made.paragraphs[0].text == "Ours: Brightwater Foods"


def test_the_help_for_templates_lists_placeholders() -> None:
    printed = documents("--template-help")
    assert "{{ account }}\tthe customer" in printed and "{{ each promises }}" in printed


def test_without_a_packet_the_remedy_is_named() -> None:
    with pytest.raises(HandoffError, match=r"Give the packet: `handoff documents"):
        documents()


def test_the_desk_says_its_version_in_a_document_and_gives_all_as_one_file(sqlite_store: Store) -> None:
    desk = make_desk(sqlite_store)
    seen = drafted(desk)
    text = download(desk, ANA, seen.deal.id, "checklist.md").decode()
    assert f"packet version {seen.version} (" in text
    with zipfile.ZipFile(io.BytesIO(download(desk, ANA, seen.deal.id, "documents.zip"))) as archive:
        assert f"packet version {seen.version} (" in archive.read("checklist.md").decode()
    with pytest.raises(HandoffError, match="There is no document"):
        download(desk, ANA, seen.deal.id, "../secret.md")
