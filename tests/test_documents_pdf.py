"""The packet as one PDF and one page for the browser: tagged, needing nothing, trusting nobody."""

from __future__ import annotations

import io
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from packets import packet_of
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject
from sample_packet import HOSTILE, sample_packet

from assistant.documents import Rendering
from assistant.packet import Packet
from assistant.protocol.policy import load_policy


@cache
def rendered(name: str) -> bytes:
    return Rendering(sample_packet(), load_policy(), number=4).render(name)


@cache
def pdf(name: str = "packet.pdf") -> PdfReader:
    return PdfReader(io.BytesIO(rendered(name)))


@cache
def pdf_text() -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf().pages).split())


def root(reader: PdfReader) -> DictionaryObject:
    found = reader.trailer["/Root"].get_object()
    assert isinstance(found, DictionaryObject)
    return found


def titles(outline: object) -> list[str]:
    assert isinstance(outline, list)
    return [t for one in outline for t in (titles(one) if isinstance(one, list) else [one.title])]


def test_the_pdf_is_tagged_and_says_its_language_and_title() -> None:
    catalog = root(pdf())
    assert catalog["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "en"
    assert pdf().metadata is not None and pdf().metadata.title == "Handoff packet: Brightwater Foods"  # type: ignore[union-attr]
    about = catalog["/Metadata"].get_object()
    assert isinstance(about, StreamObject) and b"pdfuaid:part" in about.get_data()


def test_the_pdf_has_a_bookmark_a_part_and_a_section() -> None:
    found = titles(pdf().outline)
    assert {"Transfer packet", "Deal summary", "Risk register", "Evidence", "What blocks acceptance"} <= set(
        found
    )
    assert len(found) > 20


def test_every_page_is_numbered_and_names_the_packet() -> None:
    count = len(pdf().pages)
    for number, page in enumerate(pdf().pages, start=1):
        assert f"page {number} of {count}" in page.extract_text()
    assert "version 4 (" in pdf_text()


def test_the_pdf_says_what_the_packet_says() -> None:
    wanted = (
        "we answer every P1 within four hours", "Provider responds by the next Business Day.", "S1 00:14:32",
        "Contradicted", "Ben Cole", "payment terms longer than standard", "two hours became four hours",
    )  # fmt: skip
    text = pdf_text().replace("\u00a0", " ")
    assert [words for words in wanted if words not in text] == []


def test_pictures_in_the_pdf_have_their_words_as_alternative_text() -> None:
    assert "Stakeholder map." in str(all_alternatives(root(pdf())["/StructTreeRoot"]))


def all_alternatives(node: object, depth: int = 0) -> list[str]:
    got = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(got, list):
        return [text for one in got for text in all_alternatives(one, depth + 1)]
    if not isinstance(got, dict) or depth > 60:
        return []
    own = [str(got["/Alt"])] if "/Alt" in got else []
    return own + (all_alternatives(got["/K"], depth + 1) if "/K" in got else [])


def test_marks_lead_to_their_quotes() -> None:
    links = [a.get_object() for page in pdf().pages for a in page.get("/Annots", [])]
    assert sum(link["/Subtype"] == "/Link" for link in links) > 20


def test_words_of_a_source_are_no_markup_of_the_typesetter() -> None:
    evil = '#image("/etc/passwd") $x$ *b* <l> @q1 \\ `c` [link](u) #let x = 1'
    packet = packet_of({"deal": {"account": evil}})
    pages = PdfReader(io.BytesIO(of(packet, "introduction-email.pdf"))).pages
    text = " ".join(page.extract_text() for page in pages)
    assert '#image("/etc/passwd")' in " ".join(text.split())


def of(packet: Packet, name: str) -> bytes:
    return Rendering(packet, load_policy()).render(name)


@pytest.mark.parametrize(
    "account", ["東京物流株式会社", "Žluťoučký kůň s.r.o.", "Ωμέγα Λτδ", "شركة النور", "🚀 Rocket"]
)
def test_names_of_any_script_are_rendered(account: str) -> None:
    packet = packet_of({"deal": {"account": account}})
    reader = PdfReader(io.BytesIO(of(packet, "transfer-packet.pdf")))
    assert reader.metadata is not None and reader.metadata.title == f"Transfer packet: {account}"
    assert account in of(packet, "packet.html").decode()


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    page = rendered("packet.html").decode()
    found = Elements(page)
    assert not found.names & {"script", "img", "iframe", "object", "embed", "link", "base", "form", "input"}
    assert not {name for name, _ in found.attributes if name.startswith("on") or name in ("src", "srcset")}
    assert all(value.startswith("#") for name, value in found.attributes if name == "href")
    assert not re.search(r"url\(|@import", page) and "default-src 'none'" in page


def test_what_a_hostile_source_says_stands_escaped_in_the_page() -> None:
    page = rendered("packet.html").decode()
    assert "<img" not in page and "&lt;img src=x onerror=alert(1)&gt;" in page
    assert HOSTILE not in page and "\x07" not in page


def test_the_page_shows_each_quote_in_its_place_and_has_contents() -> None:
    page = rendered("packet.html").decode()
    ids = set(re.findall(r'id="([a-z]\d+)"', page))
    assert set(re.findall(r'href="#([a-z]\d+)"', page)) <= ids and len(ids) > 40
    assert "<q>Provider responds by the next Business Day.</q>" in page
    assert '<html lang="en">' in page and "prefers-color-scheme: dark" in page and "@media print" in page


def test_pictures_in_the_page_take_the_colours_of_the_page() -> None:
    svg = re.findall(r"<svg.*?</svg>", rendered("packet.html").decode(), re.DOTALL)
    assert len(svg) >= 3
    assert all("var(--ink)" in one and "aria-label=" in one for one in svg)
