"""The tables of the deal summary: people, promises, questions, sources; marks lead to the quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from assistant.documents.blocks import Block, Bullets, Cell, Heading, Line, Paragraph, Table, cell
from assistant.documents.proof import Proof
from assistant.documents.words import (
    ROLES,
    SEVERITIES,
    VERDICTS,
    count,
    said_by,
    shown,
    verdict_of,
    whom,
)
from assistant.packet import Commitment, Finding, Packet, Stakeholder, Value
from assistant.rules.wording import shortened

TOGETHER = {
    "promise-contradicted": "the contract says otherwise. Amend it, or correct the promise in writing?",
    "promise-not-in-contract": "the contract is silent. Do we stand by it, who delivers it, by when, "
    "and where is it written down?",
    "vague-promise": "what exactly was meant, and what does the customer expect, by when?",
    "promise-without-owner-or-date": "who does it, and by when?",
    "promise-changed": "the wording changed. Which one does the customer believe?",
    "promise-withdrawn": "taken back later. Does everyone who heard it know, and accept it?",
}
"""Rule about promises -> its question for several at once; each has its own in the audit."""
LONGEST_CLAUSE = 170


def stakeholder_table(packet: Packet, proof: Proof) -> list[Block]:
    """Who matters, roles first; people of whom nothing but the name is known share one line."""
    order = list(ROLES)
    people = sorted(
        packet.stakeholders,
        key=lambda s: (s.side != "customer", order.index(s.role) if s.role else len(order)),
    )
    told = [s for s in people if s.role or any(_facts(s))]
    rows = tuple((cell(_role(s), "strong"), _person(s, packet, proof), _moves(s, proof)) for s in told)
    table = Table(("Role", "Person", "What moves them"), (0.17, 0.3, 0.53), rows)
    rest = [s for s in people if s not in told]
    named = "; ".join(map(_named, rest))
    marks = proof.marks(e for s in rest for e in s.evidence[:1])
    also = [Paragraph((Line(f"Also named: {named}.", marks=marks),))] if rest else []
    return [*([table] if rows else []), *also]


def _role(person: Stakeholder) -> str:
    return ROLES.get(person.role or "", "Vendor" if person.side == "vendor" else "No role stated")


def _named(person: Stakeholder) -> str:
    side = "ours" if person.side == "vendor" else "customer"
    return ", ".join(filter(None, (person.name, person.title, side)))


def _person(person: Stakeholder, packet: Packet, proof: Proof) -> Cell:
    own = {name.casefold() for name in (packet.deal.account, packet.deal.vendor) if name}
    house = person.organization if (person.organization or "").casefold() not in own else None
    marks = [shown(person.stance)] if person.stance else []
    marks += [f"{person.influence} influence"] if person.influence else []
    marks += [f"{person.relationship} relationship with the AE"] if person.relationship else []
    return (
        Line(person.name, "strong", proof.marks(person.evidence[:2])),
        *cell(", ".join(filter(None, (person.title, house)))),
        *cell(", ".join(marks), "muted"),
    )


def _facts(person: Stakeholder) -> Iterator[tuple[str, Value]]:
    groups = (
        ("Wants", person.objectives),
        ("Worries about", person.concerns),
        ("Prefers", person.preferences),
        ("Defers to", person.defers_to),
    )
    return ((word, value) for word, values in groups for value in values)


def _moves(person: Stakeholder, proof: Proof) -> Cell:
    lines = tuple(Line(f"{word}: {v.text}", marks=proof.marks(v.evidence)) for word, v in _facts(person))
    return lines or cell("Not stated", "warn")


def promise_tables(packet: Packet, proof: Proof, but: Collection[int] = ()) -> Iterator[Block]:
    """Every promise, gravest first; those that need nothing in short below. `but`: numbers told elsewhere."""
    numbered = [(n, c) for n, c in enumerate(packet.commitments, start=1) if n not in but]
    numbered.sort(key=lambda pair: list(VERDICTS).index(pair[1].verdict))
    grave = [(n, c) for n, c in numbered if c.verdict not in ("covered", "withdrawn")]
    if grave:
        yield held_against(grave, proof)
    for verdict, title in (("covered", "Covered by the contract"), ("withdrawn", "Withdrawn since")):
        few = [(n, c) for n, c in numbered if c.verdict == verdict]
        if few:
            rows = tuple((cell(f"P{n}", "strong"), _promised(c, proof), _clause(c, proof)) for n, c in few)
            yield Heading(title, 2)
            yield Table(("No.", "What was promised", "Why"), (0.07, 0.63, 0.3), rows)


def held_against(numbered: Iterable[tuple[int, Commitment]], proof: Proof) -> Table:
    """Promises in full, each beside what the contract says."""
    rows = tuple((cell(f"P{n}", "strong"), _promised(c, proof), _against(c, proof)) for n, c in numbered)
    return Table(("No.", "What was promised", "Against the contract"), (0.07, 0.51, 0.42), rows)


def _promised(c: Commitment, proof: Proof) -> Cell:
    facts = [
        said_by(c),
        *([shown(c.category)] if c.category != "other" else []),
        *([c.strength] if c.strength != "firm" else []),
    ]
    facts += [f"due {c.due}"] if c.due else []
    facts += [f"if: {c.condition}"] if c.condition else []
    facts += [f"owner {c.owner}"] if c.owner else []
    earlier = (
        Line(f"Earlier ({w.said_on or 'undated'}): {w.changed}", "muted", proof.marks(w.evidence))
        for w in c.history
    )
    return (Line(c.text, said=True), Line("; ".join(facts), "muted", proof.marks(c.evidence)), *earlier)


def _against(c: Commitment, proof: Proof) -> Cell:
    said = c.explanation and c.verdict != "contradicted"  # the relation is told with a contradiction
    word, tone = VERDICTS[c.verdict] if said else verdict_of(c)
    clause = c.contract_evidence[0].quote if c.contract_evidence and c.verdict == "contradicted" else ""
    quote = (Line(f"“{shortened(clause, LONGEST_CLAUSE)}”", "quote"),) if clause else ()
    why = Line(c.explanation or _silent(c), marks=proof.marks(c.contract_evidence))
    return (Line(word, tone), why, *quote, *cell(c.doubt or "", "warn"))


def _clause(c: Commitment, proof: Proof) -> Cell:
    return (Line(c.explanation or _silent(c), marks=proof.marks(c.contract_evidence)),)


def _silent(c: Commitment) -> str:
    return "" if c.contract_evidence else "No words of the contract"


def blocking_promises(packet: Packet) -> dict[str, tuple[int, Commitment]]:
    """Packet path -> number and promise, of the contradicted promises that a blocker is about."""
    about = {finding.where for finding in packet.findings if finding.severity == "blocker"}
    numbered = ((f"commitments.{c.id}", (n, c)) for n, c in enumerate(packet.commitments, start=1))
    return {path: pair for path, pair in numbered if path in about and pair[1].verdict == "contradicted"}


def blocking_table(promises: dict[str, tuple[int, Commitment]]) -> Table:
    """The contradicted promises in short: what was promised by whom, and what stands against it."""
    rows = tuple(
        (
            cell(f"P{number}"),
            (Line(shortened(c.text, 200), said=True), Line(said_by(c), "muted")),
            (Line(*verdict_of(c)), *cell(c.explanation)),
        )
        for number, c in promises.values()
    )
    return Table(("No.", "Promised", "Against the contract"), (0.08, 0.5, 0.42), rows)


def questions(packet: Packet, proof: Proof) -> Iterator[Block]:
    """What is open, by whom it is asked, gravest first; then what was answered or waived, and by whom."""
    unsettled = [f for f in packet.findings if f.is_open and not f.answered]
    asked = dict.fromkeys(f.ask_of for f in unsettled)
    rows: list[tuple[Cell, ...]] = []
    for person in sorted(asked, key=lambda a: -sum(f.ask_of == a for f in unsettled)):
        mine = [f for f in unsettled if f.ask_of == person]
        who = (Line(whom(person, packet), "strong"), Line(count(len(mine), "question"), "muted"))
        grave, minor = _asked(mine, packet, proof)
        asked_now = [*grave, *([(cell(*SEVERITIES["minor"]), minor)] if minor else [])]
        for number, row in enumerate(asked_now):
            rows.append((who if not number else cell("″", "muted"), *row))
    if rows:
        yield Table(("Ask", "Weight", "Question"), (0.15, 0.1, 0.75), tuple(rows))
    settled = [f for f in packet.findings if f not in unsettled]
    if settled:
        yield Heading("Answered or waived", 2)
        yield Bullets(tuple(_settled(f) for f in settled))


def _asked(
    findings: Iterable[Finding], packet: Packet, proof: Proof
) -> tuple[list[tuple[Cell, Cell]], Cell]:
    """A row a grave question, and all minor ones as the lines of one cell.

    A rule that asks the same of several promises asks once.
    """
    numbers = {f"commitments.{c.id}": f"P{n}" for n, c in enumerate(packet.commitments, start=1)}
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: list(SEVERITIES).index(f.severity)):
        same = finding.rule in TOGETHER and finding.where in numbers
        key = (finding.severity, finding.rule, "" if same else finding.id)
        groups.setdefault(key, []).append(finding)
    grave: list[tuple[Cell, Cell]] = []
    minor: list[Line] = []
    for (_, _, alone), group in groups.items():
        first, together = group[0], not alone
        if together:
            named = ", ".join(numbers[f.where] for f in group)
            line = Line(f"{named}: {TOGETHER[first.rule]}")
        else:
            line = Line(first.ask, marks=proof.marks(first.evidence[:3]))
        if first.severity == "minor":
            minor.append(line)
        else:
            grave.append((cell(*SEVERITIES[first.severity]), (line, *_why(first, together))))
    return grave, tuple(minor)


def _why(finding: Finding, together: bool) -> Cell:
    """What was found, where the question does not say it; promises and blank fields say it themselves."""
    if together or finding.rule in ("missing-field", "missing-category"):
        return ()
    return cell(shortened(finding.message, 220), "muted")


def _settled(finding: Finding) -> Cell:
    remark, word = (finding.waived, "waived") if finding.waived else (finding.answered, "answered")
    assert remark is not None
    return (Line(shortened(finding.message, 160)), Line(f"{word} by {remark.by}: {remark.text}", "muted"))


def sources_table(packet: Packet) -> Table:
    """What was read, and what was not."""
    rows = [
        (
            cell(s.id, "strong"),
            (Line(s.name), *(Line(warning, "warn") for warning in s.warnings)),
            cell(
                ", ".join(
                    filter(None, (shown(s.kind), s.happened_on.isoformat() if s.happened_on else "undated"))
                )
            ),
        )
        for s in packet.sources
    ]
    rows += [(cell("–"), (Line(u.name), Line(u.reason, "warn")), cell("not read")) for u in packet.unread]
    return Table(("No.", "File", "Kind and date"), (0.08, 0.62, 0.3), tuple(rows))
