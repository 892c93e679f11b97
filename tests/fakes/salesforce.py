"""The routes of Salesforce that we use, as documented: queries, upsert by key, tasks, files."""

from __future__ import annotations

import re
from typing import Any

from assistant.crm.record import FIELDS
from assistant.crm.salesforce_metadata import field_name
from fakes.serving import Answer, Asked, FakeCrm

HOME = "/services/data/v62.0/"
OPPORTUNITY = "0061x00000AbCdEAAV"
CODES = {401: (401, "INVALID_SESSION_ID"), 404: (404, "NOT_FOUND"), 429: (403, "REQUEST_LIMIT_EXCEEDED")}
"""What is ordered -> the status and the code by which Salesforce tells it."""
LONGEST = {"Subject": 255, "Title": 255, "Description": 32_000}


class FakeSalesforce(FakeCrm):
    """The opportunity of Fernhill Foods, won, with its account, two people and an owner."""

    PATHS = {"note": f"{HOME}sobjects/ContentVersion", "task": f"{HOME}sobjects/Task"}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.is_deployed = True
        self.records: dict[str, dict[str, Any]] = {}
        self.tasks: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.documents: dict[str, str] = {}
        self.gone: set[str] = set()
        """Ids of what somebody deleted."""

    def made(self) -> list[str]:
        """What tells tasks and files apart."""
        return [one["Description"] for one in self.tasks.values()] + sorted(set(self.documents.values()))

    def refusal(self, status: int) -> Any:
        """Salesforce's error body."""
        return self._no(CODES.get(status, (0, "UNKNOWN"))[1])

    def refuse(self, status: int, headers: dict[str, str]) -> Answer:
        return Answer(CODES.get(status, (status, ""))[0], self.refusal(status), headers)

    def answer(self, asked: Asked) -> Answer:
        """What Salesforce says."""
        if asked.path == "/services/oauth2/token":
            ok = "client_secret=right" in asked.body
            return Answer(200, {"access_token": self.token}) if ok else Answer(400, {"error": "invalid"})
        path = asked.path.removeprefix(HOME)
        if path.startswith("query"):
            found = self._query(asked.query["q"][0])
            return Answer(200, {"records": found, "totalSize": len(found), "done": True})
        _, kind, *rest = path.split("/")
        for name, most in LONGEST.items():
            if len(str((asked.body or {}).get(name, ""))) > most:
                return Answer(400, self._no("STRING_TOO_LONG"))
        return getattr(self, f"_{kind.lower()}")(asked, rest)  # type: ignore[no-any-return]

    def _no(self, code: str) -> Any:
        return [{"message": f"refused: {code}", "errorCode": code, "fields": []}]

    def _query(self, soql: str) -> list[dict[str, Any]]:
        wanted = re.search(r"= '(\w+)'", soql)
        id_ = wanted[1] if wanted else ""
        if "FROM Opportunity WHERE" in soql:
            return [OPPORTUNITY_ROW] if id_ == OPPORTUNITY else []
        if "FROM OpportunityContactRole" in soql:
            return [{"Contact": {"Name": "Ben Cole", "Email": "ben@fernhill.example", "Title": "COO"}},
                    {"Contact": {"Name": "Dora Lane", "Email": None, "Title": None}}]  # fmt: skip
        if "FROM Task" in soql:
            return [{"Id": one, "Description": task["Description"]} for one, task in self.tasks.items()]
        if "FROM ContentDocumentLink" in soql:
            return [{"ContentDocumentId": self.documents[one], "ContentDocument": {"Title": file["Title"]}}
                    for one, file in self.files.items()]  # fmt: skip
        return [{"ContentDocumentId": self.documents[id_]}]

    def _handoff__c(self, asked: Asked, rest: list[str]) -> Answer:
        """Upsert by the key: 201 where it is new, else 200; the key itself must not be in the body."""
        if not self.is_deployed:
            return Answer(404, self._no("NOT_FOUND"))
        known = {"Opportunity__c", *map(field_name, FIELDS)}
        if rest[0] != "Handoff_Key__c" or not asked.body.keys() <= known:
            return Answer(400, self._no("INVALID_FIELD"))
        assert rest[1] == OPPORTUNITY == asked.body["Opportunity__c"]
        is_new = rest[1] not in self.records
        self.records.setdefault(rest[1], {}).update(asked.body)
        told = {"id": "a001x00000000001AA", "success": True, "errors": [], "created": is_new}
        return Answer(201 if is_new else 200, told)

    def _task(self, asked: Asked, rest: list[str]) -> Answer:
        if asked.method == "PATCH":
            if rest[0] in self.gone or rest[0] not in self.tasks:
                return Answer(404, self._no("ENTITY_IS_DELETED"))
            self.tasks[rest[0]].update(asked.body)
            return Answer(204)
        assert asked.body["WhatId"] == OPPORTUNITY
        id_ = f"00T1x00000{len(self.tasks):05}AAA"
        self.tasks[id_] = asked.body
        return Answer(201, {"id": id_, "success": True, "errors": []})

    def _contentversion(self, asked: Asked, rest: list[str]) -> Answer:
        """A version of a document that is gone is refused with 400, not 404."""
        if asked.body.get("ContentDocumentId") in self.gone:
            return Answer(400, self._no("ENTITY_IS_DELETED"))
        id_ = f"0681x00000{len(self.files):05}AAA"
        self.files[id_] = asked.body
        self.documents[id_] = asked.body.get("ContentDocumentId", f"0691x00000{len(self.files):05}AAA")
        return Answer(201, {"id": id_, "success": True, "errors": []})


OPPORTUNITY_ROW = {
    "Id": OPPORTUNITY, "Name": "Fernhill rollout", "Amount": 48000.5, "CloseDate": "2026-05-15",
    "IsWon": True,
    "Owner": {"Name": "Ana Ruiz", "Email": "ana@cartwheel.example"},
    "Account": {"Name": "Fernhill Foods", "Website": "https://www.fernhill.example/about"},
}  # fmt: skip
