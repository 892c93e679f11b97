"""HTML for the screens: everything that comes from a source is escaped, and the whole is cleaned again."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import nh3

from assistant.packet import Evidence, Severity, Status, Verdict
from assistant.screens import texts

TAGS = {
    "article",
    "audio",
    "button",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "header",
    "ins",
    "label",
    "li",
    "mark",
    "ol",
    "p",
    "section",
    "small",
    "span",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
    "a",
    "nav",
}
ATTRIBUTES = {
    "*": {"class", "id", "role", "tabindex", "title", "lang", "hidden"},
    "a": {"href", "download"},
    "audio": {"src", "controls", "preload"},
    "button": {"type", "disabled"},
    "details": {"open"},
    "td": {"colspan"},
    "th": {"scope", "colspan"},
    "time": {"datetime"},
}
VERDICT_MARKS: dict[Verdict, str] = {
    "contradicted": "≠",
    "not_in_contract": "∅",
    "vague": "≈",
    "withdrawn": "↩",
    "covered": "✓",
}
SEVERITY_MARKS: dict[Severity, str] = {"blocker": "■", "major": "▲", "minor": "●"}
STATUS_MARKS: dict[Status, str] = {
    "draft": "✎",
    "submitted": "→",
    "accepted": "✓",
    "rejected": "✗",
    "needs_revision": "↻",
}


def safe(html: str) -> str:
    """Only the tags and attributes that the screens use; scripts, styles and images are gone."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        generic_attribute_prefixes={"data-", "aria-"},
        url_schemes=set(),
        link_rel=None,
    )


def tag(name: str, content: str | Iterable[str] = "", **attributes: object) -> str:
    """An element. `content` is HTML; attributes are escaped, None leaves one out, `_` reads as `-`."""
    inner = content if isinstance(content, str) else "".join(content)
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{inner}</{name}>"


def text(words: object) -> str:
    """Words of a source or a person as HTML."""
    return escape(str(words))


def day_and_time(moment: str) -> str:
    """An ISO time as "2026-05-18 14:30", kept on one line."""
    return tag("time", text(moment[:16].replace("T", " ")), datetime=moment, class_="moment")


def chip(mark: str, label: str, tone: str) -> str:
    """A small label: sign and word, so that colour is never the only signal."""
    sign = tag("span", text(mark), aria_hidden="true")
    return tag("span", f"{sign} {text(label)}", class_=f"chip chip-{tone}")


def verdict_chip(verdict: Verdict) -> str:
    return chip(VERDICT_MARKS[verdict], texts.VERDICTS[verdict], verdict.replace("_", "-"))


def severity_chip(severity: Severity) -> str:
    return chip(SEVERITY_MARKS[severity], texts.SEVERITIES[severity], severity)


def status_chip(status: Status) -> str:
    return chip(STATUS_MARKS[status], texts.STATUSES[status], status.replace("_", "-"))


def evidence_button(evidence: Evidence) -> str:
    """A button that shows the quote in its source; the click is answered by `data-evidence`."""
    name = evidence.source.rsplit("/", 1)[-1]
    near = f" ({texts.NEAR})" if evidence.match == "near" else ""
    return tag(
        "button",
        text(f"{name}, {evidence.locator}{near}"),
        type="button",
        class_="evidence",
        data_evidence="1",
        data_source=evidence.source,
        data_segment=evidence.segment_id,
        data_quote=evidence.quote,
        title=texts.SHOW_IN_SOURCE,
    )


def empty(what: str, todo: str) -> str:
    """An empty state: what is not there, and what to do about it."""
    return safe(tag("div", tag("p", tag("strong", text(what))) + tag("p", text(todo)), class_="empty"))


def table(header: Iterable[str], rows: Iterable[Iterable[str]], label: str) -> str:
    """A table whose cells are HTML."""
    head = tag("tr", (tag("th", text(name), scope="col") for name in header))
    body = (tag("tr", (tag("td", cell) for cell in row)) for row in rows)
    return tag(
        "div",
        tag("table", tag("thead", head) + tag("tbody", body), aria_label=label),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label=label,
    )


def no_packet() -> str:
    """What a screen shows of a deal without a packet, or without a deal."""
    return empty(texts.NO_PACKET, texts.NO_PACKET_TODO)
