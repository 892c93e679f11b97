"""deal.yaml -> Deal: what the CRM knows of the deal, every key optional.

    customer: {name: "Fernhill Foods", domain: fernhill.example}
    vendor: {name: "Cartwheel, Inc.", domain: cartwheel.example}
    account_executive: Ana Ruiz
    participants: [{name: Ben Ormsby, side: customer, title: COO}]
    kinds: {notes/kickoff.txt: notes}
    dates: {calls/first.vtt: 2026-03-02}

Errors: HandoffError in one line that names the key and the remedy.
"""

from __future__ import annotations

import difflib
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import yaml
from pydantic import ValidationError

from assistant.errors import HandoffError
from assistant.packet import Deal, Participant

FILE_NAMES = ("deal.yaml", "deal.yml")
MOST_BYTES = 1_000_000
DEEPEST = 10
KEYS = {
    "customer": "the account: a name, or {name, domain}",
    "vendor": "the selling company: a name, or {name, domain}",
    "account_executive": "AE's name, or {name, email, title}",
    "team": "the AE's sales team",
    "sales_engineer": "SE's name",
    "csm": "customer success manager's name",
    "cs_manager": "CS manager's name",
    "segment": "smb, mid_market, enterprise or strategic",
    "trigger": "post_close, pre_close, poc_to_paid, account_handover or off_boarding",
    "scenario": "of an account handover: leave, new_account_manager, project_completed, reorganisation, "
    "merger, service_upgrade or provider_change",
    "outgoing_owner": "who hands the account over, a name or {name, email, title}",
    "incoming_owner": "who takes it over, a name or {name, email, title}",
    "return_date": "of a leave: when the outgoing owner is back, 2026-09-01",
    "handover_date": "the day on which the owner changes or the relationship ends, 2026-06-01",
    "next_provider": "of an off-boarding: the company that carries on",
    "expected_close": "a date, 2026-05-11",
    "closed_at": "when the deal was won, 2026-05-11 16:30 (UTC unless it says a zone)",
    "probability": "per cent, as the CRM has it",
    "country": "whose public holidays count, DE or US-CA",
    "value": "contract value, a number",
    "currency": "its currency, USD",
    "purchase_order": "the customer's purchase order number",
    "consent": "true where everybody in the recordings agreed to be recorded, false where not",
    "consents": "{file: true or false} where that is known of one recording",
    "participants": "a list of people: names, or {name, side, title, email, aliases}",
    "kinds": "{file: kind} where a file's kind is not what was recognised; handoff_meeting keeps the "
    "handoff's own transcript out of the promises",
    "dates": "{file: date} where a file does not tell its date",
}
"""Key -> what it holds, in the order in which README shows them."""
SAME = {
    "account": "customer",
    "ae": "account_executive",
    "se": "sales_engineer",
    "solutions_engineer": "sales_engineer",
    "solution_engineer": "sales_engineer",
    "customer_success_manager": "csm",
    "customer_success_lead": "cs_manager",
}
"""Other spellings that mean one of KEYS."""
COMPANIES = {"customer": ("account", "account_domain"), "vendor": ("vendor", "vendor_domain")}
PEOPLE = {
    "account_executive": ("ae", "vendor"),
    "sales_engineer": ("se", "vendor"),
    "csm": ("csm", "vendor"),
    "cs_manager": ("cs_manager", "vendor"),
    "outgoing_owner": ("outgoing_owner", "vendor"),
    "incoming_owner": ("incoming_owner", "vendor"),
}
RENAMED = {"kinds": "source_kinds", "dates": "source_dates"}
PERSON_KEYS = ("name", "side", "title", "email", "aliases")


def find_deal_file(folder: Path) -> Path | None:
    """The deal file that lies in the folder, or None."""
    return next((folder / name for name in FILE_NAMES if (folder / name).is_file()), None)


def read_deal(path: Path) -> Deal:
    """The deal that the file describes."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise HandoffError(f"{path.name} is larger than 1 MB. A deal file holds a few lines; see README.")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise HandoffError(f"Cannot read {path}: {error.strerror}. Give --deal a file that exists.") from None
    except UnicodeDecodeError:
        raise HandoffError(f"{path.name} is not UTF-8 text. Save it as UTF-8.") from None
    return parse_deal(text, path.name)


def parse_deal(text: str, name: str = "deal.yaml") -> Deal:
    """The deal that the YAML text describes; `name` is used in errors."""
    given = _load(text, name)
    fields: dict[str, Any] = {}
    people: list[dict[str, Any]] = []
    for key, value in given.items():
        key = SAME.get(key, key)
        _known(key, KEYS, name)
        if value is None:
            continue
        if key in COMPANIES:
            _company(key, value, fields, name)
        elif key in PEOPLE:
            _person(key, value, fields, people, name)
        elif key == "participants":
            people += _participants(value, name)
        else:
            fields[RENAMED.get(key, key)] = value
    return _deal(fields, people, name)


def _load(text: str, name: str) -> dict[str, Any]:
    try:
        _refuse_bombs(text, name)
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise HandoffError(f"{name} is not valid YAML{where}: {problem}. Correct that line.") from None
    except (ValueError, RecursionError) as error:
        raise HandoffError(f"{name} holds a value that cannot be read: {error}. Correct it.") from None
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise HandoffError(f"{name} must hold `key: value` lines such as `csm: Ana Ruiz`.")
    return {str(key): value for key, value in given.items()}


def _refuse_bombs(text: str, name: str) -> None:
    """A few bytes of aliases or brackets can cost minutes and gigabytes; a deal needs neither."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise HandoffError(f"{name} uses YAML aliases (*name). Write the value out instead.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise HandoffError(f"{name} is nested more than {DEEPEST} deep. Write plain `key: value` lines.")


