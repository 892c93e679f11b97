"""A program that is killed while it sends, and several that send at once: nothing goes out twice."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from databases import ready_settings
from desks import ANA, Clock, drafted, make_desk

from assistant import desk as verbs
from assistant.desk.ticking import Outgoing, tick_clocks
from assistant.outbox.senders import FileSender
from assistant.outbox.sending import ABANDONED
from assistant.store import Store, open_store
from assistant.store.messages import MessageRow, add_message, claim_next, find_messages

TESTS = Path(__file__).parent
KILLED = """
import os, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from databases import plain_settings
from desks import make_desk
from assistant.desk.ticking import Outgoing, tick_clocks
from assistant.outbox.senders import FileSender
from assistant.store import open_store

class Deadly(FileSender):
    repeats = {repeats}
    def send(self, letter):
        super().send(letter)
        os._exit(9)

desk = make_desk(open_store(plain_settings(Path({folder!r}))))
tick_clocks(desk, Outgoing(Deadly(Path({folder!r}) / "out", "h@v.example"), {name!r}, ""), holder="killed")
"""


class Counting(FileSender):
    """Writes, and counts."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "h@v.example")
        self.sent = 0

    def send(self, letter):  # type: ignore[no-untyped-def]
        self.sent += 1
        return super().send(letter)


@pytest.mark.cluster  # two processes that load everything
@pytest.mark.parametrize(("repeats", "state", "again"), [(True, "sent", 1), (False, "unsure", 0)])
def test_a_program_killed_after_sending_leaves_one_letter(
    tmp_path: Path, repeats: bool, state: str, again: int
) -> None:
    clock = Clock()
    desk = make_desk(open_store(ready_settings(tmp_path)), clock)
    seen = drafted(desk)
    verbs.submit(desk, ANA, seen.deal.id, seen.version)
    code = KILLED.format(tests=str(TESTS), folder=str(tmp_path), repeats=repeats, name="file")
    done = subprocess.run([sys.executable, "-c", code], cwd=TESTS.parent, capture_output=True, check=False)
    assert done.returncode == 9, done.stderr[-500:]
    sender = Counting(tmp_path / "out")
    sender.repeats = repeats
    assert tick_clocks(desk, Outgoing(sender, "file", ""), holder="next").busy  # its turn is not over yet
    clock.now += ABANDONED * 2
    tick_clocks(desk, Outgoing(sender, "file", ""), holder="next")
    with desk.store.read() as connection:
        (message,) = find_messages(connection)
    assert (message.state, sender.sent) == (state, again)
    assert len(list((tmp_path / "out").glob("*.eml"))) == 1
    desk.store.close()


def test_several_that_claim_at_once_never_claim_the_same(store: Store) -> None:
    desk = make_desk(store)
    seen, at = drafted(desk), desk.stamp()
    blank = MessageRow(
        deal=seen.deal.id, key="", id="", kind="hold", at=at, version=1, people=[], subject="", body="",
        attachments=[], state="waiting", tries=0, next_at=at, changed_at=at,
    )  # fmt: skip
    with store.write() as connection:
        for number in range(24):
            assert add_message(connection, replace(blank, key=f"k{number}", id=f"i{number}"))
            assert not add_message(connection, replace(blank, key=f"k{number}", id=f"other{number}"))
    claimed: list[str] = []

    def claim() -> None:
        while True:
            with store.write() as connection:
                message = claim_next(connection, at, "test")
            if message is None:
                return
            claimed.append(message.id)

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(f"i{number}" for number in range(24))
