"""A question and an answer class for tests of the client."""

from __future__ import annotations

from typing import Any, Literal

from loopback import Loopback
from pydantic import BaseModel, ConfigDict, Field

from assistant.readers.llm.client import Client
from assistant.readers.llm.opening import open_client
from assistant.readers.llm.question import Answers, Question
from assistant.settings import Settings

KEY = "sk-test-0123456789abcdef"


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")

    quote: str = Field(max_length=300)
    kind: Literal["said", "written"]
    note: str | None


class Listed(BaseModel):
    """What a model is asked for in these tests."""

    model_config = ConfigDict(extra="forbid")

    items: list[Item]


GOOD: dict[str, Any] = {"items": [{"quote": "four hours", "kind": "said", "note": None}]}


def question(text: str = "List.", prefix: str = "Sources.", **changed: Any) -> Question[Listed]:
    given: dict[str, Any] = {
        "prompt": "read", "fingerprint": "f" * 64, "system": "Rules.", "prefix": prefix, "text": text,
        "answer": Listed, "max_output": 500, **changed,
    }  # fmt: skip
    return Question(**given)


def settings_for(server: Loopback | str, **changed: Any) -> Settings:
    url = server if isinstance(server, str) else server.url
    given: dict[str, Any] = {
        "model": "openai:gpt-4o-mini", "base_url": url, "api_key": KEY, "retries": 2, "timeout": 5.0,
        **changed,
    }  # fmt: skip
    return Settings(_env_file=None, **given)


def client_for(server: Loopback | str, answers: Answers | None = None, **changed: Any) -> Client:
    return open_client(settings_for(server, **changed), answers, "deal")
