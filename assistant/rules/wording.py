"""How findings speak: quotes with their places, names, short lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.packet import Commitment, Deal, Evidence, Packet

LONGEST_QUOTE = 180
CONTRACT_KINDS = ("contract", "amendment", "order_form")
CONVERSATION_KINDS = ("call", "recording", "email", "notes")


def shortened(text: str, longest: int = LONGEST_QUOTE) -> str:
    """At most `longest` characters, cut between words."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def quoted(evidence: Evidence) -> str:
    """The quote in quotation marks and where it stands: "..." (msa.docx, p. 4 section 2.1)."""
    return f'"{shortened(evidence.quote)}" ({place(evidence)})'


def place(evidence: Evidence) -> str:
    """The file's own name and the place in it."""
    return ", ".join(part for part in (file_name(evidence.source), evidence.locator) if part)


def file_name(path: str) -> str:
    """Without folders; an attachment keeps its mail."""
    return path.removeprefix("sources/").rsplit("/", 1)[-1] if ".eml/" not in path.lower() else path


def account(deal: Deal) -> str:
    return deal.account or "the customer"


def speaker(commitment: Commitment) -> str:
    return commitment.speaker or f"Someone on the {commitment.party}'s side"


def promise_evidence(commitment: Commitment) -> Evidence | None:
    """The quote of the promise that stands; a demand comes before it, a retraction after it."""
    at = -2 if commitment.verdict == "withdrawn" and len(commitment.evidence) > 1 else -1
    return commitment.evidence[at] if commitment.evidence else None


def promise(commitment: Commitment) -> str:
    """Who said it, to what demand, in which words and where: `Lena Ortiz said "..." (call.vtt, 00:14:32)`."""
    demand = _demand(commitment)
    answer = f'(to "{shortened(demand.quote, 120)}") ' if demand else ""
    return f"{speaker(commitment)} said {answer}{own_words(commitment)}"


def own_words(commitment: Commitment) -> str:
    """The promise as it was said, with its place; as the reader put it where there is no quote."""
    evidence = promise_evidence(commitment)
    return quoted(evidence) if evidence else asked(commitment)


def _demand(commitment: Commitment) -> Evidence | None:
    """The other side's demand, where the promise is the answer to one."""
    said = commitment.evidence[:-1] if commitment.verdict == "withdrawn" else commitment.evidence
    return said[0] if len(said) > 1 else None


def asked(commitment: Commitment) -> str:
    """The promise for a question: the reader's wording, in quotation marks."""
    return f'"{shortened(commitment.text.rstrip(" .,;"), 120)}"'


def and_list(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def capital(text: str) -> str:
    """With a capital first letter, for the start of a sentence."""
    return text[:1].upper() + text[1:]


def lowered(label: str) -> str:
    """A label inside a sentence: "Why now" becomes "why now", "ROI" stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def sentence(text: str) -> str:
    """Ends with a full stop; empty stays empty."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else text + "."


def slug(text: str) -> str:
    """Letters and digits joined by dashes, lower case: part of an id."""
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")


def spots(evidence: Iterable[Evidence]) -> set[tuple[str, str]]:
    """The segments that the evidence stands in."""
    return {(e.source, e.segment_id) for e in evidence}


def has_contract(packet: Packet) -> bool:
    return any(source.kind in CONTRACT_KINDS for source in packet.sources)
