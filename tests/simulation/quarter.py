"""A quarter of handoffs as it might go: a seeded list of steps. Nothing here says what is right.

All times are whole minutes in UTC. The quarter has the end of summer time, Thanksgiving, Christmas, New Year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from assistant.packet import Deal, Trigger
from assistant.protocol.rights import RoleName, User

START = datetime(2026, 9, 28, tzinfo=UTC)
END = datetime(2027, 1, 4, tzinfo=UTC)
LAST_CLOSE = timedelta(days=75)
TRIGGERS: tuple[Trigger, ...] = ("post_close", "pre_close", "poc_to_paid", "account_handover", "off_boarding")
TICKS = (
    "context-covered", "stakeholders-covered", "objectives-covered", "scope-covered",
    "implementation-covered", "risks-covered", "questions-answered",
)  # fmt: skip
SALES: tuple[Trigger, ...] = ("post_close", "pre_close", "poc_to_paid")


def _person(login: str, role: RoleName) -> User:
    return User(login=login, name=login.capitalize(), role=role, email=f"{login}@vendor.example")


REPS = [_person(login, "ae") for login in ("amy", "bob", "cat", "dan", "eve", "fay", "gus")]
TEAMS = dict(zip(("Amy", "Bob", "Cat", "Dan", "Eve", "Fay", "Gus"), "NNNSSSE", strict=True))
CSMS = [_person(login, "csm") for login in ("kim", "lou", "moe")]
MIA, NED = _person("mia", "cs_manager"), _person("ned", "cs_manager")
SAL, OLU = _person("sal", "sales_manager"), _person("olu", "ops")
PEOPLE = [*REPS, *CSMS, MIA, NED, SAL, OLU]


class Step(NamedTuple):
    """Somebody does something. `kind`, `when`, `words` belong to what is noted."""

    at: datetime
    deal: int
    act: str
    """make, facts, draft, note, take_back, submit, accept, reject, revise, edit or tick."""
    kind: str = ""
    when: datetime | None = None
    words: str = ""
    known: Deal | None = None
    people: tuple[str, ...] = ()


class Plot:
    """One deal's steps while they are made up."""

    def __init__(self, number: int, chance: Random) -> None:
        self.number, self.chance, self.steps = number, chance, list[Step]()

    def hours(self, least: float, most: float) -> timedelta:
        return timedelta(minutes=self.chance.randrange(int(least * 60), int(most * 60)))

    def likely(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def step(self, at: datetime, act: str, kind: str = "", **more: Any) -> datetime:
        self.steps.append(Step(at, self.number, act, kind, **more))
        return at

    def note(self, kind: str, at: datetime, **more: Any) -> datetime:
        """Something that happened then: noted at once, or up to a day later with its time."""
        if self.likely(30):
            self.step(at, "note", kind, **more)
        else:
            self.step(at + self.hours(0.1, 26), "note", kind, when=at, **more)
        return at


def tell(seed: int, deals: int) -> list[Step]:
    """Every step of that many deals, in order."""
    chance = Random(seed)
    steps = [step for number in range(deals) for step in _deal(Plot(number, chance))]
    order = {id(step): place for place, step in enumerate(steps)}
    return sorted((s for s in steps if s.at < END), key=lambda s: (s.at, s.deal, order[id(s)]))


def _deal(plot: Plot) -> list[Step]:
    trigger = plot.chance.choices(TRIGGERS, (50, 20, 12, 10, 8))[0]
    close = START + timedelta(minutes=plot.chance.randrange(int(LAST_CLOSE / timedelta(minutes=1))))
    close = max(close, START + timedelta(days=9))
    rep = plot.chance.choices(REPS, (25, 22, 18, 15, 12, 7, 1))[0]
    known = Deal(
        account=f"Account {plot.number}", vendor="Vendor", ae=rep.name, team=TEAMS[rep.name], trigger=trigger,
        csm=CSMS[plot.number % 3].name, country=plot.chance.choice((None, "DE", "US")),
        cs_manager=plot.chance.choice((None, "Mia", "Ned")), value=300_000 if plot.likely(15) else 40_000,
    )  # fmt: skip
    made = close - plot.hours(24 * 8 + 1, 24 * 9)
    plot.step(made, "make", known=known)
    early = trigger == "pre_close"
    drafted = close - plot.hours(50, 190) if early else close + plot.hours(0, 120) - timedelta(hours=60)
    plot.step(drafted, "draft")
    if trigger in SALES:
        known = _raise_probability(plot, known, made, close)
        _close(plot, known, close, drafted)
    approved = _approve(plot, drafted, close) if early else drafted
    _review(plot, drafted, approved, close)
    _meet(plot, known, drafted, close)
    return plot.steps


def _raise_probability(plot: Plot, known: Deal, made: datetime, close: datetime) -> Deal:
    likely = known.model_copy(update={"probability": plot.chance.choice((85, 90, 95))})
    plot.step(made + plot.hours(2, 90), "facts", known=likely)
    return likely


def _close(plot: Plot, known: Deal, close: datetime, drafted: datetime) -> None:
    """Told by the CRM, or noted by a person who needs a packet for it; some deals never close."""
    if plot.likely(4):
        return
    if plot.likely(50):
        won = known.model_copy(update={"closed_at": close, "probability": 100})
        plot.step(close + plot.hours(0, 7), "facts", known=won)
    else:
        noted = max(close, drafted) + plot.hours(0, 30)
        plot.step(noted, "note", "closed", when=close)
        if plot.likely(8):  # the time was wrong
            plot.step(noted + plot.hours(1, 9), "note", "closed", when=close - plot.hours(1, 5))


def _approve(plot: Plot, drafted: datetime, close: datetime) -> datetime:
    """When CS may accept a packet before the close."""
    said = plot.note("verbal_yes", drafted + plot.hours(0.1, 5))
    asked = plot.step(said + plot.hours(0.1, 20), "note", "approval_asked", words="the start is fixed")
    if plot.likely(15):
        plot.step(asked + plot.hours(1, 40), "note", "approval_refused", words="too early")
    elif plot.likely(85):
        return plot.step(asked + plot.hours(1, 40), "note", "approval_given")
    return plot.step(max(close, asked) + plot.hours(0.1, 30), "note", "signed")


def _review(plot: Plot, drafted: datetime, approved: datetime, close: datetime) -> None:
    """Submissions and answers until it is accepted, given up, or the quarter is over."""
    at = plot.step(max(drafted, approved if plot.likely(80) else drafted) + plot.hours(0.5, 30), "submit")
    for _ in range(4):
        if plot.likely(5):
            return
        at += plot.hours(0.5, 30)
        answer = plot.chance.choices(("accept", "reject", "revise"), (64, 26, 10))[0]
        if answer == "accept":
            at = plot.step(max(at, approved + timedelta(minutes=1)), "accept")
            _edit(plot, at)
            return
        plot.step(at, answer)
        at = plot.step(at + plot.hours(0.5, 40), "submit")


def _edit(plot: Plot, accepted: datetime) -> None:
    if plot.likely(15):
        at = accepted + plot.hours(1, 60)
        for number in range(plot.chance.randrange(1, 5)):
            plot.step(at, "edit", words=f"{number + 2} sites")
            at += plot.hours(0.1, 2)


def _meet(plot: Plot, known: Deal, drafted: datetime, close: datetime) -> None:
    made = max(drafted, close - timedelta(hours=20)) + plot.hours(0.5, 20)
    planned = made + plot.hours(6, 80)
    plot.step(made, "note", "meeting_scheduled", when=planned)
    if plot.likely(12):
        planned += plot.hours(-3, 60)
        plot.step(made + plot.hours(0.5, 5), "note", "meeting_scheduled", when=planned)
    if plot.likely(15):
        plot.step(made + plot.hours(0.1, 5), "note", "agenda_sent")
    if plot.likely(80):
        plot.note("meeting_confirmed", made + plot.hours(0, 25))
    if plot.likely(40):
        plot.note("cs_engaged", made + plot.hours(0, 120))
    if plot.likely(88):
        held = planned + plot.hours(-1, 10)
        came = tuple(name for name in (known.ae, known.csm, known.cs_manager) if name and plot.likely(80))
        if plot.likely(8):  # noted with the wrong time, and taken back
            wrong = held + plot.hours(0.5, 20)
            plot.step(wrong, "note", "meeting_held", people=came)
            plot.step(wrong + plot.hours(0.1, 9), "take_back", "meeting_held")
            plot.step(wrong + plot.hours(9.5, 20), "note", "meeting_held", when=held, people=came)
        else:
            plot.note("meeting_held", held, people=came)
        for item in TICKS:
            if plot.likely(60):
                plot.step(held + plot.hours(0.1, 90), "tick", item)
        (_after if known.trigger in SALES else _handed_over)(plot, held)


def _handed_over(plot: Plot, held: datetime) -> None:
    for kind, percent, most in (("prepared", 70, 110), ("feedback_asked", 60, 500)):
        if plot.likely(percent):
            plot.note(kind, held + plot.hours(1, most), words="fine" if kind == "feedback_asked" else "")


def _after(plot: Plot, held: datetime) -> None:
    """What follows the meeting, in time or not, or never."""
    for kind, percent, most in (("introduction_sent", 85, 75), ("prepared", 80, 110)):
        if plot.likely(percent):
            plot.note(kind, held + plot.hours(1, most))
    kickoff = held + plot.hours(90, 330)
    if plot.likely(85):
        made = held + plot.hours(1, 200)
        plot.step(made, "note", "kickoff_scheduled", when=kickoff)
        if plot.likely(20):
            plot.step(made + plot.hours(1, 60), "note", "kickoff_scheduled", when=kickoff + plot.hours(5, 50))
    if plot.likely(80):
        plot.note("kickoff_held", kickoff)
        _start(plot, kickoff)
    if plot.likely(6):
        why = plot.chance.choice(("price", "no value", "merger"))
        plot.note("churned", held + plot.hours(1, 900), words=why)


def _start(plot: Plot, kickoff: datetime) -> None:
    start = kickoff + plot.hours(30, 150)
    if plot.likely(90):
        plot.step(kickoff + plot.hours(0, 20), "note", "start_planned", when=start)
    if plot.likely(75):
        plot.note("confirmation_call", start - plot.hours(2, 60), words="nothing")
    if plot.likely(85):
        plot.note("work_started", start)
        if plot.likely(70):
            plot.note("review_held", start + plot.hours(40, 90), words="as told")
    if plot.likely(60):
        plot.note("satisfaction", start + plot.hours(600, 800), words=str(plot.chance.randrange(3, 11)))


def ticks(every: timedelta) -> Iterator[datetime]:
    """When the clocks are looked at."""
    at = START
    while at <= END:
        yield at
        at += every


