"""What the API takes and gives, as JSON. A packet is packet.json as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from assistant.api.bounds import STRICT, Login, Moment, Name, Words, body_like
from assistant.desk import DealLine, Opened
from assistant.packet import Deal, Status
from assistant.packet.finding import AskOf
from assistant.protocol.rights import RoleName

if TYPE_CHECKING:
    Facts = BaseModel
else:
    Facts = body_like(
        Deal,
        segment=Literal["smb", "mid_market", "enterprise", "strategic"] | None,
        closed_at=Annotated[Moment | None, Field(description="When the deal was won; clocks start there.")],
        country=Annotated[str, StringConstraints(pattern="^[A-Z]{2}(-[A-Z0-9]{1,3})?$")] | None,
        currency=Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] | None,
        probability=Annotated[float, Field(ge=0, le=100)] | None,
    )
    Facts.__doc__ = "What is known of a deal besides its files: the keys of deal.yaml, every one optional."


class Given(BaseModel):
    """A body: keys that are not documented are refused."""

    model_config = STRICT


class NewDeal(Given):
    """A deal to make. Without `owner` it is the caller's (an AE), or that of the AE whom `facts` names."""

    facts: Facts = Facts()
    owner: Login | None = Field(None, description="Login of the AE.")
    csm: Login | None = Field(None, description="Login of the CSM.")


class Csm(Given):
    """Who takes the deal over."""

    login: Login


class DealOut(BaseModel):
    """A deal at a glance. Times are ISO text in UTC."""

    id: str = Field(examples=["deal-7"])
    account: str
    vendor: str
    segment: str | None
    owner: str = Field(description="Login of the AE.")
    csm: str | None = Field(description="Login of the CSM.")
    status: Status
    version: int = Field(description="Of the newest packet; 0 before the first draft.")
    waits_for: RoleName = Field(description="Whose move it is.")
    waits_for_me: bool
    created_at: str
    changed_at: str
    submitted_at: str | None
    returned_at: str | None
    return_due: str | None = Field(description="When a packet that was sent back must be there again.")
    is_overdue: bool
    rejections: int
    is_escalated: bool
    points: float | None
    knowable: float | None
    blockers: int = Field(description="Open ones; so are majors and minors.")
    majors: int
    minors: int
    facts: Deal


class DealPage(BaseModel):
    """Deals, the newest first."""

    items: list[DealOut]
    next: str | None = Field(description="`cursor` of the next page; null at the end.")


class SourceOut(BaseModel):
    """A file of the deal."""

    name: str = Field(examples=["calls/first.vtt"])
    sha256: str
    size: int = Field(description="Bytes.")
    added_by: str
    added_at: str


class VersionOut(BaseModel):
    """A version of the packet."""

    version: int
    at: str
    by: str
    by_name: str
    action: str
    what: str = Field(description="One line that says what changed.")


class DecidedOut(BaseModel):
    """The version that a decision made."""

    deal: str
    version: int = Field(description="Give this one back with the next decision.")
    status: Status
    points: float | None
    knowable: float | None
    blockers: int
    majors: int
    minors: int


class Misfit(BaseModel):
    """A decision that no longer fits what was drafted anew."""

    action: str
    subject: str
    by: str
    at: str
    reason: str | None = None


class DraftedOut(DecidedOut):
    """The version that a draft made."""

    misfits: list[Misfit]


class QuestionOut(BaseModel):
    """A question that is open now. Answer it by the decision answer_gap with `finding` = id."""

    id: str
    text: str
    ask_of: AskOf
    path: str | None = Field(description="The summary's line that the answer fills, if it fills one.")


class Quote(Given):
    """Words of a source that prove something; they must stand in that segment."""

    source: Name = Field(examples=["calls/first.vtt"])
    segment_id: Name = Field(examples=["s0001"])
    quote: Words


def deal_out(line: DealLine) -> DealOut:
    """The deal's line as JSON has it."""
    row = line.deal
    named = {name: getattr(row, name) for name in DealOut.model_fields if hasattr(row, name)}
    due = line.clock.due.isoformat(timespec="seconds") if line.clock else None
    return DealOut(
        **named, waits_for=line.waits_for, waits_for_me=line.waits_for_me, is_escalated=line.is_escalated,
        return_due=due, is_overdue=bool(line.clock and line.clock.is_overdue), facts=row.known,
    )  # fmt: skip


def decided_out(seen: Opened, **more: Any) -> dict[str, Any]:
    """What DecidedOut holds."""
    return {
        "deal": seen.deal.id, "version": seen.version,
        **{name: getattr(seen.deal, name) for name in ("status", "points", "knowable", *SEVERITIES)},
        **more,
    }  # fmt: skip


SEVERITIES = ("blockers", "majors", "minors")


def known(facts: BaseModel) -> Deal:
    """The facts as the noun of the packet."""
    return Deal.model_validate(facts.model_dump())
