"""The policy: the protocol's numbers, loaded from one TOML file that a company edits."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError, model_validator

from assistant.errors import HandoffError
from assistant.packet import Category, Deal, Severity
from assistant.protocol.policy_time import CalendarSection, Clocks, MessagesSection
from assistant.protocol.section import Count, Percent, Positive, Section

DEFAULT = Path(__file__).with_name("policy.toml")


class PolicyError(HandoffError):
    """The policy file cannot be used; the message names the file, the key and what is wrong, in one line."""


class Agenda(Section):
    """Minutes a segment of the standard meeting."""

    customer_overview: Count
    stakeholders: Count
    objectives: Count
    scope: Count
    implementation: Count
    risks: Count
    questions: Count


class Meeting(Section):
    minutes: Positive
    minimum_minutes: Positive
    strategic_minutes: Positive
    hold_at_probability_percent: Percent
    seller_stays_at_kickoff_minutes: Positive
    technical_points_for_se: Positive
    implementation_team: bool
    least_segment_minutes: Positive
    questions_a_segment: Positive
    agenda: Agenda


class Strategic(Section):
    contract_value: Count
    segments: tuple[str, ...]


class Payment(Section):
    standard_days: Count


class Capacity(Section):
    """Open handoffs that a CSM can carry; `limits` by login where somebody carries more or fewer."""

    open_handoffs: Positive
    limits: dict[str, Count] = {}  # noqa: RUF012 - pydantic copies defaults


class Freshness(Section):
    days: Count


class Recordings(Section):
    """What is done with sound."""

    consent: Literal["warn", "refuse", "ignore"]
    keep_audio: bool
    doubtful_below_percent: Percent
    doubtful_words_percent: Percent


class Success(Section):
    early_win_days: Positive


class Promises(Section):
    needs_date: tuple[Category, ...]


class Review(Section):
    spot_check_percent: Percent
    rejections_before_escalation: Positive


class Reports(Section):
    fewest: Positive


class DocumentationWeights(Section):
    summary_complete: Count
    stakeholder_map: Count
    commitments_documented: Count
    risks_identified: Count


class MeetingWeights(Section):
    all_attended: Count
    agenda_covered: Count
    questions_answered: Count


class TimelinessWeights(Section):
    handoff_in_time: Count
    introduction_in_time: Count


class Bands(Section):
    """Lowest score of each band."""

    excellent: Percent
    good: Percent
    acceptable: Percent

    @model_validator(mode="after")
    def _descend(self) -> Bands:
        if not self.excellent > self.good > self.acceptable:
            raise ValueError("excellent, good, acceptable must descend")
        return self


class ScoreWeights(Section):
    documentation: DocumentationWeights
    meeting: MeetingWeights
    timeliness: TimelinessWeights
    bands: Bands

    @model_validator(mode="after")
    def _make_a_hundred(self) -> ScoreWeights:
        groups = (self.documentation, self.meeting, self.timeliness)
        total = sum(sum(group.model_dump().values()) for group in groups)
        if total != 100:
            raise ValueError(f"the weights make {total} points, they must make 100")
        return self


class RuleChoices(Section):
    off: tuple[str, ...] = ()
    severity: dict[str, Severity] = {}  # noqa: RUF012 - pydantic copies defaults


class Policy(Section):
    """Everything a company may set. Load it with `load_policy`."""

    clocks: Clocks
    calendar: CalendarSection
    messages: MessagesSection
    meeting: Meeting
    strategic: Strategic
    payment: Payment
    capacity: Capacity
    freshness: Freshness
    recordings: Recordings
    success: Success
    promises: Promises
    review: Review
    reports: Reports
    score: ScoreWeights
    rules: RuleChoices

    def is_strategic(self, deal: Deal) -> bool:
        """Above the value line, or in a segment that counts as strategic."""
        return deal.segment in self.strategic.segments or (deal.value or 0) >= self.strategic.contract_value


def load_policy(path: Path | None = None) -> Policy:
    """The default policy, with the lines of `path` over it. Raises PolicyError on a bad edit, in one line."""
    if path is None:
        return _default()
    return _checked(_merged(_read(DEFAULT), _read(path), path.name), path.name)


@cache
def _default() -> Policy:
    return _checked(_read(DEFAULT), DEFAULT.name)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise PolicyError(f"Cannot read the policy '{path.name}': {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise PolicyError(
            f"Cannot read the policy '{path.name}': it is not UTF-8 text; save it as UTF-8."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"The policy '{path.name}' is not valid TOML: {error}.") from None


def _merged(under: dict[str, Any], over: dict[str, Any], name: str, at: str = "") -> dict[str, Any]:
    """`over` upon `under`; a table merges, anything else replaces."""
    merged = dict(under)
    for key, value in over.items():
        old = under.get(key)
        if isinstance(old, dict) and not isinstance(value, dict):
            raise PolicyError(
                f"The policy '{name}': {at}{key} is a section, not a single value; write [{at}{key}]."
            )
        merged[key] = _merged(old, value, name, f"{at}{key}.") if isinstance(old, dict) else value
    return merged


def _checked(data: dict[str, Any], name: str) -> Policy:
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        what = "is no key of the policy" if first["type"] == "extra_forbidden" else _lower(first["msg"])
        raise PolicyError(f"The policy '{name}': {key}: {what}.") from None


def _lower(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
