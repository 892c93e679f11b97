"""Score drafts against answered deals: `python -m eval [DEAL_FOLDER...] [--show]`.

Without folders: the examples and the cases in eval/cases. `--show` lists what was wrong, in words.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path

from assistant.deal_file import find_deal_file, read_deal
from assistant.pipeline import draft
from eval.gold import ANSWERS, load_gold
from eval.scorers import Counts, Scores, score

ROOT = Path(__file__).resolve().parent.parent


def score_folder(folder: Path, reader: str = "embedded") -> Scores:
    """Draft a deal and score the packet against its answers."""
    gold = load_gold(folder)
    deal_file = find_deal_file(folder)
    as_of = date.fromisoformat(str(gold.as_of)) if gold.as_of else date(2026, 1, 1)
    packet = draft(folder, read_deal(deal_file) if deal_file else None, as_of=as_of, reader=reader)
    return score(packet, gold)


def main(arguments: Sequence[str]) -> None:
    """Print a line a deal and the totals."""
    named = [Path(a) for a in arguments if not a.startswith("--")]
    all_folders = [f for d in ("examples", "eval/cases") for f in sorted((ROOT / d).iterdir())]
    folders = named or [f for f in all_folders if _answered(f)]
    totals = {f.name: Counts() for f in fields(Scores)}
    print(f"{'':14}" + "".join(f"{name[:12]:>14}" for name in totals))
    for folder in folders:
        scores = score_folder(folder)
        print(f"{folder.name[:14]:14}" + "".join(_cell(getattr(scores, name)) for name in totals))
        for name, total in totals.items():
            counts: Counts = getattr(scores, name)
            total.right, total.total = total.right + counts.right, total.total + counts.total
            if "--show" in arguments:
                print("\n".join(f"    {name}: {w}" for w in counts.wrong) or f"    {name}: all right")
    print(f"{'all':14}" + "".join(_cell(c) for c in totals.values()))
    print(f"{'':14}" + "".join(f"{c.rate:14.2f}" for c in totals.values()))


def _answered(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ANSWERS)


def _cell(counts: Counts) -> str:
    return f"{f'{counts.right}/{counts.total}':>14}"


if __name__ == "__main__":
    main(sys.argv[1:])
