"""POST /deals/ID/draft: by a worker where there are any, else at once; and how a draft that waits stands."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from assistant import desk as verbs
from assistant.api.answers import PROBLEMS
from assistant.api.caller import Caller
from assistant.api.keeping import KEYED
from assistant.api.problems import Refused
from assistant.api.shapes import DraftedOut, Misfit, decided_out
from assistant.batch.desk_drafts import LaterDraft, draft_later, later_draft
from assistant.desk import Desk
from assistant.queue import has_workers
from assistant.settings import Settings

DRAFTS_AT_ONCE = 2
LOOK_AFTER = "2"
"""Seconds that a program is asked to wait between two looks."""
DraftId = Annotated[
    str, Path(pattern="^[0-9a-f]{64}$", description="`id` of the answer to the draft that was asked for.")
]


class LaterDraftOut(BaseModel):
    """A draft that a worker makes."""

    id: str
    deal: str
    state: Literal["queued", "done", "failed"]
    version: int | None = Field(None, description="Of the packet, once it is done.")
    problem: str | None = Field(None, description="Why it failed, with the remedy, in one line.")


LATER: dict[int | str, dict[str, Any]] = {
    202: {
        "model": LaterDraftOut,
        "description": "A worker drafts it; `Location` says where to look how it stands.",
    },
    **PROBLEMS,
}


def add_routes(router: APIRouter, desk: Desk, settings: Settings) -> None:
    """/deals/ID/draft, /deals/ID/drafts/ID."""
    drafts = BoundedSemaphore(DRAFTS_AT_ONCE)

    @router.post(
        "/deals/{deal}/draft", status_code=201, responses=LATER, tags=["packets"], dependencies=KEYED,
        response_model=DraftedOut,
    )  # fmt: skip
    def draft(user: Caller, deal: str) -> DraftedOut | JSONResponse:
        """Read the files and make the packet's next version; decisions made before stay.

        Where workers share the store (`handoff worker`) one of them does it: 202, and `Location` says how it
        stands. Else it takes seconds, with a chat model minutes: give it an Idempotency-Key and patience.
        """
        if has_workers(desk.store):
            return _accepted(draft_later(desk, user, settings, deal))
        if not drafts.acquire(blocking=False):
            raise Refused("busy", "Other deals are being drafted. Send it again.", retry_after="10")
        try:
            done = verbs.draft(desk, user, deal)
        finally:
            drafts.release()
        misfits = [Misfit.model_validate(one, from_attributes=True) for one in done.misfits]
        return DraftedOut(**decided_out(done.opened, misfits=misfits))

    @router.get("/deals/{deal}/drafts/{draft}", responses=PROBLEMS, tags=["packets"])
    def get_draft(user: Caller, deal: str, draft: DraftId) -> LaterDraftOut:
        """How a draft stands that was asked for; it is forgotten a month after it has ended."""
        found = later_draft(desk, user, deal, draft)
        if found is None:
            raise Refused("not-found", "There is no draft of that id. Ask for one: POST /deals/ID/draft.")
        return LaterDraftOut.model_validate(found, from_attributes=True)


def _accepted(found: LaterDraft) -> JSONResponse:
    place = f"/api/v1/deals/{found.deal}/drafts/{found.id}"
    body = LaterDraftOut.model_validate(found, from_attributes=True).model_dump(mode="json")
    return JSONResponse(body, 202, {"location": place, "retry-after": LOOK_AFTER})
