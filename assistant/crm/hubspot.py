"""HubSpot: deals with company, people and owner; properties, a note and tasks back at the deal."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from html import escape
from itertools import accumulate
from typing import Any

from assistant.crm.calling import SECONDS, Caller, NotThere, Trouble, seconds
from assistant.crm.nouns import Fetched, Write
from assistant.crm.reading import closed, number, person, words
from assistant.crm.record import FIELDS
from assistant.errors import HandoffError
from assistant.packet import Deal
from assistant.settings import Settings

LABEL, TOKEN, HOME = "HubSpot", "HANDOFF_HUBSPOT_TOKEN", "https://api.hubapi.com"
SCOPES = ("crm.objects.deals.read", "crm.objects.deals.write", "crm.objects.companies.read",
          "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.owners.read",
          "crm.schemas.deals.read", "crm.schemas.deals.write")  # fmt: skip
"""What the token of a private app needs; notes and tasks are written by the right to write contacts."""
PRIMARY = "deal_to_company"
"""The association of a deal's primary company; its other companies have `deal_to_company_unlabeled`."""
LIMITS = {"SECONDLY": 1.0, "TEN_SECONDLY_ROLLING": 10.0, "DAILY": 86_400.0}
"""Seconds after which a limit is free again at the latest, by its policyName, where no Retry-After says."""
GROUP = "handoff"
DEAL = ("dealname", "amount", "deal_currency_code", "closedate", "hs_is_closed_won", "hubspot_owner_id",
        "hs_deal_stage_probability")  # fmt: skip
COMPANY, PERSON = ("name", "domain", "country"), ("firstname", "lastname", "email", "jobtitle")
TO_DEAL = {"notes": 214, "tasks": 216}
"""Ids of HubSpot's own associations."""
KINDS = {"note": "notes", "task": "tasks"}
BODY = {"notes": "hs_note_body", "tasks": "hs_task_body"}
LONGEST_BODY = 60_000
MOST_PEOPLE, PAGE = 50, 100


@dataclass(frozen=True)
class HubSpotDoor:
    """A HubSpot that was connected to."""

    client: Any
    caller: Caller

    def fetch_deal(self, remote: str) -> Fetched:
        """The deal of that id with its company, its contacts and its owner."""
        api, what = self.client.crm.deals.basic_api, f"deal '{_number(remote)}'"
        wanted = {"properties": list(DEAL), "associations": ["companies", "contacts"]}
        found = self._ask(lambda: api.get_by_id(remote, **wanted, _request_timeout=SECONDS), what)
        given = found.properties
        company = (self._read("companies", _ids(found, "companies", PRIMARY)[:1], COMPANY) or [{}])[0]
        people = self._read("contacts", _ids(found, "contacts")[:MOST_PEOPLE], PERSON)
        owner = self._owner(given.get("hubspot_owner_id"))
        return _fetched(remote, given, company, people, owner)

    def find(self, remote: str, write: Write) -> str | None:
        """The note or task at the deal that bears the marker."""
        if write.kind not in KINDS:
            return None
        kind = KINDS[write.kind]
        for item in self._read(kind, self._beside(remote, kind), (BODY[kind],)):
            if escape(write.marker) in words(item, BODY[kind], most=LONGEST_BODY * 2):
                return str(item["id"])
        return None

    def send(self, remote: str, write: Write, known: str | None) -> str:
        """Properties of the deal, or a note or task beside it."""

        if write.kind == "record":
            given = {f"{GROUP}_{name}": _plain(name, value) for name, value in write.fields.items()}
            return self._change("deals", _number(remote), given)
        kind = KINDS.get(write.kind)
        if kind is None:
            raise HandoffError(f"HubSpot takes no {write.kind} here. This is our mistake.")
        given = _note(write) if kind == "notes" else _task(write)
        if known is not None:
            return self._change(kind, known, given)
        return self._make(kind, remote, given)

    def _change(self, kind: str, id_: str, given: dict[str, Any]) -> str:
        from hubspot.crm.objects import SimplePublicObjectInput

        body, api = SimplePublicObjectInput(properties=given), self.client.crm.objects.basic_api
        self._ask(lambda: api.update(kind, id_, body, _request_timeout=SECONDS), f"{kind} '{id_}'")
        return id_

    def _make(self, kind: str, remote: str, given: dict[str, Any]) -> str:
        from hubspot.crm import objects

        spec = objects.AssociationSpec("HUBSPOT_DEFINED", TO_DEAL[kind])
        there = objects.PublicAssociationsForObject([spec], objects.PublicObjectId(_number(remote)))
        body = objects.SimplePublicObjectInputForCreate([there], given)
        api = self.client.crm.objects.basic_api
        made = self._ask(lambda: api.create(kind, body, _request_timeout=SECONDS), kind, again=False)
        return str(made.id)

    def _read(self, kind: str, ids: list[str], properties: tuple[str, ...]) -> list[dict[str, Any]]:
        from hubspot.crm import objects

        found: list[dict[str, Any]] = []
        api = self.client.crm.objects.batch_api
        for start in range(0, len(ids), PAGE):
            inputs = [objects.SimplePublicObjectId(one) for one in ids[start : start + PAGE]]
            body = objects.BatchReadInputSimplePublicObjectId([], None, inputs, list(properties))
            answer = self._ask(partial(api.read, kind, body, _request_timeout=SECONDS), kind)
            found += [{**item.properties, "id": item.id} for item in answer.results]
        return sorted(found, key=lambda item: ids.index(str(item["id"])))

    def _beside(self, remote: str, kind: str) -> list[str]:
        """Ids of all notes or tasks of the deal."""
        api, found, after = self.client.crm.associations.v4.basic_api, list[str](), None
        while True:
            more = {"limit": 500, "_request_timeout": SECONDS} | ({"after": after} if after else {})
            page = self._ask(partial(api.get_page, "deals", _number(remote), kind, **more), kind)
            found += [str(item.to_object_id) for item in page.results]
            if not (page.paging and page.paging.next):
                return found
            after = page.paging.next.after

    def _owner(self, owner: str | None) -> dict[str, Any]:
        """The owner, also one who was deactivated; nobody where HubSpot knows no such owner any more."""
        if not owner:
            return {}
        api = self.client.crm.owners.owners_api
        for archived in (False, True):
            ask = partial(api.get_by_id, int(owner), archived=archived, _request_timeout=SECONDS)
            with contextlib.suppress(NotThere):
                found = self._ask(ask, f"owner '{owner}'")
                return {"firstname": found.first_name, "lastname": found.last_name, "email": found.email}
        return {}

    def _ask(self, ask: Any, what: str, *, again: bool = True) -> Any:
        return self.caller.call(ask, what, again=again)


