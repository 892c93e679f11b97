"""Excerpts of deals with their contract, as records with answers; the format is in excerpts/README.md.

    python -m eval.excerpts [FILE...]      check files, default all, and count what they hold
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from assistant.evidence.record import DealRecord
from assistant.packet import Deal, Participant
from assistant.packet.commitment import Category, Relation
from assistant.pipeline import make_record
from eval.gold import Gold, GoldCommitment, GoldQuote
from extractors.segments import Segment, Source, SourceKind

EXCERPTS = Path(__file__).resolve().parent / "excerpts"
AS_OF = date(2026, 6, 1)
CONTRACT = "contract"
MARK = "excerpt"
"""Stands in the sources' hash: an excerpt is neither a deal nor a snippet."""
CATEGORIES = frozenset(Category.__args__)  # type: ignore[attr-defined]
RELATIONS = frozenset(Relation.__args__)  # type: ignore[attr-defined]
Kind = Literal["sparse", "alike", "dense"]
"""Sparse ones are like real talk; so are "alike" ones, full of what only sounds like a promise. Dense ones
hold a promise in every few sentences and a clause for almost each: they tell how a clause answers, not how
seldom promises and answers are."""
SPARSE = frozenset("abcde")
"""Series by name; those of two letters are alike, all others dense."""
_PART = re.compile(r"^---+ *(call|mail|notes|contract|answers)\b *(\d{4}-\d\d-\d\d)? *(.*)$")
_PERSON = re.compile(r"^([VC]): *([^,]+?)(?:, *(.*))?$")
_TURN = re.compile(r"^([^:{}]{1,40}): +(.*)$")
_MARKED = re.compile(r"\{(p\d+) +([^{}]+?)\}")
_LINE = re.compile(r"^(\S*\d\S*|[A-Z])\.?\)? +(.+)$")
_ANSWER = re.compile(
    r"^(p\d+) +(?:(covered|contradicted) +(?:(\w+) +)?(\S+) +(\w+)|(not_in_contract|vague|withdrawn) +(\w+))$"
)
_AGAIN = re.compile(r"^(p\d+) *= *(p\d+)$")


@dataclass
class Excerpt:
    """What one file holds; `complaints` say what is wrong with it, line by line."""

    name: str
    people: list[Participant] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    promises: list[GoldCommitment] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def record(self) -> DealRecord:
        """The excerpt as what a draft reads."""
        deal = Deal(vendor="Seller", account="Buyer", participants=tuple(self.people))
        return make_record(deal, self.sources, [], AS_OF)

    @property
    def number(self) -> int:
        """Its number within its series; those of odd ones may be read by whoever mends the judge."""
        return int(self.name.rsplit("_", 1)[-1])

    @property
    def kind(self) -> Kind:
        series = self.name.rsplit("_", 1)[0]
        return "sparse" if series in SPARSE else "alike" if len(series) == 2 else "dense"

    @property
    def gold(self) -> Gold:
        """The answers, with promises said again chained in order."""
        chains: dict[str, list[str]] = {}
        for early, late in self.same:
            chains.setdefault(_last(late, dict(self.same)), []).append(early)
        same = tuple((*early, last) for last, early in chains.items())
        return Gold(deal=self.name, commitments=tuple(self.promises), same_promise=same)


def read_excerpts(folder: Path = EXCERPTS, *, kinds: Collection[Kind] = get_args(Kind)) -> list[Excerpt]:
    """Excerpts of the kinds wanted, in order of their names.

    Raises ValueError naming the first that is malformed.
    """
    paths = sorted(folder.glob("*.txt"))
    found = [read_excerpt(path) for path in paths if Excerpt(path.stem).kind in kinds]
    wrong = next((e.complaints[0] for e in found if e.complaints), None)
    if wrong:
        raise ValueError(wrong)
    return found


def read_excerpt(path: Path) -> Excerpt:
    """One file; what cannot be understood is complained of and left out."""
    return excerpt_of(path.stem, path.read_text(encoding="utf-8").splitlines())


