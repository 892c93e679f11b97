"""The desk for other programs: JSON over HTTP under /api/v1, with the rights of the token's person."""

from assistant.api.hooks import PLACE as HOOKS
from assistant.api.hooks import make_hooks
from assistant.api.making import PLACE, make_api

__all__ = ["HOOKS", "PLACE", "make_api", "make_hooks"]
