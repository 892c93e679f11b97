"""Everything the deal's files state, sentence by sentence, with who says it, on what question, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from assistant.evidence.parties import bare_company
from assistant.evidence.record import DealRecord
from assistant.packet import Evidence, Side
from assistant.readers.embedded.amendments import apply_amendments
from assistant.readers.embedded.contract_lines import record_lines
from assistant.readers.embedded.elsewhere import elsewhere
from assistant.readers.embedded.forms import is_open, labelled_value
from assistant.readers.embedded.sentences import Sentence, plain, split_sentences
from assistant.readers.embedded.systems import names_in, system_names
from extractors.segments import Segment, Source

LOOK_BACK = 5
"""Turns before an answer in which its question may stand; short interruptions lie between."""
FORMS = ("notes", "handoff_meeting")
"""Kinds of source that may hold a form which somebody filled in about the deal."""
SHORT_REMARK = 12
"""Words of a remark that does not end an answer."""
ANSWER_SENTENCES = 8
"""Sentences of a turn that still answer the question before it."""

_PROMPT = re.compile(
    r"^(?:tell (?:me|us)|walk (?:me|us)|give (?:me|us|[a-z]+) (?:a|the|some)|describe|remind me"
    r"|talk (?:me|us)|curious|help me understand|do you want to give|and (?:your|the) \w+)\b"
)
_LABEL = re.compile(
    r"^[\s•*–-]*(?:\d+[.)]\s*)?"
    r"([A-Z][\w /&'’()-]{2,45}?)\s*(?::\s|\s[–—-]\s|\|)"
)
_VOICES = tuple(
    (re.compile(rf"\b(?:{words})\b"), voice)
    for words, voice in (
        ("we|us", "you"), ("our", "your"), ("they are|they're|the customer is", "we are"),
        ("they|the customer|the client", "we"), ("them", "us"), ("their", "our"), ("we is", "we are"),
        ("we has", "we have"),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """One sentence of a conversation or of a contract."""

    source: Source
    segment: Segment
    text: str
    """Verbatim, as it stands in the segment."""
    plain: str
    side: Side | None
    contract: bool
    order: int
    """Position among all statements; conversations first, each kind in order of time."""
    index: int = 0
    """Position of the sentence in its turn."""
    asked: str = ""
    """Plain form of the other side's question that this sentence answers, "" when there is none."""
    title: str = ""
    """Lower-case titles above it: clause titles of a contract, headings and labels of notes and mails."""
    is_question: bool = False
    reported: bool = False
    """One of the seller's people tells it of the customer, in the customer's voice; `side` is None."""
    form: bool = False
    """What stands beside a label in a form that somebody filled in; the label is the title."""
    systems: tuple[str, ...] = ()
    """Names of products and systems in it ("NetSuite"), as far as the deal shows that they are such."""
    elsewhere: bool = False
    """It tells of others than this deal's parties, or of what is not the case."""

    @cached_property  # asked once for every path of the summary
    def words(self) -> int:
        """How many words its plain form has."""
        return len(self.plain.split())

    @property
    def evidence(self) -> Evidence:
        """The sentence as a quote in its place."""
        return Evidence(
            source=self.source.name, segment_id=self.segment.id, quote=self.text, locator=self.segment.locator
        )

    @property
    def day(self) -> date | None:
        """When it was said or written."""
        return self.segment.sent_at.date() if self.segment.sent_at else self.source.happened_on


@lru_cache(maxsize=1)  # the summary, stakeholders and payment all read the same deal
def read_statements(record: DealRecord) -> tuple[Statement, ...]:
    """All sentences of the deal in order: what was said and written, then what the contracts state."""
    found: list[Statement] = []
    for source in record.conversations:
        found += _of_conversation(record, source, len(found))
    found += _of_contracts(record, len(found))
    names = system_names(record, [s.text for s in found if not s.contract])
    return tuple(replace(s, systems=here) if (here := names_in(s.text, names)) else s for s in found)


