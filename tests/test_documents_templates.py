"""Templates: ours say their version, earlier shapes still render, a company's own Word file replaces them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from packets import packet_of
from sample_packet import HOSTILE, sample_packet

from assistant.documents import PAGES, Rendering
from assistant.documents.placeholders import template_help
from assistant.documents.stamp import changes, fingerprint, template_of
from assistant.errors import HandoffError
from assistant.packet import Packet
from assistant.packet.packet_file import to_json
from assistant.protocol.policy import load_policy


def text_of(content: bytes) -> str:
    document: Any = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    edges = [p.text for s in document.sections for e in (s.header, s.footer) for p in e.paragraphs]
    return "\n".join([*(p.text for p in document.paragraphs), *cells, *edges])


def filled(tmp_path: Path, write: Callable[[Any], None], packet: Packet | None = None) -> str:
    """The text of a transfer packet out of a company's template that `write` wrote."""
    document: Any = Document()
    write(document)
    document.save(str(tmp_path / "transfer-packet.docx"))
    rendering = Rendering(packet or sample_packet(), load_policy(), templates=tmp_path)
    return text_of(rendering.render("transfer-packet.docx"))


@pytest.mark.parametrize("suffix", [".docx", ".md"])
@pytest.mark.parametrize("page", PAGES)
def test_every_document_states_packet_template_and_date(page: str, suffix: str) -> None:
    content = Rendering(sample_packet(), load_policy(), number=7).render(page + suffix)
    text = text_of(content) if suffix == ".docx" else content.decode().replace("\\", "")
    version = template_of(page)[0]
    made_of = fingerprint(to_json(sample_packet()).encode())
    assert f"Draft packet version 7 ({made_of}) as of 2026-05-18" in text
    assert f"template {page} {version.version} of {version.date}" in text


def test_every_version_of_a_template_says_what_changed_and_when() -> None:
    for versions in changes().values():
        assert [v.date for v in versions] == sorted((v.date for v in versions), reverse=True)
        assert all(v.what for v in versions) and len({v.version for v in versions}) == len(versions)


def test_what_is_said_to_be_kept_still_renders_and_nothing_else() -> None:
    for name, page in PAGES.items():
        kept = {change.version for change in template_of(name) if change.kept}
        assert kept == set(page.earlier)


def test_the_first_deal_summary_still_renders_by_its_version() -> None:
    text = text_of(Rendering(sample_packet(), load_policy()).render("deal-summary@1.docx"))
    assert "template deal-summary 1 of" in text and "Findings and questions" in text


def test_a_version_that_there_never_was_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(HandoffError, match=r"no version 9 of the template of deal-summary. There are: 1, 3"):
        Rendering(sample_packet(), load_policy()).render("deal-summary@9.md")


