"""What every screen shares: who visits, which deal lies on the desk, and how a refusal is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import gradio as gr
from starlette.requests import HTTPConnection

from assistant.desk import DealLine, Desk, Opened, get_packet
from assistant.errors import HandoffError
from assistant.protocol.rights import User, Verb
from assistant.screens import texts

SET: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal"}
"""How an event is wired that decides something."""
SHOW: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""How an event is wired that only shows something."""
PICK: dict[str, Any] = {**SHOW, "trigger_mode": "multiple"}
"""How choosing in a panel is wired: a second click counts while the first is still answered."""


class Place(NamedTuple):
    """Which deal is open, and which version of its packet is seen; 0 while there is none."""

    deal: str = ""
    version: int = 0


@dataclass(frozen=True)
class Visit:
    """The desk, and how a request tells who is asking. Every handler asks anew."""

    desk: Desk
    user_of: Callable[[HTTPConnection], User | None]
    demo: bool = False

    def user(self, request: gr.Request) -> User:
        """Who is asking. Nobody is refused in words that a person can act on."""
        user = self.user_of(request.request) if request is not None and request.request else None
        if user is None:
            raise gr.Error(texts.SIGNED_OUT, duration=None, print_exception=False)
        return user

    def packet(self, request: gr.Request, place: Place) -> Opened | None:
        """The version that is seen, or None where the deal has none."""
        place = Place(*place)
        if not place.deal or not place.version:
            return None
        with told():
            return get_packet(self.desk, self.user(request), place.deal, place.version)

    def decide(self, verb: Callable[..., Opened], request: gr.Request, place: Place, **more: Any) -> Place:
        """The verb done by whoever asks on the version that they see, and where that leaves them."""
        with told():
            return place_of(verb(self.desk, self.user(request), *place, **more))


@contextmanager
def told() -> Iterator[None]:
    """What a person got wrong becomes a message on the page; anything else is our bug and is logged."""
    try:
        yield
    except HandoffError as error:
        raise refusal(str(error)) from None


class Paint(Protocol):
    """Fills a screen's components for the packet that is seen; None: there is none. `now` are its inputs."""

    def __call__(self, opened: Opened | None, user: User, *now: Any) -> list[Any]: ...


class Screen(NamedTuple):
    """A screen: its tab, what is painted anew when the packet changes, and by which function."""

    id: str
    tab: gr.Tab
    outputs: list[Any]
    paint: Paint
    inputs: list[Any] = []  # noqa: RUF012 - never changed
    """What a person has set on it (filters, the chosen card), so that a repaint keeps it."""
    chosen: Any = None
    """What is chosen on it (a promise's, a finding's id), where another screen may lead to it."""
    leads: Any = None
    """A panel whose things, findings by id, are dealt with on the screens Promises and Gaps."""
    right: Verb | None = None
    """Without it a person does not see the tab; None: everybody does."""


def arrived(line: DealLine) -> tuple[Place, gr.Tabs]:
    """A deal laid on the desk: its newest packet, or its files where there is none yet."""
    tab = "promises" if line.deal.version else "upload"
    return Place(line.deal.id, line.deal.version), gr.Tabs(selected=tab)


def place_of(opened: Opened) -> Place:
    """Where a decision leaves the visitor: at the version that it made."""
    return Place(opened.deal.id, opened.version)


def needs(words: object, what: str) -> str:
    """The words, stripped. Says what is missing where there are none."""
    given = str(words or "").strip()
    if not given:
        raise refusal(texts.IS_MISSING.format(what=what))
    return given


def refusal(message: str) -> gr.Error:
    """A message on the page for something that a person can put right; it is no error of the program."""
    return gr.Error(message, duration=15, title=texts.NOT_DONE, print_exception=False)
