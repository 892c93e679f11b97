"""Fixtures that several test files share."""

from databases import postgres_server, sqlite_store, store

__all__ = ["postgres_server", "sqlite_store", "store"]
