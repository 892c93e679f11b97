"""Field talks: conversations with what they tell of each path of the summary."""

from __future__ import annotations

from pathlib import Path

from assistant.readers.embedded.field_sure import load_sure
from eval.field_talks import TALKS, FieldTalk, main, read_talk

WHY_NOW, HOW = "customer_overview.why_now", "customer_overview.how_they_found_us"
TEXT = """\
# bell foundries, first call
V: Kofi Mensah, account executive
C: Bea Holloway, operations director
--- call 2026-03-04
Kofi: What made you ring us now?
Bea: The lease on the old casting program ends in June. I saw a rival of yours at a fair once.
--- contract
# 4 Implementation
4.1 The Supplier shall migrate records made after 2018.
--- fields
customer_overview.why_now | The lease on the old casting program ends in June.
customer_overview.how_they_found_us | - | I saw a rival of yours at a fair once.
"""
OTHERS = "".join(f"{path} | -\n" for path in load_sure()["path"] if path not in (WHY_NOW, HOW))


def talk(tmp_path: Path, text: str = TEXT + OTHERS) -> FieldTalk:
    (tmp_path / "x_01.txt").write_text(text, encoding="utf-8")
    return read_talk(tmp_path / "x_01.txt")


def test_a_path_has_its_quotes_and_one_that_nothing_tells_has_none(tmp_path: Path) -> None:
    found = talk(tmp_path)
    assert found.complaints == []
    assert found.stated[WHY_NOW] == ["The lease on the old casting program ends in June."]
    assert found.stated[HOW] == []
    assert set(found.stated) == set(load_sure()["path"])


def test_what_is_wrong_is_named_with_its_line(tmp_path: Path) -> None:
    quoted = talk(tmp_path, TEXT.replace("June.\ncust", "July.\ncust", 1) + OTHERS).complaints
    assert [line.split(": ", 1)[1] for line in quoted][:1] == [
        "stands nowhere word for word: 'The lease on the old casting program ends in July.'"
    ]
    assert "x_01.txt:11:" in quoted[0]
    assert talk(tmp_path, TEXT).complaints[0].endswith("has no line")
    unknown = talk(tmp_path, f"{TEXT}{OTHERS}weather | -\n").complaints
    assert "no path that is asked: 'weather'" in unknown[0]
    both = talk(tmp_path, f"{TEXT}{OTHERS}{WHY_NOW} | -\n").complaints
    assert f"{WHY_NOW} is told and not told" in both[0]


def test_the_talks_that_are_kept_are_well_formed(capsys) -> None:  # type: ignore[no-untyped-def]
    assert main([]) == 0
    assert f"{len(list(TALKS.glob('*.txt')))} talks" in capsys.readouterr().out
