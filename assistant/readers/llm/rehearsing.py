"""A dry run: nobody answered round one, so the embedded reader's findings stand in for the model's."""

from __future__ import annotations

from assistant.evidence.record import CONTRACT_KINDS, DealRecord
from assistant.packet import Summary
from assistant.readers import Reader
from assistant.readers.llm.facts import Proposal
from assistant.readers.llm.reading import Read
from assistant.readers.llm.wordings import Wording, day_of, order_of


def stand_ins(read: Read, embedded: Reader, record: DealRecord) -> None:
    """Put into `read` about as many promises and facts as the model would bring, so that round two has
    its size."""
    windows = {name: i for i, name in enumerate(s.name for s in record.conversations)}
    for number, commitment in enumerate(embedded.find_commitments(record), start=1):
        proof = commitment.evidence[-1]
        at = order_of(proof, record)
        read.wordings.append(Wording((windows.get(proof.source, 0), number), commitment, at, None, None))
    read.proposals += _proposals(embedded.fill_summary(record), record)


def _proposals(summary: Summary, record: DealRecord) -> list[Proposal]:
    found = []
    for _, section in summary:
        for name in type(section).model_fields:
            for value in getattr(section, name).values:
                proof = value.evidence[0]
                contract = record.source(proof.source).kind in CONTRACT_KINDS
                said_on = day_of(proof, record) or record.as_of
                found.append(Proposal(name, value, order_of(proof, record), contract, said_on))
    return found
