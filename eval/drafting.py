"""Draft answered deals and score the packets, one deal a process where several may run."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from assistant.deal_file import find_deal_file, read_deal
from assistant.errors import HandoffError
from assistant.packet import Deal, Packet
from assistant.pipeline import draft
from assistant.readers import Reader
from eval.deals import fingerprint, split_of
from eval.gold import Gold, load_gold
from eval.items import CaseResult, Usage
from eval.scorers import score
from extractors import read_folder
from extractors.sandbox import Sandbox

TOO_SLOW = "took more than"
"""Part of the reason for which a busy machine leaves a file unread."""
NO_DAY = date(2026, 1, 1)
"""The day of a packet whose answers name none."""


@dataclass(frozen=True)
class Drafted:
    """A deal's packet, and what it took."""

    folder: Path
    packet: Packet
    seconds: float
    """By the clock on the wall."""
    cpu: float
    """Processor seconds, those of file readers' processes included."""


def draft_deal(folder: Path, reader: str | Reader = "embedded") -> Drafted:
    """The packet of an answered deal, as of the day that its answers name."""
    as_of = day_of(load_gold(folder))
    deal = known_deal(folder)
    begun, used = time.perf_counter(), sum(os.times()[:4])
    packet = draft(folder, deal, as_of=as_of, reader=reader)
    late = [u.name for u in packet.unread if TOO_SLOW in u.reason]
    if late:
        raise HandoffError(
            f"'{folder.name}/{late[0]}' was not read in time, so the deal would be scored without it. "
            "Measure when the machine is less busy, or with --workers 1."
        )
    return Drafted(folder, packet, time.perf_counter() - begun, sum(os.times()[:4]) - used)


def draft_deals(
    folders: Sequence[Path], reader: str | Reader = "embedded", workers: int = 1
) -> Iterable[Drafted]:
    """Each deal's packet in order; with several workers each in a process of its own."""
    if workers < 2 or len(folders) < 2:
        yield from (draft_deal(folder, reader) for folder in folders)
        return
    # A fresh interpreter a worker: threads of a model runtime do not survive a fork.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(draft_deal, folders, [reader] * len(folders))


def score_drafted(drafted: Drafted, attempt: int = 1) -> CaseResult:
    """The packet against the deal's answers; a test deal's result tells no texts."""
    folder, packet, gold = drafted.folder, drafted.packet, load_gold(drafted.folder)
    trigger = (known_deal(folder) or Deal()).trigger
    tags = {*gold.tags, *([trigger.replace("_", "-")] if trigger != "post_close" else [])}
    run = packet.run
    result = CaseResult(
        case=folder.resolve().name,
        split=split_of(folder),
        attempt=attempt,
        tags=tuple(sorted(tags)),
        fingerprint=fingerprint(folder),
        usage=Usage(
            seconds=round(drafted.seconds, 2), cpu_seconds=round(drafted.cpu, 2), calls=run.calls,
            tokens=run.tokens, cost=run.cost, quotes_rejected=run.quotes_rejected,
        ),
        items=score(packet, gold, texts_of(folder)),
    )  # fmt: skip
    return result.without_texts() if result.split == "test" else result


def texts_of(folder: Path) -> dict[tuple[str, str], str]:
    """The sources' segments by file name and segment id."""
    sources, _ = read_folder(folder, sandbox=reading_child())
    return {(s.name, part.id): part.text for s in sources for part in s.segments}


@cache
def reading_child() -> Sandbox:
    """One process that reads deal after deal: they are our own, and starting it takes as long as reading."""
    return Sandbox()


def known_deal(folder: Path) -> Deal | None:
    """What the deal file beside the sources says; None where there is none."""
    deal_file = find_deal_file(folder)
    return read_deal(deal_file) if deal_file else None


def day_of(gold: Gold) -> date:
    """The day for which the answers hold."""
    return date.fromisoformat(str(gold.as_of)) if gold.as_of else NO_DAY
