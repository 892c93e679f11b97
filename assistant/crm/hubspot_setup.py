"""HubSpot's side of the record: a group of deal properties, made once."""

from __future__ import annotations

from typing import Any

from assistant.crm.calling import SECONDS
from assistant.crm.hubspot import GROUP, HubSpotDoor
from assistant.crm.record import FIELDS

TYPES = {
    "choice": ("enumeration", "select"), "text": ("string", "textarea"), "link": ("string", "text"),
    "number": ("number", "number"), "date": ("date", "date"), "moment": ("datetime", "date"),
}  # fmt: skip
"""Type of a field -> HubSpot's type and field type."""


def set_up(door: Any) -> list[str]:
    """Make the deal properties that the record needs; what is there stays. None: only says which."""
    names = [f"deal property {GROUP}_{name}: {row.label}" for name, row in FIELDS.items()]
    if door is None:
        return [f"property group {GROUP}", *names]
    there = _existing(door)
    lines = [] if there is not None else [_make_group(door)]
    for name, row in FIELDS.items():
        full = f"{GROUP}_{name}"
        lines.append(f"{full} is there" if full in (there or ()) else _make_property(door, full, row))
    return lines


def _existing(door: HubSpotDoor) -> set[str] | None:
    """Names of the deal properties of our group; None where the group is not there."""
    api = door.client.crm.properties
    groups = door._ask(lambda: api.groups_api.get_all("deals", _request_timeout=SECONDS), "property groups")
    if GROUP not in {group.name for group in groups.results}:
        return None
    found = door._ask(lambda: api.core_api.get_all("deals", _request_timeout=SECONDS), "properties")
    return {item.name for item in found.results}


def _make_group(door: HubSpotDoor) -> str:
    from hubspot.crm.properties import PropertyGroupCreate

    body, api = PropertyGroupCreate(GROUP, -1, "Handoff"), door.client.crm.properties.groups_api
    door._ask(lambda: api.create("deals", body, _request_timeout=SECONDS), "property group", again=False)
    return f"property group {GROUP} made"


def _make_property(door: HubSpotDoor, name: str, row: Any) -> str:
    from hubspot.crm.properties import OptionInput, PropertyCreate

    kind, field = TYPES[row.type]
    options = [
        OptionInput(hidden=False, display_order=n, label=choice.replace("_", " "), value=choice)
        for n, choice in enumerate(row.choices)
    ]
    body = PropertyCreate(
        name=name, label=row.label, type=kind, field_type=field, group_name=GROUP, options=options or None
    )
    api = door.client.crm.properties.core_api
    door._ask(lambda: api.create("deals", body, _request_timeout=SECONDS), f"property {name}", again=False)
    return f"{name} made"
