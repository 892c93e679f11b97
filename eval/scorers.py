"""Small scorers: packet and answers in, counts out. None of them asks a model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from assistant.packet import Commitment, Evidence, Packet
from eval.gold import Gold, GoldCommitment, GoldQuote

SAME_WORDS = 0.6
"""Share of the shorter quote's words, in order, that both must have to be the same place."""


@dataclass
class Counts:
    """Right out of all, with what went wrong in words."""

    right: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Right / total; 1.0 when there was nothing to get right."""
        return self.right / self.total if self.total else 1.0


@dataclass
class Scores:
    """All counts of one deal."""

    recall: Counts
    precision: Counts
    verdicts: Counts
    traps: Counts
    fields: Counts
    absent: Counts
    stakeholders: Counts
    roles: Counts
    categories: Counts
    preconditions: Counts
    clauses: Counts


def score(packet: Packet, gold: Gold) -> Scores:
    """Everything that can be counted of a packet against its answers."""
    pairs, missed, extra = match_commitments(packet.commitments, gold)
    recall = Counts(
        len(pairs), len(pairs) + len(missed), [f"missed {c[-1].id}: {c[-1].quote}" for c in missed]
    )
    precision = Counts(len(pairs), len(packet.commitments), [f"extra: {c.evidence[-1].quote}" for c in extra])
    stakeholders, roles = _stakeholders(packet, gold)
    return Scores(
        recall, precision, _verdicts(pairs), _traps(packet, gold),
        _fields(packet, gold), _absent(packet, gold),
        stakeholders, roles, _categories(packet, gold), _preconditions(packet, gold), _clauses(pairs),
    )  # fmt: skip


def match_commitments(
    found: Iterable[Commitment], gold: Gold
) -> tuple[list[tuple[Commitment, list[GoldCommitment]]], list[list[GoldCommitment]], list[Commitment]]:
    """(matched pairs, promises missed, commitments that match nothing); each is used once."""
    open_chains = gold.chains()
    pairs, extra = [], []
    for commitment in found:
        chain = next((c for c in open_chains if any(_says(commitment, g) for g in c)), None)
        if chain is None:
            extra.append(commitment)
        else:
            open_chains.remove(chain)
            pairs.append((commitment, chain))
    return pairs, open_chains, extra


def _says(commitment: Commitment, gold: GoldCommitment) -> bool:
    wordings = [*commitment.evidence, *(e for w in commitment.history for e in w.evidence)]
    return any(_same_file(e.source, gold.source) and same_words(e.quote, gold.quote) for e in wordings)


def _same_file(a: str, b: str) -> bool:
    return a.rsplit("/", 1)[-1] == b.rsplit("/", 1)[-1]


def same_words(a: str, b: str) -> bool:
    """Whether one quote is, for its greater part, a run of words of the other."""
    left, right = _words(a), _words(b)
    if left == right:
        return bool(left)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    shared = [block.size for block in blocks if block.size >= 2]
    short = min(len(left), len(right))
    return short >= 2 and sum(shared) / short >= SAME_WORDS and max(shared) >= min(4, short)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def _verdicts(pairs: list[tuple[Commitment, list[GoldCommitment]]]) -> Counts:
    counts = Counts(total=len(pairs))
    for commitment, chain in pairs:
        if commitment.verdict == chain[-1].verdict:
            counts.right += 1
        else:
            counts.wrong.append(
                f"{chain[-1].id} is {chain[-1].verdict}, got {commitment.verdict}: {chain[-1].quote}"
                f" || {commitment.explanation}"
            )
    return counts


def _clauses(pairs: list[tuple[Commitment, list[GoldCommitment]]]) -> Counts:
    counts = Counts()
    for commitment, chain in pairs:
        if (clause := chain[-1].contract) and clause.quote:
            counts.total += 1
            if any(same_words(e.quote, clause.quote) for e in commitment.contract_evidence):
                counts.right += 1
            else:
                counts.wrong.append(f"{chain[-1].id}: {clause.section} {clause.quote}")
    return counts


def _traps(packet: Packet, gold: Gold) -> Counts:
    """Right: traps that were left alone."""
    counts = Counts(total=len(gold.traps))
    for trap in gold.traps:
        taken = [c for c in packet.commitments if _quotes(c.evidence, trap)]
        counts.right += not taken
        counts.wrong += [f"trap taken: {trap.quote}"] * bool(taken)
    return counts


def _quotes(evidence: Iterable[Evidence], quote: GoldQuote) -> bool:
    return any(_same_file(e.source, quote.source) and same_words(e.quote, quote.quote) for e in evidence)


def _field_text(packet: Packet, path: str) -> tuple[str, str]:
    section, name = path.split(".")
    value = getattr(getattr(packet.summary, section), name)
    texts = [t for v in value.values for t in (v.text, *(e.quote for e in v.evidence))]
    return value.status, " ".join(texts).lower()


def _fields(packet: Packet, gold: Gold) -> Counts:
    counts = Counts(total=len(gold.fields))
    for path, wanted in gold.fields.items():
        status, text = _field_text(packet, path)
        if status in ("stated", "conflicting") and any(str(w).lower() in text for w in wanted.any_of):
            counts.right += 1
        else:
            counts.wrong.append(f"{path} ({status}): wanted {list(wanted.any_of)}, got {text[:160]!r}")
    return counts


def _absent(packet: Packet, gold: Gold) -> Counts:
    counts = Counts(total=len(gold.absent_fields))
    for path in gold.absent_fields:
        status, text = _field_text(packet, path)
        counts.right += status == "not_stated"
        counts.wrong += [f"{path} invented: {text[:200]!r}"] * (status != "not_stated")
    return counts


def _stakeholders(packet: Packet, gold: Gold) -> tuple[Counts, Counts]:
    named, roles = Counts(total=len(gold.stakeholders)), Counts(total=len(gold.stakeholders))
    for wanted in gold.stakeholders:
        same = [s for s in packet.stakeholders if _same_person(s.name, wanted.name)]
        named.right += bool(same)
        named.wrong += [f"nobody called {wanted.name}"] * (not same)
        right = any(s.role == wanted.role for s in same)
        roles.right += right
        roles.wrong += [f"{wanted.name} is {wanted.role}, got {[s.role for s in same]}"] * (not right)
    return named, roles


def _same_person(a: str, b: str) -> bool:
    return bool(set(_words(a)) & set(_words(b)))


def _categories(packet: Packet, gold: Gold) -> Counts:
    found = {f.category for f in packet.findings if f.rule == "missing-category"}
    wanted = set(gold.missing_categories)
    wrong = [f"missing category not reported: {c}" for c in sorted(wanted - found)]
    wrong += [f"category wrongly missing: {c}" for c in sorted(found - wanted)]
    return Counts(len(wanted & found), len(wanted | found), wrong)


def _preconditions(packet: Packet, gold: Gold) -> Counts:
    want, got = gold.preconditions, packet.readiness
    checks = {
        "contract_fully_executed": (want.contract_fully_executed, got.contract_fully_executed),
        "payment_terms": (_terms(want.payment_terms), _terms(got.payment_terms)),
        "red_flags": (sorted(_flag(f) for f in want.red_flags), sorted(_flag(f) for f in got.red_flags)),
    }
    wrong = [f"{name}: wanted {a!r}, got {b!r}" for name, (a, b) in checks.items() if a != b]
    return Counts(len(checks) - len(wrong), len(checks), wrong)


def _terms(text: str | None) -> str | None:
    match = re.search(r"\d+", text or "")
    return match[0] if match else (text or None)


def _flag(text: str) -> str:
    words = text.lower()
    for key in ("purchase order", "delay", "longer", "terms"):
        if key in words:
            return "longer" if key == "terms" else key
    return words
