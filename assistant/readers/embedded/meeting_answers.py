"""Questions that the meeting asked and somebody answered, held against what the packet leaves open."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.packet import Evidence, Finding, Packet
from assistant.protocol.meeting import Answer
from assistant.protocol.standing import SURPRISE
from assistant.protocol.template import FieldRow as TemplateRow
from assistant.protocol.template import load_template
from assistant.readers.embedded.meeting_turns import Said
from assistant.readers.embedded.patterns import read_patterns
from assistant.readers.embedded.subjects import STOP_WORDS, stems
from assistant.readers.embedded.summary_fields import FieldRow, field_rows
from assistant.readers.embedded.summary_text import trimmed

ASKED, TELLS, ROLE, SHARED = 2.0, 1.5, 2.5, 3.0
"""Points: the question is one for the path, the answer is a value of it, it asks for the role; all of the
content words that question and gap could share."""
LEAST, LEAST_SHARE, LEAST_WORDS = 2.0, 0.3, 2
ROLE_RULES = ("role-not-filled", "buyer-or-champion-unnamed")
MOST_GAPS = 2
"""Gaps that one answer may close."""
LOOK_AHEAD = 3
"""Turns after a question in which its answer may begin."""
MOST_SENTENCES, LONGEST = 3, 400
_NAME = re.compile(r"\b[A-Z][a-z'’-]+ [A-Z][\w'’-]+")
_MARK = re.compile(r"^\s*(?:[-*•]\s*)?(?:q|question|a|answer)\s*[:.–-]\s*", re.I)
_AS_ASKED = ((re.compile(r"\b(?:they|the customer|the client)\b"), "you"), (re.compile(r"\btheir\b"), "your"))
_AS_TOLD = (
    (re.compile(r"\bthey are\b"), "we are"), (re.compile(r"\b(?:they|the customer|the client)\b"), "we"),
    (re.compile(r"\btheir\b"), "our"), (re.compile(r"\bthem\b"), "us"),
)  # fmt: skip


@dataclass(frozen=True)
class Exchange:
    """A question and what was answered to it; `answer` is empty where nobody did."""

    question: Said
    answer: tuple[Said, ...]


@dataclass(frozen=True)
class Gap:
    """Something that the packet leaves open; of a whole category there is one for each of its lines."""

    finding: str
    path: str | None
    role: str | None
    words: frozenset[str]
    row: FieldRow | None


def exchanges(said: Sequence[Said]) -> list[Exchange]:
    """Every question in order."""
    return [Exchange(one, _answer_to(said, at)) for at, one in enumerate(said) if _asks(one)]


def find_answers(found: Sequence[Exchange], packet: Packet) -> list[Answer]:
    """What was answered, each gap once with its best exchange; proposals, in the order of the meeting."""
    gaps = list(_gaps(packet))
    weights = _weights(gaps)
    best: dict[str, tuple[float, int, Answer]] = {}
    for number, exchange in enumerate(found):
        if not exchange.answer:
            continue
        for score, gap in _fitting(exchange, gaps, weights):
            if score > best.get(gap.finding, (0.0, 0, None))[0]:
                best[gap.finding] = (score, number, _answer(exchange, gap))
    return [answer for _, _, answer in sorted(best.values(), key=lambda b: (b[1], b[2].finding))]


def _asks(one: Said) -> bool:
    if one.sentence.is_question:
        return one.words >= 2
    prompt = _patterns("asks")["prompt"].search(_plain(one))
    return bool(prompt) and one.words >= 4 and one.speaker is not None


def _answer_to(said: Sequence[Said], at: int) -> tuple[Said, ...]:
    """The first turn of somebody else that tells something; in minutes, the sentences after the question."""
    asked, answer = said[at], list[Said]()
    for one in said[at + 1 :]:
        if one.turn > asked.turn + LOOK_AHEAD or (answer and one.turn != answer[0].turn):
            break
        if one.speaker == asked.speaker and asked.speaker is not None:
            if one.turn == asked.turn or answer:
                continue
            if one.words > 3 and not one.sentence.is_question:
                break
            continue
        if one.sentence.is_question:
            if answer or asked.speaker is None:
                break
            continue
        answer.append(one)
    return _telling(answer)


def _telling(answer: Sequence[Said]) -> tuple[Said, ...]:
    """Without fillers; nothing where the answer is that nobody knows."""
    told = [one for one in answer if one.words >= 3 or _NAME.search(one.sentence.text) or _number(one)]
    if not told or (_patterns("asks")["empty"].search(_plain(told[0])) and sum(o.words for o in told) < 25):
        return ()
    return tuple(told[:MOST_SENTENCES])


def _number(one: Said) -> bool:
    return any(char.isdigit() for char in one.sentence.text)


def _gaps(packet: Packet) -> Iterator[Gap]:
    rows = {row.path: row for row in field_rows()}
    for finding in packet.findings:
        if not finding.is_open or finding.answered:
            continue
        if finding.rule == "missing-category":
            lines = [row for row in load_template().field if row.category == finding.category]
            yield from (_of_row(finding, line, rows) for line in lines)
        elif finding.where.startswith("summary."):
            yield _of_row(finding, load_template().row(finding.where.removeprefix("summary.")), rows)
        else:
            yield _of_finding(finding, packet)
    yield Gap(SURPRISE, "risk_factors.remaining_concerns", None, frozenset(), None)


def _of_row(finding: Finding, line: TemplateRow, rows: Mapping[str, FieldRow]) -> Gap:
    words = _content(f"{line.label} {line.ask}")
    return Gap(finding.id, line.path, None, words, rows.get(line.path))


def _of_finding(finding: Finding, packet: Packet) -> Gap:
    promise = next((c for c in packet.commitments if finding.where == f"commitments.{c.id}"), None)
    if promise:
        return Gap(finding.id, None, None, _content(promise.text), None)
    role = finding.id.partition(":")[2] if finding.rule in ROLE_RULES else None
    return Gap(finding.id, None, role, _content(f"{finding.message} {finding.ask}"), None)


def _content(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems(text) if len(stem) > 2 and stem not in STOP_WORDS)


def _weights(gaps: Sequence[Gap]) -> Mapping[str, float]:
    """How much a word tells which gap is meant: rare ones most."""
    counts = Counter(word for words in {(g.finding, g.words) for g in gaps} for word in words[1])
    return {word: 1 / (1 + math.log(count)) for word, count in counts.items()}


def _fitting(
    exchange: Exchange, gaps: Sequence[Gap], weights: Mapping[str, float]
) -> list[tuple[float, Gap]]:
    scored = [(score, gap) for gap in gaps if (score := _score(exchange, gap, weights)) >= LEAST]
    scored.sort(key=lambda pair: (-pair[0], pair[1].finding, pair[1].path or ""))
    firsts: dict[str, tuple[float, Gap]] = {}
    for pair in scored:
        firsts.setdefault(pair[1].finding, pair)
    top = list(firsts.values())
    return [pair for pair in top if pair[0] >= 0.8 * top[0][0]][:MOST_GAPS]


def _score(exchange: Exchange, gap: Gap, weights: Mapping[str, float]) -> float:
    question = _plain(exchange.question)
    if gap.finding == SURPRISE:
        return 9.0 if _patterns("asks")["surprise"].search(question) else 0.0
    if gap.role:
        named = any(_NAME.search(one.sentence.text) for one in exchange.answer)
        pattern = _patterns("roles").get(gap.role)
        return ROLE + named if pattern and pattern.search(question) else 0.0
    shared = _content(question) & gap.words
    whole = sum(sorted((weights[w] for w in gap.words), reverse=True)[: len(_content(question)) or 1])
    share = sum(weights[word] for word in shared) / whole if whole else 0.0
    enough = len(shared) >= LEAST_WORDS and share >= LEAST_SHARE
    asked = bool(gap.row and gap.row.asked and gap.row.asked.search(_as(question, _AS_ASKED)))
    strong = gap.row.strong if gap.row else None
    tells = any(strong and strong.search(_as(_plain(one), _AS_TOLD)) for one in exchange.answer)
    if not (enough or (asked and (shared or tells)) or (shared and tells)):
        return 0.0
    return ASKED * asked + TELLS * tells + SHARED * share


def _as(text: str, voices: Sequence[tuple[re.Pattern[str], str]]) -> str:
    for pattern, voice in voices:
        text = pattern.sub(voice, text)
    return text


def _plain(one: Said) -> str:
    return _MARK.sub("", one.plain)


def _answer(exchange: Exchange, gap: Gap) -> Answer:
    told = exchange.answer
    text = trimmed(_MARK.sub("", " ".join(one.sentence.text for one in told)))
    evidence: tuple[Evidence, ...] = tuple(one.evidence for one in told)
    return Answer(
        finding=gap.finding, question=_MARK.sub("", exchange.question.sentence.text), text=_shortened(text),
        path=gap.path, evidence=evidence, by=told[0].speaker,
    )  # fmt: skip


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _patterns(table: str) -> Mapping[str, re.Pattern[str]]:
    return read_patterns("meeting.toml", table)
