from __future__ import annotations

from word_files import docx, p, r, table

from extractors.documents.blocks import Document
from extractors.documents.word_blocks import WordWalker
from extractors.documents.word_package import open_package


def walk(body: str, **parts: str) -> Document:
    return WordWalker(open_package(docx(body, **parts), "a.docx")).walk()


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in walk(body, **parts).blocks]


def test_tracked_changes_are_read_as_accepted_and_reported() -> None:
    body = (
        f'<w:p>{r("Payment is due within ")}'
        f'<w:del w:author="Ann"><w:r><w:delText>30</w:delText></w:r></w:del>'
        f'<w:ins w:author="Bob">{r("60")}</w:ins>{r(" days.")}</w:p>'
    )
    document = walk(body)
    assert document.blocks[0].text == "Payment is due within 60 days."
    assert document.warnings[0].startswith("2 tracked changes read as accepted (by Ann, Bob)")


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert texts(p("The fee is ", '<w:rPr><w:del w:author="A"/></w:rPr>') + p("$5.")) == ["The fee is $5."]


def test_a_deleted_row_is_dropped_and_counted() -> None:
    row = '<w:tr><w:trPr><w:del w:author="A"/></w:trPr><w:tc>' + p("old") + "</w:tc></w:tr>"
    document = walk(table(("a", "b")).replace("</w:tbl>", row + "</w:tbl>"))
    assert [b.text for b in document.blocks] == ["a | b"]
    assert "1 tracked change " in document.warnings[0]


def test_content_controls_links_and_fields_are_read() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
        f"<w:p>{r('See ')}<w:hyperlink>{r('the site')}</w:hyperlink>"
        f"<w:r><w:instrText>REF x</w:instrText></w:r><w:fldSimple>{r(' and 3.1')}</w:fldSimple></w:p>"
    )
    assert texts(body) == ["In a control.", "See the site and 3.1"]


def test_comments_are_reported_and_left_out() -> None:
    comments = f'<w:comment w:id="0" w:author="L">{p("Are we sure about that?")}</w:comment>'
    document = walk(p("Text."), comments=comments)
    assert [b.text for b in document.blocks] == ["Text."]
    assert document.warnings == ('1 comment left out of the text: "Are we sure about that?"',)


def test_hidden_text_is_left_out_and_reported() -> None:
    document = walk(f"<w:p>{r('Seen. ')}{r('Not seen.', '<w:vanish/>')}</w:p>")
    assert document.blocks[0].text == "Seen. "
    assert "hidden text left out" in document.warnings[0]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('Boxed.')}</w:txbxContent>"
    content = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    content += f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    body = f"<w:p>{r('Host.')}<w:r><mc:AlternateContent>{content}</mc:AlternateContent></w:r></w:p>"
    assert texts(body) == ["Host.", "Boxed."]


def test_footnotes_follow_their_paragraph() -> None:
    body = f'<w:p>{r("Fees are fixed.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("Next.")
    notes = f'<w:footnote w:id="2">{p("Except taxes.")}</w:footnote>'
    assert texts(body, footnotes=notes) == ["Fees are fixed.", "Except taxes.", "Next."]


def test_rows_keep_cells_word_for_word_and_know_their_header() -> None:
    blocks = walk(table(("Module", "Quantity", "Fee"), ("Core", "up to 10", "$5"))).blocks
    assert [b.text for b in blocks] == ["Module | Quantity | Fee", "Core | up to 10 | $5"]
    assert blocks[1].header == ("Module", "Quantity", "Fee") and blocks[0].header == ()


def test_a_table_of_one_column_is_a_frame() -> None:
    assert texts(table(("First.\nSecond.",))) == ["First.", "Second."]


def test_numbers_in_a_column_of_their_own_join_their_text() -> None:
    long = "the supplier shall do everything that is written in the schedule and nothing else"
    assert texts(table(("2.1", long), ("2.2", long))) == [f"2.1 {long}", f"2.2 {long}"]


def test_a_nested_table_is_read_in_its_cell() -> None:
    inner = table(("x", "y"))
    body = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{inner}{p('')}</w:tc></w:tr></w:tbl>"
    assert texts(body) == ["a | x | y"]


def test_a_merged_cell_is_read_once() -> None:
    row = "<w:tr><w:tc><w:tcPr><w:vMerge{}/></w:tcPr><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr>"
    first, second = row.format(' w:val="restart"', r("Both"), r("1")), row.format("", r("Both"), r("2"))
    assert texts(f"<w:tbl>{first}{second}</w:tbl>") == ["Both | 1", "2"]
