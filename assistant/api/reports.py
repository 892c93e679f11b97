"""Routes about many handoffs: the report, the review pages; and the audit log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from assistant import desk as verbs
from assistant.api.answers import PROBLEMS, Limit
from assistant.api.caller import Caller
from assistant.api.sources import BYTES
from assistant.desk import Desk, Report
from assistant.protocol.quality_review import QualityReview
from assistant.protocol.reports import By
from assistant.server.routes import attachment

Period = Annotated[
    str | None, Query(max_length=20, examples=["2026-Q2"], description="A month or a quarter; else all time.")
]


class AuditOut(BaseModel):
    """A line of the audit log: who did what when, and no content of a deal."""

    number: int
    at: str
    by: str
    action: str
    deal: str | None
    version: int | None
    digest: str | None
    previous: str
    hash: str


def add_routes(router: APIRouter, desk: Desk) -> None:
    """/report, /report/files/NAME, /reviews/PERIOD, /audit."""

    @router.get("/report", responses=PROBLEMS, tags=["reports"])
    def report(user: Caller, by: By = "team", period: Period = None) -> Report:
        """Within SLA, first review, scores, gaps, habits, churn; on few handoffs nobody is named."""
        return verbs.report(desk, user, by=by, period=period)

    @router.get("/report/files/{name}", responses=BYTES, tags=["reports"], response_class=Response)
    def report_file(user: Caller, name: str, by: By = "team", period: Period = None) -> Response:
        """One of the report's tables as CSV."""
        return attachment(verbs.report_file(desk, user, name, by=by, period=period), name)

    @router.get("/reviews/{period}", responses=PROBLEMS, tags=["reports"])
    def review_page(user: Caller, period: str) -> QualityReview:
        """The monthly (2026-05) or quarterly (2026-Q2) quality review."""
        return verbs.review_page(desk, user, period)

    @router.get("/audit", responses=PROBLEMS, tags=["people"])
    def audit_log(
        user: Caller,
        limit: Limit = 50,
        after: Annotated[int, Query(ge=0, le=2**53, description="Number of the last line you have.")] = 0,
    ) -> list[AuditOut]:
        """Who did what when, oldest first."""
        found = [line for line in verbs.audit_log(desk, user) if line.number > after][:limit]
        return [AuditOut.model_validate(line, from_attributes=True) for line in found]
