"""The quarter on a real desk: every step by its verb, the clocks looked at in between."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from databases import ready_settings
from packets import packet_of
from quarter import CSMS, END, MIA, OLU, PEOPLE, REPS, START, Step

from assistant import desk as verbs
from assistant.desk import Desk
from assistant.desk.drafting import keep_draft
from assistant.desk.ticking import Outgoing, Ticked, Watch, tick_clocks
from assistant.outbox import Letter
from assistant.packet import Packet, RejectionReason
from assistant.protocol.policy import load_policy
from assistant.rules import RULES
from assistant.store import open_store

POLICY = """
[calendar]
business = ["process_start", "meeting_held", "cs_engaged", "agenda", "introduction", "preparation",
            "kickoff_scheduled", "kickoff_held", "returned_packet", "confirmation_call"]
zone = "Europe/Berlin"
opens = "08:30"
closes = "17:00"
country = "DE"
closures = ["2026-12-24..2026-12-26", "2026-12-31"]

[review]
spot_check_percent = 10
"""


KEPT_RULES = ("missing-category", "missing-field")
"""The others take time and change no clock."""


class Sent(NamedTuple):
    """A letter that went out at a look."""

    at: datetime
    name: str
    logins: tuple[str, ...]


class Post:
    """A way out that remembers."""

    repeats, delivers, attaches = False, True, True

    def __init__(self) -> None:
        self.sent: list[Sent] = []

    def send(self, letter: Letter) -> str | None:
        logins = tuple(sorted(person["login"] or "" for person in letter.people))
        self.sent.append(Sent(letter.at, letter.name, logins))
        return None


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Played(NamedTuple):
    """The desk at the end of the quarter, and what went out."""

    desk: Desk
    ids: dict[int, str]
    """Number in the story -> the deal's id."""
    sent: list[Sent]
    problems: list[str]


@contextmanager
def play(steps: Iterable[Step], looks: Iterable[datetime]) -> Iterator[Played]:
    """Play it on a store of its own."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        off = json.dumps([rule.id for rule in RULES if rule.id not in KEPT_RULES])
        (Path(folder) / "policy.toml").write_text(f"{POLICY}\n[rules]\noff = {off}\n", "utf-8")
        store = open_store(ready_settings(Path(folder)))
        clock, post = Clock(), Post()
        desk = Desk(store, load_policy(Path(folder) / "policy.toml"), clock, people=lambda: PEOPLE)
        played = Played(desk, {}, post.sent, [])
        out = Outgoing(post, "post", "https://desk.example", lambda *_: b"")
        _run(played, clock, list(steps), list(looks), out)
        clock.now = END
        yield played
        store.close()


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _run(played: Played, clock: Clock, steps: list[Step], looks: list[datetime], out: Outgoing) -> None:
    watch, next_step = Watch(), 0
    for look in looks:
        while next_step < len(steps) and steps[next_step].at <= look:
            clock.now = steps[next_step].at
            _do(played, steps[next_step])
            next_step += 1
        clock.now = look
        done: Ticked = tick_clocks(played.desk, out, holder="simulation", watch=watch)
        played.problems.extend(done.problems)


def _do(played: Played, step: Step) -> None:
    desk = played.desk
    if step.act == "make":
        assert step.known
        owner = next(rep.login for rep in REPS if rep.name == step.known.ae)
        csm = next(csm.login for csm in CSMS if csm.name == step.known.csm)
        played.ids[step.deal] = verbs.new_deal(desk, OLU, step.known, owner=owner, csm=csm).id
        return
    deal = played.ids[step.deal]
    if step.act == "facts":
        assert step.known
        verbs.change_facts(desk, OLU, deal, step.known)
    elif step.act == "draft":
        keep_draft(desk, OLU, deal, _drafted(desk, deal, step), ())
    else:
        _decide(desk, deal, step)


def _drafted(desk: Desk, deal: str, step: Step) -> Packet:
    known = verbs.get_deal(desk, OLU, deal).deal.known
    base = base_packet(step.deal)
    run = base.run.model_copy(update={"as_of": date(step.at.year, step.at.month, step.at.day)})
    return base.model_copy(update={"deal": known, "run": run})


def base_packet(number: int) -> Packet:
    """What the reader would have made of the deal's files."""
    return packet_of(VARIANTS[number % len(VARIANTS)], "complete")


VARIANTS: list[dict[str, object]] = [
    {},
    {"summary": {"implementation_plan": {"milestones": {"status": "not_stated"}}}},
    {"summary": {"business_objectives": {"roi_expectations": {"status": "not_stated"}}}},
]
"""What the packets lack."""


def _decide(desk: Desk, deal: str, step: Step) -> None:
    version = verbs.get_packet(desk, OLU, deal).version
    if step.act == "note":
        when = step.when.isoformat() if step.when else None
        who = MIA if step.kind in ("approval_given", "approval_refused") else OLU
        verbs.record_event(desk, who, deal, version, kind=step.kind, at=when, note=step.words,
                           people=step.people)  # fmt: skip
    elif step.act == "take_back":
        verbs.take_back_event(desk, OLU, deal, version, kind=step.kind)
    elif step.act == "tick":
        verbs.tick(desk, OLU, deal, version, item=step.kind)
    elif step.act == "submit":
        verbs.submit(desk, OLU, deal, version)
    elif step.act == "accept":
        verbs.accept(desk, MIA, deal, version)
    elif step.act == "reject":
        verbs.reject(desk, MIA, deal, version, reasons=[RejectionReason(code="major_gap")])
    elif step.act == "revise":
        verbs.request_revision(desk, MIA, deal, version, note="more about training")
    else:
        csm = CSMS[step.deal % 3]
        verbs.edit_value(desk, csm, deal, version, path="scope.training", text=step.words)
