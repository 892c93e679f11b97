"""Fixtures that several test files share."""

from databases import postgres_server, store

__all__ = ["postgres_server", "store"]
