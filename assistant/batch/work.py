"""What a worker does with a deal out of the queue, and what it counts."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.batch.bundle import pack, unpack
from assistant.batch.desk_drafts import desk_identity, draft_at_desk
from assistant.batch.drafting import How, draft_job, failed
from assistant.batch.hearing import HEARD
from assistant.batch.jobs import Job, ears_key, fingerprint, identity_of
from assistant.batch.processes import draft_alone, settle
from assistant.batch.rows import Row, to_plain
from assistant.documents import DRAFTED
from assistant.errors import HandoffError
from assistant.queue import AGAIN_AFTER, ALONE_AFTER, MOST_TRIES
from assistant.readers import Reader, get_reader
from assistant.settings import Settings
from assistant.store import Store, queued
from assistant.store.answers import KeptAnswers
from assistant.store.engine import StoreError
from assistant.store.pace import pace_of

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.readers.llm.limits import Traffic

ATTEMPTS = 60
"""To keep what became of a deal while the database is away: for two minutes."""
KEPT_FOR = timedelta(days=30)
"""How long what became of a deal can be collected."""
OTHER = (
    "The worker reads by another model, version or prompt than the machine that queued this deal. Give all "
    "machines the same settings and version, then run the batch again."
)
OTHER_EARS = (
    "The worker hears by another speech model than the one that this deal was queued for. Give all workers "
    "the same model or service, then run the batch again."
)
TAKEN_DOWN = (
    f"Its worker was lost {MOST_TRIES} times (out of memory, perhaps, or killed). Draft it alone on one "
    "machine: handoff draft FOLDER"
)
log = logging.getLogger("handoff.worker")


@dataclass(frozen=True)
class DeskWork:
    """A worker's work, on the store that all machines share."""

    settings: Settings
    store: Store
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    reader_of: Callable[[str, str], Reader] | None = None
    """Makes the reader from its name and the deal's; None: as the settings say."""
    clocks: Callable[[], None] = lambda: None
    """Looks at the clocks of the desk; asked every minute by one worker at a time."""
    alone: Callable[[Job, str, How], Row] = draft_alone
    """Drafts a deal that has lost workers, so that none is lost with it again."""
    sleep: Callable[[float], None] = time.sleep
    desk: Callable[[], Desk] | None = None
    """Makes the review desk, for what its people want drafted."""

    def draft(self, key: str) -> None:
        """Draft the deal of that key, unless it is done; what became of it is kept once, whoever is first."""
        with self.store.write() as connection:
            deal = queued.take(connection, key)
        if deal is None:
            return
        with tempfile.TemporaryDirectory(prefix="handoff-worker-") as place:
            row, result = self._drafted(deal, Path(place))
        kept = self._kept(queued.Ended(key, to_plain(row), result), row)
        settle()
        log.info("ended" if kept else "had ended elsewhere", extra={"key": key, "tries": deal.tries})

    def _kept(self, ended: queued.Ended, row: Row) -> bool:
        """Keep what became of the deal; where the database is away, a while later."""
        counts = {} if row.version else counted(row)  # the desk has counted its own
        left = ATTEMPTS
        while True:
            try:
                with self.store.write() as connection:
                    return queued.end(connection, ended, bool(row.error), self._stamp(), counts)
            except StoreError:
                left -= 1
                if not left:
                    raise
                self.sleep(AGAIN_AFTER)

    def tick(self) -> None:
        """What has to be done now and then: clocks that ran out, and results that nobody needs any more."""
        before = self.now() - KEPT_FOR
        with self.store.write() as connection:
            queued.drop_old(connection, before.astimezone(UTC).isoformat(timespec="milliseconds"))
        self.clocks()

    def _drafted(self, deal: queued.Waiting, place: Path) -> tuple[Row, bytes | None]:
        job = Job(deal.name, place / "deal", place / "out")
        if deal.tries > MOST_TRIES:
            return failed(job, deal.key, TAKEN_DOWN), None
        if "desk" in deal.how:
            return self._at_desk(deal, job), None
        try:
            policy = _policy_file(deal.how["policy"], place)
            how = How(date.fromisoformat(deal.how["as_of"]), policy, self.settings)
            reader, ears = deal.how["reader"], deal.how.get("ears")
            if ears and ears != self._ears:
                return failed(job, deal.key, OTHER_EARS), None
            if fingerprint(identity_of(self.settings, reader, how.as_of, policy)) != deal.how["identity"]:
                return failed(job, deal.key, OTHER), None
            job.folder.mkdir()
            unpack(deal.files, job.folder)
            if reader == "embedded" and deal.tries > ALONE_AFTER:
                row = self.alone(job, deal.key, how)
            else:
                chosen = self._reader(reader, deal.name)
                row = draft_job(job, deal.key, how, how.load(), chosen, not_its_own=StoreError)
        except StoreError:
            raise  # no fault of the deal's: it is tried again
        except HandoffError as error:
            row = failed(job, deal.key, str(error))
        if row.error:
            return replace(row, error=row.error.replace(str(job.folder), deal.name)), None
        made = [name for name in (*DRAFTED, HEARD) if (job.out / name).is_file()]
        return row, pack((job.out / name, name) for name in made)

    def _at_desk(self, deal: queued.Waiting, job: Job) -> Row:
        """A draft that somebody at the desk asked for."""
        if self.desk is None:
            return failed(job, deal.key, OTHER)
        try:
            desk, as_of = self.desk(), date.fromisoformat(deal.how["as_of"])
            if desk_identity(desk, self.settings, as_of) != deal.how["identity"]:
                return failed(job, deal.key, OTHER)
            return draft_at_desk(desk, deal.how["desk"], deal.how, deal.key)
        except StoreError:
            raise
        except HandoffError as error:
            return failed(job, deal.key, str(error))
        except Exception as error:
            log.error("a draft broke", exc_info=error, extra={"key": deal.key})
            return failed(job, deal.key, f"The program broke ({type(error).__name__}). Please report it.")

    def _reader(self, name: str, deal: str) -> str | Reader:
        if self.reader_of is not None:
            return self.reader_of(name, deal)
        if name == "embedded":
            return name
        return get_reader(name, self.settings, KeptAnswers(self.store), f"batch:{deal}"[:200], self._traffic)

    @cached_property
    def _ears(self) -> str:
        return ears_key(self.settings)

    @cached_property
    def _traffic(self) -> Traffic:
        from assistant.readers.llm import open_traffic

        return open_traffic(self.settings, pace_of(self.settings, self.store))

    def _stamp(self) -> str:
        return self.now().astimezone(UTC).isoformat(timespec="milliseconds")


def counted(row: Row) -> dict[str, float]:
    """What a draft adds to the meters."""
    return {
        "drafts": float(not row.error), "drafts_failed": float(bool(row.error)), "draft_seconds": row.seconds,
        "model_calls": row.calls, "tokens": row.tokens, "cost": row.cost,
        "quotes_rejected": row.quotes_rejected,
    }  # fmt: skip


def _policy_file(text: str | None, place: Path) -> Path | None:
    if text is None:
        return None
    file = place / "policy.toml"
    file.write_text(text, "utf-8")
    return file
