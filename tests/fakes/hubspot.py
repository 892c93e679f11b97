"""The routes of HubSpot that we use, as documented: what it refuses is refused here."""

from __future__ import annotations

import re
from typing import Any

from assistant.crm.hubspot import SCOPES
from assistant.crm.hubspot_setup import TYPES
from assistant.crm.record import FIELDS
from fakes.serving import Answer, Asked, FakeCrm

WHEN = "2026-05-18T12:00:00Z"
V3 = "/crm/v3/objects/"
TO_DEAL = {"notes": 214, "tasks": 216}
NEEDS = {
    ("GET", "deals"): "crm.objects.deals.read", ("PATCH", "deals"): "crm.objects.deals.write",
    ("POST", "companies"): "crm.objects.companies.read", ("POST", "contacts"): "crm.objects.contacts.read",
    ("POST", "notes"): "crm.objects.contacts.write", ("PATCH", "notes"): "crm.objects.contacts.write",
    ("POST", "tasks"): "crm.objects.contacts.write", ("PATCH", "tasks"): "crm.objects.contacts.write",
    ("GET", "owners"): "crm.objects.owners.read",
    ("GET", "properties"): "crm.schemas.deals.read", ("POST", "properties"): "crm.schemas.deals.write",
}  # fmt: skip
"""The scope that a request needs, by method and kind."""
VALUES = {
    "datetime": re.compile(r"\d{12,14}|\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"), "number": re.compile(r"-?\d+(\.\d+)?"),
}  # fmt: skip
LONGEST = 65_536
PAGE = 3


