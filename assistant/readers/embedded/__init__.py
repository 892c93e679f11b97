"""The embedded reader: deterministic, without a key and without a network."""

from assistant.readers.embedded.better import better_by_words
from assistant.readers.embedded.commitments import begin_commitments, find_commitments
from assistant.readers.embedded.conflicts import find_conflicts
from assistant.readers.embedded.judge import begin_judging, judge
from assistant.readers.embedded.payment import begin_payment, find_payment
from assistant.readers.embedded.prepare import look_ahead, prepare, prepare_tables
from assistant.readers.embedded.stakeholders import find_stakeholders
from assistant.readers.embedded.summary import begin_summary, fill_summary
from assistant.readers.embedded.sure import find_sure
from assistant.readers.embedded.terms import find_terms, list_terms

name = "embedded"
"""As the packet's run calls it."""

__all__ = [
    "begin_commitments", "begin_judging", "begin_payment", "begin_summary", "better_by_words",
    "fill_summary", "find_commitments", "find_conflicts", "find_payment", "find_stakeholders",
    "find_sure", "find_terms", "judge", "list_terms", "look_ahead", "prepare", "prepare_tables",
]  # fmt: skip
