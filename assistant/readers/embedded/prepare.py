"""What every question needs, made ready while the files are still being read by their own process."""

from __future__ import annotations

from assistant.evidence.instructions import find_instructions
from assistant.evidence.record import CONTRACT_KINDS
from assistant.meanings.similarity import load_ahead
from assistant.readers.embedded import (
    contrasts,
    cues,
    decision,
    field_likelihood,
    field_meaning,
    history,
    payment_told,
    roles,
    subjects,
    summary_fields,
)
from assistant.readers.embedded.attributes import category_of
from assistant.readers.embedded.classifier import load_weights
from assistant.readers.embedded.concepts import concepts_of
from assistant.readers.embedded.kinds import kinds_in
from assistant.readers.embedded.patterns import pattern_lists, read_patterns
from assistant.readers.embedded.sentences import split_sentences
from assistant.readers.embedded.terms import place_terms_ahead
from assistant.readers.embedded.wordings import wording_signals
from extractors.segments import Source


def prepare() -> None:
    """Load the model in the background, and the tables meanwhile."""
    load_ahead()
    prepare_tables()
    field_meaning.load_meanings()
    payment_told.load()


def prepare_tables() -> None:
    """Load the tables, whose patterns take half a second to compile."""
    cues.load_cues()
    cues.load_acts()
    load_weights()
    concepts_of("")
    subjects.subjects_of("")
    subjects.distinctions_of("")
    history.load_retractions()
    summary_fields.field_rows()
    field_likelihood.load_weights()
    field_likelihood.classes()
    contrasts.contrasts()
    wording_signals("", "", "")
    decision.load_weights()
    roles.role_rows()
    category_of("")
    kinds_in("")
    find_instructions("x")
    for name in ("attitudes.toml", "payment.toml", "systems.toml"):
        read_patterns(name)
    read_patterns("roles.toml", "group_patterns")
    pattern_lists("names.toml")


def look_ahead(source: Source) -> None:
    """What a source alone tells, begun while others are still being read: it is kept for who asks later."""
    if source.kind in CONTRACT_KINDS:
        place_terms_ahead(source)
        return
    for segment in source.segments:
        for sentence in split_sentences(segment.text):
            cues.cues_in(sentence.plain)
