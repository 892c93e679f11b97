"""Routes about deals: list, make, look at, change what is known, assign, delete; who am I; the audit log."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from assistant import desk as verbs
from assistant.api.answers import PROBLEMS, IfMatch, Limit, still, tag_of
from assistant.api.caller import Caller
from assistant.api.keeping import KEYED
from assistant.api.shapes import Csm, DealOut, DealPage, Facts, NewDeal, deal_out, known
from assistant.desk import Desk
from assistant.packet import Status
from assistant.protocol.rights import Reach, User, Verb, load_rights

Cursor = Annotated[str | None, Query(max_length=40, description="`next` of the page before.")]


def add_routes(router: APIRouter, desk: Desk) -> None:
    """/me, /deals, /deals/ID, /deals/ID/csm."""

    @router.get("/me", responses=PROBLEMS, tags=["people"])
    def me(user: Caller) -> dict[str, Any]:
        """Who the token stands for, and how far each right reaches: "own", "assigned" or "all" deals."""
        return {**user.model_dump(), "rights": _rights(user)}

    @router.get("/deals", responses=PROBLEMS, tags=["deals"])
    def list_deals(
        user: Caller,
        text: Annotated[str, Query(max_length=200, description="In account, vendor, id, AE or CSM.")] = "",
        status: Status | None = None,
        mine: Annotated[bool, Query(description="Only what waits for me.")] = False,
        blocked: Annotated[bool, Query(description="Only with an open blocker.")] = False,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> DealPage:
        """The deals that you may see, the newest first."""
        filters = verbs.Filters(text, status, mine, blocked)
        lines, after = verbs.page_deals(desk, user, filters, before=cursor, most=limit)
        return DealPage(items=[deal_out(line) for line in lines], next=after)

    @router.post("/deals", status_code=201, responses=PROBLEMS, tags=["deals"], dependencies=KEYED)
    def make_deal(user: Caller, body: NewDeal, response: Response) -> DealOut:
        """Make a deal without files; put those to its sources, then draft it."""
        row = verbs.new_deal(desk, user, known(body.facts), owner=body.owner, csm=body.csm)
        response.headers["location"] = f"/api/v1/deals/{row.id}"
        return _told(desk, user, row.id, response)

    @router.get("/deals/{deal}", responses=PROBLEMS, tags=["deals"])
    def get_deal(user: Caller, deal: str, response: Response) -> DealOut:
        """One deal. Its ETag stands for the facts."""
        return _told(desk, user, deal, response)

    @router.patch("/deals/{deal}", responses=PROBLEMS, tags=["deals"], dependencies=KEYED)
    def change_facts(
        user: Caller, deal: str, body: Facts, response: Response, if_match: IfMatch = None
    ) -> DealOut:
        """Change those facts that the body names; null empties one. The next draft knows them."""
        now = verbs.get_deal(desk, user, deal).deal.known
        still(if_match, tag_of(now.model_dump_json()))
        changed = known(body).model_dump(include=set(body.model_fields_set))
        verbs.change_facts(desk, user, deal, type(now).model_validate({**now.model_dump(), **changed}))
        return _told(desk, user, deal, response)

    @router.put("/deals/{deal}/csm", responses=PROBLEMS, tags=["deals"], dependencies=KEYED)
    def assign_csm(user: Caller, deal: str, body: Csm, response: Response) -> DealOut:
        """Give the deal to a CSM."""
        verbs.assign_csm(desk, user, deal, body.login)
        return _told(desk, user, deal, response)

    @router.delete("/deals/{deal}", status_code=204, responses=PROBLEMS, tags=["deals"], dependencies=KEYED)
    def drop_deal(user: Caller, deal: str) -> None:
        """Delete the deal with files, packets and kept answers."""
        verbs.drop_deal(desk, user, deal)


def _told(desk: Desk, user: User, deal: str, response: Response) -> DealOut:
    line = verbs.get_deal(desk, user, deal)
    response.headers["etag"] = tag_of(line.deal.known.model_dump_json())
    return deal_out(line)


def _rights(user: User) -> dict[Verb, Reach]:
    rows = load_rights().verbs.items()
    return {verb: roles[user.role] for verb, roles in rows if user.role in roles}
