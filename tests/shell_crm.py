"""`handoff user token`, `crm` and `watch` at a shell, with a HubSpot over HTTP. `make api-test` runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from databases import ready_settings
from desks import ANA, CEM, CHEAP, MIA, make_desk, submitted
from fakes.hubspot import FakeHubSpot
from fakes.serving import serve

from assistant import desk as verbs
from assistant.crm.outbound import key_of
from assistant.store import open_store
from assistant.store.users import UsersFile

SEVERAL = """
import contextlib, io, json, sys
from assistant.cli import main
for words in json.loads(sys.argv[1]):
    said, failed, code = io.StringIO(), io.StringIO(), 0
    sys.argv = ["handoff", *words]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(failed):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    print(json.dumps([code, said.getvalue(), failed.getvalue()]))
"""


class Done(NamedTuple):
    code: int
    said: str
    failed: str


def handoff(folder: Path, *commands: str, **settings: str) -> list[Done]:
    """What each of the commands did, one after the other, in one process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HANDOFF_")}
    given = {f"HANDOFF_{name.upper()}": value for name, value in settings.items()}
    done = subprocess.run(
        [sys.executable, "-c", SEVERAL, json.dumps([words.split() for words in commands])],
        capture_output=True, text=True, check=True, timeout=120,
        env={**kept, "HANDOFF_DATA_DIR": str(folder), **given},
    )  # fmt: skip
    return [Done(*json.loads(line)) for line in done.stdout.splitlines()]


def accepted(folder: Path) -> str:
    """The id of a deal that customer success took, in a store in the folder."""
    store = open_store(ready_settings(folder))
    ana = ANA.model_copy(update={"email": "ana@cartwheel.example"})
    UsersFile(folder / "users.json", CHEAP).add(ana, None)
    UsersFile(folder / "users.json", CHEAP).add(CEM, None)
    seen = submitted(make_desk(store))
    seen = verbs.accept(make_desk(store), MIA, seen.deal.id, seen.version)
    store.close()
    return seen.deal.id


def test_a_deal_is_tied_shown_and_sent_and_another_fetched(tmp_path: Path) -> None:
    deal = accepted(tmp_path)
    with serve(FakeHubSpot(ready=False)) as fake:
        address: Any = {"hubspot_url": fake.address, "hubspot_token": "good"}
        done = handoff(
            tmp_path, "crm fetch hubspot 4711", "crm fetch hubspot 4711 --make", "crm setup hubspot",
            f"crm link hubspot {deal} 4712", f"crm push hubspot {deal} --dry-run", "crm push hubspot",
            f"crm link hubspot {deal} 4711", "crm push nowhere", **address,
        )  # fmt: skip
    fetched, made, ready, linked, shown, sent, twice, nowhere = done
    assert json.loads(fetched.said)["account"] == "Fernhill Foods"
    assert made.said == "deal-2 was made: Fernhill rollout\n"
    assert "made" in ready.said and linked.said == f"{deal} is hubspot's 4712.\n"
    assert shown.said.count("task:") > 3 and "record: status = completed" in shown.said
    assert sent.code == 1 and "4712" in sent.failed  # HubSpot has no such deal
    assert twice.code == 2 and "already" in twice.failed and twice.failed.count("\n") == 1
    assert nowhere.code == 2 and "crm import" in nowhere.failed


def test_tokens_exports_and_a_folder_at_the_shell(tmp_path: Path) -> None:
    accepted(tmp_path)
    columns = '[in]\nid = "ID"\nowner_email = "Owner"\n[out]\n"A" = "account"\n"S" = "status"\n'
    (tmp_path / "map.toml").write_text(columns)
    (tmp_path / "won.csv").write_text("ID,Owner\n1,ana@cartwheel.example\n2,nobody@x.example\n")
    (tmp_path / "drop/larch").mkdir(parents=True)
    (tmp_path / "drop/larch/deal.yaml").write_text("customr: Larch")
    exchange = f"--mapping {tmp_path / 'map.toml'}"
    done = handoff(
        tmp_path, "user token ana --label job", "user token ana --label job", "user tokens --json",
        "user token ana --label job --revoke", "user token eve",
        f"crm import {tmp_path / 'won.csv'} {exchange} --dry-run",
        f"crm import {tmp_path / 'won.csv'} {exchange}",
        "user token cem --label left", "user remove cem", "user tokens --json",
        f"crm export {tmp_path / 'out.csv'} {exchange}", f"watch {tmp_path / 'drop'} --once --settle 0",
    )  # fmt: skip
    made, again, listed, ended, nobody, shown, taken, _, _, left, given, watched = done
    assert json.loads(left.said) == []  # who is removed leaves no token behind
    assert made.said.startswith("handoff_") and again.code == 2 and nobody.code == 2
    assert json.loads(listed.said)[0]["label"] == "job" and made.said.strip() not in listed.said
    assert ended.said == "1 token of ana ended.\n"
    assert taken.code == 1 and "new    deal-2" in taken.said and "HANDOFF_CRM_OWNER" in taken.failed
    assert shown.code == 1 and shown.failed == taken.failed and "deal-2" not in shown.said
    assert given.code == 0 and (tmp_path / "out.csv").read_text() == "A,S\nFernhill Foods,completed\n"
    assert watched.code == 0 and "larch: deal.yaml: unknown key 'customr'" in watched.said


def test_what_is_deployed_in_salesforce_is_written_with_the_desks_address(tmp_path: Path) -> None:
    out = tmp_path / "sf"
    written, wrong = handoff(
        tmp_path, f"crm setup salesforce --out {out}", f"crm setup hubspot --out {out}",
        desk_url="https://desk.example", hook_secret="s3cret",
    )  # fmt: skip
    assert f"https://desk.example/hooks/salesforce/{key_of('s3cret')}" in written.said
    assert f"sf project deploy start --metadata-dir {out}" in written.said and written.failed == ""
    site = (out / "remoteSiteSettings" / "Handoff.remoteSite").read_text()
    assert "<url>https://desk.example</url>" in site
    assert (out / "classes" / "HandoffHook.cls").is_file() and wrong.code == 2