def excerpt_of(name: str, lines: Sequence[str]) -> Excerpt:
    """The same of a file's lines."""
    excerpt = Excerpt(name)
    parts = _parts(lines)
    _read_people(next(parts)[2], excerpt)
    answers: list[tuple[int, str]] = []
    clauses: dict[str, str] = {}
    for number, (head, at, held) in enumerate(parts):
        if head is None:
            excerpt.complaints.append(f"{name}.txt:{at}: no part: --- call|mail|notes|contract|answers")
        elif head[1] == "answers":
            answers += held
        elif head[1] == CONTRACT:
            excerpt.sources.append(_contract(held, excerpt, clauses, number))
        else:
            excerpt.sources.append(_talk(head, held, excerpt, number))
    _read_answers(answers, excerpt, clauses)
    return excerpt


def _parts(lines: Sequence[str]) -> Iterator[tuple[re.Match[str] | None, int, list[tuple[int, str]]]]:
    """Head, line number and numbered lines of each part; the first has no head."""
    head, at, held = None, 1, list[tuple[int, str]]()
    for number, line in enumerate(lines, start=1):
        if line.startswith("---"):
            yield head, at, held
            head, at, held = _PART.match(line.strip()), number, []
        elif line.strip():
            held.append((number, line.strip()))
    yield head, at, held


def _read_people(lines: Sequence[tuple[int, str]], excerpt: Excerpt) -> None:
    for number, line in lines:
        match = _PERSON.match(line)
        if match:
            side = "vendor" if match[1] == "V" else "customer"
            excerpt.people.append(Participant(name=match[2].strip(), side=side, title=match[3]))
        elif not line.startswith("#"):
            excerpt.complaints.append(f"{excerpt.name}.txt:{number}: '# subject', 'V: name' or 'C: name'")


def _person(name: str, excerpt: Excerpt) -> Participant | None:
    wanted = name.strip().lower()
    named = [p for p in excerpt.people if p.name.lower().startswith(wanted)]
    exact = [p for p in named if wanted in (p.name.lower(), p.name.lower().split()[0])]
    return next(iter(exact or named), None)


def _talk(head: re.Match[str], lines: list[tuple[int, str]], excerpt: Excerpt, number: int) -> Source:
    kind = head[1]
    name = f"{excerpt.name}-{number}-{kind}"
    writer = _person(head[3].split("->")[0], excerpt) if kind != "call" else None
    if kind != "call" and writer is None:
        excerpt.complaints.append(f"{excerpt.name}.txt: who writes '{head[0]}'? Name -> Name, as declared")
    segments: list[Segment] = []
    for at, line in lines:
        speaker, text = writer, line
        if kind == "call":
            turn = _TURN.match(line)
            speaker = _person(turn[1], excerpt) if turn else None
            if not turn or speaker is None:
                excerpt.complaints.append(f"{excerpt.name}.txt:{at}: no declared speaker: {line[:50]!r}")
                continue
            text = turn[2]
        segments.append(_said(text, kind, speaker, len(segments), at, name, excerpt))
    said_on = date.fromisoformat(head[2]) if head[2] else None
    kinds: dict[str, SourceKind] = {"call": "call", "mail": "email", "notes": "notes"}
    return Source(name=name, kind=kinds[kind], sha256=MARK, happened_on=said_on, segments=tuple(segments))


def _said(
    text: str, kind: str, speaker: Participant | None, index: int, at: int, source: str, excerpt: Excerpt
) -> Segment:
    """A turn or paragraph without its marks, which become answers."""
    quoted = kind == "mail" and text.startswith(">")
    text = text.lstrip("> ") if quoted else text
    for match in _MARKED.finditer(text):
        side = (speaker.side if speaker else None) or "vendor"
        quote = " ".join(match[2].split())
        excerpt.promises.append(
            GoldCommitment(
                id=match[1], party=side, speaker=speaker.name if speaker else None, source=source,
                quote=quote, verdict="",
            )
        )  # fmt: skip
    plain = " ".join(_MARKED.sub(r"\2", text).split())
    if "{" in plain or "}" in plain:
        excerpt.complaints.append(f"{excerpt.name}.txt:{at}: a mark is {{pN words}}, in {text[:60]!r}")
    return Segment(
        id=f"s{index}", text=plain or ".", kind="turn" if kind == "call" else "paragraph", locator=str(at),
        speaker=speaker.name if speaker and not quoted else None, message=1 if kind == "mail" else None,
        quoted=quoted,
    )  # fmt: skip