class FakeHubSpot(FakeCrm):
    """Deal 4711 of Fernhill Foods, won, with two companies, two people and an owner."""

    def __init__(self, *, ready: bool = True) -> None:
        super().__init__()
        self.objects: dict[str, dict[str, dict[str, Any]]] = {
            "deals": {"4711": {
                "dealname": "Fernhill rollout", "amount": "48000.50", "deal_currency_code": "EUR",
                "closedate": "2026-05-15T16:00:00Z", "hs_is_closed_won": "true", "hubspot_owner_id": "77",
            }},
            "companies": {
                "30": {"name": "Fernhill Group", "domain": "group.example", "country": "IE"},
                "31": {"name": "Fernhill Foods", "domain": "fernhill.example", "country": "IE"},
            },
            "contacts": {
                "51": {"firstname": "Ben", "lastname": "Cole", "email": "b@f.example", "jobtitle": "COO"},
                "52": {"firstname": "Dora", "lastname": "Lane", "email": None, "jobtitle": None},
            },
            "notes": {}, "tasks": {},
        }  # fmt: skip
        self.beside: dict[str, list[str]] = {
            "companies": ["30", "31"], "contacts": ["51", "52"], "notes": [], "tasks": [],
        }  # fmt: skip
        self.owners: dict[str, bool] = {"77": False}
        """Owner -> whether they were deactivated."""
        self.scopes = set(SCOPES)
        self.groups: list[str] = ["handoff"] if ready else []
        self.properties: list[str] = [f"handoff_{name}" for name in FIELDS] if ready else []

    PATHS = {"note": f"{V3}notes", "task": f"{V3}tasks"}  # noqa: RUF012 - never changed

    def made(self) -> list[str]:
        """What tells tasks and notes apart."""
        subjects = [task["hs_task_body"] for task in self.objects["tasks"].values()]
        return subjects + [note["hs_note_body"] for note in self.objects["notes"].values()]

    def refusal(self, status: int) -> Any:
        """HubSpot's error body."""
        limit = {"errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING"} if status == 429 else {}
        return {"status": "error", "message": f"refused with {status}", "category": "X", **limit}

    def answer(self, asked: Asked) -> Answer:
        """What HubSpot says."""
        if missing := self._missing(asked):
            told = {"message": f"This app hasn't been granted {missing}", "category": "MISSING_SCOPES"}
            return Answer(403, {**self.refusal(403), **told})
        if asked.path.startswith(V3):
            return self._objects(asked, *asked.path.removeprefix(V3).split("/"))
        if asked.path.startswith("/crm/v4/objects/deals/"):
            return self._page(asked, asked.path.rsplit("/", 1)[-1])
        if asked.path.startswith("/crm/v3/owners/"):
            return self._owner(asked, asked.path.rsplit("/", 1)[-1])
        return self._properties(asked)

    def _missing(self, asked: Asked) -> str | None:
        kind = re.sub(r"^/crm/v\d/(objects/)?", "", asked.path).split("/")[0]
        wanted = NEEDS.get((asked.method, kind))
        return wanted if wanted and wanted not in self.scopes else None

    def _page(self, asked: Asked, kind: str) -> Answer:
        """Associations come by the page."""
        types = [{"category": "HUBSPOT_DEFINED", "typeId": TO_DEAL[kind], "label": None}]
        start = int(asked.query.get("after", ["0"])[0])
        some = self.beside[kind][start : start + PAGE]
        found: dict[str, Any] = {"results": [{"toObjectId": one, "associationTypes": types} for one in some]}
        if start + PAGE < len(self.beside[kind]):
            found["paging"] = {"next": {"after": str(start + PAGE), "link": "?"}}
        return Answer(200, found)

    def _owner(self, asked: Asked, id_: str) -> Answer:
        archived = asked.query.get("archived", ["false"])[0].lower() == "true"
        if self.owners.get(id_) is not archived:
            return Answer(404, self.refusal(404))
        who = {"id": id_, "email": "ana@cartwheel.example", "firstName": "Ana", "lastName": "Ruiz",
               "createdAt": WHEN, "updatedAt": WHEN, "archived": archived, "type": "PERSON"}  # fmt: skip
        return Answer(200, who)

    def _objects(self, asked: Asked, kind: str, id_: str = "", more: str = "") -> Answer:
        there = self.objects.get(kind, {})
        if (id_, more) == ("batch", "read"):
            return self._batch(kind, [one["id"] for one in asked.body["inputs"]])
        if asked.method == "POST":
            return self._create(kind, asked.body)
        if id_ not in there:
            return Answer(404, self.refusal(404))
        if asked.method == "PATCH":
            if wrong := self._wrong(kind, asked.body["properties"]):
                return Answer(400, {**self.refusal(400), "message": wrong})
            there[id_].update(asked.body["properties"])
        return Answer(200, self._shown(kind, id_))

    def _batch(self, kind: str, ids: list[str]) -> Answer:
        """207 and the others, where one is not there."""
        there = [one for one in reversed(ids) if one in self.objects[kind]]
        when = {"status": "COMPLETE", "startedAt": WHEN, "completedAt": WHEN}
        found = {**when, "results": [self._shown(kind, one) for one in there]}
        if len(there) == len(ids):
            return Answer(200, found)
        error = {"status": "error", "category": "OBJECT_NOT_FOUND", "message": "some are gone"}
        return Answer(207, {**found, "numErrors": 1, "errors": [{**error, "context": {}, "links": {}}]})

    def _create(self, kind: str, body: dict[str, Any]) -> Answer:
        (link,) = body["associations"]
        (type_,) = link["types"]
        if (type_["associationCategory"], type_["associationTypeId"]) != ("HUBSPOT_DEFINED", TO_DEAL[kind]):
            return Answer(400, {**self.refusal(400), "message": "invalid association type"})
        if wrong := self._wrong(kind, body["properties"]):
            return Answer(400, {**self.refusal(400), "message": wrong})
        assert link["to"]["id"] == "4711"
        id_ = str(900 + sum(map(len, self.objects.values())))
        self.objects[kind][id_] = body["properties"]
        self.beside[kind].append(id_)
        return Answer(201, self._shown(kind, id_))

    def _wrong(self, kind: str, given: dict[str, Any]) -> str | None:
        """Why HubSpot does not take these properties."""
        if kind in TO_DEAL and "hs_timestamp" not in given:
            return "hs_timestamp is required"
        for name, value in given.items():
            if kind == "deals" and name not in self.properties:
                return f'Property "{name}" does not exist'
            if value == "":
                continue
            field = FIELDS.get(name.removeprefix("handoff_"))
            if field and field.choices and value not in field.choices:
                return f"{value} was not one of the allowed options"
            form = VALUES.get(TYPES[field.type][0]) if field else None
            if form and not form.fullmatch(str(value)):
                return f"{value} is no {TYPES[field.type][0] if field else ''}"
            if len(str(value)) > LONGEST:
                return f"{name} is too long"
        return None

    def _shown(self, kind: str, id_: str) -> dict[str, Any]:
        shown: dict[str, Any] = {"id": id_, "properties": self.objects[kind][id_], "createdAt": WHEN,
                                 "updatedAt": WHEN, "archived": False}  # fmt: skip
        if kind == "deals":
            shown["associations"] = {
                "companies": {"results": [
                    {"id": one, "type": "deal_to_company_unlabeled"} for one in self.beside["companies"]
                ] + [{"id": self.beside["companies"][-1], "type": "deal_to_company"}]},
                "contacts": {"results": [
                    {"id": one, "type": "deal_to_contact"} for one in self.beside["contacts"]
                ]},
            }  # fmt: skip
        return shown

    def _properties(self, asked: Asked) -> Answer:
        names = self.groups if asked.path.endswith("/groups") else self.properties
        if asked.method == "POST":
            if asked.body["name"] in names:
                return Answer(409, self.refusal(409))
            names.append(asked.body["name"])
        if asked.path.endswith("/groups"):
            shown = [{"name": n, "label": n, "displayOrder": 1, "archived": False} for n in names]
        else:
            shown = [{"name": n, "label": n, "type": "string", "fieldType": "text", "description": "",
                      "groupName": "handoff", "options": []} for n in names]  # fmt: skip
        return Answer(200, {"results": shown}) if asked.method == "GET" else Answer(201, shown[-1])
