"""Example deals for the demo: each folder becomes a deal once, drafted on its own day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from assistant.deal_file import find_deal_file, read_deal
from assistant.desk.deals import list_deals
from assistant.desk.drafting import draft
from assistant.desk.files import create_deal
from assistant.desk.place import Desk
from assistant.errors import HandoffError
from assistant.protocol.rights import User
from assistant.store import audit
from extractors.folder import NOT_SOURCES

DAY = re.compile(r"^as_of:\s*(\d{4}-\d\d-\d\d)", re.MULTILINE)


class DemoPeople:
    """Everybody whom the example deals need, without passwords: for a demo on one machine."""

    def __init__(self, folders: list[Path]) -> None:
        deals = [read_deal(file) for folder in folders if (file := find_deal_file(folder))]
        people = [(deal.ae, "ae") for deal in deals] + [(deal.csm, "csm") for deal in deals]
        people += [("Mara Reyes", "cs_manager"), ("Sam Ortiz", "sales_manager"), ("Olu Reyes", "ops")]
        people += [("Ada Holm", "admin")]
        self._people = {
            (login := login_of(name)): User.model_validate({"login": login, "name": name, "role": role})
            for name, role in people
            if name
        }

    def all(self) -> list[User]:
        """In the order in which the sign-in page shows them."""
        return list(self._people.values())

    def find(self, login: str) -> User | None:
        """The person of that login, or None."""
        return self._people.get(login)

    def check(self, login: str, password: str) -> User | None:
        """Nobody has a password here."""
        return None


def load_examples(desk: Desk, folders: list[Path], on_deal: Callable[[str], None] | None = None) -> None:
    """Make and draft each folder's deal, unless the store has deals already; a broken-off one is drafted."""
    loader = User(login="examples", name="Example loader", role="ops")
    with desk.store.read() as connection:
        first = audit.first_author(connection)
    if first not in (None, loader.login):
        raise HandoffError("This store has deals of its own. The demo wants one that is empty, or its own.")
    there = {line.deal.account: line.deal for line in list_deals(desk, loader)}
    for folder in folders:
        file = find_deal_file(folder)
        known = read_deal(file) if file else None
        if known is None or not known.ae:
            continue
        row = there.get(known.account or "")
        if row is None:
            files = dict(_files(folder))
            csm = login_of(known.csm) if known.csm else None
            row, _ = create_deal(desk, loader, known, files, owner=login_of(known.ae), csm=csm)
        if row.version == 0:
            if on_deal:
                on_deal(row.account)
            draft(desk, loader, row.id, as_of=_day(folder, desk))


def example_folders(home: Path) -> list[Path]:
    """The folders in it, in order of name."""
    return sorted(path for path in home.iterdir() if path.is_dir()) if home.is_dir() else []


def login_of(name: str) -> str:
    """ "kim.osei" for "Kim Osei"."""
    return ".".join(re.findall(r"\w+", name.lower()))


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in NOT_SOURCES:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _day(folder: Path, desk: Desk) -> date:
    """The day on which the example is looked at, where it says one."""
    expected = folder / "expected.yaml"
    found = DAY.search(expected.read_text("utf-8")) if expected.is_file() else None
    return date.fromisoformat(found[1]) if found else desk.now().date()
