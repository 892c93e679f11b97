"""What an exception of a provider's library means, and one line of it for a person. Never the key."""

from __future__ import annotations

import re
from typing import Literal

from assistant.errors import HandoffError

Meaning = Literal["busy", "down", "refused", "too_long", "key", "quota", "model", "other"]
OVERFLOW = (
    "context_length_exceeded", "context length", "context size", "context window", "prompt is too long",
    "maximum context", "too many tokens", "input tokens exceed",
)  # fmt: skip
QUOTA = (
    "insufficient_quota", "exceeded your current quota", "credit balance", "billing", "insufficient balance",
)  # fmt: skip
CONNECTION = {
    "APIConnectionError", "APITimeoutError", "TransportError", "APIResponseValidationError",
    "JSONDecodeError",
}  # fmt: skip
BY_STATUS: dict[int, Meaning] = {
    401: "key", 403: "key", 404: "model", 408: "down", 409: "down", 425: "down", 429: "busy",
}  # fmt: skip
KEYS = re.compile(r"\b(?:sk|pk|gsk|xai|key|api)[-_][\w*.-]{4,}|\bBearer\s+\S+", re.IGNORECASE)
LONGEST = 200


class Failed(Exception):  # noqa: N818 - reads as what it says
    """What a library raised in another process: all that is asked of it here."""

    def __init__(self, message: str, kind: str, meaning: Meaning, wait: float | None) -> None:
        super().__init__(message)
        self.message, self.kind, self.meaning, self.wait = message, kind, meaning, wait

    @staticmethod
    def of(error: BaseException) -> Failed:
        """The same failure, without its library."""
        return Failed(message_of(error), type(error).__name__, meaning_of(error), retry_after(error))


def meaning_of(error: BaseException) -> Meaning:
    """What happened. `busy` and `down` pass; `refused` is a request that the endpoint does not take."""
    if isinstance(error, Failed):
        return error.meaning
    status, words = status_of(error), message_of(error).lower()
    if any(word in words for word in OVERFLOW):
        return "too_long"
    if status == 402 or (status in (400, 403, 429) and any(word in words for word in QUOTA)):
        return "quota"
    if status is None:
        names = {kind.__name__ for kind in type(error).__mro__}
        return "down" if names & CONNECTION or isinstance(error, OSError) else "other"
    if status in BY_STATUS:
        return BY_STATUS[status]
    return "down" if status >= 500 and status != 501 else "refused"


def status_of(error: BaseException) -> int | None:
    """The HTTP status, where the exception carries one."""
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def message_of(error: BaseException) -> str:
    """The provider's own words, with its code for the failure."""
    message = getattr(error, "message", None) or str(error)
    code = getattr(error, "code", None)
    return f"{message} {code}" if isinstance(code, str) else str(message)


def retry_after(error: BaseException) -> float | None:
    """Seconds for which the provider asks to wait, where it says so."""
    if isinstance(error, Failed):
        return error.wait
    headers = getattr(getattr(error, "response", None), "headers", None)
    if headers is None:
        return None
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(float(headers[name]) * unit, 0.0)
        except (KeyError, ValueError):
            continue
    return None


def explain(error: BaseException, model: str, endpoint: str) -> HandoffError:
    """One line: what is wrong and what to do about it."""
    said = _scrubbed(message_of(error))
    kind = error.kind if isinstance(error, Failed) else type(error).__name__
    lines: dict[Meaning, str] = {
        "key": f"{endpoint} refuses the key. Set HANDOFF_API_KEY to one that may use {model}.",
        "model": f"{endpoint} knows no model '{model}'. Correct HANDOFF_MODEL or HANDOFF_BASE_URL.",
        "quota": f"The account at {endpoint} has no credit left for {model}. Top it up; "
        "what was answered is kept.",
        "busy": f"{endpoint} keeps refusing for too many requests. Set HANDOFF_REQUESTS_PER_MINUTE or "
        "HANDOFF_TOKENS_PER_MINUTE to its limits, or try later; what was answered is kept.",
        "down": f"Cannot reach {model} at {endpoint} ({kind}). Is it running, and is "
        "HANDOFF_BASE_URL right? What was answered is kept: start again later.",
        "too_long": f"The sources are longer than {model} takes. Set HANDOFF_CONTEXT to its input tokens.",
        "other": f"{endpoint} answers in another protocol than OpenAI's ({kind}: {said}). "
        "Correct HANDOFF_BASE_URL.",
    }
    told = lines.get(meaning_of(error), f"{endpoint} does not take the request to {model}: {said}")
    return HandoffError(told)


def _scrubbed(text: str) -> str:
    """On one line, cut, and without anything that could be a key."""
    line = KEYS.sub("[key]", " ".join(text.split()))
    return line if len(line) <= LONGEST else line[: LONGEST - 3] + "..."
