"""The server asks nothing of the outside: every address that its process looks up or calls is recorded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WATCHED = """
import json, sys
from pathlib import Path
calls = []
def watch(event, arguments):
    if event == "socket.getaddrinfo":
        calls.append(str(arguments[0]))
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        calls.append(str(arguments[1][0]))
sys.addaudithook(watch)
sys.path.insert(0, "tests")
import httpx
from databases import plain_settings
from desks import drafted, make_desk
from serving import served
from assistant.desk.examples import DemoPeople
from assistant.server import make_server
from assistant.store import open_store
settings = plain_settings(Path(sys.argv[1]))
desk = make_desk(open_store(settings))
drafted(desk)
with served(make_server(settings, desk, DemoPeople([]), demo=True)) as address:
    with httpx.Client(base_url=address, timeout=60) as client:
        client.post("/sign-in", data={"login": "mara.reyes"})
        paths = ("/", "/config", "/deals/deal-1/documents/packet.json")
        pages = [client.get(path).status_code for path in paths]
print(json.dumps({"pages": pages, "calls": sorted(set(calls))}))
"""
HERE = {"127.0.0.1", "localhost", "::1", "0.0.0.0", "None", "b'127.0.0.1'"}


def test_serving_signing_in_and_downloading_call_nobody(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GRADIO")}
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(tmp_path)], cwd=ROOT, env=environment, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["pages"] == [200, 200, 200]
    assert set(found["calls"]) <= HERE
