"""The desk for other programs: JSON over HTTP under /api/v1, with the rights of the token's person."""

from assistant.api.making import PLACE, make_api

__all__ = ["PLACE", "make_api"]
