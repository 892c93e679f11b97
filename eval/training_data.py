"""Training snippets and answered deals as labelled sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.evidence.people import build_roster
from assistant.evidence.record import DealRecord
from assistant.packet import Deal, Participant
from assistant.readers.embedded.utterances import Utterance, read_utterances
from eval.gold import Gold
from eval.labelling import said_in, weighed
from extractors.segments import Segment, Source, SourceKind

SNIPPETS = Path(__file__).parent / "training"
_LINE = re.compile(r"^(?P<side>[VCN])(?P<mail>@?): *(?P<text>.+)$")
_MARK = re.compile(r">>(.*?)<<")
_SIDES = {"V": "vendor", "C": "customer", "N": "vendor"}
_NAMES = {"V": "Vera Seller", "C": "Carl Buyer"}
_DEAL = Deal(
    vendor="Seller", account="Buyer",
    participants=(
        Participant(name=_NAMES["V"], side="vendor"), Participant(name=_NAMES["C"], side="customer"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """A sentence in its context, whether it commits its speaker, and the snippet or deal it is from."""

    utterance: Utterance
    promise: bool
    origin: str
    weight: float = 1.0
    """How much it counts among the sentences learnt from."""


def read_snippets(folder: Path = SNIPPETS) -> Iterator[Labelled]:
    """All sentences of all snippet files, in order; raises ValueError naming a malformed line."""
    for path in sorted(folder.glob("*.txt")):
        for number, block in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))):
            yield from _snippet(block, f"{path.stem}-{number}")


def _snippet(block: str, name: str) -> Iterator[Labelled]:
    segments: list[Segment] = []
    marks: list[tuple[str, str]] = []
    for line in block.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.match(line.strip())
        if not match:
            raise ValueError(f"{name}: a line starts with V:, C:, N:, V@: or C@:, not {line[:40]!r}")
        if re.search(r">>|<<", _MARK.sub("", match["text"])):
            raise ValueError(f"{name}: a mark is not closed or not opened in {line[:40]!r}")
        marks += [(_SIDES[match["side"]], quote) for quote in _MARK.findall(match["text"])]
        segments.append(_segment(match, len(segments)))
    if segments:
        yield from label(_record(segments, name), marks, name)


def _segment(match: re.Match[str], number: int) -> Segment:
    text = " ".join(match["text"].replace(">>", "").replace("<<", "").split())
    mail, written = bool(match["mail"]), bool(match["mail"]) or match["side"] == "N"
    return Segment(
        id=f"s{number}", text=text, kind="paragraph" if written else "turn", locator=str(number),
        speaker=_NAMES.get(match["side"]), message=number if mail else None,
    )  # fmt: skip


def _record(segments: list[Segment], name: str) -> DealRecord:
    first = segments[0]
    kind: SourceKind = (
        "email" if first.message is not None else "notes" if first.kind == "paragraph" else "call"
    )
    source = Source(name=name, kind=kind, sha256="", segments=tuple(segments))
    return DealRecord(_DEAL, (source,), (), build_roster(_DEAL, [source]), date(2026, 1, 1))


def label(record: DealRecord, quotes: Iterable[tuple[str, str]], origin: str) -> Iterator[Labelled]:
    """The record's sentences, each a promise where its side says one of the quotes (side, words) in it."""
    quotes = list(quotes)
    for source in record.conversations:
        for utterance in read_utterances(record, source):
            if utterance.plain:
                said = any(side == utterance.side and said_in(utterance, q) for side, q in quotes)
                yield Labelled(utterance, said, origin)


def label_deal(record: DealRecord, gold: Gold) -> Iterator[Labelled]:
    """The deal's sentences, labelled by its answers file by file."""
    for source in record.conversations:
        one = DealRecord(record.deal, (source,), (), record.roster, record.as_of)
        said = [u for u in read_utterances(one, source) if u.plain]
        for utterance, promise, weight in weighed(said, source.name, gold):
            yield Labelled(utterance, promise, gold.deal, weight)
