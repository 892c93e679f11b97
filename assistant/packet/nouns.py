"""What every noun of the packet shares."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Telling = Literal["number", "date", "price", "negation", "word"]


class HeardAs(Noun):
    """A word of a recording that matters or is doubtful, with its second and its probability (0-1)."""

    text: str
    start: float
    sure: float
    kind: Telling
    again: str | None = None
    """What a second hearing of the same sound made of it, where that matters; None: the same."""
    maybe: str | None = None
    """What the first hearing held nearly as likely, where that matters and the second one says nothing."""


class Hearing(Noun):
    """How a quote out of a recording was heard."""

    start: float
    """Seconds from the start of the recording at which its words begin, to be played from there."""
    end: float
    words: tuple[HeardAs, ...] = ()
    """Every number, date, price and negation in it, and each other word of low probability."""
    otherwise: float = 0.0
    """The part of its words that came out differently when the sound was heard a second time (0-1)."""


class Evidence(Noun):
    """A located quote. `quote` stands in the segment's text word for word, white space folded."""

    source: str
    segment_id: str
    quote: str
    locator: str
    match: Literal["exact", "near"] = "exact"
    heard: Hearing | None = None
    """Only for what was said in a recording."""


class Value(Noun):
    """One value of a field with what proves it; without evidence only when a person entered it."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    entered_by: str | None = None


class Remark(Noun):
    """What a person said about something: who, when (ISO time in UTC), in which words."""

    by: str
    at: str
    text: str


class Quantity(Noun):
    """A number with its unit, as read from words.

    `unit` is canonical: "minute", "hour", "business_hour", "day", "business_day", "week", "month", "year",
    "percent", "USD" (ISO currency codes), or a singular lower-case noun ("seat", "session", "user").
    """

    value: float
    unit: str
    bound: Literal["exactly", "at_most", "at_least", "about"] = "exactly"
    per: str | None = None
    """"month" in 99.9 % a month or $40 a month; "user" in $40 a user."""
    text: str
    """The words it was read from."""
