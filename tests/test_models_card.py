"""The model card tells the fingerprint of every learnt file that ships."""

from __future__ import annotations

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("readers/embedded/data/*.json", "readers/embedded/data/*.npz", "meanings/data/*.npz")
LEARNT = [file for kind in KINDS for file in (ROOT / "assistant").glob(kind)]


def test_every_learnt_file_stands_in_the_card_with_its_fingerprint() -> None:
    card = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    assert LEARNT
    wanted = {f"`{file.name}` | `{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}`" for file in LEARNT}
    assert {row for row in wanted if row not in card} == set()
