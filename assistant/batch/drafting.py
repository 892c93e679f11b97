"""One deal of a batch: drafted, its documents written, whatever goes wrong told in its row."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant import pipeline
from assistant.batch.hearing import Told, hears, write_heard
from assistant.batch.jobs import Job
from assistant.batch.rows import Row, row_of
from assistant.deal_file import find_deal_file, read_deal
from assistant.documents import write_documents
from assistant.errors import HandoffError
from assistant.packet import Deal
from assistant.protocol.policy import Policy, load_policy
from assistant.readers import Reader
from assistant.settings import Settings
from assistant.tracing import traced_draft
from extractors import FolderRead, start_reading
from extractors.recording import Hear
from extractors.sandbox import Sandbox
from extractors.speech.heard import Transcript

FOLDERS_A_CHILD = 50
"""Deals whose files one child process reads; files of strangers do not meet those of many others."""
log = logging.getLogger("handoff.batch")


@dataclass(frozen=True)
class How:
    """What all drafts of a batch share, in values that can be sent to another process."""

    as_of: date
    policy: Path | None = None
    hearing: Settings | None = None
    """What hears recordings; None: nobody does, and they are listed as unread."""

    def load(self) -> Policy:
        """The policy that the rules follow."""
        return load_policy(self.policy)


class Reading:
    """What a worker reads files with: one child process a thread, renewed now and then."""

    def __init__(self) -> None:
        self._own = threading.local()

    def start(self, folder: Path, hear: Hear | None = None) -> Future[FolderRead]:
        """Begin to read the folder; returns at once."""
        sandbox: Sandbox = getattr(self._own, "sandbox", None) or Sandbox()
        self._own.sandbox, self._own.read = sandbox, getattr(self._own, "read", 0) + 1
        if self._own.read % FOLDERS_A_CHILD == 0:
            sandbox.renew()
        return start_reading(folder, hear, sandbox=sandbox)


READING = Reading()


def draft_job(
    job: Job, key: str, how: How, policy: Policy, reader: str | Reader, told: Told = lambda name: None,
    not_its_own: type[Exception] | tuple[type[Exception], ...] = (),
) -> Row:  # fmt: skip
    """The deal's row. Raises nothing but what is `not_its_own` fault: what went wrong stands in `error`.
    `told` is called while it hears."""
    begun = time.monotonic()
    try:
        deal_file = find_deal_file(job.folder)
        known = read_deal(deal_file) if deal_file else None
        heard: dict[str, Transcript] = {}
        reading = READING.start(job.folder, hears(job, how, known or Deal(), policy, heard, told))
        try:
            with traced_draft() as (step, counted):
                packet = pipeline.draft(
                    job.folder, known, as_of=how.as_of, reader=reader, policy=policy, files=reading,
                    on_step=step,
                )  # fmt: skip
                counted(calls=packet.run.calls, tokens=packet.run.tokens, cost=packet.run.cost)
        finally:
            wait([reading])  # the next deal is read by the same child
        write_documents(packet, job.out, policy=policy)
        write_heard(job, heard)
        row = row_of(job.name, key, packet, time.monotonic() - begun)
    except not_its_own:
        raise
    except HandoffError as error:
        row = failed(job, key, str(error), time.monotonic() - begun)
    except Exception as error:
        log.error("a draft broke", exc_info=error, extra={"key": key})
        broke = f"The program broke ({type(error).__name__}); the other deals go on. Please report it."
        row = failed(job, key, broke, time.monotonic() - begun)
    log.info("drafted", extra=logged(row))
    return row


def failed(job: Job, key: str, error: str, seconds: float = 0.0) -> Row:
    """The row of a deal that has no packet."""
    return Row(deal=job.name, key=key, error=" ".join(error.split()), seconds=round(seconds, 2))


def logged(row: Row) -> dict[str, object]:
    """What the log may tell of a row: numbers and the key, no word of the deal."""
    return {
        "key": row.key, "seconds": row.seconds, "failed": bool(row.error), "blockers": row.blockers,
        "unread": row.unread, "calls": row.calls, "tokens": row.tokens, "cost": row.cost,
        "quotes_rejected": row.quotes_rejected,
    }  # fmt: skip
