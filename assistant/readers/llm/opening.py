"""From settings to a reader: the one place that puts the parts together."""

from __future__ import annotations

import importlib.util
import threading
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import HandoffError
from assistant.readers.llm.answers import MemoryAnswers, ReadOnlyAnswers
from assistant.readers.llm.budget import Budget
from assistant.readers.llm.chat import ChatModel
from assistant.readers.llm.chat_aside import started
from assistant.readers.llm.client import Client
from assistant.readers.llm.context import context_of
from assistant.readers.llm.dialect import Dialect
from assistant.readers.llm.limits import Limits, Pace, Traffic
from assistant.readers.llm.patience import Patience
from assistant.readers.llm.prices import price_of
from assistant.readers.llm.question import Answers
from assistant.readers.llm.rehearsal import Rehearsal
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.readers import Reader
    from assistant.readers.llm.reader import ChatReader

HOW_TO = (
    "No chat model is configured. Set HANDOFF_MODEL=openai:NAME and HANDOFF_API_KEY (or HANDOFF_BASE_URL for "
    "an endpoint of your own), or leave out --reader llm."
)


def open_reader(
    settings: Settings,
    embedded: Reader,
    answers: Answers | None = None,
    deal: str = "",
    traffic: Traffic | None = None,
) -> ChatReader:
    """The reader that asks the configured model; paid answers are kept under `deal`. Readers of several
    deals keep the provider's limits together when they are given one `traffic`."""
    return _reader(settings, embedded, open_client(settings, answers, deal, traffic))


def open_traffic(settings: Settings, pace: Limits | None = None) -> Traffic:
    """What readers that work at once are to share; `pace` where other machines share it too."""
    own = Pace(settings.requests_per_minute, settings.tokens_per_minute)
    return Traffic(pace or own, threading.Semaphore(settings.concurrency))


def rehearsing_reader(
    settings: Settings, embedded: Reader, answers: Answers | None = None
) -> tuple[ChatReader, Rehearsal]:
    """The same reader with nobody to ask: what it would send is in the Rehearsal."""
    client, rehearsal = rehearse(settings, answers)
    return _reader(settings, embedded, client), rehearsal


def _reader(settings: Settings, embedded: Reader, client: Client) -> ChatReader:
    from assistant.readers.llm.reader import ChatReader

    context = model_context(settings)
    return ChatReader(client, embedded, context=context, redact=settings.redact, plan=settings.plan)


def open_client(
    settings: Settings, answers: Answers | None = None, deal: str = "", traffic: Traffic | None = None
) -> Client:
    """A client that asks the configured model. Raises HandoffError where the settings cannot work."""
    chat = _chat(settings)
    aside = started(settings)
    patience = Patience(
        (aside or chat).send,
        Dialect(settings.structured, first="json_schema" if chat.speaks_openai else "prompt"),
        (traffic or open_traffic(settings)).pace,
        retries=settings.retries,
        longest_wait=settings.patience,
    )
    client = _client(settings, chat, patience, answers or MemoryAnswers(), deal, traffic)
    client.load = chat.load if aside is None else lambda: None  # it is loading, and nobody needs to wait
    return client


def rehearse(settings: Settings, answers: Answers | None = None) -> tuple[Client, Rehearsal]:
    """A client that asks nobody, and what it would have sent. Kept answers are used, none is added."""
    chat = _chat(settings)
    rehearsal = Rehearsal(chat.name, settings.temperature)
    dialect = Dialect(settings.structured, first="json_schema" if chat.speaks_openai else "prompt")
    client = _client(
        settings, chat, Patience(rehearsal.send, dialect), ReadOnlyAnswers(answers or MemoryAnswers()), ""
    )
    client.rehearsing = True
    return client, rehearsal


def model_context(settings: Settings) -> int:
    """Input tokens that the configured model takes."""
    return context_of(settings, _profile(*_chat(settings).provider_and_name))


def endpoint_of(settings: Settings) -> str:
    """What a person calls the place that is asked: its host, or the provider's name."""
    host = urlsplit(settings.base_url or "").netloc.rpartition("@")[2]
    return host or _chat(settings).provider_and_name[0]


def _chat(settings: Settings) -> ChatModel:
    if not settings.model:
        raise HandoffError(HOW_TO)
    return ChatModel(settings)


def _client(
    settings: Settings,
    chat: ChatModel,
    patience: Patience,
    answers: Answers,
    deal: str,
    traffic: Traffic | None = None,
) -> Client:
    price = price_of(chat.name, settings)
    if settings.max_cost is not None and price is None:
        raise HandoffError(
            f"HANDOFF_MAX_COST is set, but no price of {chat.name} is known. "
            "Set HANDOFF_PRICE_INPUT and HANDOFF_PRICE_OUTPUT (dollars a million tokens)."
        )
    return Client(
        patience=patience,
        model=settings.model or "",
        endpoint=endpoint_of(settings),
        deal=deal,
        answers=answers,
        parameters={
            "model": settings.model,
            "base_url": settings.base_url,
            "temperature": settings.temperature,
            **settings.model_options,
        },
        price=price,
        budget=Budget(settings.max_cost),
        concurrency=settings.concurrency,
        under_way=traffic.under_way if traffic else None,
    )


def _profile(provider: str, name: str) -> dict[str, object] | None:
    """What the provider's package knows of the model, read from its table alone: the package itself takes
    seconds to load. None where there is no such table or model."""
    found = importlib.util.find_spec(f"langchain_{provider}")
    if found is None or not found.submodule_search_locations:
        return None
    table = Path(found.submodule_search_locations[0]) / "data" / "_profiles.py"
    spec = importlib.util.spec_from_file_location("handoff_model_profiles", table) if table.exists() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    profiles = getattr(module, "_PROFILES", {})
    return profiles.get(name) if isinstance(profiles, dict) else None
