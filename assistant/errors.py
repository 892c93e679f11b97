"""Errors meant for a person: each says in one line what is wrong and what to do about it."""

from __future__ import annotations


class HandoffError(Exception):
    """What a person gave cannot work; the message names the remedy. Doors print it, never a traceback."""
