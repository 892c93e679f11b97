"""Claim, send, mark: each step in a transaction of its own, so that a crash leaves a trace and no double."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from assistant.errors import HandoffError
from assistant.outbox.letter import Letter
from assistant.outbox.senders import Refused, Sender, TryAgain, Unsure
from assistant.protocol.policy import Policy
from assistant.store import Store, audit
from assistant.store.messages import MessageRow, State, abandoned, claim_next, mark

LOG = logging.getLogger("handoff.outbox")
ABANDONED = timedelta(minutes=15)
"""Whoever claimed a message and has not marked it since is not coming back."""
MOST = 500
"""Messages sent in one go; the rest waits for the next."""
BY = "handoff"
Render = Callable[[str, int, str], bytes | None]
"""Deal, version and name of a document -> its bytes; None where the packet has no such document."""


@dataclass(frozen=True)
class Outcome:
    """What became of a message that was tried."""

    message: MessageRow
    state: State
    problem: str | None = None

    def __str__(self) -> str:
        what = f"message {self.message.id[:12]} ({self.message.kind}, {self.message.deal}): {self.state}"
        return f"{what}, {self.problem}" if self.problem else what


def send_waiting(
    store: Store, sender: Sender, name: str, policy: Policy, now: Callable[[], datetime],
    render: Render | None,
) -> list[Outcome]:  # fmt: skip
    """Send every message whose time has come, one after the other; without `render` no attachments."""
    done: list[Outcome] = []
    while len(done) < MOST:
        with store.write() as connection:
            message = claim_next(connection, _iso(now()), name)
        if message is None:
            break
        done.append(_try(store, sender, message, policy, now, render))
    return done


def take_up_abandoned(store: Store, sender: Sender, name: str, now: datetime) -> list[Outcome]:
    """Messages that a crash left in the middle: sent again where that does no harm, else "unsure"."""
    found: list[Outcome] = []
    with store.write() as connection:
        for message in abandoned(connection, _iso(now - ABANDONED)):
            again = sender.repeats and message.sender == name
            state: State = "waiting" if again else "unsure"
            why = None if again else "the program stopped while it was sent: look whether it arrived"
            mark(connection, message.id, state, _iso(now), problem=why, next_at=_iso(now))
            found += [] if again else [Outcome(message, state, why)]
    return found


def _try(
    store: Store, sender: Sender, message: MessageRow, policy: Policy, now: Callable[[], datetime],
    render: Render | None,
) -> Outcome:  # fmt: skip
    state: State = "sent"
    wait = timedelta(0)
    try:
        problem = sender.send(_letter(message, now(), render))
    except TryAgain as error:
        patient = message.tries < policy.messages.tries
        state, problem = "waiting" if patient else "failed", str(error)
        wait = timedelta(minutes=policy.messages.retry_minutes) * 2 ** (message.tries - 1)
    except Refused as error:
        state, problem = "failed", str(error)
    except Unsure as error:
        state, problem = "unsure", str(error)
    except Exception as error:  # one message that we do badly must not stop the others
        LOG.exception("message %s", message.id)
        state, problem = "unsure", f"it broke off ({type(error).__name__}); the log has more"
    return _marked(store, message, state, problem, now(), wait)


def _marked(
    store: Store, message: MessageRow, state: State, problem: str | None, now: datetime, wait: timedelta
) -> Outcome:
    with store.write() as connection:
        mark(connection, message.id, state, _iso(now), problem=problem, next_at=_iso(now + wait))
        if state == "sent":
            audit.append(connection, at=_iso(now), by=BY, action="send_message", deal=message.deal)
    return Outcome(message, state, problem)


def _letter(message: MessageRow, now: datetime, render: Render | None) -> Letter:
    return Letter(
        id=message.id, name=f"{message.deal}-{message.key.replace(':', '-')}", at=now, people=message.people,
        subject=message.subject, body=message.body, attachments=_attached(message, render),
    )  # fmt: skip


def _attached(message: MessageRow, render: Render | None) -> tuple[tuple[str, bytes], ...]:
    if render is None:
        return ()
    try:
        made = [(name, render(message.deal, message.version, name)) for name in message.attachments]
    except HandoffError as error:
        raise TryAgain(str(error)) from None
    except Exception as error:  # a fault of ours in a document must not stop all other messages
        LOG.exception("the attachments of message %s", message.id)
        raise Refused(f"its attachments could not be made ({type(error).__name__})") from None
    return tuple((name, content) for name, content in made if content is not None)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
