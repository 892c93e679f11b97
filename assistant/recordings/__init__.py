"""Recordings of a deal: who hears them, whether they may be heard, and where their transcripts are kept."""

from assistant.recordings.ears import NO_EARS, ears_of, hotwords_of, see_consent
from assistant.recordings.listening import kept_transcript, listener
from assistant.recordings.terms import terms_of

__all__ = ["NO_EARS", "ears_of", "hotwords_of", "kept_transcript", "listener", "see_consent", "terms_of"]