def _known(key: str, allowed: Any, name: str, inside: str = "") -> None:
    if key in allowed:
        return
    near = difflib.get_close_matches(key, [*allowed, *(SAME if not inside else ())], n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(allowed)}."
    raise HandoffError(f"{name}: unknown key '{inside}{key}'; {hint}")


def _company(key: str, value: Any, fields: dict[str, Any], name: str) -> None:
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, dict):
        _wrong(key, "a name or {name, domain}", name)
    for inner, field in zip(("name", "domain"), COMPANIES[key], strict=True):
        fields[field] = value.get(inner)
    for inner in value:
        _known(str(inner), ("name", "domain"), name, f"{key}.")


def _person(key: str, value: Any, fields: dict[str, Any], people: list[dict[str, Any]], name: str) -> None:
    field, side = PEOPLE[key]
    if isinstance(value, str):
        fields[field] = value
        return
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        _wrong(key, "a name or {name, email, title}", name)
    for inner in value:
        _known(str(inner), PERSON_KEYS, name, f"{key}.")
    fields[field] = value["name"]
    people.append({"side": side, **value})


def _participants(value: Any, name: str) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        # {"Ben Ormsby": customer} or {"Ben Ormsby": {side: customer, title: COO}}
        sides = {who: what if isinstance(what, dict) else {"side": what} for who, what in value.items()}
        value = [{"name": who, **rest} for who, rest in sides.items()]
    if not isinstance(value, list):
        _wrong("participants", "a list of names or {name, side, title, email, aliases}", name)
    people = [{"name": person} if isinstance(person, str) else person for person in value]
    for person in people:
        if not isinstance(person, dict) or not isinstance(person.get("name"), str):
            _wrong("participants", "a list of names or {name, side, title, email, aliases}", name)
        for inner in person:
            _known(str(inner), PERSON_KEYS, name, "participants.")
    return people


def _deal(fields: dict[str, Any], people: list[dict[str, Any]], name: str) -> Deal:
    for key in ("source_kinds", "source_dates", "consents"):
        if not isinstance(fields.get(key, {}), dict):
            _wrong(key.removeprefix("source_"), "{file: value} pairs", name)
        given = fields.get(key, {}).items()
        fields[key] = {str(file).replace("\\", "/"): _day(value) for file, value in given}
    if isinstance(fields.get("purchase_order"), int):
        fields["purchase_order"] = str(fields["purchase_order"])
    for key in ("expected_close", "return_date", "handover_date"):
        if key in fields:
            fields[key] = _day(fields[key])
    try:
        participants = tuple(Participant.model_validate(_with_aliases(person)) for person in people)
        return Deal.model_validate({**fields, "participants": participants})
    except ValidationError as error:
        raise HandoffError(_one_line(error, name)) from None


def _with_aliases(person: dict[str, Any]) -> dict[str, Any]:
    aliases = person.get("aliases") or ()
    return {**person, "aliases": (aliases,) if isinstance(aliases, str) else tuple(aliases)}


def _day(value: Any) -> Any:
    """YAML reads 2026-05-11 10:00 as a moment; only its day counts."""
    return value.date() if isinstance(value, datetime) else value


def _one_line(error: ValidationError, name: str) -> str:
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    names = {field: key for key, field in RENAMED.items()}
    names |= {"ae": "account_executive", "se": "sales_engineer", "account": "customer"}
    where = ".".join([names.get(place[0], place[0]), *place[1:]])
    value = first.get("input")
    shown = value if isinstance(value, (str, int, float, bool, date)) else type(value).__name__
    wanted = first["msg"].removeprefix("Input ").removeprefix("Value error, ")
    return f"{name}: '{where}' is {shown!r}, but it {_verb(wanted)}. Correct it or leave it out."


def _verb(wanted: str) -> str:
    return wanted if wanted.startswith("should") else f"is wrong: {wanted[:1].lower() + wanted[1:]}"


def _wrong(key: str, wanted: str, name: str) -> NoReturn:
    raise HandoffError(f"{name}: '{key}' must be {wanted}.")
