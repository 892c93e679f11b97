"""What the contract obliges, grants, limits and excludes, line by line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from assistant.evidence.hours import read_hours
from assistant.evidence.parties import Party, find_parties, role_side
from assistant.evidence.quantities import read_quantities
from assistant.evidence.record import DealRecord
from assistant.meanings.similarity import place_ahead
from assistant.packet import ContractTerm, Evidence, Quantity, Side
from assistant.readers.embedded.amendments import apply_amendments
from assistant.readers.embedded.attributes import category_of
from assistant.readers.embedded.contract_lines import Line, contract_lines, placed, record_lines
from extractors.segments import Source

_RECITAL = re.compile(
    r"\s*(?:whereas|in witness|now,? therefore|recitals?\b|the parties agree as follows)", re.I
)
_STATES = re.compile(r"\d|[:|]")
SHORTEST = 4
"""Words that a sentence needs to be a term, unless it is a figure or a "Label: value" line."""
_MODAL = (
    r"(?:shall|will|must|may|agrees?|undertakes?|warrants?|grants?|is responsible|is liable|are responsible"
    r"|maintains?|provides?|bears?|owns?)"
)


def place_terms_ahead(contract: Source) -> None:
    """Begin to compute where the lines of a contract lie, before they are asked for."""
    place_ahead(placed(line for line in contract_lines(contract) if is_term(line)))


def find_terms(record: DealRecord) -> list[ContractTerm]:
    """Obligations, rights, limits and exclusions of all contracts, in order, less what is amended away.

    Recitals, headings, signatures and definitions without a number are no terms.
    `party` is whom the term binds, by the contract's own names; None where it binds both or does not say.
    """
    lines = _term_lines(record)
    place_ahead(placed(lines))  # judge needs them later
    return _terms(lines, record)


def list_terms(record: DealRecord) -> list[ContractTerm]:
    """The same terms, for whoever judges by other means: no meanings are computed ahead."""
    return _terms(_term_lines(record), record)


def _term_lines(record: DealRecord) -> list[Line]:
    return [line for line in apply_amendments(record_lines(record)) if is_term(line)]


def _terms(lines: Sequence[Line], record: DealRecord) -> list[ContractTerm]:
    parties = find_parties(record.contracts)
    return [_term(line, parties) for line in lines]


def is_term(line: Line) -> bool:
    """True for a line that says who does or gets what; a definition only where it sets a number."""
    if _RECITAL.match(line.text):
        return False
    if line.defines is not None:
        return bool(read_quantities(line.text) or read_hours(line.text))
    return len(line.text.split()) >= SHORTEST or bool(_STATES.search(line.full))


def judged_lines(record: DealRecord, terms: Sequence[ContractTerm]) -> list[Line]:
    """The lines that the terms were made of, to hold promises against."""
    places = {(e.source, e.segment_id, e.quote) for t in terms for e in t.evidence}
    return [
        line
        for line in apply_amendments(record_lines(record))
        if (line.source, line.segment.id, line.text) in places
    ]


def party_of(text: str, parties: Sequence[Party]) -> Side | None:
    """Whom a sentence binds: the party that stands before its first modal verb."""
    names: list[tuple[str, Side]] = [
        (re.escape(n), p.side) for p in parties if p.side for n in (p.alias, p.name) if n
    ]
    for name, side in names:
        if re.search(rf"\b{name}(?:'s \w+)?,?\s+(?:\w+\s+){{0,2}}?{_MODAL}\b", text):
            return side
    match = re.search(rf"\b([A-Z]\w+|[Ww]e|[Yy]ou)\s+{_MODAL}\b", text)
    return role_side(match[1]) if match else None


def _term(line: Line, parties: Sequence[Party]) -> ContractTerm:
    quote = Evidence(
        source=line.source, segment_id=line.segment.id, quote=line.text, locator=line.segment.locator
    )
    party = party_of(line.text, parties) or party_of(line.full, parties)
    return ContractTerm(
        id=_identity(line),
        source=line.source,
        section=line.segment.section,
        category=category_of(line.setting, party or "vendor"),
        party=party,
        text=line.full,
        quantity=_main_quantity(line.changed or line.text),
        evidence=(quote,),
    )


def _main_quantity(text: str) -> Quantity | None:
    found = read_quantities(text)
    return found[0].quantity if found else None


def _identity(line: Line) -> str:
    words = f"{line.source}\n{line.segment.id}\n{line.text}"
    return "t-" + hashlib.sha256(words.encode()).hexdigest()[:6]
