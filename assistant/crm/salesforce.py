"""Salesforce: opportunities with account, contact roles and owner; a Handoff__c, tasks and a file back."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from assistant.crm.calling import SECONDS, Caller, NotThere, Trouble, seconds
from assistant.crm.nouns import Fetched, Write
from assistant.crm.reading import closed, number, person, words
from assistant.crm.record import FIELDS, Row
from assistant.errors import HandoffError
from assistant.packet import Deal
from assistant.settings import Settings

LABEL, TOKEN = "Salesforce", "HANDOFF_SALESFORCE_TOKEN (or HANDOFF_SALESFORCE_CLIENT_SECRET)"
VERSION = "62.0"
OBJECT, KEY = "Handoff__c", "Handoff_Key__c"
ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
DEAL = (
    "SELECT Id, Name, Amount, CloseDate, IsWon, Owner.Name, Owner.Email, Account.Name, Account.Website "
    "FROM Opportunity WHERE Id = '{id}'"
)
PEOPLE = (
    "SELECT Contact.Name, Contact.Email, Contact.Title FROM OpportunityContactRole "
    "WHERE OpportunityId = '{id}' ORDER BY IsPrimary DESC LIMIT 50"
)
TASKS = "SELECT Id, Description FROM Task WHERE WhatId = '{id}'"
FILES = (
    "SELECT ContentDocumentId, ContentDocument.Title FROM ContentDocumentLink WHERE LinkedEntityId = '{id}'"
)
DOCUMENT = "SELECT ContentDocumentId FROM ContentVersion WHERE Id = '{id}'"
TYPES = {
    "choice": "<type>Picklist</type>", "text": "<type>LongTextArea</type><length>2000</length>"
    "<visibleLines>3</visibleLines>", "link": "<type>Url</type>",
    "number": "<type>Number</type><precision>8</precision><scale>1</scale>",
    "date": "<type>Date</type>", "moment": "<type>DateTime</type>",
}  # fmt: skip
LONGEST_BODY = 30_000


@dataclass(frozen=True)
class SalesforceDoor:
    """A Salesforce that was connected to."""

    client: Any
    caller: Caller

    def fetch_deal(self, remote: str) -> Fetched:
        """The opportunity of that id with its account, its people and its owner."""
        found = self._query(DEAL, _checked(remote))
        if not found:
            raise NotThere(f"Salesforce has no opportunity '{remote}' for this token. Look up the id.")
        people = [item["Contact"] or {} for item in self._query(PEOPLE, remote)]
        return _fetched(remote, found[0], people)

    def find(self, remote: str, write: Write) -> str | None:
        """The task or file at the opportunity that bears the marker. A record is found by its key."""
        if write.kind == "task":
            for item in self._query(TASKS, _checked(remote)):
                if write.marker in words(item, "Description", most=LONGEST_BODY * 2):
                    return str(item["Id"])
        if write.kind == "note":
            for item in self._query(FILES, _checked(remote)):
                if write.marker in words(item["ContentDocument"] or {}, "Title"):
                    return str(item["ContentDocumentId"])
        return None

    def send(self, remote: str, write: Write, known: str | None) -> str:
        """The record by its key, the note as a file, tasks at the opportunity."""
        if write.kind == "record":
            return self._upsert(_checked(remote), write)
        if write.kind == "note":
            return self._file(remote, write, known)
        return self._task(remote, write, known)

    def _upsert(self, remote: str, write: Write) -> str:
        given = {_name(name): value for name, value in write.fields.items()}
        given["Opportunity__c"] = remote
        self._rest("PATCH", f"sobjects/{OBJECT}/{KEY}/{remote}", given)
        return remote

    def _task(self, remote: str, write: Write, known: str | None) -> str:
        body = f"{write.fields.get('body', '')}"[:LONGEST_BODY]
        given: dict[str, Any] = {
            "Subject": write.fields["title"], "Description": f"{body}\n{write.marker}",
            "Status": "Completed" if write.fields.get("done") else "Not Started",
        }  # fmt: skip
        if due := write.fields.get("due"):
            given["ActivityDate"] = due
        if known is not None:
            self._rest("PATCH", f"sobjects/Task/{known}", given)
            return known
        return str(self._rest("POST", "sobjects/Task", {**given, "WhatId": remote}, again=False)["id"])

    def _file(self, remote: str, write: Write, known: str | None) -> str:
        content = base64.b64encode(str(write.fields["body"]).encode()).decode()
        title = f"{write.fields['title'][:180]} {write.marker}"
        place = {"ContentDocumentId": known} if known else {"FirstPublishLocationId": remote}
        given = {"Title": title, "PathOnClient": "handoff.txt", "VersionData": content, **place}
        made = self._rest("POST", "sobjects/ContentVersion", given, again=False)
        return known or str(self._query(DOCUMENT, _checked(str(made["id"])))[0]["ContentDocumentId"])

    def _query(self, soql: str, id_: str) -> list[dict[str, Any]]:
        asked = soql.format(id=id_)
        found = self.caller.call(partial(self.client.query_all, asked), "record")
        return [dict(item) for item in found["records"]]

    def _rest(self, method: str, path: str, given: dict[str, Any], *, again: bool = True) -> Any:
        ask = partial(self.client.restful, path, method=method, json=given)
        return self.caller.call(ask, path.split("/")[1], again=again)


def connect(settings: Settings) -> SalesforceDoor:
    """The Salesforce that the settings name."""
    if not settings.salesforce_url or not (settings.salesforce_token or settings.salesforce_client_secret):
        raise HandoffError(
            "Salesforce is not known yet: set HANDOFF_SALESFORCE_URL (https://yours.my.salesforce.com) and "
            f"{TOKEN}."
        )
    try:
        from requests import Session
        from simple_salesforce.api import Salesforce
    except ImportError:
        raise HandoffError("Salesforce's client is not installed: pip install 'handoff[crm]'.") from None
    address, session = settings.salesforce_url.rstrip("/"), Session()
    session.request = partial(session.request, timeout=SECONDS)  # type: ignore[method-assign]
    caller = Caller(LABEL, TOKEN, trouble_of, settings.patience)
    token = caller.call(lambda: _token(settings, session, address), "sign-in")
    client = Salesforce(instance_url=address, session_id=token, session=session, version=VERSION)
    client.base_url = f"{address}/services/data/v{VERSION}/"
    return SalesforceDoor(client, caller)


def _token(settings: Settings, session: Any, address: str) -> str:
    """The access token that was given, or a new one by client credentials."""
    if settings.salesforce_token is not None:
        return settings.salesforce_token.get_secret_value()
    secret = settings.salesforce_client_secret
    assert secret is not None
    given = {"grant_type": "client_credentials", "client_id": settings.salesforce_client_id or "",
             "client_secret": secret.get_secret_value()}  # fmt: skip
    answer = session.request("POST", f"{address}/services/oauth2/token", data=given)
    if answer.status_code != 200:
        raise _Refused(401 if answer.status_code in (400, 401) else answer.status_code, answer.text)
    return str(answer.json()["access_token"])


class _Refused(Exception):  # noqa: N818 - never leaves this file
    """The sign-in was refused; looks like the client's own errors."""

    def __init__(self, status: int, content: str) -> None:
        super().__init__(content)
        self.status, self.content = status, content


