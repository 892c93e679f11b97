"""One party's signature block, read field by field: who signed, in what role, when, and what is blank."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.documents.signature_words import ALL_LABELS, DATE_LINE, TITLE_WORD, FieldName

FIELD = re.compile(rf"(?<![\w(])(?:{ALL_LABELS})(?:\s*[:：]|\s*(?=_{{3,}}))\s*", re.I)
BLANK = re.compile(
    r"^[\s_.…\-–—/|\\*]*$|^\[[^\]]*\]$|^\{[^}]*\}$|^<[^>]*>$|^x?_{3,}.*$|^(tbd|tbc|n/?a|none|pending|insert|"
    r"to be .*|signature|sign here|name|title|date|mm/dd/yyyy|dd/mm/yyyy|"
    r"unsigned|not signed|awaiting.*)$", re.I)  # fmt: skip
DRAWN = re.compile(r"/s/|[xX]?_{4,}|\[\s*\]|\S+(?: \S+)? \(signed\)")
PREAMBLE = re.compile(
    r"^((for and )?on behalf of|(accepted and agreed|agreed and accepted|agreed|accepted|signed|executed)"
    r"( to)?( by)?( for)?( and)?( on behalf of)?:?)(\s+|$)",
    re.I,
)
SIGNS_FOR = re.compile(
    r"(?i)^(?:signed|executed) by (?P<who>.{3,60}?),? (?:for and )?on behalf of (?P<party>.+)$"
)
"""Who signs for whom, in one line above the signature."""


@dataclass(frozen=True)
class SignatureFields:
    """What one party's block shows; None where blank or where the block has no such line."""

    organization: str | None
    signature: str | None
    name: str | None
    title: str | None
    date: str | None
    blanks: tuple[FieldName, ...]
    """Fields that are blank or missing from the block, in the order sign, name, title, date."""


def read_signature(text: str) -> SignatureFields:
    """Fields of a segment of kind "signature" (its text in one line)."""
    matches = list(FIELD.finditer(text))
    found: dict[str, str] = {}
    for number, match in enumerate(matches, start=1):
        end = matches[number].start() if number < len(matches) else len(text)
        field, value = str(match.lastgroup), text[match.end() : end].strip(" ,;|")
        if field == "sign" and "sign" in found and match.group(0).lower().startswith("by"):
            field = "name"
        if not found.get(field):
            found[field] = value
    head = text[: matches[0].start()] if matches else text
    drawn = DRAWN.search(head)
    if drawn and "sign" not in found:
        head, found["sign"] = head[: drawn.start()], head[drawn.start() :]
    _unlabelled(found)
    _title_with_name(found)
    signs = SIGNS_FOR.match(head.strip())
    if signs:
        head = signs["party"]
        found["name"] = found.get("name") or signs["who"]
    values = {field: _filled(value) for field, value in found.items()}
    blanks: list[FieldName] = [f for f in ("sign", "name", "title", "date") if not values.get(f)]
    return SignatureFields(
        organization=_organization(head) or values.get("org"),
        signature=values.get("sign"),
        name=values.get("name"),
        title=values.get("title"),
        date=values.get("date"),
        blanks=tuple(blanks),
    )


def _filled(value: str) -> str | None:
    value = re.sub(r"\s*[-_]{4,}\s*$", "", value.strip()).strip()
    return None if BLANK.match(value) else value


def _unlabelled(found: dict[str, str]) -> None:
    """Name and title that stand below the signature without labels of their own."""
    sign = found.get("sign", "")
    drawn = re.match(r"^(?:.*?(?P<slash>/s/)\s*|(?P<blank>[xX]?_{3,}|\[\s*\])\s*)(?P<rest>.*)$", sign)
    if not drawn:
        return
    rest = _before_date(drawn.group("rest"), found)
    doubled = re.match(r"^(?P<one>\S+(?: \S+){0,4}?)\s+(?P<two>(?P=one)\b.*)$", rest)
    if drawn.group("slash") and doubled:
        found["sign"], rest = f"/s/ {doubled.group('one')}", doubled.group("two")
    elif drawn.group("slash"):
        title = TITLE_WORD.search(rest)
        if title and title.start() and not found.get("title"):
            found["sign"], found["title"] = f"/s/ {rest[: title.start()].strip(' ,')}", rest[title.start() :]
        return
    else:
        found["sign"] = drawn.group("blank")
    if rest and not found.get("name"):
        title = TITLE_WORD.search(rest)
        found["name"] = rest[: title.start()].strip(" ,") if title else rest
        if title and not found.get("title"):
            found["title"] = rest[title.start() :]


def _before_date(rest: str, found: dict[str, str]) -> str:
    """The text before the date that ends it, where no line of its own has one."""
    dated = re.search(rf"\s(?P<date>{DATE_LINE.pattern})$", rest)
    if not dated or "date" in found:
        return rest
    found["date"] = dated["date"]
    if found.get("sign", "").endswith(dated["date"]):
        found["sign"] = found["sign"][: -len(dated["date"])].rstrip(" ,")
    return rest[: dated.start()].rstrip(" ,")


def _title_with_name(found: dict[str, str]) -> None:
    """ "Ann Poe, Director" behind "Name and title", or where no line asks for the title."""
    name, _, title = found.get("name", "").partition(",")
    if title.strip() and "title" not in found and TITLE_WORD.search(title):
        found["name"], found["title"] = name.strip(), title.strip()


def _organization(head: str) -> str | None:
    """The party's name before its first field, without the word for its part ("CUSTOMER: ...")."""
    head = head.strip(" ,;|")
    part = re.match(r"^(?P<role>[A-Za-z][\w ]{2,30}):\s*(?P<name>.+)$", head)
    name = (part.group("name") if part else head).strip(" :")
    name = PREAMBLE.sub("", name)
    return None if not name or BLANK.match(name) else name
