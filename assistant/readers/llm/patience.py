"""Asking again: what passes by itself is waited for, what the endpoint does not take is put another way."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.readers.llm.dialect import Dialect
from assistant.readers.llm.failures import meaning_of, message_of, retry_after
from assistant.readers.llm.limits import Limits, Pace
from assistant.readers.llm.wire import Call, Raw, Send

FIRST_WAIT = 0.5
"""Seconds before the second try; doubled for each further one."""
MANNERS = 6
"""Other ways of putting a request that are tried before a refusal is believed."""


@dataclass(frozen=True)
class Patience:
    """One endpoint's sender with its dialect and pace. Raises the last exception when nothing helped."""

    send: Send
    dialect: Dialect
    pace: Limits = field(default_factory=Pace)
    retries: int = 4
    longest_wait: float = 120.0
    sleep: Callable[[float], None] = time.sleep

    def ask(self, call: Call, tokens: int) -> Raw:
        """The model's reply to a call that is estimated at so many tokens."""
        tries, manners = 0, 0
        while True:
            manner = self.dialect.manner
            self.pace.wait(tokens)
            try:
                return self.send(call, manner)
            except Exception as error:
                meaning = meaning_of(error)
                if meaning == "refused" and manners < MANNERS:
                    manners += 1
                    if self.dialect.learn(message_of(error), manner):
                        continue
                elif meaning in ("busy", "down") and tries < self.retries:
                    tries += 1
                    if self._waited(error, meaning, tries):
                        continue
                raise

    def _waited(self, error: Exception, meaning: str, tries: int) -> bool:
        """False where the provider asks for more patience than a person has."""
        asked = retry_after(error)
        seconds = asked if asked is not None else FIRST_WAIT * 2 ** (tries - 1)
        if seconds > self.longest_wait:
            return False
        if meaning == "busy":
            self.pace.pause(seconds)
        else:
            self.sleep(seconds)
        return True
