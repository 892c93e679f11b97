"""What routes have in common: documented refusals, entity tags."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from fastapi import Header, Query

from assistant.api.problems import MEDIA, Problem, Refused

SCHEMA = {"schema": {"$ref": "#/components/schemas/Problem"}}
PROBLEM: dict[str, Any] = {"model": Problem, "content": {MEDIA: SCHEMA}}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": {**PROBLEM, "description": "Refused; nothing was changed."},
    "5XX": {**PROBLEM, "description": "Not possible now; nothing was changed."},
}
"""`responses` of every route."""
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]
IfMatch = Annotated[
    str | None, Header(max_length=200, description="The ETag that you read; 412 where it is another one now.")
]
IfNoneMatch = Annotated[
    str | None, Header(max_length=200, description="The ETag that you have; 304 where it still is that one.")
]


def tag_of(text: str) -> str:
    """An entity tag for that text."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'


def still(given: str | None, tag: str) -> None:
    """Raises Refused (412) where an If-Match was given and is not this tag."""
    if given is not None and given.strip() not in ("*", tag):
        raise Refused(
            "changed-meanwhile", "Somebody changed it since you read it. Read it again, then send.", etag=tag
        )
