"""The chat model itself: the only file that knows LangChain."""

from __future__ import annotations

import threading
from typing import Any

from assistant.errors import HandoffError
from assistant.readers.llm.wire import Call, Finish, Manner, Raw, as_told, parameters
from assistant.settings import Settings

FINISHES: dict[str, Finish] = {
    "length": "length", "max_tokens": "length", "MAX_TOKENS": "length", "content_filter": "refused",
    "refusal": "refused", "SAFETY": "refused",
}  # fmt: skip
OPENAI_PROTOCOL = {"openai", "azure_openai"}
"""Providers whose library takes `response_format` as it stands in the protocol."""


def provider_and_name(model: str) -> tuple[str, str]:
    """`openai:gpt-x` -> both halves; without a provider it is OpenAI's protocol."""
    provider, colon, name = model.partition(":")
    return (provider, name) if colon else ("openai", model)


class ChatModel:
    """Made on first use, since its library takes seconds to load; `load` does it ahead of time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._provider, self.name = provider_and_name(settings.model or "")
        self._model: Any = None
        self._lock = threading.Lock()

    @property
    def speaks_openai(self) -> bool:
        return self._provider in OPENAI_PROTOCOL

    def load(self) -> Any:
        """The LangChain model. Raises HandoffError when its package or its key is missing."""
        with self._lock:
            if self._model is None:
                self._model = self._made()
            return self._model

    @property
    def provider_and_name(self) -> tuple[str, str]:
        return self._provider, self.name

    def _made(self) -> Any:
        from langchain.chat_models import init_chat_model

        given = self._settings
        options: dict[str, Any] = {"max_retries": 0, **self._connection(), **given.model_options}
        try:
            return init_chat_model(self.name, model_provider=self._provider, **options)
        except ImportError:
            package = f"langchain-{self._provider.replace('_', '-')}"
            raise HandoffError(
                f"HANDOFF_MODEL={given.model} needs a package: pip install {package}."
            ) from None
        except ValueError as error:
            message = f"HANDOFF_MODEL={given.model} cannot be used: {_first_line(error)}"
            raise HandoffError(message) from None
        except Exception as error:
            if "api_key" in str(error) or "credentials" in str(error):
                raise HandoffError(f"There is no key for {given.model}. Set HANDOFF_API_KEY.") from None
            raise

    def _connection(self) -> dict[str, Any]:
        given = self._settings
        options: dict[str, Any] = {}
        if self.speaks_openai:
            import httpx2

            options["timeout"] = httpx2.Timeout(given.timeout, connect=given.connect_timeout)
            options["use_responses_api"] = False
        else:
            options["timeout"] = given.timeout
        if given.base_url:
            options["base_url"] = given.base_url
        key = given.api_key.get_secret_value() if given.api_key else None
        if key or given.base_url:
            options["api_key"] = key or "none"
        return options

    def send(self, call: Call, manner: Manner) -> Raw:
        """Ask once. Raises what the library raises; a reply that was cut is a reply."""
        from langsmith import tracing_context

        model = self.load().bind(**self._bound(call, manner))
        try:
            # A deal's text must not leave for a tracing service because some variable happens to be set.
            with tracing_context(enabled=False):
                return _raw(model.invoke(list(as_told(call, manner).messages)))
        except Exception as error:
            if type(error).__name__ == "ContentFilterFinishReasonError":
                return Raw("", "refused", 0, 0, 0)
            completion = getattr(error, "completion", None)
            if completion is None:
                raise
            return _cut(completion)

    def _bound(self, call: Call, manner: Manner) -> dict[str, Any]:
        """The parameters in the library's words; it renames `max_tokens`, so the old name goes around it."""
        given = parameters(call, manner, self._settings.temperature)
        old, new = given.pop("max_tokens", None), given.pop("max_completion_tokens", None)
        return {**given, "max_tokens": new} if new else {**given, "extra_body": {"max_tokens": old}}


def _raw(message: Any) -> Raw:
    """LangChain's message in our words."""
    usage = message.usage_metadata or {}
    told = message.response_metadata
    reason = str(told.get("finish_reason") or told.get("stop_reason") or "stop")
    refusal = message.additional_kwargs.get("refusal")
    return Raw(
        text=str(message.text),
        finish="refused" if refusal else FINISHES.get(reason, "stop"),
        input_tokens=usage.get("input_tokens", 0),
        cached_tokens=(usage.get("input_token_details") or {}).get("cache_read", 0) or 0,
        output_tokens=usage.get("output_tokens", 0),
    )


def _cut(completion: Any) -> Raw:
    """The OpenAI library raises when a reply was cut or filtered; it was paid all the same."""
    choice, usage = completion.choices[0], completion.usage
    details = getattr(usage, "prompt_tokens_details", None)
    return Raw(
        text=choice.message.content or "",
        finish=FINISHES.get(choice.finish_reason, "stop"),
        input_tokens=usage.prompt_tokens if usage else 0,
        cached_tokens=(getattr(details, "cached_tokens", 0) or 0) if details else 0,
        output_tokens=usage.completion_tokens if usage else 0,
    )


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
