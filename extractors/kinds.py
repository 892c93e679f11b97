"""What kind of source it is, from its content; its name decides only what the content leaves open."""

from __future__ import annotations

import re

from extractors.segments import Source, SourceKind

SUPPLEMENTS = (
    r"(?:data (?:processing|protection)|dpa|security|privacy|business associate|baa|gdpr|ai|acceptable use)"
)
TITLES: tuple[tuple[SourceKind, re.Pattern[str]], ...] = (
    ("amendment", re.compile(r"(?i)\b(?:amendment|change order|change request|contract variation"
                             r"|deed of variation"
                             r"|variation agreement|side letter|supplemental agreement|addendum)\b")),
    ("order_form", re.compile(r"(?i)\b(?:order form|order schedule|sales order|service order"
                              r"|subscription order|ordering document"
                              r"|purchase order|quote|quotation|pricing proposal|statement of work"
                              r"|sow|work order)\b")),
    ("contract", re.compile(r"(?i)\b(?:agreement|contract|terms (?:and conditions|of (?:service|use))"
                            r"|terms|msa|eula|licen[cs]e"
                            r"|service level|sla|addendum|exhibit|schedule)\b")),
)  # fmt: skip
"""What a title says. An amendment names the agreement that it amends, so it is looked for first."""
AMENDS = re.compile(
    r"(?i)\b(?:this|the) (?:\w+ )?(?:amendment|addendum|change order)\b"
    r"|\b(?:is|are) hereby (?:amended|deleted|replaced)"
)
ORDERS = re.compile(r"(?i)\bthis (?:order form|order|sow|statement of work|quote|work order)\b")
CONTRACT_WORDS = re.compile(
    r"(?i)\b(?:hereby|herein|hereunder|hereto|thereof|whereas|party|parties|agreement|shall|pursuant|indemnif\w+"
    r"|governing law|confidential(?:ity)?|warrant(?:y|ies)|terminat(?:e|ion)|liabilit(?:y|ies)|effective date"
    r"|in witness)\b"
)
WHOLE = 60
"""Segments over which a paper is more than the order form on its first page."""
OPENING = 4
FEWEST_CLAUSES = 20
"""Segments that an order form has at least before its agreement, and the agreement after its title."""
AGREEMENT = re.compile(
    r"(?i)(?:part \S+\s*[-–—:.]?\s*|[A-Z0-9]{1,2}[.)]\s+)?(?:the |this )?(?:[\w&’'-]+ ){0,5}?"
    r"(?:agreement|terms (?:and|&) conditions|(?:general|standard|master|service|subscription) terms"
    r"|terms of (?:service|use|business|supply|trade))(?: (?:of|for) [\w ]{3,40})?"
)
NAMES: tuple[tuple[SourceKind, re.Pattern[str]], ...] = (
    ("amendment", re.compile(r"(?i)amend|addendum|change.?order")),
    ("order_form", re.compile(r"(?i)order.?form|\bsow\b|quote|statement.?of.?work")),
    ("contract", re.compile(r"(?i)contract|agreement|\bmsa\b|\bterms\b")),
    ("call", re.compile(r"(?i)\bcall\b|transcript|recording|meeting")),
)


def recognise_kind(source: Source) -> SourceKind:
    """The kind of a source that was read. Calls and mails by their form, papers by title and words."""
    if source.kind in ("email", "recording") or not source.segments:
        return source.kind
    if source.kind == "call":
        return "call"
    if _spoken(source):
        return "call"
    opening = " ".join(s.text for s in source.segments[:12])[:3000]
    if not _reads_as_contract(source):
        return _by_title(source.title, opening) or "notes" if source.kind != "notes" else "notes"
    found = contract_kind(_title(source), opening)
    if found == "order_form" and _agreement_follows(source):
        return "contract"  # its order form comes first, the agreement's clauses follow
    return found or _by_name(source.name) or "contract"


def _agreement_follows(source: Source) -> bool:
    """Whether the order form is the first pages of an agreement, whose title and clauses come after it."""
    if len(source.segments) > WHOLE and _by_title(_title(source), "") == "contract":
        return True
    for at, segment in enumerate(source.segments[OPENING:], OPENING):
        rest = len(source.segments) - at
        if rest < FEWEST_CLAUSES or 2 * rest < len(source.segments):
            return False
        if len(segment.text) <= 80 and AGREEMENT.fullmatch(segment.text.strip(" .:*#")):
            return True
    return False


def contract_kind(title: str | None, opening: str) -> SourceKind | None:
    """contract, amendment or order_form by a paper's title and first lines; None when neither says."""
    found = _by_title(title, opening)
    if (
        found != "amendment"
        and AMENDS.search(opening[:1500])
        and re.search(r"(?i)\bhereby amended|this amendment", opening)
    ):
        return "amendment"
    ordered = len(ORDERS.findall(opening))
    if found == "contract" and ordered > 1 and ordered > len(re.findall(r"(?i)\bthis agreement\b", opening)):
        return "order_form"  # it names the agreement under which it orders
    return found


def _by_title(title: str | None, opening: str) -> SourceKind | None:
    if not title:
        return None
    places = {kind: m.start() for kind, p in TITLES for m in [p.search(title)] if m}
    if "amendment" in places and not re.search(rf"(?i)\b{SUPPLEMENTS}\b.*\baddendum\b", title):
        return "amendment"
    places.pop("amendment", None)
    if "order_form" in places and places["order_form"] <= places.get("contract", 999):
        return "order_form"
    return "contract" if places else None


def _title(source: Source) -> str | None:
    """The title, or the first heading or short line that names a kind of paper."""
    told = [source.title] if source.title else []
    short = [s.text for s in source.segments[:8] if len(s.text) <= 100]
    return next((t for t in [*told, *short] if _by_title(t, "")), source.title)


def _spoken(source: Source) -> bool:
    turns = sum(s.kind == "turn" and s.speaker is not None for s in source.segments)
    return 2 * turns > len(source.segments)


def _reads_as_contract(source: Source) -> bool:
    """Clauses or the words of contracts, dense enough; a signature block; an order form is short."""
    text = " ".join(s.text for s in source.segments)
    found = [w.lower() for w in CONTRACT_WORDS.findall(text)]
    words = max(len(text.split()), 1)
    signed = any(s.kind == "signature" for s in source.segments)
    dense = len(set(found)) >= 4 and len(found) * 120 >= words
    titled = bool(_by_title(_title(source), "")) and source.kind != "notes"
    return dense or titled or (signed and source.kind != "notes")


def _by_name(name: str) -> SourceKind | None:
    stem = re.sub(r"[_.-]+", " ", name.rsplit("/", 1)[-1])
    return next((kind for kind, p in NAMES if p.search(stem)), None)
