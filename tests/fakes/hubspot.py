"""The routes of HubSpot that we use, with the shapes that its client reads."""

from __future__ import annotations

from typing import Any

from fakes.serving import Answer, Asked, FakeCrm

WHEN = "2026-05-18T12:00:00Z"
V3 = "/crm/v3/objects/"


class FakeHubSpot(FakeCrm):
    """Deal 4711 of Fernhill Foods, won, with a company, two people and an owner."""

    def __init__(self) -> None:
        super().__init__()
        self.objects: dict[str, dict[str, dict[str, Any]]] = {
            "deals": {"4711": {
                "dealname": "Fernhill rollout", "amount": "48000.50", "deal_currency_code": "EUR",
                "closedate": "2026-05-15T16:00:00Z", "hs_is_closed_won": "true", "hubspot_owner_id": "77",
            }},
            "companies": {"31": {"name": "Fernhill Foods", "domain": "fernhill.example", "country": "IE"}},
            "contacts": {
                "51": {"firstname": "Ben", "lastname": "Cole", "email": "b@f.example", "jobtitle": "COO"},
                "52": {"firstname": "Dora", "lastname": "Lane", "email": None, "jobtitle": None},
            },
            "notes": {}, "tasks": {},
        }  # fmt: skip
        self.beside: dict[str, list[str]] = {
            "companies": ["31"], "contacts": ["51", "52"], "notes": [], "tasks": [],
        }  # fmt: skip
        self.groups: list[str] = []
        self.properties: list[str] = []

    PATHS = {"note": f"{V3}notes", "task": f"{V3}tasks"}  # noqa: RUF012 - never changed

    def made(self) -> list[str]:
        """What tells tasks and notes apart."""
        subjects = [task["hs_task_body"] for task in self.objects["tasks"].values()]
        return subjects + [note["hs_note_body"] for note in self.objects["notes"].values()]

    def refusal(self, status: int) -> Any:
        """HubSpot's error body."""
        return {"status": "error", "message": f"refused with {status}", "category": "X"}

    def answer(self, asked: Asked) -> Answer:
        """What HubSpot says."""
        if asked.path.startswith(V3):
            return self._objects(asked, *asked.path.removeprefix(V3).split("/"))
        if asked.path.startswith("/crm/v4/objects/deals/"):
            kind = asked.path.rsplit("/", 1)[-1]
            types = [{"category": "HUBSPOT_DEFINED", "typeId": 1, "label": None}]
            found = [{"toObjectId": one, "associationTypes": types} for one in self.beside[kind]]
            return Answer(200, {"results": found})
        if asked.path.startswith("/crm/v3/owners/"):
            who = {"id": "77", "email": "ana@cartwheel.example", "firstName": "Ana", "lastName": "Ruiz",
                   "createdAt": WHEN, "updatedAt": WHEN, "archived": False, "type": "PERSON"}  # fmt: skip
            return Answer(200, who)
        return self._properties(asked)

    def _objects(self, asked: Asked, kind: str, id_: str = "", more: str = "") -> Answer:
        there = self.objects.get(kind, {})
        if (id_, more) == ("batch", "read"):
            ids = [one["id"] for one in asked.body["inputs"]]
            found = [self._shown(kind, one) for one in reversed(ids) if one in there]
            when = {"status": "COMPLETE", "startedAt": WHEN, "completedAt": WHEN}
            return Answer(200, {**when, "results": found})
        if asked.method == "POST":
            id_ = str(900 + sum(map(len, self.objects.values())))
            there[id_] = asked.body["properties"]
            self.beside[kind].append(id_)
            assert asked.body["associations"][0]["to"]["id"] == "4711"
            return Answer(201, self._shown(kind, id_))
        if id_ not in there:
            return Answer(404, self.refusal(404))
        if asked.method == "PATCH":
            there[id_].update(asked.body["properties"])
        return Answer(200, self._shown(kind, id_))

    def _shown(self, kind: str, id_: str) -> dict[str, Any]:
        shown: dict[str, Any] = {"id": id_, "properties": self.objects[kind][id_], "createdAt": WHEN,
                                 "updatedAt": WHEN, "archived": False}  # fmt: skip
        if kind == "deals":
            shown["associations"] = {
                name: {"results": [{"id": one, "type": f"deal_to_{name}"} for one in self.beside[name]]}
                for name in ("companies", "contacts")
            }
        return shown

    def _properties(self, asked: Asked) -> Answer:
        names = self.groups if asked.path.endswith("/groups") else self.properties
        if asked.method == "POST":
            names.append(asked.body["name"])
        if asked.path.endswith("/groups"):
            shown = [{"name": n, "label": n, "displayOrder": 1, "archived": False} for n in names]
        else:
            shown = [{"name": n, "label": n, "type": "string", "fieldType": "text", "description": "",
                      "groupName": "handoff", "options": []} for n in names]  # fmt: skip
        return Answer(200, {"results": shown}) if asked.method == "GET" else Answer(201, shown[-1])