def _contract(
    lines: Sequence[tuple[int, str]], excerpt: Excerpt, clauses: dict[str, str], number: int
) -> Source:
    segments: list[Segment] = []
    heading, header = "", ""
    for at, line in lines:
        match = _LINE.match(line)
        if line.startswith("#"):
            heading, header = line.lstrip("# "), ""
        elif not match:
            excerpt.complaints.append(f"{excerpt.name}.txt:{at}: a contract line begins with its number")
        else:
            section, text = match[1].rstrip(".:"), match[2].strip().strip("|").strip()
            row = "|" in text
            header = (header or text) if row else ""
            above = tuple(h for h in (heading, header if row else "") if h)
            clauses[section] = text
            kind = "table_row" if row else "clause"
            segments.append(
                Segment(id=f"k{len(segments)}", text=text, kind=kind, section=section, headings=above,
                        locator=section)
            )  # fmt: skip
    name = f"{excerpt.name}-{number}-contract"
    return Source(name=name, kind="contract", sha256=MARK, happened_on=AS_OF, segments=tuple(segments))


def _read_answers(lines: Sequence[tuple[int, str]], excerpt: Excerpt, clauses: dict[str, str]) -> None:
    marked = Counter(p.id for p in excerpt.promises)
    excerpt.complaints += [f"{excerpt.name}.txt: {i} is marked {n} times" for i, n in marked.items() if n > 1]
    answers: dict[str, GoldCommitment] = {}
    for at, line in lines:
        again, match = _AGAIN.match(line), _ANSWER.match(line)
        if again:
            excerpt.same.append((again[1], again[2]))
        elif match and (problem := _problem(match, clauses)):
            excerpt.complaints.append(f"{excerpt.name}.txt:{at}: {problem}")
        elif match:
            answers[match[1]] = _answer(match, clauses)
        else:
            excerpt.complaints.append(f"{excerpt.name}.txt:{at}: not understood: {line!r}")
    said_again = dict(excerpt.same)
    known = {p.id for p in excerpt.promises}
    for name in sorted({*answers, *said_again, *said_again.values()} - known):
        excerpt.complaints.append(f"{excerpt.name}.txt: {name} is answered and nowhere marked")
    full = []
    for promise in excerpt.promises:
        answer = answers.get(promise.id) or answers.get(_last(promise.id, said_again))
        if answer is None:
            excerpt.complaints.append(f"{excerpt.name}.txt: {promise.id} has no answer")
            continue
        told = {"verdict": answer.verdict, "category": answer.category, "contract": answer.contract}
        full.append(promise.model_copy(update=told))
    excerpt.promises = full


def _last(name: str, said_again: dict[str, str]) -> str:
    """The wording that stands; a circle ends where it began."""
    for _ in said_again:
        name = said_again.get(name, name)
    return name


def _problem(match: re.Match[str], clauses: dict[str, str]) -> str | None:
    relation, section, category = match[3], match[4], match[5] or match[7]
    if category not in CATEGORIES:
        return f"no category: {category!r}"
    if section and section.rstrip(".:") not in clauses:
        return f"no contract line has the number {section!r}"
    if match[2] == "contradicted" and relation not in RELATIONS:
        return f"contradicted needs one of {', '.join(sorted(RELATIONS))}"
    return None


def _answer(match: re.Match[str], clauses: dict[str, str]) -> GoldCommitment:
    section = match[4].rstrip(".:") if match[4] else None
    contract = GoldQuote(source=CONTRACT, quote=clauses[section], section=section) if section else None
    return GoldCommitment(
        id=match[1], party="", source="", quote="", verdict=match[2] or match[6],
        category=match[5] or match[7], contract=contract,
    )  # fmt: skip


def main(files: Sequence[str]) -> int:
    """Print complaints and counts; 1 where there is a complaint."""
    excerpts = [read_excerpt(p) for p in ([Path(f) for f in files] or sorted(EXCERPTS.glob("*.txt")))]
    complaints = [c for e in excerpts for c in e.complaints]
    print("\n".join(complaints), end="\n" if complaints else "")
    words = sum(len(s.text.split()) for e in excerpts for x in e.sources for s in x.segments)
    verdicts = Counter(p.verdict for e in excerpts for p in e.promises)
    sides = Counter(p.party for e in excerpts for p in e.promises)
    print(f"{len(excerpts)} excerpts, {words} words, {sum(sides.values())} wordings")
    print(dict(sorted(sides.items())), dict(sorted(verdicts.items())))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
