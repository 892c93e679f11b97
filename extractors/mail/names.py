"""Display names and addresses as mail programs print them."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"[\w.+%'’=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
BRACKETED = re.compile(r"[<\[(]\s*(?:mailto:)?[^<>\[\]()\s]{1,200}@[^<>\[\]()\s]{1,200}\s*[>\])]")


def clean_name(name: str) -> str | None:
    """A display name without quotation marks, address and "via"; "Doe, Jane" becomes "Jane Doe".

    None when nothing but an address is left.
    """
    name = BRACKETED.sub(" ", name)
    name = re.sub(
        r"\([A-Z0-9]{10,}\)|\((?:via|by)\b[^)]{0,60}\)|\bvia\b.{0,60}$|[<>\"“”]|\[[^\]]{0,60}\]", " ", name
    )
    name = " ".join(name.strip(" '’,;:*-–").split())
    if not name or "@" in name or not any(c.isalpha() for c in name):
        return None
    family, comma, given = name.partition(", ")
    if (
        comma
        and given
        and "," not in given
        and len(given.split()) <= 3
        and len(family.split()) <= 3
        and (
            given.rstrip(".").lower()
            not in ("inc", "llc", "ltd", "jr", "sr", "phd", "md", "esq", "gmbh", "pmp", "cpa")
        )
    ):
        return f"{given} {family}"
    return name
