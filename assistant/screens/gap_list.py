"""What is missing or wrong, by category, each with the question it raises and whom it goes to."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.desk import Question
from assistant.packet import Finding, Packet
from assistant.screens import texts
from assistant.screens.markup import chip, empty, evidence_button, safe, severity_chip, tag, text


def question_list(questions: Sequence[Question], chosen: str | None = None) -> str:
    """The few questions of the moment, each to be chosen and answered."""
    if not questions:
        return empty(texts.NO_QUESTION_IS_OPEN, texts.EVERYTHING_THAT_HAS_TO_BE)
    items = (
        tag(
            "li",
            f"{tag('strong', text(texts.ASKS[q.ask_of]))} {text(q.text)}",
            data_choose=q.id,
            tabindex="0",
            class_="card chosen" if q.id == chosen else "card",
        )
        for q in questions
    )
    title = tag("h3", text(texts.QUESTIONS_NOW.format(number=len(questions))))
    return safe(title + tag("ol", items, class_="questions"))


def gap_list(
    packet: Packet, categories: Sequence[str] = (), *, closed: bool = False, chosen: str | None = None
) -> str:
    """The findings by category. `closed` shows what was waived or answered as well."""
    wanted = [
        f for f in packet.findings if (closed or _waits(f)) and (not categories or f.category in categories)
    ]
    if not wanted:
        return empty(texts.NOTHING_IS_OPEN_HERE, texts.EVERY_FINDING_IN_THIS_VIEW)
    groups = []
    for category in texts.CATEGORIES:
        found = [f for f in wanted if f.category == category]
        if found:
            heading = tag("h3", text(f"{texts.CATEGORIES[category]} ({len(found)})"))
            cards = tag(
                "div",
                (_card(f, f.id == chosen) for f in found),
                role="list",
                class_="cards",
                aria_label=texts.CATEGORIES[category],
            )
            groups.append(tag("section", heading + cards))
    return safe("".join(groups))


def _waits(finding: Finding) -> bool:
    return finding.is_open and not finding.answered


def _card(f: Finding, chosen: bool) -> str:
    head = tag("header", severity_chip(f.severity) + _marks(f), class_="card-head")
    ask = tag(
        "p",
        f"{tag('strong', text(texts.ASK_WHOM.format(whom=texts.ASKS[f.ask_of])))} {text(f.ask)}",
        class_="ask",
    )
    proof = "".join(evidence_button(e) for e in f.evidence)
    return tag(
        "article",
        head + tag("p", text(f.message)) + ask + proof + remarks(f),
        class_="card chosen" if chosen else "card",
        data_choose=f.id,
        tabindex="0",
        role="listitem",
        aria_label=f"{texts.SEVERITIES[f.severity]}: {f.message[:80]}",
        aria_current="true" if chosen else None,
    )


def _marks(f: Finding) -> str:
    marks = [chip("✓", texts.MARK_ANSWERED, "covered")] if f.answered else []
    marks += [chip("–", texts.MARK_WAIVED, "muted")] if f.waived else []
    marks += [chip("?", texts.MARK_ASKED, "vague")] if f.asked else []
    return "".join(marks) + tag("small", text(f.rule), class_="rule")


def remarks(f: Finding) -> str:
    """Its answer, waiver and question, each with who noted it when."""
    said = ((texts.ANSWER, f.answered), (texts.WAIVED, f.waived), (texts.ASKED, f.asked))
    return "".join(_remark(label, remark) for label, remark in said if remark)


def _remark(label: str, remark: object) -> str:
    by, at, words = getattr(remark, "by", ""), getattr(remark, "at", ""), getattr(remark, "text", "")
    return tag(
        "p", f"{tag('strong', label)}: {text(words)} {tag('small', text(f'{by}, {at}'))}", class_="remark"
    )
