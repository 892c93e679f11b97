"""Who sells and who buys, as the contract's preamble, cover page and duties say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import token_set_ratio

from assistant.packet import Side
from extractors.mail.words import word_set
from extractors.segments import Source

CONTRACT_KINDS = ("contract", "order_form", "amendment")
SELLS = word_set(
    """
    provider vendor supplier licensor contractor consultant seller processor host reseller
    service-provider developer publisher we us our
    """
)
BUYS = word_set(
    """
    customer client subscriber licensee buyer purchaser user controller end-user owner school
    district hospital member you your
    """
)
_ROLE_WORDS = "|".join(sorted((SELLS | BUYS) - {"we", "us", "our", "you", "your"}, key=len, reverse=True))
_ENDING = (
    r"(?:inc(?:orporated)?|llc|l\.l\.c|llp|lp|ltd|limited|corp(?:oration)?|co(?:mpany)?|gmbh|ag|plc"
    r"|pty|b\.?v|n\.?v|s\.?a"
    r"|s\.?r\.?l|sarl|sas|ab|a/s|aps|as|oy|oyj|kg|se|pte|pvt|s\.?p\.?a|kk|pbc)\b\.?"
)
_BETWEEN = re.compile(r"\b(?:by and )?(?:between|among)\s*:?\s+", re.I)
_MADE_BY = re.compile(r"\b(?i:made|entered|effective|dated)\b.{0,120}?\bby\s+(?=[A-Z])")
_ALIAS = re.compile(
    r"\([^()\"“”‘’«]{0,80}[\"“”‘’«]\s*(?:the\s+)?"
    r"([^\"“”‘’«»]{2,60})[\"“”‘’»]",
    re.I,
)
_NAME = re.compile(
    rf"\s*(?:\(?(?:1|2|i|ii|a|b)\)\s*)?(?P<name>(?:[^,;(]|,\s*(?={_ENDING}))" + r"{2,120}?)"
    rf"(?=\s*(?:,(?!\s*{_ENDING})|\(|;|\s+(?:having|with|whose|located|of which|organized"
    rf"|incorporated|a company|a corporation"
    r"|with its|doing business|is a|registered)\b))",
    re.I,
)
_COVER = re.compile(
    rf"(?:\d{{1,2}}[.)]?\s*\|\s*)?(?P<role>{_ROLE_WORDS})"
    r"(?:\s+(?:name|legal name|company|entity|legal entity))?\s*(?::|\|"
    r"|[-–—]\s)\s*(?P<name>[A-Z][^|:;\n]{2,80})",
    re.I,
)
_BRACKET = re.compile(r"\([^()]{0,120}[\"“][^()\"”]{1,40}[\"”][^()]{0,120}\)")
_FORM = (
    r"(?:Inc(?:orporated)?|L\.?L\.?C|LLP|LP|L(?:imi)?te?d|Corp(?:oration)?"
    r"|GmbH|AG|PLC|plc|Pty|B\.?V|SA|AB|ApS|Oy|SE|PBC)\b\.?"
)
_COMPANY = re.compile(rf"[A-Z][\w'’&.-]*(?: (?:[A-Z&][\w'’&.-]*|of|and|the)){{0,6}},? {_FORM}")
_DUTY = r"\s+(?:shall|will|agrees to|must|may|grants?|hereby grants?|provides?|makes? available|warrants?)\b"
_GIVES = re.compile(
    r"(?:provide|make (?:the|its) .{0,30}available|make available|host|maintain|grant|license"
    r"|deliver|configure|implement|supply|support|perform"
    r"|invoice|credit|respond|enable)",
    re.I,
)
_PAYS = re.compile(
    r"(?:pay|access and use|not (?:resell|sublicense|reverse)|use the (?:service|software|platform))",
    re.I,
)
_COMPANY_NOISE = re.compile(rf"(?:,?\s+{_ENDING}|^the\s+|[^\w\s&'’-])", re.I)


@dataclass(frozen=True)
class Party:
    """A party of the contract: its name, what the contract calls it, and its side where that is clear."""

    name: str
    alias: str | None
    side: Side | None


def find_parties(sources: Iterable[Source]) -> tuple[Party, ...]:
    """The two parties of the first contract that names them, contracts before order forms; else ()."""
    ranked = sorted(
        (s for s in sources if s.kind in CONTRACT_KINDS), key=lambda s: (CONTRACT_KINDS.index(s.kind), s.name)
    )
    for source in ranked:
        texts = [g.text for g in source.segments]
        for parties in (_preamble(texts), _in_brackets(texts[:40]), _cover_page(texts[:120])):
            if len(parties) == 2:
                return _with_sides(parties, texts)
    return ()


def same_company(one: str | None, other: str | None) -> bool:
    """Whether two names are one company's: "NORTHGATE, INC." and "Northgate"."""
    a, b = bare_company(one or ""), bare_company(other or "")
    if not a or not b:
        return False
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return True
    first, second = a.split(), b.split()
    if first[0] == second[0] and len(first[0]) >= 4 and (len(first) == 1 or len(second) == 1):
        return True
    return first[0] == second[0] and token_set_ratio(a, b) >= 90


def names_company(text: str | None, company: str | None) -> bool:
    """Whether a text has the company's name in it: "Executed by Acme Pty Ltd under section 127"."""
    bare = bare_company(company or "")
    return bool(bare) and f" {bare} " in f" {bare_company(text or '')} "


def bare_company(name: str) -> str:
    """The name in lower case without legal form, article and punctuation."""
    return " ".join(_COMPANY_NOISE.sub(" ", name.casefold()).split())


