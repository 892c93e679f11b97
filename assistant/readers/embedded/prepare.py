"""What every question needs, made ready while the files are still being read by their own process."""

from __future__ import annotations

from assistant.meanings.similarity import load_ahead
from assistant.readers.embedded import (
    contrasts,
    cues,
    decision,
    field_likelihood,
    history,
    roles,
    subjects,
    summary_fields,
)
from assistant.readers.embedded.classifier import load_weights
from assistant.readers.embedded.concepts import concepts


def prepare() -> None:
    """Load the model in the background, and the tables, whose patterns take half a second to compile."""
    load_ahead()
    cues.load_cues()
    cues.load_acts()
    load_weights()
    concepts()
    subjects.subjects_of("")
    subjects.distinctions_of("")
    history.load_retractions()
    summary_fields.field_rows()
    field_likelihood.load_weights()
    contrasts.contrasts()
    decision.load_weights()
    roles.role_rows()
