"""Documents: what a packet renders to. A document is one function to blocks and one row here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.documents.blocks import Block
from assistant.documents.commitment_log import commitment_log
from assistant.documents.deal_summary import deal_summary
from assistant.documents.letters import confirmation_call, introduction_email, promise_audit
from assistant.documents.markdown import to_markdown
from assistant.documents.meeting import handoff_checklist, meeting_agenda, meeting_notes
from assistant.documents.registers import crm_record, implementation_plan, risk_register
from assistant.documents.transfer_packet import transfer_packet
from assistant.documents.word import to_word
from assistant.documents.words import account_of
from assistant.errors import HandoffError
from assistant.packet import Packet
from assistant.packet.packet_file import to_json
from assistant.protocol.policy import Policy, load_policy


class Page(NamedTuple):
    """A document that is written in words: in Word and in Markdown alike."""

    label: str
    what: str
    blocks: Callable[[Packet, Policy], list[Block]]


PAGES: dict[str, Page] = {
    "deal-summary": Page(
        "Deal summary",
        "the filled template with promises, findings and what proves it",
        lambda packet, policy: deal_summary(packet),
    ),
    "transfer-packet": Page(
        "Transfer packet", "one page of six things; without it no kickoff", transfer_packet
    ),
    "promise-audit": Page("Promise audit", "open promises, each with a mail to the customer", promise_audit),
    "meeting-agenda": Page(
        "Handoff meeting", "who comes, minutes and questions where this packet has gaps", meeting_agenda
    ),
    "meeting-notes": Page("Meeting notes", "the form for attendance, answers and actions", meeting_notes),
    "checklist": Page("Handoff checklist", "21 items, filled where the packet knows", handoff_checklist),
    "introduction-email": Page("Introduction", "the mail that introduces the CSM", introduction_email),
    "confirmation-call": Page(
        "Confirmation call", "the script of the call before work starts", confirmation_call
    ),
    "implementation-plan": Page(
        "Implementation plan", "dates, milestones, dated promises", implementation_plan
    ),
    "risk-register": Page("Risk register", "risks with impact, mitigation and owner", risk_register),
    "crm-record": Page("CRM handoff record", "what to enter in the CRM", crm_record),
}
"""File name without suffix -> the page."""

DRAFTED = ("packet.json", "deal-summary.docx", "deal-summary.md", "commitment-log.csv")
"""What every draft writes; the other documents are rendered when they are wanted."""


def _in_word(page: Page) -> Callable[[Packet, Policy], bytes]:
    return lambda packet, policy: to_word(
        page.blocks(packet, policy), f"{page.label}: {account_of(packet)}", packet.run.as_of
    )


def _in_markdown(page: Page) -> Callable[[Packet, Policy], bytes]:
    return lambda packet, policy: to_markdown(page.blocks(packet, policy)).encode("utf-8")


DOCUMENTS: dict[str, Callable[[Packet, Policy], bytes]] = {
    "packet.json": lambda packet, policy: to_json(packet).encode("utf-8"),
    **{f"{name}.docx": _in_word(page) for name, page in PAGES.items()},
    **{f"{name}.md": _in_markdown(page) for name, page in PAGES.items()},
    "commitment-log.csv": lambda packet, policy: commitment_log(packet),
}
"""File name -> what renders it."""


def write_documents(
    packet: Packet, out: Path, names: Sequence[str] = DRAFTED, policy: Policy | None = None
) -> list[Path]:
    """Write these documents into the folder, making it; the paths, in the order of `names`.

    Raises HandoffError for a name that is none of DOCUMENTS and where the folder cannot be written to.
    """
    policy = policy or load_policy()
    unknown = [name for name in names if name not in DOCUMENTS]
    if unknown:
        known = ", ".join(sorted(DOCUMENTS))
        raise HandoffError(f"There is no document '{unknown[0]}'. Known are: {known}.")
    rendered = {name: DOCUMENTS[name](packet, policy) for name in names}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in rendered.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise HandoffError(
            f"Cannot write to '{out}': {error.strerror}. Choose another folder with --out."
        ) from None
    return [out / name for name in rendered]