def trouble_of(error: Exception) -> Trouble | None:
    """What an exception of the client means. Salesforce tells a used-up limit by 403."""
    from requests.exceptions import RequestException

    if isinstance(error, RequestException):
        return Trouble(None, type(error).__name__)
    status = getattr(error, "status", None)
    if not isinstance(status, int):
        return None
    first = error.content[0] if isinstance(error.content, list) and error.content else {}  # type: ignore[attr-defined]
    code = first.get("errorCode", "") if isinstance(first, dict) else ""
    said = first.get("message", "no reason given") if isinstance(first, dict) else "no reason given"
    return Trouble(429 if code == "REQUEST_LIMIT_EXCEEDED" else status, str(said), seconds(None))


def set_up(door: Any) -> list[str]:
    """The metadata to deploy: `sf project deploy start`, or a change set with the same fields."""
    fields = [_field(_name(name), row) for name, row in FIELDS.items()]
    lookup = (
        "<fields><fullName>Opportunity__c</fullName><label>Opportunity</label><type>Lookup</type>"
        "<referenceTo>Opportunity</referenceTo><relationshipName>Handoffs</relationshipName></fields>"
    )
    key = (
        f"<fields><fullName>{KEY}</fullName><label>Key</label><type>Text</type><length>40</length>"
        "<externalId>true</externalId><unique>true</unique></fields>"
    )
    return [
        f"<!-- objects/{OBJECT}.object: deploy it, and give the token's user edit rights on {OBJECT} -->",
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">',
        "<label>Handoff</label><pluralLabel>Handoffs</pluralLabel>",
        "<nameField><label>Handoff</label><type>AutoNumber</type>"
        "<displayFormat>HO-{00000}</displayFormat></nameField>",
        "<deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel>",
        key, lookup, *fields, "</CustomObject>",
    ]  # fmt: skip


def _field(name: str, row: Row) -> str:
    choices = "".join(
        f"<value><fullName>{one}</fullName><default>false</default><label>{one.replace('_', ' ')}</label>"
        "</value>"
        for one in row.choices
    )
    values = f"<valueSet><valueSetDefinition>{choices}</valueSetDefinition></valueSet>" if choices else ""
    return f"<fields><fullName>{name}</fullName><label>{row.label}</label>{TYPES[row.type]}{values}</fields>"


def _name(name: str) -> str:
    """packet_link -> Packet_Link__c."""
    return "_".join(part.capitalize() for part in name.split("_")) + "__c"


def _fetched(remote: str, given: dict[str, Any], people: list[dict[str, Any]]) -> Fetched:
    account, owner = given.get("Account") or {}, given.get("Owner") or {}
    won = bool(given.get("IsWon"))
    ae = person({"name": owner.get("Name"), "email": owner.get("Email")}, "vendor")
    contacts = [{"name": p.get("Name"), "email": p.get("Email"), "jobtitle": p.get("Title")} for p in people]
    deal = Deal(
        account=words(account, "Name") or None, account_domain=_domain(words(account, "Website")),
        ae=ae.name if ae else None, value=number(given.get("Amount")),
        participants=tuple(filter(None, [ae, *(person(one, "customer") for one in contacts)])),
        **closed(given.get("CloseDate"), won),
    )  # fmt: skip
    return Fetched(remote, deal, words(given, "Name"), words(owner, "Email") or None, won)


def _domain(website: str) -> str | None:
    found = re.sub(r"^https?://(www\.)?|/.*$", "", website.lower())
    return found or None


def _checked(remote: str) -> str:
    """The id, which then may stand in a query."""
    if not ID.fullmatch(remote):
        raise HandoffError(f"'{remote[:40]}' is no id of Salesforce: those have 15 or 18 letters and digits.")
    return remote