def role_side(word: str | None) -> Side | None:
    """The side of a party that the contract calls by that word ("Customer", "the Supplier")."""
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", (word or "").casefold())
    sells, buys = any(w in SELLS for w in words), any(w in BUYS for w in words)
    if sells == buys:
        return None
    return "vendor" if sells else "customer"


def _preamble(texts: Sequence[str]) -> tuple[Party, ...]:
    """Parties of "between A, a ... ("X"), and B, a ... ("Y")"; () when the sentence is not of that form."""
    for start in range(min(len(texts), 40)):
        text = " ".join(texts[start : start + 6])[:4000]
        found = _BETWEEN.search(texts[start]) or _MADE_BY.search(texts[start])
        if not found:
            continue
        parties = _two_names(text[found.end() :])
        if len(parties) == 2:
            return parties
    return ()


def _two_names(text: str) -> tuple[Party, ...]:
    first = _NAME.match(text)
    if not first:
        return ()
    rest = text[first.end() :]
    alias = _ALIAS.search(rest[:500])
    after = rest[alias.end() :] if alias else rest
    joint = re.search(r"(?:\)\s*,?\s*|;\s*|,\s+|\s)(?:and|&)\s+(?=\(?\s*[\"“(]?[A-Z0-9])", after)
    if not joint:
        return ()
    tail = after[joint.end() :]
    second = _NAME.match(tail)
    if not second:
        return ()
    other = _ALIAS.search(tail[second.end() : second.end() + 500])
    if not (
        _may_be_party(first["name"], alias is not None) and _may_be_party(second["name"], other is not None)
    ):
        return ()
    return tuple(
        Party(_tidy(name), _tidy(found[1]) if found else None, role_side(found[1] if found else None))
        for name, found in ((first["name"], alias), (second["name"], other))
    )


def _may_be_party(name: str, defined: bool) -> bool:
    """A capitalised name of a few words, with a legal form or a defined term behind it."""
    name = _tidy(name)
    formed = re.search(rf"{_ENDING}\s*$", name, re.I) is not None
    return name[:1].isalnum() and not name[:1].islower() and len(name.split()) <= 9 and (formed or defined)


def _in_brackets(texts: Sequence[str]) -> tuple[Party, ...]:
    """Parties of 'offered by Acme, Inc. ("Acme", "we" or "us") to Beta LLC ("Customer" or "you")'."""
    found: dict[Side, Party] = {}
    for text in texts:
        start = 0
        for bracket in _BRACKET.finditer(text[:4000]):
            names = list(_COMPANY.finditer(text, start, bracket.start()))
            side = role_side(" ".join(re.findall(r"[\"“]([^\"”]{1,40})[\"”]", bracket[0])))
            if names and side and side not in found:
                alias = _ALIAS.match(bracket[0])
                found[side] = Party(_tidy(names[0][0]), alias[1] if alias else None, side)
            start = bracket.end()
    return tuple(found[s] for s in sorted(found, reverse=True))


def _cover_page(texts: Sequence[str]) -> tuple[Party, ...]:
    """Parties of a cover page: "Customer: Acme Ltd", "Provider | Beta Inc."."""
    found: dict[Side, Party] = {}
    for text in texts:
        match = _COVER.match(text.strip())
        side = role_side(match["role"]) if match else None
        if match and side and side not in found:
            formed = _COMPANY.match(match["name"])
            if formed or _is_company_name(match["name"]):
                name = formed[0] if formed else match["name"]
                found[side] = Party(_tidy(name), match["role"].capitalize(), side)
    return tuple(found[s] for s in sorted(found, reverse=True))


def _is_company_name(text: str) -> bool:
    """A few capitalised words, or a legal form at the end; no sentence."""
    words = text.split()
    return (
        len(words) <= 8
        and (
            re.search(rf"{_ENDING}\s*$", text, re.I) is not None
            or all(w[0].isupper() or w in ("of", "and", "the", "&") for w in words)
        )
        and not re.search(r"\[|_{3}|\b(?:Name|Address|Signature|Title|Date)\b", text)
    )


def _with_sides(parties: tuple[Party, ...], texts: Sequence[str]) -> tuple[Party, ...]:
    """Both sides filled: by the role words, else by who has to provide and who has to pay."""
    one, two = parties
    if one.side and two.side and one.side != two.side:
        return parties
    if bool(one.side) != bool(two.side):
        known: Side = one.side or two.side or "vendor"
        other: Side = "customer" if known == "vendor" else "vendor"
        return (
            Party(one.name, one.alias, one.side or other),
            Party(two.name, two.alias, two.side or other),
        )
    text = " ".join(texts)[:300_000]
    lead = _provides(one, text) - _provides(two, text)
    if abs(lead) < 3:
        return (Party(one.name, one.alias, None), Party(two.name, two.alias, None))
    sides: tuple[Side, Side] = ("vendor", "customer") if lead > 0 else ("customer", "vendor")
    return (Party(one.name, one.alias, sides[0]), Party(two.name, two.alias, sides[1]))


def _provides(party: Party, text: str) -> int:
    """Duties to provide less duties to pay, counted over "<alias> shall ..."."""
    name = re.escape(party.alias or party.name)
    score = 0
    for found in re.finditer(rf"\b{name}{_DUTY}(?P<what>[^.;]{{0,60}})", text, re.I):
        what = found[0][len(party.alias or party.name) :]
        score += bool(_GIVES.search(what)) - 2 * bool(_PAYS.search(what))
    return score


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(" ,;:\"“”'")
