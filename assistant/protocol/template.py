"""The deal summary's template: its fields, which of them a deal must have, what to ask."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

from assistant.packet import (
    KIND_SECTIONS,
    AskOf,
    Deal,
    Field,
    MandatoryCategory,
    Noun,
    Packet,
    Role,
    Scenario,
    Severity,
    Summary,
    Trigger,
    Value,
)
from assistant.protocol.policy import Policy

FILE = Path(__file__).with_name("deal_summary.toml")
SCENARIOS: tuple[Scenario, ...] = get_args(Scenario)
SALES: tuple[Trigger, ...] = ("post_close", "pre_close", "poc_to_paid")
RequiredFor = (
    Literal["any", "sale", "kept", "strategic", "smb", "mid_market", "enterprise"] | Trigger | Scenario
)
_PLACEHOLDER = re.compile(
    r"n\.?\s?/?\s?a\.?|not applicable|none|nil|null|no|nothing|tb[dcan]|to be "
    r"(?:determined|decided|defined|done|confirmed|added|announced|agreed)|todo|to do|pending|unknown"
    r"|not known|\?+|x{2,}|[-–—_.*]+|same|see above|as discussed|",
    re.IGNORECASE,
)


class CategoryRow(Noun):
    """One of the seven mandatory categories, in the order in which documents show them."""

    id: MandatoryCategory
    label: str
    ask: str
    ask_of: AskOf


class SectionRow(Noun):
    id: str
    label: str


class RoleRow(Noun):
    """A role of the stakeholder map."""

    id: Role
    label: str
    required_for: tuple[RequiredFor, ...]
    severity: Severity
    ask: str
    asked_by: str = "role-not-filled"


class FieldRow(Noun):
    """One path of the summary. Keys are explained at the top of deal_summary.toml."""

    path: str
    label: str
    category: MandatoryCategory | Literal["commercial"]
    required_for: tuple[RequiredFor, ...]
    only_if: str | None = None
    severity: Severity
    ask: str
    ask_of: AskOf
    asked_by: str = "missing-field"


class Template(Noun):
    category: tuple[CategoryRow, ...]
    role: tuple[RoleRow, ...]
    section: tuple[SectionRow, ...]
    field: tuple[FieldRow, ...]

    def row(self, path: str) -> FieldRow:
        """The row of a path; KeyError when the template has none."""
        for row in self.field:
            if row.path == path:
                return row
        raise KeyError(path)


@cache
def load_template() -> Template:
    """The template, in the file's order."""
    return Template.model_validate(tomllib.loads(FILE.read_text("utf-8")))


def summary_field(summary: Summary, path: str) -> Field:
    """The field at "section.name"; AttributeError when there is none."""
    section, name = path.split(".")
    value = getattr(getattr(summary, section), name)
    assert isinstance(value, Field)
    return value


@lru_cache(maxsize=4096)
def is_placeholder(text: str) -> bool:
    """True for text that fills a field without saying anything: "N/A", "TBD", "none", "-"."""
    return _PLACEHOLDER.fullmatch(text.strip().rstrip(".:;").strip("()[]<> ")) is not None


def real_values(field: Field) -> tuple[Value, ...]:
    """The values that say something."""
    return tuple(value for value in field.values if not is_placeholder(value.text))


def shown_sections(packet: Packet) -> tuple[SectionRow, ...]:
    """The sections that this kind of handover has, and those of another kind that say something."""
    return tuple(
        row
        for row in load_template().section
        if packet.deal.trigger in KIND_SECTIONS.get(row.id, (packet.deal.trigger,))
        or any(field != Field() for _, field in getattr(packet.summary, row.id))
    )


def shown_rows(packet: Packet) -> tuple[FieldRow, ...]:
    """The fields of `shown_sections`, in the template's order."""
    return tuple(row for section in shown_sections(packet) for row in section_rows(section.id, packet))


def section_rows(section: str, packet: Packet) -> tuple[FieldRow, ...]:
    """The section's fields that this deal has; one that only other scenarios have is left out while empty."""
    return tuple(
        row
        for row in load_template().field
        if row.path.startswith(f"{section}.")
        and (not _is_of_another(row, packet.deal) or summary_field(packet.summary, row.path) != Field())
    )


def _is_of_another(row: FieldRow, deal: Deal) -> bool:
    scenarios = set(row.required_for) & set(SCENARIOS)
    others = set(row.required_for) - scenarios
    return bool(scenarios) and deal.scenario not in scenarios and deal.trigger not in others


def is_known(field: Field) -> bool:
    """Stated or conflicting with a value that says something, or not applicable for a stated reason."""
    if field.status == "not_applicable":
        return bool(field.reason and not is_placeholder(field.reason))
    return field.status != "not_stated" and bool(real_values(field))


def is_required(row: FieldRow | RoleRow, packet: Packet, policy: Policy) -> bool:
    """Whether this deal must have it."""
    if not applies(row.required_for, packet.deal, policy):
        return False
    only_if = row.only_if if isinstance(row, FieldRow) else None
    if only_if is None:
        return True
    other = summary_field(packet.summary, only_if)
    return other.status != "not_applicable" and is_known(other)


def applies(required_for: tuple[RequiredFor, ...], deal: Deal, policy: Policy) -> bool:
    """Whether one of the words describes the deal."""
    words: set[str | None] = {"any", deal.trigger, deal.segment}
    if deal.trigger in SALES:
        words.add("sale")
    if deal.trigger != "off_boarding":
        words.add("kept")
    if deal.trigger == "account_handover":
        words.add(deal.scenario)
    if policy.is_strategic(deal):
        words.add("strategic")
    return any(word in words for word in required_for)


def ask_about(ask: str, deal: Deal) -> str:
    """The question with the customer's name in it."""
    return ask.replace("{account}", deal.account or "the customer")
