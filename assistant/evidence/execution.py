"""Whether the contract is signed: signature blocks, certificates and signature fields held together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.packet import Evidence, Side, Signature
from extractors.documents.clause_items import sentences
from extractors.documents.signature_fields import SignatureFields, read_signature
from extractors.segments import Segment, Source

LEGAL_FORMS = frozenset(
    (
        "inc", "incorporated", "llc", "llp", "ltd", "limited", "corp", "corporation", "company", "co", "gmbh",
        "ag",
        "plc", "bv", "sa", "sas", "srl", "pty", "lp", "nv", "ab", "as", "oy", "kk", "the", "and", "of",
    )
)  # fmt: skip
FIELD_STATE = re.compile(r"^Digital signature field (?P<key>.+): (?P<state>signed|empty)$")
CERTIFICATE = re.compile(
    r"(?i)certificate\s+of\s+completion|signature\s+certificate|(envelope|document)\s+status:?\s*completed|"
    r"electronic\s+record\s+and\s+signature\s+disclosure|audit\s+trail.{0,80}(signed|completed)|"
    r"final\s+audit\s+report"
)
ENVELOPE = re.compile(r"(?i)envelope\s+id\b|dropbox\s+sign|hellosign|pandadoc|adobe\s+(acrobat\s+)?sign\b")
OPEN_STATUS = re.compile(
    r"(?i)\bstatus:?\s*(sent|delivered|created|voided|declined|out for signature|in progress|waiting)"
)
ENTIRE = re.compile(
    r"(?i)\b(entire|whole|complete|sole|full|only)(\s+and\s+(entire|whole|complete|exclusive|final|only))?\s+"
    r"(agreement|understanding|contract|bargain)\b|\bsupersed\w+\s+(all|any|every|each)\b|\breplaces?\s+(all|any|every)\s+"
    r"(prior|previous|earlier|other)\b|\b(all|everything)\s+(that\s+)?(we|the\s+parties)(\s+have|'ve|’ve)?\s+agreed\b|"
    r"\bnot\s+relied\s+on\s+any\s+(statement|representation)|\bmerger\s+clause\b"
)
ENTIRE_STRONG = re.compile(
    r"(?i)supersed|prior|previous|earlier|agreed|subject\s+matter|on\s+its\s+subject|relied|oral"
)
PRECEDENCE = re.compile(
    r"(?i)order\s+of\s+(precedence|priority)|\b(take|takes|taking|have|has)\s+(precedence|priority)\b|"
    r"\b(conflict|inconsisten\w+|discrepanc\w+|contradict\w+)\b.{0,160}\b(prevails?|controls?|governs?)\b|"
    r"\b(prevails?|controls?|governs?)\b.{0,160}\b(conflict|inconsisten\w+|discrepanc\w+)\b|\bprevails?\s+over\b|"
    r"\b(differ|disagree|clash|conflict|contradict)s?\b.{0,120}"
    r"\b(wins?|governs?|controls?|prevails?|comes?\s+first|applies|apply)\b"
)
NOT_PRECEDENCE = re.compile(
    r"(?i)conflicts?\s+of\s+laws?|choice\s+of\s+laws?|governing\s+law|translation|language\s+version"
)
FIELD_WORDS = {"sign": "signature", "name": "name", "title": "title", "date": "date"}


@dataclass(frozen=True)
class ExecutionFacts:
    """What the contract files prove about their own signing. `contract_fully_executed` is None when they
    hold no signature block to tell from (or only one party's, filled)."""

    signatures: tuple[Signature, ...] = ()
    contract_fully_executed: bool | None = None
    note: str = "no contract"
    completion_certificate: bool = False
    entire_agreement: Evidence | None = None
    precedence: Evidence | None = None


@dataclass(frozen=True)
class _Block:
    """One party's block with the file and segment in which it stands."""

    source: Source
    segment: Segment
    fields: SignatureFields
    signed: bool


def read_execution(
    contract_sources: Sequence[Source], vendor: str | None = None, account: str | None = None
) -> ExecutionFacts:
    """Signatures of every block in the contract, its amendments and order forms, and what they amount to."""
    if not contract_sources:
        return ExecutionFacts()
    blocks = [block for source in contract_sources for block in _blocks(source)]
    certificate = any(_certified(source) for source in contract_sources)
    executed, note = _verdict(contract_sources, blocks, certificate)
    return ExecutionFacts(
        signatures=tuple(_signature(block, vendor, account) for block in blocks),
        contract_fully_executed=executed,
        note=note,
        completion_certificate=certificate,
        entire_agreement=_clause(contract_sources, ENTIRE, ENTIRE_STRONG, None),
        precedence=_clause(contract_sources, PRECEDENCE, re.compile("(?i)preced|prevail"), NOT_PRECEDENCE),
    )


def _blocks(source: Source) -> list[_Block]:
    """Blocks of a file; a filled digital signature field signs a block whose signature line is blank."""
    spare = sum(state == "signed" for state in _field_states(source))
    blocks: list[_Block] = []
    for segment in source.segments:
        if segment.kind != "signature":
            continue
        fields = read_signature(segment.text)
        by_field = fields.signature is None and spare > 0
        spare -= by_field
        blocks.append(_Block(source, segment, fields, fields.signature is not None or by_field))
    return blocks


def _field_states(source: Source) -> list[str]:
    matches = (FIELD_STATE.match(segment.text) for segment in source.segments)
    return [match.group("state") for match in matches if match]


def _certified(source: Source) -> bool:
    text = " ".join(segment.text for segment in source.segments)
    return bool(CERTIFICATE.search(text)) and not OPEN_STATUS.search(text)


def _verdict(sources: Sequence[Source], blocks: list[_Block], certificate: bool) -> tuple[bool | None, str]:
    """True, False or None with one line that says why."""
    gaps = [gap for block in blocks if (gap := _gap(block))]
    empty = [
        s.name for s in sources if "empty" in _field_states(s) and not any(b.source is s for b in blocks)
    ]
    gaps += [f"{name}: digital signature field is empty" for name in empty]
    if gaps:
        return False, "; ".join(gaps)
    if not blocks:
        return _without_blocks(sources, certificate)
    single = [name for name, found in _by_source(blocks) if len(found) < 2]
    if single and not certificate:
        return None, f"only one party's signature block was found in {', '.join(single)}"
    proof = (
        "; completion certificate found" if certificate else "; no e-signature certificate among the files"
    )
    names = ", ".join(name for name, _ in _by_source(blocks))
    return True, f"every block in {names} has signature, name, title and date{proof}"


def _without_blocks(sources: Sequence[Source], certificate: bool) -> tuple[bool | None, str]:
    if certificate:
        return True, "no signature block, but an e-signature completion certificate"
    scanned = [s.name for s in sources if any("OCR" in warning for warning in s.warnings)]
    if scanned:
        return (
            None,
            f"no signature block in the text; {', '.join(scanned)} has pages without text, look at them",
        )
    envelope = any(ENVELOPE.search(segment.text) for s in sources for segment in s.segments)
    return None, "no signature block found" + (", only an e-signature envelope id" if envelope else "")


def _by_source(blocks: Iterable[_Block]) -> list[tuple[str, list[_Block]]]:
    found: dict[str, list[_Block]] = {}
    for block in blocks:
        found.setdefault(block.source.name, []).append(block)
    return list(found.items())


def _gap(block: _Block) -> str | None:
    blanks = _blanks(block)
    if not blanks:
        return None
    party = block.fields.organization or block.fields.name or "a party"
    words = ", ".join(blanks[:-1]) + (" and " if len(blanks) > 1 else "") + blanks[-1]
    return f"{block.source.name}: {words} of {party} blank"


def _blanks(block: _Block) -> list[str]:
    return [FIELD_WORDS[field] for field in block.fields.blanks if field != "sign" or not block.signed]


def _signature(block: _Block, vendor: str | None, account: str | None) -> Signature:
    fields = block.fields
    evidence = Evidence(
        source=block.source.name,
        segment_id=block.segment.id,
        quote=block.segment.text,
        locator=block.segment.locator,
    )
    return Signature(
        party=_side(block, vendor, account),
        organization=fields.organization,
        signed=block.signed,
        name=fields.name,
        title=fields.title,
        date=fields.date,
        blanks=tuple(_blanks(block)),
        evidence=(evidence,),
    )


def _side(block: _Block, vendor: str | None, account: str | None) -> Side | None:
    """By the party's name, else by the word for its part ("CUSTOMER:")."""
    head = block.segment.text.lower()[:120]
    organization = block.fields.organization or head
    if account and _same(organization, account):
        return "customer"
    if vendor and _same(organization, vendor):
        return "vendor"
    if re.match(r"(customer|client|subscriber|licensee|buyer)\b", head):
        return "customer"
    if re.match(r"(vendor|provider|service provider|supplier|licensor|seller|contractor)\b", head):
        return "vendor"
    return None


def _same(one: str, other: str) -> bool:
    """The names share their words, legal forms aside; one may be the shorter form of the other."""
    a, b = _words(one), _words(other)
    return bool(a and b) and (a <= b or b <= a or len(a & b) >= 2)


def _words(name: str) -> set[str]:
    return {word for word in re.findall(r"\w+", name.lower()) if word not in LEGAL_FORMS}


def _clause(
    sources: Sequence[Source],
    pattern: re.Pattern[str],
    strong: re.Pattern[str],
    never: re.Pattern[str] | None,
) -> Evidence | None:
    """The sentence that states it best: titled so or worded strongly, in the main contract before others."""
    best: tuple[int, Evidence] | None = None
    for source in sorted(sources, key=lambda s: s.kind != "contract"):
        for segment in source.segments:
            if segment.kind in ("heading", "signature") or not pattern.search(segment.text):
                continue
            for sentence in sentences(segment.text):
                score = _score(sentence, segment, pattern, strong, never)
                if score and (best is None or score > best[0]):
                    best = (score, Evidence(source=source.name, segment_id=segment.id, quote=sentence,
                                            locator=segment.locator))  # fmt: skip
    return best[1] if best else None


def _score(
    sentence: str,
    segment: Segment,
    pattern: re.Pattern[str],
    strong: re.Pattern[str],
    never: re.Pattern[str] | None,
) -> int:
    if not pattern.search(sentence) or len(sentence) < 30 or (never and never.search(sentence)):
        return 0
    title = " ".join([segment.text[:40], *segment.headings[-1:]])
    titled = re.search(r"(?i)entire|whole agreement|integration|merger|precedence|priority|conflict", title)
    referred = re.search(r"(?i)\b(section|clause|paragraph)\s+\d[\d.]*\s*\(", sentence)
    return 1 + 2 * bool(strong.search(sentence) and not referred) + 2 * bool(titled)
