"""The promises as cards: what was said, the verdict, the clause beside it with the difference marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.evidence.quantities import read_quantities
from assistant.packet import Commitment, Evidence, Packet, Verdict
from assistant.screens import texts
from assistant.screens.markup import chip, empty, evidence_button, safe, tag, text, verdict_chip

ORDER: tuple[Verdict, ...] = ("contradicted", "not_in_contract", "vague", "withdrawn", "covered")


def numbered(packet: Packet) -> list[tuple[int, Commitment]]:
    """Every promise with its number, the contradicted ones first; numbers follow the packet's order."""
    pairs = list(enumerate(packet.commitments, start=1))
    return sorted(pairs, key=lambda pair: ORDER.index(pair[1].verdict))


def promise_cards(
    packet: Packet, verdicts: Sequence[str] = (), words: str = "", chosen: str | None = None
) -> str:
    """The list of cards. `verdicts` filters (none: all), `words` searches text, speaker and number."""
    found = [(n, c) for n, c in numbered(packet) if _wanted(n, c, verdicts, words)]
    if not packet.commitments:
        return empty(texts.NO_PROMISE_WAS_FOUND, texts.SELECT_WORDS_IN_A_SOURCE)
    if not found:
        return empty(texts.NO_PROMISE_FITS_THE_FILTER, texts.TAKE_A_FILTER_AWAY_TO)
    cards = (_card(n, c, packet, c.id == chosen) for n, c in found)
    return safe(tag("div", cards, class_="cards", role="list", aria_label=texts.PROMISES))


def tally(packet: Packet) -> list[tuple[str, str]]:
    """(label with count, verdict) for the filter, verdicts that occur only."""
    counts = {v: sum(c.verdict == v for c in packet.commitments) for v in ORDER}
    return [(f"{texts.VERDICTS[v]} ({n})", v) for v, n in counts.items() if n]


def _wanted(number: int, c: Commitment, verdicts: Sequence[str], words: str) -> bool:
    hay = f"p{number} {c.text} {c.speaker or ''} {c.owner or ''} {c.category}".lower()
    return (not verdicts or c.verdict in verdicts) and all(word in hay for word in words.lower().split())


def _card(number: int, c: Commitment, packet: Packet, chosen: bool) -> str:
    head = tag(
        "header",
        (
            tag("span", f"P{number}", class_="number"),
            verdict_chip(c.verdict),
            _marks(c, packet),
        ),
        class_="card-head",
    )
    said = tag("div", tag("h4", texts.SAID) + _said(c), class_="side")
    clause = tag("div", tag("h4", texts.CONTRACT) + _clause(c), class_="side")
    body = tag("div", said + clause, class_="sides")
    return tag(
        "article",
        head + tag("p", text(c.text), class_="promise-text") + body + _why(c) + _history(c),
        class_="card chosen" if chosen else "card",
        data_choose=c.id,
        tabindex="0",
        role="listitem",
        aria_label=f"P{number}, {texts.VERDICTS[c.verdict]}",
        aria_current="true" if chosen else None,
    )


def _marks(c: Commitment, packet: Packet) -> str:
    """Owner, due date, and what reviewers did about it."""
    about = [f for f in packet.findings if f.where == f"commitments.{c.id}"]
    marks = [chip("·", texts.SIDES[c.party], "muted"), chip("·", c.category, "muted")]
    marks += [chip("◷", texts.DUE_BY.format(due=c.due), "muted")] if c.due else []
    marks += [chip("☺", c.owner, "muted")] if c.owner else []
    marks += [chip("✓", texts.CONFIRMED_BY.format(by=c.confirmed_by), "covered")] if c.confirmed_by else []
    marks += [chip("?", texts.MARK_ASKED, "vague")] if c.asked or any(f.asked for f in about) else []
    marks += [chip("–", texts.MARK_WAIVED, "muted")] if any(f.waived for f in about) else []
    return "".join(marks)


def _said(c: Commitment) -> str:
    who = tag("small", text(", ".join(filter(None, (c.speaker or texts.UNNAMED_SPEAKER, c.said_on)))))
    return who + _quotes(c.evidence, differs=c.verdict == "contradicted")


def _clause(c: Commitment) -> str:
    if not c.contract_evidence:
        return tag("p", texts.NO_WORDS_OF_THE_CONTRACT, class_="none")
    return _quotes(c.contract_evidence, differs=c.verdict == "contradicted")


def _quotes(evidence: Iterable[Evidence], *, differs: bool) -> str:
    return "".join(
        tag("p", f"“{difference(e.quote) if differs else text(e.quote)}” {evidence_button(e)}")
        for e in evidence
    )


def difference(quote: str) -> str:
    """The quote as HTML with its numbers marked: where two quotes contradict, these are what to compare."""
    parts, at = [], 0
    for quantity in read_quantities(quote):
        if quantity.start >= at:
            inside = tag("mark", text(quote[quantity.start : quantity.end]), class_="differs")
            parts += [text(quote[at : quantity.start]), inside]
            at = quantity.end
    return "".join(parts) + text(quote[at:])


def _why(c: Commitment) -> str:
    relation = f"{texts.RELATIONS[c.relation].capitalize()}. " if c.relation else ""
    words = f"{relation}{c.explanation}".strip()
    decided = tag("small", text(texts.DECIDED_BY.format(by=c.decided_by)), class_="decided")
    return tag("p", f"{text(words)} {decided}", class_="why") if words else ""


def _history(c: Commitment) -> str:
    if not c.history:
        return ""
    items = (
        tag(
            "li",
            f"{text(w.said_on or texts.UNDATED)}: “{text(w.text)}” → {text(w.changed)} "
            + "".join(evidence_button(e) for e in w.evidence),
        )
        for w in c.history
    )
    label = texts.EARLIER_WORDINGS.format(number=len(c.history))
    return tag("details", tag("summary", text(label)) + tag("ol", items), class_="history")
