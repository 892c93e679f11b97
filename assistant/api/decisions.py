"""POST /deals/ID/decisions: every verb of the desk that decides, by its name.

The bodies follow from the verbs: what a verb takes after the version is what its body holds.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

from fastapi import APIRouter, Body, Response
from pydantic import BaseModel, Field, create_model

from assistant import desk as verbs
from assistant.api.answers import PROBLEMS
from assistant.api.bounds import STRICT, Version, bounded
from assistant.api.caller import Caller
from assistant.api.keeping import KEYED
from assistant.api.shapes import DecidedOut, Quote, decided_out
from assistant.desk import Desk, Opened
from assistant.packet import Evidence, RejectionReason
from assistant.protocol.rights import User

NOUNS = {noun.__name__: noun for noun in (RejectionReason,)}
"""What a decision may hold besides words, lists of words and quotes."""
FIRST = ("desk", "user", "deal", "version")
EXAMPLES = {
    "answer_gap": {
        "value": {"action": "answer_gap", "version": 3, "finding": "no-early-win",
                  "text": "The first weekly report comes out of the new system by 1 March."},
    },
    "waive": {
        "value": {"action": "waive", "version": 4, "finding": "role-not-filled:technical_lead",
                  "reason": "The customer's IT partner joins at kickoff."},
    },
    "correct_verdict": {
        "value": {"action": "correct_verdict", "version": 5, "promise": "c-1f3a9c", "verdict": "covered",
                  "reason": "Exhibit B names it."},
    },
    "submit": {"value": {"action": "submit", "version": 6}},
    "reject": {
        "value": {"action": "reject", "version": 7,
                  "reasons": [{"code": "major_gap", "note": "No go-live date"}]},
    },
}  # fmt: skip


def deciding() -> dict[str, Callable[..., Opened]]:
    """Name -> verb, of those that take the version they were decided on."""
    found: dict[str, Callable[..., Opened]] = {}
    for name in verbs.__all__:
        verb = getattr(verbs, name)
        if not inspect.isfunction(verb):
            continue
        taken = list(inspect.signature(verb).parameters.values())[:4]
        if tuple(one.name for one in taken) == FIRST and taken[3].default is inspect.Parameter.empty:
            found[name] = verb
    return found


def body_of(name: str, verb: Callable[..., Opened]) -> type[BaseModel]:
    """The JSON body for a verb: `action`, `version`, and what it takes by name."""
    hints = get_type_hints(verb)
    fields: dict[str, Any] = {"action": (Literal[name], ...), "version": (Version, ...)}
    for one in inspect.signature(verb).parameters.values():
        if one.kind is inspect.Parameter.KEYWORD_ONLY:
            default = ... if one.default is inspect.Parameter.empty else one.default
            fields[one.name] = (bounded(hints[one.name], {Evidence: Quote}), default)
    return create_model(
        "".join(part.capitalize() for part in name.split("_")), __config__=STRICT,
        __doc__=inspect.getdoc(verb), **fields,
    )  # fmt: skip


VERBS = deciding()
if TYPE_CHECKING:
    AnyDecision = BaseModel
else:
    AnyDecision = Annotated[
        reduce(or_, (body_of(name, verb) for name, verb in VERBS.items())), Field(discriminator="action")
    ]


def add_routes(router: APIRouter, desk: Desk) -> None:
    """POST /deals/ID/decisions."""

    @router.post(
        "/deals/{deal}/decisions", status_code=201, responses=PROBLEMS, tags=["decisions"], dependencies=KEYED
    )
    def decide(
        user: Caller, deal: str, body: Annotated[AnyDecision, Body(openapi_examples=EXAMPLES)],
        response: Response,
    ) -> DecidedOut:  # fmt: skip
        """Decide something about the packet; `action` says what. The answer names the version it made."""
        given = {name: getattr(body, name) for name in type(body).model_fields}
        verb, version = VERBS[given.pop("action")], given.pop("version")
        proven = {name: _proven(desk, user, deal, value) for name, value in given.items()}
        seen = verb(desk, user, deal, version, **proven)
        response.headers["location"] = f"/api/v1/deals/{deal}/packet?version={seen.version}"
        return DecidedOut(**decided_out(seen))


def _proven(desk: Desk, user: User, deal: str, value: Any) -> Any:
    """Quotes as evidence, once they were found in their segments; reasons as the packet's noun."""
    if isinstance(value, Quote):
        return verbs.quote_of(desk, user, deal, value.source, value.segment_id, value.quote)
    if isinstance(value, BaseModel):
        return NOUNS[type(value).__name__].model_validate(value.model_dump())
    return [_proven(desk, user, deal, one) for one in value] if isinstance(value, list) else value
