"""`handoff mcp` as an assistant starts it: over stdio, with a person's token. `make api-test` runs it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from databases import ready_settings
from desks import ANA, CHEAP, drafted, make_desk

from assistant.store import open_store
from assistant.store.tokens import make_token, revoke
from assistant.store.users import UsersFile


def test_an_assistant_asks_over_stdio_until_the_token_ends(tmp_path: Path) -> None:
    store = open_store(ready_settings(tmp_path))
    desk = make_desk(store)
    UsersFile(tmp_path / "users.json", CHEAP).add(ANA, None)
    drafted(desk)
    token = make_token(store, "ana", "assistant", desk.stamp())
    end = partial(revoke, store, "ana", desk.stamp())
    listed, missing, ended = asyncio.run(_conversation(tmp_path, token, end))
    assert json.loads(listed[1])["id"] == "deal-1" and not listed[0]
    assert missing == (True, missing[1]) and "There is no deal" in missing[1]
    assert ended[0] and "HANDOFF_TOKEN" in ended[1]


async def _conversation(folder: Path, token: str, end: Any) -> list[tuple[bool, str]]:
    """Three questions: the deals, a deal that is not there, and the deals once the token was revoked."""
    from mcp.client.session import ClientSession
    from mcp.client.stdio import StdioServerParameters, stdio_client

    kept = {name: value for name, value in os.environ.items() if not name.startswith("HANDOFF_")}
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "assistant.cli", "mcp"], cwd=Path.cwd(),
        env={**kept, "HANDOFF_DATA_DIR": str(folder), "HANDOFF_TOKEN": token},
    )  # fmt: skip
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        answers = [await session.call_tool("list_deals", {})]
        answers.append(await session.call_tool("what_is_open", {"deal": "deal-9"}))
        end()
        answers.append(await session.call_tool("list_deals", {}))
    return [(bool(answer.is_error), answer.content[0].text) for answer in answers]  # type: ignore[union-attr]
