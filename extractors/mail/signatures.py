"""Signatures are read for who somebody is and then left out of the text; so are legal footers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.mail.words import (
    COMPANY_ENDINGS,
    DEVICE_LINE,
    FOOTER_BLOCK,
    FOOTER_START,
    SIGN_OFFS,
    TITLE_WORDS,
)

_LONGEST_SIGNATURE = 16
_LONGEST_LINE = 160
_DELIMITER = re.compile(r"\s*(?:--|—|–|-- )\s*|\s*[_*=~-]{3,}\s*")
_CONTACT = re.compile(
    r"\+?\(?\d[\d ().+/-]{6,}\d|https?://|www\.|\S+@\S+\.\w|\b(?:tel|ph|phone|mobile|cell|fax"
    r"|direct|office|linkedin|"
    r"twitter|skype|web|e-?mail|m|t|p|o|d|c)\s?[:.|]\s?[+(\d\w]",
    re.I,
)
_ADDRESS = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|boulevard|blvd|drive|dr|lane|ln|suite|ste|floor|fl|building"
    r"|square|plaza|"
    r"parkway|pkwy|way|court|place|straße|strasse|str|platz|rue|p\.?o\.? box)\b\.?|\b\d{5}(?:-\d{4})?$|"
    r"\b[A-Z]{2} \d{5}\b|\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b",
    re.I,
)
_PRONOUNS = re.compile(r"\(?\s*(?:she|he|they|ze)\s*/\s*(?:her|him|them|hers|his)(?:\s*/\s*\w+)?\s*\)?", re.I)
_NAME = re.compile(
    r"[^\W\d_a-z][\w'’.-]*(?: (?:[^\W\d_a-z][\w'’.-]*|van|von|de|der|den|da|di|la|le|el|bin|al|y)){1,4}"
)
_BARS = re.compile(r"\s+[|•·●/–—]\s+|\s*\|\s*|\s*[•·●]\s*|\t+| {3,}| - ")
_SENTENCE = re.compile(
    r"[.!?]\s+[A-Z]|\b(?:is|are|was|were|will|would|can|could|have|has|had|please|i'm|we'll|you)\b", re.I
)
_TERMS = re.compile(
    r"^(?:[-*•·] |\d{1,2}[.)] )|[$€£¥%]"
    r"|\b(?:net|within|seats?|users?|days|weeks|months) \d|\d+ (?:seats|users|days|weeks|months)\b",
    re.I,
)
"""What an item or a term of the deal looks like: never left out as a signature."""
_POSTSCRIPT = re.compile(r"\s*p\.?\s?p?\.?\s?s\b\.?", re.I)


@dataclass(frozen=True)
class Signature:
    """What a signature says of the person; every field None where it does not say it."""

    name: str | None = None
    title: str | None = None
    organization: str | None = None
    email: str | None = None


def split_signature(
    lines: list[str], sender: str | None = None, email: str | None = None
) -> tuple[list[str], Signature | None]:
    """(the text's lines, what the signature says); the sign-off stays with the text, a postscript as well."""
    lines = drop_footers(lines)
    start = _delimited(lines, sender) or _named(lines, sender, email)
    if start is None:
        return lines, None
    block, rest = _until_postscript(lines[start:])
    block = [_plain(line) for line in block if line.strip() and not _DELIMITER.fullmatch(line)]
    body = lines[:start] + rest
    return body, read_signature(block, sender, email)


def drop_footers(lines: list[str]) -> list[str]:
    """The lines without legal notices, external-mail banners, unsubscribe footers, "Sent from my phone"."""
    kept: list[str] = []
    for block in _blocks(lines):
        text = " ".join(" ".join(block).split()).strip("*_ ")
        is_footer = FOOTER_BLOCK.search(text[:4000]) and not _reads_as_letter(block)
        if is_footer or (len(text) <= 400 and FOOTER_START.match(text)):
            continue
        kept += [line for line in block if not DEVICE_LINE.fullmatch(line.strip("*_ .")[:200])]
    return kept


def read_signature(block: list[str], sender: str | None, email: str | None) -> Signature | None:
    """Name, title, organization out of the lines of a signature; None when it says nothing."""
    name: str | None = None
    title: str | None = None
    organization: str | None = None
    for line in (x for x in block if len(x) <= _LONGEST_LINE):
        for part in _parts(line, sender):
            if (
                name is None
                and title is None
                and (_is_sender(part, sender, email) or (not sender and _is_name(part)))
            ):
                name = part
            elif _PRONOUNS.fullmatch(part) or _CONTACT.search(part) or DEVICE_LINE.fullmatch(part[:200]):
                continue
            elif title is None and is_title(part, email):
                title, organization = _title_and_house(part, organization, email)
            elif organization is None and is_company(_before_address(part), email):
                organization = _before_address(part)
    if title is None and organization is None:
        return None
    return Signature(name or sender, title, organization, email)


def is_title(text: str, email: str | None = None) -> bool:
    """Whether a short text reads as a job title ("Chief Financial Officer", "Head of IT")."""
    stem = (email or "").rpartition("@")[2].split(".")[0]
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())
    words = [w for w in words if len(w) < 3 or not stem.startswith(w)]  # "Partner Org" of partner.org
    return 0 < len(words) <= 9 and any(w in TITLE_WORDS for w in words) and not _SENTENCE.search(text)


