"""Numbers below a hundred in words, as people say them: 32 "thirty-two", 21st "twenty-first"."""

from __future__ import annotations

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()


def in_words(number: int) -> str:
    """The number, 0 to 99."""
    if number < len(ONES):
        return ONES[number]
    ones = f"-{ONES[number % 10]}" if number % 10 else ""
    return _TENS[number // 10 - 2] + ones


def ordinal(number: int) -> str:
    """What is at that place, 1 to 99."""
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    if number < len(ONES):
        return f"{ONES[number]}th"
    tens = _TENS[number // 10 - 2]
    return f"{tens}-{_ORDINALS[number % 10]}" if number % 10 else f"{tens[:-1]}ieth"
