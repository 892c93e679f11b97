"""Readers: what is asked of a deal record, and who can answer: packages of question functions."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, cast

from assistant.errors import HandoffError
from assistant.evidence.record import DealRecord
from assistant.packet import Commitment, Conflict, ContractTerm, Evidence, Stakeholder, Summary

if TYPE_CHECKING:
    from assistant.readers.llm.limits import Traffic
    from assistant.readers.llm.question import Answers
    from assistant.settings import Settings

READERS = {"embedded": "assistant.readers.embedded", "llm": "assistant.readers.llm"}
"""Name -> the package that answers under that name."""


class PaymentFacts(Protocol):
    """What the sources say of paying; the names are those of Readiness."""

    @property
    def payment_terms(self) -> str | None: ...
    @property
    def payment_evidence(self) -> tuple[Evidence, ...]: ...
    @property
    def red_flags(self) -> tuple[str, ...]: ...
    @property
    def red_flag_evidence(self) -> tuple[Evidence, ...]: ...


class Reader(Protocol):
    """The questions. Everything that comes back carries quotes; whoever asks verifies them.

    A reader that computes aside may have `begin_commitments`, `begin_summary`, `begin_judging` and
    `begin_payment` too: given what `find_commitments`, `fill_summary`, `judge` and `find_payment` are given,
    they begin with what takes long and return what answers when it is called.
    """

    def fill_summary(self, record: DealRecord) -> Summary:
        """The deal summary; a path that no source states stays `not_stated`."""
        ...

    def find_stakeholders(self, record: DealRecord) -> Sequence[Stakeholder]:
        """Who matters to the deal, on the customer's side first."""
        ...

    def find_commitments(self, record: DealRecord) -> list[Commitment]:
        """What was promised, each promise once with its history; verdicts are still open."""
        ...

    def find_terms(self, record: DealRecord) -> list[ContractTerm]:
        """What the contract, its amendments and order forms oblige, limit and exclude."""
        ...

    def judge(
        self, commitments: Sequence[Commitment], terms: Sequence[ContractTerm], record: DealRecord
    ) -> list[Commitment]:
        """The same commitments, each with its verdict against the terms."""
        ...

    def find_conflicts(
        self,
        record: DealRecord,
        commitments: Sequence[Commitment],
        terms: Sequence[ContractTerm],
        summary: Summary,
    ) -> tuple[Conflict, ...]:
        """What the sources state in two ways."""
        ...

    def find_payment(self, record: DealRecord) -> PaymentFacts:
        """Payment terms and red flags, with what proves them."""
        ...


def default_reader(settings: Settings) -> str:
    """Who reads when nobody says: the chat model when one is configured, else the embedded reader."""
    return settings.reader or ("llm" if settings.model else "embedded")


def get_reader(
    name: str,
    settings: Settings | None = None,
    answers: Answers | None = None,
    deal: str = "",
    traffic: Traffic | None = None,
) -> Reader:
    """The reader of that name. Raises HandoffError for a name that is none of READERS.

    A chat model needs the settings; its paid answers are kept in `answers` under `deal`, so that they can be
    deleted with it. The embedded reader stands beside it: it checks what the model says. Readers that work at
    once keep the provider's limits together by one `traffic`.
    """
    if name not in READERS:
        raise HandoffError(f"There is no reader '{name}'. Known are: {', '.join(sorted(READERS))}.")
    embedded = importlib.import_module(READERS["embedded"])
    if name == "embedded":
        return cast(Reader, embedded)
    if settings is None:
        from assistant.settings import read_settings

        settings = read_settings()
    package = importlib.import_module(READERS[name])
    return cast(Reader, package.open_reader(settings, embedded, answers, deal, traffic))
