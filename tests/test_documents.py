"""Documents: everything a packet says is in them, and nothing in them does what a source wants."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from docx import Document
from sample_packet import HOSTILE, sample_packet

from assistant.documents import DOCUMENTS, DRAFTED, Rendering, write_documents
from assistant.documents.commitment_log import COLUMNS, harmless
from assistant.documents.markdown import escape
from assistant.errors import HandoffError
from assistant.packet import Packet
from assistant.protocol.policy import load_policy

SCHEMA = Path(__file__).resolve().parent.parent / "assistant" / "packet" / "packet.schema.json"


@cache
def rendered(name: str) -> bytes:
    return DOCUMENTS[name](sample_packet(), load_policy())


@cache
def word_text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def without_own_links(markdown: str) -> str:
    """The text without links to the documents beside it."""
    return re.sub(r"(?<!\\)\]\([a-z-]+\.(?:md|csv)\)", "]", markdown)


def log_rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(rendered("commitment-log.csv").decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name != "meeting.ics"])
def test_the_same_packet_gives_the_same_bytes(name: str) -> None:
    assert DOCUMENTS[name](sample_packet(), load_policy()) == rendered(name)


def test_packet_json_is_valid_against_the_published_schema_and_comes_back_whole() -> None:
    text = rendered("packet.json").decode()
    jsonschema.validate(json.loads(text), json.loads(SCHEMA.read_text("utf-8")))
    assert text.endswith("}\n")
    assert Packet.model_validate_json(text) == sample_packet()


@pytest.mark.parametrize(
    "words",
    [
        "Deal summary: Brightwater Foods",
        "Not fully executed",
        "net 60",
        "payment terms longer than standard",
        "1 contradicted, 1 not in contract, 1 withdrawn, 1 covered",
        "2 blockers",
        "21.5 of 50 points",
        "A holding without trade of its own",
        "The sources disagree",
        "entered by Mia Stone",
        "Not stated in any source",
        "Economic buyer",
        "promised more than the contract gives",
        "we answer every P1 within four hours",
        "Provider responds by the next Business Day.",
        "00:14:32",
        "two hours became four hours",
        "Ana Ruiz (AE)",
        "go live target",
        "two cues overlap",
        "scan.pdf",
        "AE, account executive",
    ],
)
def test_both_summaries_say_it(words: str) -> None:
    assert words in word_text(rendered("deal-summary.docx"))
    assert words in rendered("deal-summary.md").decode().replace("\\", "")


def test_the_word_document_has_headings_repeated_header_rows_and_page_numbers() -> None:
    content = rendered("deal-summary.docx")
    styles = [p.style.name for p in Document(io.BytesIO(content)).paragraphs if p.style]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = package.read("word/document.xml").decode()
        footers = "".join(package.read(n).decode() for n in package.namelist() if "footer" in n)
    assert styles.count("Title") == 1 and styles.count("Heading 1") > 10
    assert body.count("<w:tblHeader/>") >= 5
    assert "PAGE" in footers and "NUMPAGES" in footers


def test_markdown_tables_keep_their_columns_whatever_a_source_says() -> None:
    tables = re.findall(r"(?:^\|.*\n)+", rendered("deal-summary.md").decode(), re.MULTILINE)
    assert len(tables) > 10
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_what_wants_the_long_side_of_the_page_gets_it() -> None:
    content = Rendering(sample_packet(), load_policy()).render("deal-summary@1.docx")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert 'w:orient="landscape"' in package.read("word/document.xml").decode()


def test_markdown_holds_no_html_and_no_link_of_a_source() -> None:
    text = without_own_links(rendered("deal-summary.md").decode()).replace("<br>", "")
    assert "<" not in text and "](" not in text.replace("\\](", "") and "http:" not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", "a &#124; b"),
        ("<b>", "&lt;b&gt;"),
        ("*x* _y_ `z`", "\\*x\\* \\_y\\_ \\`z\\`"),
        ("[a](b)", "\\[a\\](b)"),
        ("&lt;", "&amp;lt;"),
        ("# title", "\\# title"),
        ("1. first", "1\\. first"),
        ("- item", "\\- item"),
        ("line\nline", "line line"),
        ("~~x~~ $1", "\\~\\~x\\~\\~ \\$1"),
    ],
)
def test_markdown_is_escaped(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_the_log_has_a_row_a_promise_in_the_columns_that_were_agreed() -> None:
    rows = log_rows()
    assert tuple(rows[0]) == COLUMNS
    assert [row["verdict"] for row in rows] == ["contradicted", "not_in_contract", "covered", "withdrawn"]
    first = rows[0]
    assert (first["owner"], first["quote"]) == ("Mia Stone", "we answer every P1 within four hours")
    assert (first["source"], first["locator"]) == ("calls/first.vtt", "00:14:32")
    assert first["contract quote"] == "Provider responds by the next Business Day."
    assert first["contract locator"] == "msa.docx, section 4.2"
    assert (rows[3]["status"], rows[3]["quote"]) == ("withdrawn", "dark mode by May")


def test_the_log_opens_as_utf_8_in_a_spreadsheet_and_computes_nothing() -> None:
    assert rendered("commitment-log.csv").startswith(b"\xef\xbb\xbf")
    cells = [cell for row in log_rows() for cell in row.values()]
    assert "'" + HOSTILE in cells
    assert [cell for cell in cells if cell[:1] in "=+-@" and cell] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r", "＝"])
def test_a_cell_that_would_be_computed_is_made_text(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_plain_cells_stay_as_they_are() -> None:
    assert [harmless(text) for text in ("", "four hours", "3 = three")] == ["", "four hours", "3 = three"]


def test_an_empty_packet_renders_too() -> None:
    full = sample_packet()
    empty = Packet(deal=full.deal.model_copy(update={"account": None}), run=full.run)
    rendering = Rendering(empty, load_policy())
    assert all(rendering.render(name) for name in rendering.names())
    assert "Unnamed customer" in DOCUMENTS["deal-summary.md"](empty, load_policy()).decode()


def test_documents_are_written_into_a_new_folder(tmp_path: Path) -> None:
    files = write_documents(sample_packet(), tmp_path / "a b" / "ü")
    assert [file.name for file in files] == list(DRAFTED)
    assert all(file.stat().st_size for file in files)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(HandoffError, match="--out"):
        write_documents(sample_packet(), tmp_path / "file" / "out")


def test_a_document_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(HandoffError, match=r"no document 'kickoff.docx'. Did you mean .*transfer-packet"):
        write_documents(sample_packet(), tmp_path, ["kickoff.docx"])


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (
            "transfer-packet",
            ["Explicitly out of scope", "“we answer every P1", "No packet, no kickoff"],
        ),
        (
            "promise-audit",
            ["Subject:", "Provider responds by the next Business Day.", "Kind regards, Ana Ruiz"],
        ),
        ("meeting-agenda", ["Customer success manager", "0–", "What have you not told us"]),
        ("meeting-notes", ["Attendance", "Action items"]),
        ("checklist", ["of 21 done", "☐ CRM (customer relationship management system)", "within 48 hours"]),
        ("introduction-email", ["Kind regards, Ana Ruiz", "first 30 minutes of the kickoff"]),
        ("confirmation-call", ["24 hours before work starts", "Customer says"]),
        ("implementation-plan", ["Go-live target", "Not stated in any source"]),
        ("risk-register", ["Likelihood", "Amend the contract"]),
        ("crm-record", ["Not fully executed", "21.5 of 50 points"]),
    ],
)
def test_each_document_says_what_it_is_for_in_word_and_in_markdown(document: str, words: list[str]) -> None:
    text = word_text(rendered(f"{document}.docx"))
    assert [word for word in words if word not in text] == []
    markdown = rendered(f"{document}.md").decode()
    assert [word for word in words if word not in markdown] == []


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.endswith(".md")])
def test_no_document_in_markdown_lets_a_source_format_or_link(name: str) -> None:
    text = without_own_links(rendered(name).decode())
    assert "<img" not in text
    assert not re.search(r"(?<!\\)\]\(", text)
