"""The routes of Salesforce that we use: queries, upsert by key, tasks, files."""

from __future__ import annotations

import re
from typing import Any

from fakes.serving import Answer, Asked, FakeCrm

HOME = "/services/data/v62.0/"
OPPORTUNITY = "0061x00000AbCdEAAA"


class FakeSalesforce(FakeCrm):
    """The opportunity of Fernhill Foods, won, with its account, two people and an owner."""

    PATHS = {"note": f"{HOME}sobjects/ContentVersion", "task": f"{HOME}sobjects/Task"}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, dict[str, Any]] = {}
        self.tasks: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.documents: dict[str, str] = {}

    def made(self) -> list[str]:
        """What tells tasks and files apart."""
        return [one["Description"] for one in self.tasks.values()] + sorted(set(self.documents.values()))

    def refusal(self, status: int) -> Any:
        """Salesforce's error body."""
        code = {401: "INVALID_SESSION_ID", 429: "REQUEST_LIMIT_EXCEEDED"}.get(status, "UNKNOWN")
        return [{"message": f"refused with {status}", "errorCode": code}]

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
        return getattr(self, f"_{kind.lower()}")(asked, rest)  # type: ignore[no-any-return]

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
        assert rest[0] == "Handoff_Key__c" and rest[1] == OPPORTUNITY == asked.body["Opportunity__c"]
        self.records[rest[1]] = asked.body
        return Answer(201, {"id": "a001x00000000001AA", "success": True, "created": True})

    def _task(self, asked: Asked, rest: list[str]) -> Answer:
        if asked.method == "PATCH":
            self.tasks[rest[0]].update(asked.body)
            return Answer(204)
        assert asked.body["WhatId"] == OPPORTUNITY
        id_ = f"00T1x00000{len(self.tasks):05}AAA"
        self.tasks[id_] = asked.body
        return Answer(201, {"id": id_, "success": True})

    def _contentversion(self, asked: Asked, rest: list[str]) -> Answer:
        id_ = f"0681x00000{len(self.files):05}AAA"
        self.files[id_] = asked.body
        self.documents[id_] = asked.body.get("ContentDocumentId", f"0691x00000{len(self.files):05}AAA")
        return Answer(201, {"id": id_, "success": True})


OPPORTUNITY_ROW = {
    "Id": OPPORTUNITY, "Name": "Fernhill rollout", "Amount": 48000.5, "CloseDate": "2026-05-15",
    "IsWon": True,
    "Owner": {"Name": "Ana Ruiz", "Email": "ana@cartwheel.example"},
    "Account": {"Name": "Fernhill Foods", "Website": "https://www.fernhill.example/about"},
}  # fmt: skip
