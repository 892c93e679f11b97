"""Salesforce: opportunities with account, contact roles and owner; a Handoff__c, tasks and a file back."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from assistant.crm.calling import SECONDS, Caller, NotThere, Trouble
from assistant.crm.nouns import Fetched, Write
from assistant.crm.reading import closed, number, person, words
from assistant.crm.salesforce_metadata import KEY, LONGEST_TEXT, OBJECT, field_name, metadata
from assistant.errors import HandoffError
from assistant.packet import Deal
from assistant.settings import Settings

LABEL, TOKEN = "Salesforce", "HANDOFF_SALESFORCE_TOKEN (or HANDOFF_SALESFORCE_CLIENT_SECRET)"
VERSION = "62.0"
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
LONGEST_BODY = 30_000
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
"""What the last three letters of an id are made of: which of five letters are capitals."""
CODES = {
    "REQUEST_LIMIT_EXCEEDED": 429, "UNABLE_TO_LOCK_ROW": 429, "INVALID_SESSION_ID": 401, "NOT_FOUND": 404,
    "ENTITY_IS_DELETED": 404, "INVALID_CROSS_REFERENCE_KEY": 404, "SERVER_UNAVAILABLE": 503,
}  # fmt: skip
"""Error code -> the status that means it elsewhere: a used-up limit comes as 403, a locked record as 400."""


@dataclass(frozen=True)
class SalesforceDoor:
    """A Salesforce that was connected to."""

    client: Any
    caller: Caller

    def fetch_deal(self, remote: str) -> Fetched:
        """The opportunity of that id with its account, its people and its owner."""
        remote = id_of(remote)
        found = self._query(DEAL, remote)
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
        given = {field_name(name): _short(value) for name, value in write.fields.items()}
        given["Opportunity__c"] = remote
        try:
            self._rest("PATCH", f"sobjects/{OBJECT}/{KEY}/{remote}", given)
        except NotThere:
            raise HandoffError(
                f"Salesforce has no {OBJECT} or no such opportunity for this token: deploy what `handoff crm "
                "setup salesforce` writes, and give the token's user the permission set Handoff."
            ) from None
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
    address, session = _address(settings.salesforce_url), Session()
    session.request = partial(session.request, timeout=SECONDS)  # type: ignore[method-assign]
    rights = "the permission set Handoff (`handoff crm setup salesforce`), and rights on opportunities"
    caller = Caller(LABEL, TOKEN, trouble_of, settings.patience, rights)
    token = caller.call(lambda: _token(settings, session, address), "sign-in")
    client = Salesforce(instance_url=address, session_id=token, session=session, version=VERSION)
    client.base_url = f"{address}/services/data/v{VERSION}/"
    return SalesforceDoor(client, caller)


def _address(given: str) -> str:
    """Where the API answers; what the address bar shows is another host."""
    return given.rstrip("/").replace(".lightning.force.com", ".my.salesforce.com")


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
    """What an exception of the client means: Salesforce tells it by the error code more than by status."""
    from requests.exceptions import RequestException

    if isinstance(error, RequestException):
        return Trouble(None, type(error).__name__)
    status = getattr(error, "status", None)
    if not isinstance(status, int):
        return None
    first = error.content[0] if isinstance(error.content, list) and error.content else {}  # type: ignore[attr-defined]
    code = first.get("errorCode", "") if isinstance(first, dict) else ""
    said = first.get("message", "no reason given") if isinstance(first, dict) else "no reason given"
    return Trouble(CODES.get(code, status), str(said))


def set_up(door: Any) -> list[str]:
    """The object with its fields, as it is deployed; `handoff crm setup salesforce --out` writes all there
    is to deploy."""
    return metadata()[f"objects/{OBJECT}.object"].splitlines()


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


def _short(value: Any) -> Any:
    """Text as long as its field."""
    return value[:LONGEST_TEXT] if isinstance(value, str) else value


def id_of(remote: str) -> str:
    """The id with its 18 letters; some places show 15, which differ by capitals only.

    Raises HandoffError for what is none.
    """
    remote = _checked(remote.strip())
    parts = [remote[at : at + 5] for at in (0, 5, 10)]
    return remote[:15] + "".join(CAPITALS[sum(c.isupper() << n for n, c in enumerate(p))] for p in parts)


def _checked(remote: str) -> str:
    """The id, which then may stand in a query."""
    if not ID.fullmatch(remote):
        raise HandoffError(f"'{remote[:40]}' is no id of Salesforce: those have 15 or 18 letters and digits.")
    return remote