def connect(settings: Settings) -> HubSpotDoor:
    """The HubSpot whose token the settings hold."""
    if settings.hubspot_token is None:
        raise HandoffError(
            f"No token for HubSpot: make a private app with {', '.join(SCOPES)}; set {TOKEN} to its token."
        )
    try:
        from hubspot import HubSpot
        from urllib3 import Retry
    except ImportError:
        raise HandoffError("HubSpot's client is not installed: pip install 'handoff[crm]'.") from None
    token = settings.hubspot_token.get_secret_value()
    once = Retry(0)  # the client's own retries would sleep for as long as a Retry-After says
    client = HubSpot(access_token=token, retry=once, host=settings.hubspot_url or HOME)
    rights = f"the scopes {', '.join(SCOPES)}"
    return HubSpotDoor(client, Caller(LABEL, TOKEN, trouble_of, settings.patience, rights))


def trouble_of(error: Exception) -> Trouble | None:
    """What an exception of HubSpot's client means."""
    from urllib3.exceptions import HTTPError

    if isinstance(error, HTTPError):
        return Trouble(None, type(error).__name__)
    status = getattr(error, "status", None)
    if not isinstance(status, int):
        return None
    headers, told = getattr(error, "headers", None) or {}, _body_of(error)
    wait = seconds(headers.get("Retry-After"))
    if wait is None and status == 429:
        wait = LIMITS.get(str(told.get("policyName")))
    return Trouble(status, str(told.get("message") or "no reason given"), wait)


def _body_of(error: Exception) -> dict[str, Any]:
    try:
        found = json.loads(getattr(error, "body", ""))
    except (ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _fetched(
    remote: str, given: dict[str, Any], company: dict[str, Any], people: list[dict[str, Any]],
    owner: dict[str, Any],
) -> Fetched:  # fmt: skip
    won = str(given.get("hs_is_closed_won")).lower() == "true"
    ae = person(owner, "vendor")
    deal = Deal(
        account=words(company, "name") or None, account_domain=words(company, "domain") or None,
        ae=ae.name if ae else None, value=number(given.get("amount")),
        currency=words(given, "deal_currency_code") or None,
        participants=tuple(filter(None, [ae, *(person(one, "customer") for one in people)])),
        **closed(given.get("closedate"), won),
    )  # fmt: skip
    return Fetched(remote, deal, words(given, "dealname"), words(owner, "email") or None, won)


def _ids(found: Any, kind: str, first: str = "") -> list[str]:
    """Ids of what is beside the deal, each once; those of the association `first` come first."""
    beside = (found.associations or {}).get(kind)
    items = sorted(beside.results, key=lambda item: item.type != first) if beside else []
    return list(dict.fromkeys(str(item.id) for item in items))


def id_of(remote: str) -> str:
    """The id of a deal as HubSpot writes it. Raises HandoffError for what is none."""
    return _number(remote.strip())


def _number(remote: str) -> str:
    if not (remote.isascii() and remote.isdigit() and len(remote) < 25):
        raise HandoffError(f"'{remote[:40]}' is no id of a HubSpot deal: the number in its address is.")
    return remote


def _plain(name: str, value: Any) -> str:
    """HubSpot takes moments as milliseconds, and nothing as empty text."""
    if value is None:
        return ""
    if FIELDS[name].type == "moment":
        return str(int(datetime.fromisoformat(value).timestamp() * 1000))
    return str(value)


def _body(write: Write) -> str:
    """As HTML in which every word stays a word; what is too long ends where a letter does."""
    text, marker = str(write.fields.get("body", "")), f"<br>{escape(write.marker)}"
    lengths = accumulate(len(_html(letter)) for letter in text[:LONGEST_BODY])
    fits = sum(length <= LONGEST_BODY for length in lengths)
    return _html(text[:fits]) + marker


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _note(write: Write) -> dict[str, Any]:
    title = escape(write.fields["title"])
    return {"hs_note_body": f"<strong>{title}</strong><br>{_body(write)}", "hs_timestamp": _when(write)}


def _task(write: Write) -> dict[str, Any]:
    return {
        "hs_task_subject": write.fields["title"], "hs_task_body": _body(write), "hs_timestamp": _when(write),
        "hs_task_status": "COMPLETED" if write.fields.get("done") else "NOT_STARTED",
    }  # fmt: skip


def _when(write: Write) -> str:
    """When it is due, or was written."""
    at = datetime.fromisoformat(write.fields.get("due") or write.fields["at"])
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()
