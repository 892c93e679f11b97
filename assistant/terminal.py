"""What a terminal shows: progress while a deal is read, then what the packet says; piped as well."""

from __future__ import annotations

import importlib
import inspect
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from assistant.documents.blocks import Tone
from assistant.documents.ledger import blocking_promises
from assistant.documents.words import (
    SEVERITIES,
    VERDICTS,
    account_of,
    count,
    executed,
    place,
    said_by,
    severities,
    tally,
    verdict_of,
    whom,
)
from assistant.packet import Commitment, Finding, Packet, Run, Verdict
from assistant.protocol.kinds import kind_of
from assistant.rules.rule import Rule
from extractors import EXTRACTORS

STYLES: dict[Tone, str] = {
    "bad": "bold red", "warn": "yellow", "good": "green", "muted": "dim", "strong": "bold", "quote": "italic",
}  # fmt: skip
LISTED: tuple[Verdict, ...] = ("contradicted", "not_in_contract", "vague", "withdrawn")
"""Verdicts whose promises are listed one by one; covered ones are counted."""
PATIENCE = 1.0
"""Seconds of work before a progress bar is worth a person's attention."""


@contextmanager
def shown_steps(steps: Sequence[str], *, enabled: bool) -> Iterator[Callable[[str], None]]:
    """Tell a progress bar on stderr of each step; it appears after a second, on a terminal only."""
    console = Console(stderr=True)
    if not (enabled and console.is_terminal):
        yield lambda step: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(steps[0], total=len(steps))
    patience = threading.Timer(PATIENCE, bar.start)
    patience.daemon = True
    patience.start()
    try:
        yield lambda step: bar.update(task, description=step, completed=steps.index(step))
    finally:
        patience.cancel()
        bar.stop()


def outcome(packet: Packet) -> dict[str, Any]:
    """What a script wants to know of a packet, in plain values."""
    verdicts = {verdict: sum(c.verdict == verdict for c in packet.commitments) for verdict in VERDICTS}
    findings = {s: sum(f.severity == s for f in packet.findings) for s in SEVERITIES}
    return {
        "account": account_of(packet),
        "as_of": packet.run.as_of.isoformat(),
        "promises": verdicts,
        "findings_by_severity": findings,
        "missing_categories": _missing(packet),
        "unread": [unread.model_dump() for unread in packet.unread],
        "score": packet.score and {"known": packet.score.known, "knowable": packet.score.knowable},
        "quotes_rejected": packet.run.quotes_rejected,
    }


def print_summary(packet: Packet, files: Iterable[Path], console: Console | None = None) -> None:
    """The packet on one or two screens: promises, blockers, gaps, and where the files are."""
    console = console or open_console()
    deal = packet.deal
    console.print()
    console.rule(
        f"[bold]{escape(account_of(packet))}[/] · handoff packet as of {packet.run.as_of}", align="left"
    )
    people = [f"{name} ({role})" for role, name in (("AE", deal.ae), ("CSM", deal.csm)) if name]
    _say(console, "Deal", " · ".join(filter(None, (deal.vendor, kind_of(deal).label, *people))))
    text, tone = executed(packet)
    note = packet.readiness.execution_note
    _say(console, "Contract", f"{text}: {note}" if note else text, tone)
    _say(console, "Payment", packet.readiness.payment_terms or "no source states the terms")
    _promises(console, packet)
    _gaps(console, packet)
    if packet.score:
        score = f"{packet.score.known:g} of {packet.score.knowable:g} points that can be known now"
        _say(console, "Score", score)
    _say(console, "Reader", read_by(packet.run, heard_elsewhere(packet)))
    _files(console, files)


def heard_elsewhere(packet: Packet) -> tuple[str, ...]:
    """The speech services that the deal's recordings were sent to."""
    heard = [s.heard_by for s in packet.sources if s.heard_by is not None]
    return tuple(sorted({by.engine for by in heard if by.model_sha256 is None}))


def read_by(run: Run, heard: Sequence[str] = ()) -> str:
    """Who read the sources, and what it took; `heard` are the services that heard recordings."""
    if run.model is None and heard:
        return f"{run.reader}: only the sound of recordings left this machine, to {', '.join(heard)}"
    if run.model is None:
        return f"{run.reader}: nothing left this machine (HANDOFF_MODEL would name a chat model)"
    kept = f", {run.calls_reused} of them kept from before" if run.calls_reused else ""
    cost = f"${run.cost:.2f}" if run.cost else "price not known"
    return f"{run.model}: {count(run.calls, 'answer')}{kept}, {run.tokens:,} tokens, {cost}"


def _promises(console: Console, packet: Packet) -> None:
    """Contradicted promises with both sides; the other open ones in a line each; covered ones are counted."""
    console.print(f"\n[bold]Promises[/] ({len(packet.commitments)}): {tally(packet)}")
    numbered = list(enumerate(packet.commitments, start=1))
    for verdict in LISTED:
        for number, commitment in (pair for pair in numbered if pair[1].verdict == verdict):
            _promise(console, number, commitment)


