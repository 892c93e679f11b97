"""Every page of the examples' documents, looked at: `make shots` runs this, for LibreOffice takes long."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import drafted
from PIL import Image, ImageDraw

from tools.shots_documents import faults, missing, shoot

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
needs_programs = pytest.mark.skipif(bool(missing()), reason="; ".join(missing()))


@needs_programs
@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()))
def test_no_page_is_blank_cut_at_its_edge_or_left_unfilled(example: str, tmp_path: Path) -> None:
    pages, wrong = shoot(drafted(EXAMPLES / example).packet, tmp_path)
    assert len(pages) > 40
    assert wrong == []


@pytest.mark.parametrize(
    ("box", "said"),
    [
        (None, "nothing stands on the page"),
        ((490, 300, 496, 310), "ink at the right edge"),
        ((2, 300, 10, 310), "ink at the left edge"),
        ((200, 2, 260, 10), "ink at the upper edge"),
        ((200, 690, 260, 695), "nothing stands on the page"),
        ((200, 300, 260, 310), None),
    ],
)
def test_what_is_wrong_with_a_page_is_seen(
    tmp_path: Path, box: tuple[int, ...] | None, said: str | None
) -> None:
    page = Image.new("RGB", (496, 702), "white")
    if box:
        ImageDraw.Draw(page).rectangle(box, fill="black")
    page.save(tmp_path / "page.png")
    found = list(faults(tmp_path / "page.png"))
    assert found == [] if said is None else said in found[0]
