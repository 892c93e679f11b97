"""The MCP server as an assistant's program meets it: over stdio, read-only, with one person's rights."""

from __future__ import annotations

import asyncio

import pytest
from desks import ANA, MIA, drafted, make_desk

from assistant.api.mcp import TOOLS, Looking, make_server
from assistant.errors import HandoffError
from assistant.protocol.rights import User
from assistant.store import Store

EVE = User(login="eve", name="Eve", role="ae")


def test_a_person_sees_by_tool_what_they_see_on_the_screen(sqlite_store: Store) -> None:
    desk = make_desk(sqlite_store)
    seen = drafted(desk)
    ana, eve = Looking(desk, lambda: ANA), Looking(desk, lambda: EVE)
    assert [deal["id"] for deal in ana.list_deals()] == [seen.deal.id] and eve.list_deals() == []
    for ask in (eve.read_packet, eve.what_is_open, eve.promises):
        with pytest.raises(HandoffError, match="no deal"):
            ask(seen.deal.id)
    assert ana.what_is_open(seen.deal.id)["blockers"] == seen.deal.blockers
    assert len(ana.promises(seen.deal.id)) == len(seen.packet.commitments)
    assert ana.promises(seen.deal.id, "covered") == []
    assert ana.read_packet(seen.deal.id)["counts"]["commitments"] == len(seen.packet.commitments)
    assert ana.read_packet(seen.deal.id, "promises")["promises"][0]["text"]


def test_every_tool_says_that_it_only_reads(sqlite_store: Store) -> None:
    server = make_server(make_desk(sqlite_store), lambda: MIA)
    tools = asyncio.run(server.list_tools())
    assert sorted(tool.name for tool in tools) == sorted(TOOLS)
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