def is_company(text: str, email: str | None = None) -> bool:
    """Whether a short text names an organization: its ending says so, or the mail domain does."""
    bare = text.strip(" .,")
    if not bare or len(bare.split()) > 8 or (_ADDRESS.search(bare) and not COMPANY_ENDINGS.search(bare)):
        return False
    if COMPANY_ENDINGS.search(bare):
        return True
    stem = (email or "").rpartition("@")[2].split(".")[0].replace("-", "").lower()
    first = re.sub(r"[^a-z0-9]", "", bare.split()[0].lower())
    squeezed = re.sub(r"[^a-z0-9]", "", bare.lower())
    return len(stem) >= 3 and len(first) >= 3 and (stem.startswith(first) or squeezed.startswith(stem))


def _title_and_house(part: str, organization: str | None, email: str | None) -> tuple[str, str | None]:
    """ "Head of IT at Acme" and "Buyer, Acme, Ltd" hold both."""
    for separator in (" at ", " @ "):
        head, found, tail = part.rpartition(separator)
        if found and is_title(head) and not is_title(tail, email):
            return head.strip(" ,"), organization or tail.strip()
    pieces = part.split(", ")
    for i in range(len(pieces) - 1, 0, -1):
        head, tail = ", ".join(pieces[:i]), ", ".join(pieces[i:])
        if is_title(head) and is_company(tail, email) and not COMPANY_ENDINGS.fullmatch(tail):
            return head, organization or tail
    return part.strip(" ,"), organization


def _before_address(part: str) -> str:
    """ "Acme, Inc., 12 High Street, Leeds" without the address."""
    pieces = part.split(", ")
    for i, piece in enumerate(pieces[1:], 1):
        if not COMPANY_ENDINGS.fullmatch(piece.strip()):
            return ", ".join(pieces[:i])
    return part


def _parts(line: str, sender: str | None) -> list[str]:
    """A signature line at its bars; "Jane Doe, Head of IT" at the comma after the sender's name."""
    parts = [p.strip(" *_,") for p in _BARS.split(line)]
    first = parts[0]
    head, comma, tail = first.partition(",")
    if comma and sender and _is_sender(head, sender, None):
        parts[:1] = [head.strip(), tail.strip()]
    return [p for p in parts if p]


def _delimited(lines: list[str], sender: str | None) -> int | None:
    """Index of the line after "--" when what follows is short and reads as a signature."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    for i in reversed(filled[-_LONGEST_SIGNATURE - 1 :]):
        after = [line for line in lines[i + 1 :] if line.strip()]
        if after and _DELIMITER.fullmatch(lines[i]):
            if lines[i].strip() == "--":
                return None if _letter_in(after) else i
            named = _is_sender(_plain(after[0]), sender, None) or _is_name(_plain(after[0]))
            return i if named and all(_fits(line, sender) for line in after) else None
    return None


def _named(lines: list[str], sender: str | None, email: str | None) -> int | None:
    """Index of the line with the sender's name below which nothing but signature lines stand."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    found: int | None = None
    for position in range(len(filled) - 1, max(-1, len(filled) - 1 - _LONGEST_SIGNATURE), -1):
        i = filled[position]
        line = _plain(lines[i])
        below = [_plain(lines[j]) for j in filled[position + 1 :]]
        if _POSTSCRIPT.match(line):
            continue
        if _starts_signature(line, below, sender, email, position, lines, filled):
            found = i
        if not _fits(line, sender):
            break
    return found


