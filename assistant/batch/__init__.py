"""Many deals: every sub-folder is drafted, an error stops nobody else, and what is done stays done."""

from assistant.batch.jobs import Job, find_jobs
from assistant.batch.ledger import Ledger
from assistant.batch.rows import Row, totals, write_csv
from assistant.batch.running import Plan, run

__all__ = ["Job", "Ledger", "Plan", "Row", "find_jobs", "run", "totals", "write_csv"]
