"""Promises that this reader is sure of, one sentence each: what another reader must not miss."""

from __future__ import annotations

from assistant.evidence.record import DealRecord
from assistant.packet import Commitment
from assistant.readers.embedded.commitments import commitment_of
from assistant.readers.embedded.likelihood import likelihoods
from assistant.readers.embedded.utterances import read_utterances

SURE = 0.92
"""Likelihood from which, on answered deals left out of training, 3 sentences of 100 are no promise."""


def find_sure(record: DealRecord) -> list[Commitment]:
    """Firm promises with a number or a date, oldest first, not yet joined to other wordings of the same."""
    found: list[Commitment] = []
    for source in record.conversations:
        said = read_utterances(record, source)
        odds = likelihoods(said)
        found += [commitment_of([u], record) for u in said if odds[u.order] >= SURE]
    return [c for c in found if c.strength == "firm" and (c.quantity or c.due)]