def _starts_signature(
    line: str, below: list[str], sender: str | None, email: str | None, position: int, lines: list[str],
    filled: list[int],
) -> bool:  # fmt: skip
    parts = _parts(line, sender) or [line]
    named = _is_sender(parts[0], sender, email) or (not sender and _is_name(parts[0]))
    signed_off = position > 0 and bool(SIGN_OFFS.fullmatch(_plain(lines[filled[position - 1]])))
    if not named and not (signed_off and _is_name(parts[0])):
        return False
    telling = parts[1:] + [b for b in below if not _POSTSCRIPT.match(b)]
    return any(_tells(t, email) for t in telling)


def _tells(line: str, email: str | None) -> bool:
    """Whether a line is clearly one of a signature."""
    if len(line) > _LONGEST_LINE:
        return False
    return bool(
        is_title(line) or any(is_title(p) for p in _parts(line, None)) or _CONTACT.search(line)
        or is_company(line, email) or any(is_company(p, email) for p in _parts(line, None))
    )  # fmt: skip


def _fits(line: str, sender: str | None) -> bool:
    """Whether a line could stand in a signature: short and no sentence."""
    line = _plain(line)
    if len(line) > _LONGEST_LINE or _TERMS.search(line):
        return False
    if _POSTSCRIPT.match(line) or (_CONTACT.search(line) and not _SENTENCE.search(line)):
        return True
    return (
        len(line) <= 90
        and len(line.split()) <= 12
        and not _SENTENCE.search(line)
        and not line.endswith(("?", "!", ":"))
    )


def _letter_in(after: list[str]) -> bool:
    """Whether what follows a "--" is a text of its own rather than a signature."""
    return len(after) > _LONGEST_SIGNATURE or sum(bool(_SENTENCE.search(line)) for line in after) > 2


def _until_postscript(block: list[str]) -> tuple[list[str], list[str]]:
    for i, line in enumerate(block):
        if i and _POSTSCRIPT.match(line):
            return block[:i], ["", *block[i:]]
    return block, []


def _is_sender(text: str, sender: str | None, email: str | None) -> bool:
    """Whether the text is the sender's name, in full or the given name, degrees and pronouns aside."""
    text = _PRONOUNS.sub("", text.split(",")[0]).strip(" .*_-–—").lower()
    if not text or len(text.split()) > 5:
        return False
    names = (sender or "").lower().split()
    if names and (
        text == " ".join(names) or text == names[0] or (len(names) > 1 and _same_ends(text.split(), names))
    ):
        return True
    local = (email or "").partition("@")[0].lower()
    return not names and len(text) > 2 and re.sub(r"\W", "", text) == re.sub(r"[\W_]", "", local)


def _same_ends(words: list[str], names: list[str]) -> bool:
    return (
        len(words) > 1
        and names[-1].rpartition("-")[2] == words[-1].rpartition("-")[2]
        and words[0][0] == names[0][0]
    )


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text.split(",")[0].strip())) and not is_title(text) and not is_company(text)


def _reads_as_letter(block: list[str]) -> bool:
    """A greeting or a question in the block: somebody wrote it by hand."""
    text = " ".join(block)
    return bool(re.match(r"\s*(?:hi|hello|dear|hey)\b", text, re.I)) or ("?" in text and len(text) < 300)


def _plain(line: str) -> str:
    return line.strip().strip("*_").strip()


def _blocks(lines: list[str]) -> list[list[str]]:
    """Runs of lines, each with the blank lines after it."""
    blocks: list[list[str]] = []
    for i, line in enumerate(lines):
        if blocks and (not line.strip() or lines[i - 1].strip()):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks
