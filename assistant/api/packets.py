"""Routes that look at a packet: itself, its versions, what is open, what happened, its documents."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from assistant import desk as verbs
from assistant.api.answers import PROBLEMS, IfNoneMatch
from assistant.api.caller import Caller
from assistant.api.shapes import QuestionOut, VersionOut
from assistant.api.sources import BYTES, Wanted
from assistant.desk import Desk, Opened
from assistant.documents import DOCUMENTS
from assistant.packet import Commitment, Decision, Finding, Packet
from assistant.packet.commitment import Verdict
from assistant.packet.finding import Severity
from assistant.packet.packet_file import to_json
from assistant.protocol.events import Event, events
from assistant.protocol.rights import User
from assistant.server.routes import attachment

PACKET: dict[int | str, dict[str, Any]] = {
    200: {"model": Packet, "description": "packet.json of that version; its ETag is the version."},
    304: {"description": "It is the version that you have."},
    **PROBLEMS,
}


def add_routes(router: APIRouter, desk: Desk) -> None:
    """/deals/ID/packet, versions, compare, findings, promises, questions, events, decisions, documents."""
    _packet(router, desk)
    _parts(router, desk)
    _documents(router, desk)


def _packet(router: APIRouter, desk: Desk) -> None:
    @router.get("/deals/{deal}/packet", responses=PACKET, tags=["packets"], response_class=Response)
    def get_packet(
        user: Caller, deal: str, version: Wanted = None, if_none_match: IfNoneMatch = None
    ) -> Response:
        """The packet: packet.json."""
        seen = verbs.get_packet(desk, user, deal, version)
        tag = {"etag": f'"{seen.version}"', "handoff-version": str(seen.version)}
        if if_none_match is not None and if_none_match.strip() == tag["etag"]:
            return Response(None, 304, tag)
        return Response(to_json(seen.packet), 200, tag, "application/json")

    @router.get("/deals/{deal}/versions", responses=PROBLEMS, tags=["packets"])
    def versions(user: Caller, deal: str) -> list[VersionOut]:
        """Every version: who made it when and what changed; oldest first."""
        found = verbs.history(desk, user, deal)
        return [VersionOut.model_validate(row, from_attributes=True) for row in found]


def _parts(router: APIRouter, desk: Desk) -> None:
    def seen(user: User, deal: str, version: int | None) -> Opened:
        return verbs.get_packet(desk, user, deal, version)

    @router.get("/deals/{deal}/findings", responses=PROBLEMS, tags=["packets"])
    def findings(
        user: Caller, deal: str, version: Wanted = None, severity: Severity | None = None,
        open: Annotated[bool | None, Query(description="true: what nobody waived; false: what was.")] = None,
    ) -> list[Finding]:  # fmt: skip
        """What is missing or wrong, gravest first, each with the question to ask and whom."""
        found = seen(user, deal, version).packet.findings
        return [f for f in found if severity in (None, f.severity) and open in (None, f.is_open)]

    @router.get("/deals/{deal}/promises", responses=PROBLEMS, tags=["packets"])
    def promises(
        user: Caller, deal: str, version: Wanted = None, verdict: Verdict | None = None
    ) -> list[Commitment]:
        """What was promised, each with its verdict against the contract and the quotes of both."""
        found = seen(user, deal, version).packet.commitments
        return [c for c in found if verdict in (None, c.verdict)]

    @router.get("/deals/{deal}/decisions", responses=PROBLEMS, tags=["decisions"])
    def decisions(user: Caller, deal: str, version: Wanted = None) -> list[Decision]:
        """Everything that was decided, oldest first."""
        return list(seen(user, deal, version).packet.decisions)

    @router.get("/deals/{deal}/events", responses=PROBLEMS, tags=["packets"])
    def happened(user: Caller, deal: str, version: Wanted = None) -> list[Event]:
        """What happened in the handover. The decision record_event adds to it."""
        return list(events(seen(user, deal, version).packet))

    @router.get("/deals/{deal}/questions", responses=PROBLEMS, tags=["packets"])
    def questions(
        user: Caller, deal: str, most: Annotated[int, Query(ge=1, le=200)] = 6
    ) -> list[QuestionOut]:
        """What to ask now, gravest first, for your role."""
        found = verbs.questions(desk, user, deal, most)
        return [QuestionOut.model_validate(one, from_attributes=True) for one in found]


def _documents(router: APIRouter, desk: Desk) -> None:
    @router.get("/documents", responses=PROBLEMS, tags=["documents"])
    def list_documents(user: Caller) -> list[str]:
        """Names of what a packet renders to."""
        return list(DOCUMENTS)

    @router.get(
        "/deals/{deal}/documents/{name}", responses=BYTES, tags=["documents"], response_class=Response
    )
    def get_document(user: Caller, deal: str, name: str, version: Wanted = None) -> Response:
        """A document, rendered out of that version of the packet."""
        return attachment(verbs.download(desk, user, deal, name, version), f"{deal}-{name}")