def test_values_are_filled_wherever_they_stand_also_where_word_split_them(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        paragraph = document.add_paragraph("For ")
        for part in ("{", "{ acc", "ount", " }", "} by {{ae}}, now"):
            paragraph.add_run(part).bold = True
        document.sections[0].header.paragraphs[0].text = "Packet of {{ date }}"
        document.add_table(1, 1).rows[0].cells[0].text = "{{ scope.training }}"

    text = filled(tmp_path, write)
    assert "For Brightwater Foods by Ana Ruiz, now" in text
    assert "Packet of 2026-05-18" in text
    assert "two sessions [S1 00:14:32]" in text


def test_what_is_not_known_is_said_instead_of_a_blank(tmp_path: Path) -> None:
    text = filled(tmp_path, lambda d: d.add_paragraph("Goal: {{ business_objectives.primary_objective }}"))
    assert "Goal: not stated in any source" in text


def test_a_row_repeats_for_every_promise(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        table = document.add_table(2, 3)
        asked = ("{{ each promises }}{{ promise.number }}", "{{ promise.text }}", "{{ promise.verdict }}")
        for cell, words in zip(table.rows[1].cells, asked, strict=True):
            cell.text = words
        table.rows[0].cells[0].text = "No."

    text = filled(tmp_path, write)
    assert [f"P{n}" for n in range(1, 5) if f"P{n}" not in text] == []
    assert "Contradicted: promised more than the contract gives" in text and "{{" not in text


def test_words_of_a_source_are_never_read_as_placeholders(tmp_path: Path) -> None:
    evil = "{{ csm }} {{ each promises }} {{ if ae }} {{ nonsense }} <w:p/> " + HOSTILE.replace("\x07", "")
    text = filled(
        tmp_path, lambda d: d.add_paragraph("For {{ account }}."), packet_of({"deal": {"account": evil}})
    )
    assert f"For {evil}." in text


def test_conditions_keep_or_drop_paragraphs_and_rows(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        for words in (
            "{{ if csm }}",
            "CSM is {{ csm }}",
            "{{ end }}",
            "{{ if se }}",
            "SE is {{ se }}",
            "{{ end }}",
        ):
            document.add_paragraph(words)
        table = document.add_table(2, 1)
        table.rows[0].cells[0].text = "{{ if open_promises }}open ones"
        table.rows[1].cells[0].text = "{{ if cs_manager }}managed"

    text = filled(tmp_path, write)
    assert "CSM is Mia Stone" in text and "open ones" in text
    assert "SE is" not in text and "managed" not in text and "{{" not in text


def test_tables_pictures_and_whole_documents_stand_in_place_of_their_paragraph(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        for words in (
            "{{ table promises }}",
            "{{ picture stakeholder-map }}",
            "{{ document risk-register }}",
        ):
            document.add_paragraph(words)

    text = filled(tmp_path, write)
    assert "What was promised" in text and "Risk, and why it is rated so" in text and "{{" not in text
    content = Rendering(sample_packet(), load_policy(), templates=tmp_path).render("transfer-packet.docx")
    document: Any = Document(io.BytesIO(content))
    assert len(document.inline_shapes) == 2


def test_the_stamp_is_added_where_a_template_leaves_it_out_and_names_the_template(tmp_path: Path) -> None:
    def write(document: Any) -> None:
        document.core_properties.version = "3.1"
        document.add_paragraph("{{ account }}")

    assert "template transfer-packet.docx 3.1 of " in filled(tmp_path, write)
    once = filled(tmp_path, lambda d: d.add_paragraph("{{ stamp }}"))
    assert once.count("Draft packet") == 1


def test_an_earlier_template_of_the_company_is_kept_beside_the_newest(tmp_path: Path) -> None:
    for name, words in (("transfer-packet.docx", "new"), ("transfer-packet@2025.docx", "old")):
        document: Any = Document()
        document.add_paragraph(words)
        document.save(str(tmp_path / name))
    rendering = Rendering(sample_packet(), load_policy(), templates=tmp_path)
    assert text_of(rendering.render("transfer-packet@2025.docx")).startswith("old")
    assert text_of(rendering.render("transfer-packet.docx")).startswith("new")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{{ acount }}", r"\{\{ acount \}\} is no placeholder. Did you mean \{\{ account \}\}\?"),
        ("{{ table promisses }}", r"Did you mean \{\{ table promises \}\}"),
        ("{{ if kunde }}\n{{ end }}", r"\{\{ if kunde \}\} is no placeholder"),
        ("{{ scope.trainin }}", r"Did you mean \{\{ scope.training \}\}"),
        ("{{ account", "opened and not closed"),
        ("{{ end }}", "has no {{ if }} before it"),
        ("{{ if ae }}", "has no {{ end }}"),
        ("{{ promise.text }}", "is no placeholder"),
    ],
)
def test_a_wrong_placeholder_is_named_in_one_line(tmp_path: Path, words: str, message: str) -> None:
    def write(document: Any) -> None:
        for line in words.split("\n"):
            document.add_paragraph(line)

    with pytest.raises(HandoffError, match=message) as raised:
        filled(tmp_path, write)
    assert "\n" not in str(raised.value) and "transfer-packet.docx" in str(raised.value)


def test_a_template_that_is_no_word_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "crm-record.docx").write_bytes(b"PK\x03\x04 no zip at all")
    with pytest.raises(HandoffError, match=r"'crm-record.docx' is no Word file"):
        Rendering(sample_packet(), load_policy(), templates=tmp_path).render("crm-record.docx")


def test_a_folder_of_templates_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(HandoffError, match=r"is no folder. HANDOFF_TEMPLATES"):
        Rendering(sample_packet(), load_policy(), templates=tmp_path / "none").render("crm-record.docx")


def test_a_filled_template_is_the_same_every_time(tmp_path: Path) -> None:
    document: Any = Document()
    document.add_paragraph("{{ account }} {{ stamp }}")
    document.save(str(tmp_path / "evidence.docx"))
    made = {
        Rendering(sample_packet(), load_policy(), templates=tmp_path).render("evidence.docx") for _ in "ab"
    }
    assert len(made) == 1


def test_the_help_lists_every_placeholder_once() -> None:
    names = [name for name, _ in template_help()]
    assert len(names) == len(set(names)) and {
        "{{ account }}",
        "{{ scope.out_of_scope }}",
        "{{ each risks }}",
    } <= set(names)
    assert all(told for _, told in template_help())
