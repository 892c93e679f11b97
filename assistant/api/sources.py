"""Routes about a deal's files: put, list, fetch, take out; what was read in one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant import desk as verbs
from assistant.api.answers import PROBLEMS
from assistant.api.caller import Caller
from assistant.api.keeping import KEYED
from assistant.api.problems import Refused
from assistant.api.shapes import SourceOut
from assistant.desk import Desk
from assistant.server.routes import attachment
from extractors.segments import Source

BINARY = {"schema": {"type": "string", "format": "binary"}}
FILE = {"requestBody": {"required": True, "description": "The file's bytes, of any type.",
                        "content": {"application/octet-stream": BINARY}}}  # fmt: skip
BYTES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": {"*/*": {}}},
    **PROBLEMS,
}
Wanted = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="A version; the newest by default.")]
FileName = Annotated[
    str,
    Path(min_length=1, max_length=200, examples=["calls/first.vtt"], description="Path within the deal."),
]


def add_routes(router: APIRouter, desk: Desk) -> None:
    """/deals/ID/sources, /deals/ID/sources/NAME, /deals/ID/texts/NAME."""

    @router.get("/deals/{deal}/sources", responses=PROBLEMS, tags=["sources"])
    def list_sources(user: Caller, deal: str) -> list[SourceOut]:
        """The deal's files in order of name."""
        found = verbs.list_files(desk, user, deal)
        return [SourceOut.model_validate(file, from_attributes=True) for file in found]

    @router.put(
        "/deals/{deal}/sources/{name:path}", status_code=201, responses=PROBLEMS, tags=["sources"],
        openapi_extra=FILE, dependencies=KEYED,
    )  # fmt: skip
    async def put_source(user: Caller, deal: str, name: FileName, request: Request) -> SourceOut:
        """Put a file: `curl -T first.vtt .../sources/calls/first.vtt`. One of that name is replaced."""
        data = await request.body()
        added = await run_in_threadpool(verbs.add_sources, desk, user, deal, {name: data})
        for _, why in added.refused:
            raise Refused("not-possible", why)
        return SourceOut.model_validate(added.files[0], from_attributes=True)

    @router.get(
        "/deals/{deal}/sources/{name:path}", responses=BYTES, tags=["sources"], response_class=Response
    )
    def get_source(user: Caller, deal: str, name: FileName) -> Response:
        """The file as it was added."""
        return attachment(verbs.get_source_bytes(desk, user, deal, name), name.rsplit("/", 1)[-1])

    @router.delete(
        "/deals/{deal}/sources/{name:path}", status_code=204, responses=PROBLEMS, tags=["sources"],
        dependencies=KEYED,
    )  # fmt: skip
    def remove_source(user: Caller, deal: str, name: FileName) -> None:
        """Take a file out; the next draft does not read it."""
        verbs.remove_source(desk, user, deal, name)

    @router.get("/deals/{deal}/texts/{name:path}", responses=PROBLEMS, tags=["sources"])
    def get_text(
        user: Caller, deal: str, name: FileName, version: Wanted = None
    ) -> Source:
        """What that version of the packet (the newest) read in the file: segments with their places."""
        return verbs.get_source_text(desk, user, deal, name, version)
