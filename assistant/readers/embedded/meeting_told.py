"""What the giver reports to have told the customer, where no promise of the packet says it yet."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.packet import Packet
from assistant.protocol.meeting import Mentioned
from assistant.readers.embedded.meeting_turns import Said
from assistant.readers.embedded.patterns import read_patterns
from assistant.readers.embedded.subjects import stems
from assistant.readers.embedded.summary_text import trimmed

LEAST_WORDS = 8
KNOWN = 0.6
"""Share of the shorter text's content words from which a promise says the same."""


def find_mentioned(said: Sequence[Said], packet: Packet) -> tuple[Mentioned, ...]:
    """In the order in which they came up; what the one who receives the account reports is not among them."""
    deal = packet.deal
    receivers = {name for name in (deal.incoming_owner, deal.csm, deal.cs_manager) if name}
    texts = [(c.text, *(e.quote for e in c.evidence)) for c in packet.commitments]
    known = [set(stems(text)) for several in texts for text in several]
    found = []
    for one in said:
        if one.speaker in receivers or not _reports(one) or _is_known(one, known):
            continue
        found.append(Mentioned(text=trimmed(one.sentence.text), by=one.speaker, evidence=(one.evidence,)))
    return tuple(found)


def _reports(one: Said) -> bool:
    patterns = read_patterns("meeting.toml", "told")
    if one.sentence.is_question or one.words < LEAST_WORDS or patterns["never"].search(one.plain):
        return False
    return bool(patterns["reported"].search(one.plain))


def _is_known(one: Said, known: Sequence[set[str]]) -> bool:
    words = set(stems(one.sentence.text))
    return any(k and len(words & k) / min(len(words), len(k)) >= KNOWN for k in known) if words else True
