"""Write a case: its sources (as they are, or masked and rewritten as text), deal.yaml and gold.yaml."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import HandoffError
from assistant.evidence.parties import bare_company
from assistant.packet import Evidence, Packet, Participant
from eval.from_review import answers_of
from eval.masking import FACTOR, Mask, make_mask
from eval.rewriting import rewrite
from extractors import read_folder
from extractors.segments import Source

COMPANY_KEYS = (("customer", "account", "account_domain"), ("vendor", "vendor", "vendor_domain"))
PLAIN_KEYS = (
    ("account_executive", "ae"), ("sales_engineer", "se"), ("csm", "csm"), ("cs_manager", "cs_manager"),
    ("segment", "segment"), ("trigger", "trigger"), ("expected_close", "expected_close"), ("value", "value"),
    ("currency", "currency"), ("purchase_order", "purchase_order"),
)  # fmt: skip
Texts = Mapping[tuple[str, str], str]


def write_case(packet: Packet, sources: Path, out: Path, private: bool = False) -> list[str]:
    """The case in the folder `out`; gives what could not be kept, a line each.

    `sources` is the folder that the packet was drafted from. Raises HandoffError where a file of the packet
    is not there as it was, where promises were not reviewed, or where `out` exists.
    """
    if out.exists():
        raise HandoffError(f"'{out}' exists. Give a new folder, or remove that one first.")
    files = _files(packet, sources)
    answers = answers_of(packet, out.name)
    read = read_folder(sources)[0]
    texts = {(s.name, part.id): part.text for s in read for part in s.segments}
    mask = mask_of(packet, read) if private else None
    out.mkdir(parents=True)
    names = rewrite(read, mask, out) if mask else _copy(files, out)
    told = _finish(answers, texts, mask, names)
    _dump(_deal(packet, names, mask), out / "deal.yaml")
    _dump(told, out / "gold.yaml")
    return _lost(told, answers)


def mask_of(packet: Packet, sources: Sequence[Source]) -> Mask:
    """Everybody, every firm and every address domain that the deal names."""
    deal = packet.deal
    people = {s.name for s in packet.stakeholders if s.role != "end_users"}
    people |= {p.name for p in deal.participants} | {p.name for s in sources for p in s.people}
    people |= {part.speaker for s in sources for part in s.segments if part.speaker}
    people |= {name for name in (deal.ae, deal.se, deal.csm, deal.cs_manager) if name}
    firms = {deal.account, deal.vendor} | {p.organization for s in sources for p in s.people}
    firms |= {s.organization for s in packet.readiness.signatures}
    mails = {part.sender_email for s in sources for part in s.segments if part.sender_email}
    mails |= {p.email for s in sources for p in s.people if p.email}
    domains = {m.rsplit("@", 1)[-1] for m in mails} | {deal.account_domain, deal.vendor_domain}
    return make_mask(people, {bare_company(f) for f in firms if f}, {d for d in domains if d})


def _files(packet: Packet, folder: Path) -> dict[str, Path]:
    """Each of the packet's sources, unchanged since it was drafted."""
    found = {}
    for source in packet.sources:
        path = folder / source.name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
            raise HandoffError(
                f"'{source.name}' is not in '{folder}' as it was when the packet was drafted. "
                "Give the folder that it was drafted from (--sources)."
            )
        found[source.name] = path
    return found


def _copy(files: Mapping[str, Path], out: Path) -> dict[str, str]:
    names = {name: _inside(name) for name in files}
    for name, path in files.items():
        (out / names[name]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, out / names[name])
    return names


def _inside(name: str) -> str:
    return name if name.startswith("sources/") else f"sources/{name}"


def _finish(node: Any, texts: Texts, mask: Mask | None, names: Mapping[str, str]) -> Any:
    """The answers with their evidence as words, masked where the sources are, under the files' new names."""
    if isinstance(node, Evidence):
        text = texts.get((node.source, node.segment_id), "")
        return mask.cut(text, node.quote) if mask else (node.quote if node.quote in text else None)
    if isinstance(node, dict):
        done = {key: _finish(value, texts, mask, names) for key, value in node.items()}
        return {key: value for key, value in done.items() if value is not None or node[key] is None}
    if isinstance(node, list):
        done_ = [_finish(value, texts, mask, names) for value in node]
        return [v for v in done_ if not (isinstance(v, dict) and "source" in v and "quote" not in v)]
    if isinstance(node, str):
        return names[node] if node in names else mask.text(node) if mask else node
    return node


def _lost(told: Mapping[str, Any], answers: Mapping[str, Any]) -> list[str]:
    """Answers whose quote stands nowhere, so that they had to go."""
    kept = {c["id"] for c in told["commitments"]}
    return [
        f"promise {c['id']} was left out: its quote is not in {c['source']}"
        for c in answers["commitments"]
        if c["id"] not in kept
    ]


def _deal(packet: Packet, names: Mapping[str, str], mask: Mask | None) -> dict[str, Any]:
    """deal.yaml: what the CRM knows, with each file's kind; a rewritten file does not tell its day itself."""
    deal, masked = packet.deal, mask.text if mask else str
    found: dict[str, Any] = {}
    for key, name, domain in COMPANY_KEYS:
        company = {"name": getattr(deal, name), "domain": getattr(deal, domain)}
        if company["name"]:
            found[key] = {k: masked(v) for k, v in company.items() if v}
    for key, name in PLAIN_KEYS:
        value = getattr(deal, name)
        if value is not None:
            found[key] = masked(value) if isinstance(value, str) else _moved(value, mask)
    if deal.participants:
        found["participants"] = [_person(p, masked) for p in deal.participants]
    found["kinds"] = {names[s.name]: s.kind for s in packet.sources}
    dated = {names[s.name]: s.happened_on for s in packet.sources if s.happened_on}
    found["dates"] = {name: masked(day.isoformat()) for name, day in dated.items()} if mask else {}
    return {key: value for key, value in found.items() if value != {}}


def _person(person: Participant, masked: Callable[[str], str]) -> dict[str, Any]:
    told = {"name": person.name, "title": person.title, "email": person.email}
    side = {"side": person.side} if person.side else {}
    aliases = {"aliases": [masked(a) for a in person.aliases]} if person.aliases else {}
    return {k: masked(v) for k, v in told.items() if v} | side | aliases


def _moved(value: Any, mask: Mask | None) -> Any:
    if mask is None:
        return value if isinstance(value, float) else str(value)
    return round(value * FACTOR, 2) if isinstance(value, float) else mask.text(str(value))


def _dump(data: Any, path: Path) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=200), "utf-8")