def _of_conversation(record: DealRecord, source: Source, start: int) -> list[Statement]:
    turns = [s for s in source.segments if s.kind in ("turn", "paragraph", "table_row", "heading") and s.text]
    sides = [record.roster.side_of(s.speaker, s.sender_email) for s in turns]
    split = [split_sentences(s.text) for s in turns]
    found: list[Statement] = []
    label = ""
    report = _is_report(source, sides)
    for i, (turn, side) in enumerate(zip(turns, sides, strict=True)):
        if turn.kind == "heading":
            label = turn.text.lower()
            continue
        if turn.kind == "table_row" and source.kind in FORMS and (row := labelled_value(turn.text)):
            found += _of_form(source, turn, *row, start + len(found))
            continue
        asked = _question(turns, sides, split, i)
        title = "\n".join([label, *turn.headings, _label(turn.text)]).lower()
        others = [False] * len(split[i]) if report else elsewhere([s.plain for s in split[i]], side)
        for sentence, other in zip(split[i], others, strict=True):
            words = _as_customer(sentence.plain, record) if report else sentence.plain
            answered = asked if sentence.index < ANSWER_SENTENCES else ""
            found.append(Statement(
                source, turn, sentence.text, words, None if report else side, False, start + len(found),
                sentence.index, answered, title.strip(), sentence.is_question, reported=report,
                elsewhere=other,
            ))  # fmt: skip
    return found


def _of_form(source: Source, turn: Segment, labels: str, value: str, order: int) -> list[Statement]:
    """A form's line as one statement; none where it was left open."""
    if is_open(value):
        return []
    return [Statement(source, turn, value, plain(value), None, False, order, title=labels, form=True)]


def _is_report(source: Source, sides: Sequence[Side | None]) -> bool:
    """The seller's people among themselves: notes and internal calls, in which "they" is the customer."""
    talks = source.kind in ("call", "recording") and "vendor" in sides
    return (talks or source.kind == "notes") and "customer" not in sides


def _as_customer(words: str, record: DealRecord) -> str:
    """A report on the customer in the customer's own voice, as the field table expects it."""
    for pattern, voice in _VOICES:
        words = pattern.sub(voice, words)
    name = bare_company(record.roster.account or "").split()[:1]
    return (
        re.sub(rf"\b{re.escape(name[0])}\b (?=is|are|has|have|runs?|wants?|makes?|needs?)", "we ", words)
        if name
        else words
    )


def _label(text: str) -> str:
    """ "Risks" of "Risks: the Leeds team"; "" for a paragraph without one."""
    match = _LABEL.match(text)
    return match[1] if match and len(match[1].split()) <= 5 else ""


def _question(
    turns: Sequence[Segment], sides: Sequence[Side | None], split: Sequence[Sequence[Sentence]], i: int
) -> str:
    """The last question that the other side put before turn `i`, in plain form; short remarks lie between."""
    for j in range(i - 1, max(-1, i - 1 - LOOK_BACK), -1):
        if turns[j].message != turns[i].message:
            return ""
        if turns[j].speaker == turns[i].speaker:
            continue
        other = sides[j] is None or sides[j] != sides[i]
        if other and (asked := [s.plain for s in split[j][-4:] if _asks(s)]):
            return " ".join(asked)
        if sum(s.words for s in split[j]) > SHORT_REMARK:
            return ""
    return ""


def _asks(sentence: Sentence) -> bool:
    return bool(sentence.is_question or _PROMPT.search(sentence.plain))


def _of_contracts(record: DealRecord, start: int) -> Iterator[Statement]:
    sources = {s.name: s for s in record.contracts}
    parties = _party_words(record)
    for number, line in enumerate(apply_amendments(record_lines(record))):
        words = plain(line.full)
        for pattern, word in parties:
            words = pattern.sub(word, words)
        yield Statement(
            sources[line.source], line.segment, line.text, words, None, True, start + number,
            title=line.title.lower(),
        )  # fmt: skip


def _party_words(record: DealRecord) -> list[tuple[re.Pattern[str], str]]:
    """What the contract calls its parties, with the words that stand for them in the field table."""
    out = []
    for party in record.roster.parties:
        names = [n for n in (party.alias, party.name) if n and len(n) > 2]
        if party.side and names:
            pattern = "|".join(re.escape(n.lower()) for n in sorted(names, key=len, reverse=True))
            out.append(
                (re.compile(rf"\b(?:{pattern})\b"), "customer" if party.side == "customer" else "provider")
            )
    return out
