"""Personal data in text, by shape: mail addresses, phone numbers, cards (Luhn), bank accounts (IBAN)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["EMAIL", "PHONE", "CARD", "IBAN", "PERSON", "COMPANY"]

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
_DIGITS = re.compile(r"(?<![\w.,$€£])\+?\(?\d(?:[ ().\-/]{0,2}\d){6,18}(?![\w%])")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_PHONE_DIGITS = range(9, 16)
_LOCAL_PHONE = re.compile(r"\d{3}[-. ]\d{4}$")
"""Seven digits are a phone number only when they are written as one."""


class Personal(NamedTuple):
    """A place in a text that is personal data."""

    start: int
    stop: int
    kind: Kind


def find_personal(text: str) -> list[Personal]:
    """Every place, in order, not overlapping; a card is no phone number, and neither is a date."""
    found: list[Personal] = []
    for place in (*_emails(text), *_ibans(text), *_numbers(text)):
        if not any(place.start < other.stop and other.start < place.stop for other in found):
            found.append(place)
    return sorted(found)


def _emails(text: str) -> Iterator[Personal]:
    yield from (Personal(m.start(), m.end(), "EMAIL") for m in _EMAIL.finditer(text))


def _ibans(text: str) -> Iterator[Personal]:
    for match in _IBAN.finditer(text):
        for stop in range(match.end(), match.start() + 14, -1):
            if is_iban(text[match.start() : stop]):
                yield Personal(match.start(), stop, "IBAN")
                break


def _numbers(text: str) -> Iterator[Personal]:
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if is_card(digits):
            yield Personal(match.start(), match.end(), "CARD")
        elif _is_phone(match[0], digits):
            yield Personal(match.start(), match.end(), "PHONE")


def _is_phone(written: str, digits: str) -> bool:
    if _DATE.search(written) or written.isdigit():
        return False
    return len(digits) in _PHONE_DIGITS or bool(len(digits) == 7 and _LOCAL_PHONE.match(written))


def is_card(digits: str) -> bool:
    """Thirteen to nineteen digits that pass the Luhn check."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def is_iban(text: str) -> bool:
    """Fifteen to thirty-four letters and digits that pass the mod-97 check."""
    plain = text.replace(" ", "")
    if not 15 <= len(plain) <= 34 or not plain[4:].isalnum():
        return False
    return int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1
