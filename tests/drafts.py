"""Drafts of answered deals, made once for all tests that look at them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.drafting import Drafted, draft_deals

WORKERS = 2
_made: dict[str, Drafted] = {}


def drafted(folder: Path) -> Drafted:
    """The deal's packet by the embedded reader."""
    return drafted_all([folder])[0]


def drafted_all(folders: Sequence[Path]) -> list[Drafted]:
    """The deals' packets; those that no test has asked for yet are drafted in two processes."""
    open_ones = [folder for folder in folders if folder.name not in _made]
    for one in draft_deals(open_ones, workers=WORKERS):
        _made[one.folder.name] = one
    return [_made[folder.name] for folder in folders]
