"""Drafts of answered deals, made once for all tests that look at them, whichever process they run in."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.packet import Packet
from eval.drafting import Drafted, draft_deals

WORKERS = 2
AN_HOUR = 3600
"""What a run left behind so long ago is of no use to another."""
_made: dict[str, Drafted] = {}


def drafted(folder: Path) -> Drafted:
    """The deal's packet by the embedded reader."""
    return drafted_all([folder])[0]


def drafted_all(folders: Sequence[Path]) -> list[Drafted]:
    """The deals' packets; those that no test has asked for yet are drafted in two processes."""
    for folder in folders:
        if folder.name not in _made and (known := _from_another(folder)) is not None:
            _made[folder.name] = known
    for one in draft_deals([folder for folder in folders if folder.name not in _made], workers=WORKERS):
        _made[one.folder.name] = one
        _for_others(one)
    return [_made[folder.name] for folder in folders]


def _kept(folder: Path) -> Path | None:
    """Where this run's processes leave a draft for each other; None where there is only one."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    return Path(tempfile.gettempdir()) / f"handoff-drafts-{run}" / f"{folder.name}.json" if run else None


def _from_another(folder: Path) -> Drafted | None:
    kept = _kept(folder)
    if kept is None or not kept.is_file():
        return None
    told = json.loads(kept.read_text("utf-8"))
    return Drafted(folder, Packet.model_validate(told["packet"]), told["seconds"], told["cpu"])


def _for_others(one: Drafted) -> None:
    if (kept := _kept(one.folder)) is None:
        return
    for old in kept.parent.parent.glob("handoff-drafts-*"):
        if time.time() - old.stat().st_mtime > AN_HOUR:
            shutil.rmtree(old, ignore_errors=True)
    kept.parent.mkdir(exist_ok=True)
    told = {"packet": one.packet.model_dump(mode="json"), "seconds": one.seconds, "cpu": one.cpu}
    half = kept.with_suffix(f".{os.getpid()}")
    half.write_text(json.dumps(told), "utf-8")
    half.replace(kept)