def _promise(console: Console, number: int, c: Commitment) -> None:
    word, tone = verdict_of(c)
    mark = f"  [bold]P{number:<3}[/][{STYLES[tone]}]{word}[/]"
    if c.verdict != "contradicted":
        head = Text.from_markup(f"{mark}  {escape(said_by(c))}  [italic]“{escape(c.evidence[-1].quote)}”[/]")
        head.truncate(console.width - 1, overflow="ellipsis")
        console.print(head, soft_wrap=True)
        return
    console.print(f"{mark} · {escape(said_by(c))}")
    for label, evidence in (("said", c.evidence), ("contract", c.contract_evidence)):
        for e in evidence:
            _indented(console, f"[dim]{label:<9}[/][italic]“{escape(e.quote)}”[/] [dim]{escape(place(e))}[/]")


def _indented(console: Console, markup: str) -> None:
    console.print(Padding(Text.from_markup(markup), (0, 0, 0, 6), expand=False))


def _gaps(console: Console, packet: Packet) -> None:
    console.print(f"\n[bold]Findings[/] ({len(packet.findings)}): {severities(packet)}")
    shown = blocking_promises(packet)
    blockers = [finding for finding in packet.findings if finding.severity == "blocker"]
    if shown:
        numbers = ", ".join(f"P{number}" for number, _ in shown.values())
        console.print(f"  [bold red]Blocker[/] the contradicted promises above: {numbers}")
    for finding in blockers:
        if finding.where not in shown:
            _finding(console, finding, packet)
    missing = ", ".join(word.replace("_", " ") for word in _missing(packet))
    console.print()
    _say(console, "Missing", missing or "none of the seven categories", "bad" if missing else "good")
    flags = ", ".join(packet.readiness.red_flags)
    _say(console, "Red flags", flags or "none found", "bad" if flags else "good")
    for unread in packet.unread:
        _say(console, "Not read", f"{unread.name}: {unread.reason}", "warn")
    warned = sum(len(source.warnings) for source in packet.sources)
    if warned:
        _say(
            console,
            "Warnings",
            f"{count(warned, 'warning')} on the files that were read; see the sources",
            "warn",
        )
    if packet.run.quotes_rejected:
        _say(console, "Rejected", f"{count(packet.run.quotes_rejected, 'quote')} not found in the sources")


def _finding(console: Console, finding: Finding, packet: Packet) -> None:
    word, tone = SEVERITIES[finding.severity]
    style = STYLES.get(tone, "none")
    console.print(f"  [{style}]{word}[/] [dim]{finding.rule}[/]")
    _indented(console, escape(finding.message))
    _indented(console, f"[dim]ask {escape(whom(finding.ask_of, packet))}:[/] {escape(finding.ask)}")


def _files(console: Console, files: Iterable[Path]) -> None:
    console.print("\n[bold]Files[/]")
    for file in files:
        console.print(f"  {escape(str(file))}", soft_wrap=True, highlight=False)


def _missing(packet: Packet) -> list[str]:
    return [f.category for f in packet.findings if f.rule == "missing-category"]


def _say(console: Console, label: str, text: str, tone: Tone = "plain") -> None:
    style = STYLES.get(tone)
    body = f"[{style}]{escape(text)}[/]" if style else escape(text)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=9)
    grid.add_column()
    grid.add_row(f"[bold]{label}[/]", body)
    console.print(grid)


def print_findings(packet: Packet) -> None:
    """Every finding with its question, blockers first."""
    console = open_console()
    console.print(f"[bold]{escape(account_of(packet))}[/]: {severities(packet)}")
    for finding in packet.findings:
        _finding(console, finding, packet)


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table; when piped, one line a row with tabs between, so that other programs can cut it."""
    if not sys.stdout.isatty():
        for row in (header, *rows):
            print("\t".join(row))
        return
    table = Table(*header, box=None, padding=(0, 2, 0, 0), header_style="bold")
    for row in rows:
        table.add_row(*map(escape, row))
    open_console().print(table)


def print_rule(rule: Rule) -> None:
    """A rule's page: what it finds, why, whom to ask, known problems."""
    console = open_console()
    console.print(f"[bold]{rule.id}[/] · {rule.family} · usually {rule.severity}")
    for heading, text in rule.page.items():
        console.print(f"\n[bold]{heading}[/]\n{escape(text)}")


class FormatRow(NamedTuple):
    """One line of `handoff formats` and of the README's table."""

    suffixes: str
    what: str


def format_table() -> list[FormatRow]:
    """What reads which suffixes, in the order of EXTRACTORS; the first line of a reader's page says what."""
    modules: dict[str, list[str]] = {}
    for suffix, module in EXTRACTORS.items():
        modules.setdefault(module, []).append(suffix)
    pages = {module: inspect.getdoc(importlib.import_module(module)) or module for module in modules}
    return [FormatRow(" ".join(modules[module]), page.splitlines()[0]) for module, page in pages.items()]


def open_console() -> Console:
    """As wide as the terminal; piped, wide enough that quotes are cut by the reader's window, not here."""
    return Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=110)
