"""The desk for other programs: JSON over HTTP under /api/v1, with the rights of the token's person."""

from assistant.api.hooks import hook_routes
from assistant.api.making import PLACE, make_api

__all__ = ["PLACE", "hook_routes", "make_api"]
