"""One deal of a batch: drafted, its documents written, whatever goes wrong told in its row."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant import pipeline
from assistant.batch.jobs import Job
from assistant.batch.rows import Row, row_of
from assistant.deal_file import find_deal_file, read_deal
from assistant.documents import write_documents
from assistant.errors import HandoffError
from assistant.protocol.policy import Policy, load_policy
from assistant.readers import Reader

log = logging.getLogger("handoff.batch")


@dataclass(frozen=True)
class How:
    """What all drafts of a batch share, in values that can be sent to another process."""

    as_of: date
    policy: Path | None = None

    def load(self) -> Policy:
        """The policy that the rules follow."""
        return load_policy(self.policy)


def draft_job(job: Job, key: str, how: How, policy: Policy, reader: str | Reader) -> Row:
    """The deal's row. Raises nothing: what went wrong stands in `error`."""
    begun = time.monotonic()
    try:
        deal_file = find_deal_file(job.folder)
        known = read_deal(deal_file) if deal_file else None
        packet = pipeline.draft(job.folder, known, as_of=how.as_of, reader=reader, policy=policy)
        write_documents(packet, job.out, policy=policy)
        row = row_of(job.name, key, packet, time.monotonic() - begun)
    except HandoffError as error:
        row = failed(job, key, str(error), time.monotonic() - begun)
    except Exception as error:
        log.error("a draft broke", exc_info=error, extra={"key": key})
        told = f"The program broke ({type(error).__name__}); the other deals go on. Please report it."
        row = failed(job, key, told, time.monotonic() - begun)
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
