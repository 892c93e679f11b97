"""Names of products and systems that a deal speaks of, told from people, places and companies by how they are used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.evidence.record import DealRecord

LEAST = 2
"""Points from which a name is taken for a system's."""

_TOKEN = r"(?:[A-Z][\w]*(?:[A-Z][\w]*|[a-z]\w*)|[A-Z]{2,}\w*)"
_NAME = rf"(?P<name>{_TOKEN}(?:\s(?:{_TOKEN}|\d{{2,4}}))?)"
_USED = re.compile(
    rf"\b(?:use|uses|using|used|run|runs|running|are on|is on|been on|we're on|it's on|they're on|still on|off of|moving off|replac\w+|into|out of"
    rf"|called|log(?:ged)? into|sync\w* (?:with|to)|integrat\w+ (?:with|to)|connect\w* (?:to|with)|talks? to|renew|instead of|sits? in|lives? in"
    rf"|kept in|goes (?:in|into)|types? \w+ into|export\w* (?:to|from)|identity is) (?:the |our |an? )?{_NAME}\b"
)
_SORT = re.compile(
    rf"\b{_NAME}\s+(?:api|API|integration|connector|interface|export|import|instance|tenant|server|version|module|database|sandbox|environment|login|log-in|upgrade"
    rf"|feed|adapter|ledger|desktop|Desktop|Online|cloud|report\w*|sync|license|licence|payroll|file|data|accounts?|system)\b"
)
_STOP = frozenset(
    """i we you they he she it the this that and but so okay ok yes yeah no well sure right monday tuesday wednesday thursday friday saturday
    sunday january february march april may june july august september october november december q1 q2 q3 q4 exhibit section schedule
    appendix agreement effective date customer provider vendor subscriber client service services party parties us usa uk eu ceo cfo cio cto
    coo vp it hr csm ae se sla sow msa po rfp nda kpi roi pm am est pst cst utc gmt order form business day days term fee fees data sessions
    if when then there here what how our your my for from with in on at by as to is are do does can could would will let thanks thank hi
    hello great good perfect year month week production total initial annual confidential information force majeure governing law""".split()
)


def system_names(record: DealRecord, texts: Iterable[str]) -> tuple[str, ...]:
    """The names, longest first; people's and the two companies' are left out."""
    taken = _taken(record)
    points: Counter[str] = Counter()
    for text in texts:
        for pattern, worth in ((_USED, 1), (_SORT, 2)):
            for m in pattern.finditer(text):
                points[m["name"]] += worth
    kept = [n for n, p in points.items() if p >= LEAST and not _words(n) & taken and not _words(n) <= _STOP]
    return tuple(sorted((n for n in kept if n.split()[0].lower() not in _STOP), key=lambda n: (-len(n), n)))


def names_in(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Which of the names stand in the text."""
    return tuple(n for n in names if n in text and re.search(rf"\b{re.escape(n)}\b", text))


def _taken(record: DealRecord) -> set[str]:
    companies = [record.roster.vendor or "", record.roster.account or "", *(p.alias or "" for p in record.roster.parties)]
    people = [n for p in record.roster.people for n in (p.name, *p.aliases)]
    return {w for n in [*companies, *people] for w in _words(n)}


def _words(name: str) -> set[str]:
    return {w.lower() for w in re.findall(r"\w+", name)}
