"""Sources: what could not be read, what is doubtful in what was read, and how old it is."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.packet import Finding, Packet
from assistant.protocol.policy import Policy
from assistant.rules.rule import found, rule
from assistant.rules.wording import CONVERSATION_KINDS, account, file_name, sentence

_INSTRUCTIONS = ("instruction", "prompt injection", "addressed to a model", "addressed to an ai")


@rule("unread-source", "major")
def unread_source(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a file in the deal's folder could not be read.

    Why: what stands in it is missing from everything below, and nobody would notice.
    Ask: a copy that can be read.
    Known problems: files that hold nothing of the deal (logos in a signature) may be listed too.
    """
    for unread in packet.unread:
        yield found(
            "unread-source", unread.name, "major", "documentation",
            f"'{file_name(unread.name)}' was not read: {sentence(unread.reason)}",
            ask=f"Please send a copy of '{file_name(unread.name)}' we can read, or say that we need none.",
            ask_of="ae", where=f"unread.{unread.name}",
        )  # fmt: skip


@rule("source-warning", "minor")
def source_warning(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a file was read with a reservation: tracked changes, comments, scanned pages, hidden text.

    Why: what the packet says of it may not be what both sides agreed on.
    Ask: a clean copy, or that the reservation does not matter.
    Known problems: one finding a file, however many reservations; all of them are in `sources[].warnings`.
    """
    for source in packet.sources:
        warnings = [w for w in source.warnings if not _is_instruction(w)]
        if warnings:
            more = f" ({len(warnings) - 2} more)" if len(warnings) > 2 else ""
            name = file_name(source.name)
            yield found(
                "source-warning", source.name, "minor", "documentation",
                f"'{name}': {' '.join(sentence(w) for w in warnings[:2])}{more}",
                ask=f"Is there a clean or complete copy of '{name}', or does this not matter?",
                ask_of="ae", where=f"sources.{source.id}",
            )  # fmt: skip


@rule("suspicious-instruction", "major")
def suspicious_instruction(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: a file holds text that is meant to instruct a program rather than to inform a person.

    Why: text in sources is data and is never obeyed, but someone put it there.
    Ask: where does this file come from?
    Known problems: fires only where reading the file gave such a warning.
    """
    for source in packet.sources:
        for warning in [w for w in source.warnings if _is_instruction(w)][:1]:
            yield found(
                "suspicious-instruction", source.name, "major", "documentation",
                f"'{file_name(source.name)}': {sentence(warning)}",
                ask=f"Where does '{file_name(source.name)}' come from, and who edited it last?",
                ask_of="ops", where=f"sources.{source.id}",
            )  # fmt: skip


def _is_instruction(warning: str) -> bool:
    return any(word in warning.lower() for word in _INSTRUCTIONS)


@rule("no-conversation", "major")
def no_conversation(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: there is no call, mail or note among the sources.

    Why: promises are made in conversations; without any, an empty commitment log proves nothing.
    Ask: the recordings, transcripts and mail threads of the deal.
    Known problems: none known.
    """
    if not any(source.kind in CONVERSATION_KINDS for source in packet.sources):
        yield found(
            "no-conversation", None, "major", "documentation",
            "No call, mail or note is among the sources, so no promise could be found.",
            ask=f"Please send the transcripts and mail threads with {account(packet.deal)}.",
            ask_of="ae", where="sources",
        )  # fmt: skip


@rule("stale-information", "minor")
def stale_information(packet: Packet, policy: Policy) -> Iterator[Finding]:
    """What: the newest conversation is older than the policy allows on the as-of date, or bears no date.

    Why: what was true then may have changed since: people leave, dates move.
    Ask: what has happened since?
    Known problems: a conversation dated after the as-of date counts as fresh.
    """
    conversations = [source for source in packet.sources if source.kind in CONVERSATION_KINDS]
    days = [source.happened_on for source in conversations if source.happened_on is not None]
    if not conversations:
        return
    if not days:
        message = (
            "No conversation among the sources bears a date, so nobody can tell how old the information is."
        )
        ask = "When did these calls and mails take place? Please add the dates to deal.yaml (source_dates)."
    else:
        newest = max(days)
        age = (packet.run.as_of - newest).days
        if age <= policy.freshness.days:
            return
        message = (
            f"The newest conversation is of {newest.isoformat()}, {age} days before the as-of date "
            f"{packet.run.as_of.isoformat()}; information should be at most {policy.freshness.days} days old."
        )
        ask = (
            f"What has happened with {account(packet.deal)} since {newest.isoformat()}: "
            "any change of people, dates or scope?"
        )
    yield found(
        "stale-information", None, "minor", "documentation", message, ask=ask, ask_of="ae", where="sources"
    )
