"""kill -9 in the middle of a decision, and writers that fight: nothing is lost and nothing is half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from databases import plain_settings, ready_settings
from desks import ANA, FILES, MIA, Clock, QuickReader, drafted, make_desk

from assistant import desk as verbs
from assistant.server import make_desk as server_desk
from assistant.store import audit, open_store

DECIDE = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from databases import plain_settings
from desks import MIA, make_desk
from assistant import desk as verbs
from assistant.store import open_store
desk = make_desk(open_store(plain_settings(Path(sys.argv[1]))))
seen = verbs.get_packet(desk, MIA, "deal-1")
print("ready", flush=True)
number = 0
while True:
    number += 1
    seen = verbs.edit_value(desk, MIA, "deal-1", seen.version, path="scope.training", text=f"value {number}")
    print(number, flush=True)
"""
DRAFT = """
import sys, time
from pathlib import Path
sys.path.insert(0, "tests")
from databases import plain_settings, ready_settings
from desks import ANA, FILES, KNOWN, Clock
from assistant import desk as verbs
from assistant.server import make_desk
desk = make_desk(plain_settings(Path(sys.argv[1])), Clock())
deal, _ = verbs.create_deal(desk, ANA, KNOWN, FILES)
def told(step):
    print("ready", flush=True)
    time.sleep(60)
verbs.draft(desk, ANA, deal.id, on_step=told)
"""
ROOT = Path(__file__).resolve().parent.parent


def started(code: str, folder: Path) -> subprocess.Popen[str]:
    """A process that runs the code and has said that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def killed_after(folder: Path, seconds: float) -> int:
    """Let a process decide again and again, kill it; the last decision that it had been told is kept."""
    process = started(DECIDE, folder)
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    assert process.stdout is not None
    told = process.stdout.read().split()
    process.wait()
    return int(told[-1]) if told else 0


def test_a_server_killed_in_the_middle_of_decisions_has_lost_none_that_it_confirmed(tmp_path: Path) -> None:
    desk = make_desk(open_store(ready_settings(tmp_path)))
    drafted(desk)
    told = 0
    for _ in range(2):
        told += killed_after(tmp_path, random.uniform(0.05, 0.4))
    kept = verbs.get_packet(desk, MIA, "deal-1")
    versions = verbs.history(desk, MIA, "deal-1")
    edits = [d for d in kept.packet.decisions if d.action == "edit_value"]
    # One decision a kill may be stored without the process having lived to say so.
    assert told <= len(edits) <= told + 2
    assert [row.version for row in versions] == list(range(1, len(edits) + 2))
    assert kept.deal.version == versions[-1].version
    assert audit.verify(desk.store).problems == ()
    after = verbs.edit_value(desk, MIA, "deal-1", kept.version, path="scope.training", text="after the crash")
    assert after.version == kept.version + 1


def test_a_draft_that_was_killed_is_made_again_and_leaves_no_files_about(tmp_path: Path) -> None:
    process = started(DRAFT, tmp_path)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert list((tmp_path / "work").iterdir()) != []
    desk = replace(server_desk(plain_settings(tmp_path), Clock()), reader=QuickReader(), reader_of=None)
    assert list((tmp_path / "work").iterdir()) == []
    assert [file.name for file in verbs.list_files(desk, ANA, "deal-1")] == sorted(FILES)
    assert verbs.draft(desk, ANA, "deal-1").opened.version == 1
    assert list((tmp_path / "work").iterdir()) == []
