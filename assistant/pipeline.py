"""The whole product on one page: a folder of files becomes a packet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.errors import HandoffError
from assistant.evidence.execution import read_execution
from assistant.evidence.handoff_talk import recognise_meeting
from assistant.evidence.instructions import without_instructions
from assistant.evidence.people import build_roster
from assistant.evidence.record import DealRecord
from assistant.evidence.verify import Verifier
from assistant.packet import Deal, Packet, PacketSource, Readiness, Run, Summary, UnreadSource
from assistant.protocol.kinds import is_preliminary
from assistant.protocol.policy import Policy, load_policy
from assistant.protocol.score import score_packet
from assistant.readers import PaymentFacts, Reader, get_reader
from assistant.rules import validate
from extractors import FolderRead, read_as, start_reading
from extractors.mail.threads import drop_repeats
from extractors.segments import Source
from extractors.speech.pairing import paired

STEPS = (
    "Reading files",
    "Who is who",
    "Contract terms",
    "Promises",
    "Deal summary",
    "Promises against the contract",
    "Stakeholders and conflicts",
    "Readiness, rules and score",
)
OnStep = Callable[[str], None]
OnRecord = Callable[[DealRecord], None]
OnFound = Callable[[str, int], None]


def draft(
    folder: Path,
    deal: Deal | None = None,
    *,
    as_of: date,
    reader: str | Reader = "embedded",
    policy: Policy | None = None,
    on_step: OnStep | None = None,
    on_record: OnRecord | None = None,
    on_found: OnFound | None = None,
    files: Future[FolderRead] | None = None,
) -> Packet:
    """The packet of everything that lies in the folder, sub-folders included.

    `as_of` is the day on which the packet is made; `on_step` is told each of STEPS as it begins, `on_record`
    what was read, `on_found` what was found so far ("promises", 29). `files` is the reading of the folder,
    where the caller had it started already.
    Raises HandoffError where the folder or the deal cannot be used; a single bad file is listed in `unread`.
    """
    step, found = on_step or _silent, on_found or _uncounted
    if not folder.is_dir():
        raise HandoffError(f"'{folder}' is not a folder. Give the folder that holds the deal's files.")
    step(STEPS[0])
    files = files or start_reading(folder)
    # While another process reads the files, this one loads the reader and what it needs.
    answers = get_reader(reader) if isinstance(reader, str) else reader
    name = reader if isinstance(reader, str) else getattr(reader, "name", "given")
    getattr(answers, "prepare", lambda: None)()
    sources, unread = _read(folder, files, deal or Deal())
    found("files", len(sources))
    step(STEPS[1])
    record = make_record(deal or Deal(), sources, unread, as_of)
    if on_record is not None:
        on_record(record)
    return check(ask(record, answers, name, step, found), policy)


def read_record(folder: Path, deal: Deal, as_of: date, files: Future[FolderRead]) -> DealRecord:
    """What a draft reads in the folder, without asking a reader."""
    return make_record(deal, *_read(folder, files, deal), as_of)


def make_record(
    deal: Deal, sources: Iterable[Source], unread: Iterable[UnreadSource], as_of: date
) -> DealRecord:
    """What was read, corrected by what the deal file knows, in order of time."""
    known = _spelled(deal, paired(_overridden(tuple(sources), deal)))
    once = tuple(map(without_instructions, drop_repeats(known)))
    roster = build_roster(deal, once)
    told = _by_source("kinds", deal.source_kinds, once)
    once = tuple(s if s.name in told else recognise_meeting(s, roster, deal.trigger) for s in once)
    named = {"account": deal.account or roster.account, "vendor": deal.vendor or roster.vendor}
    return DealRecord(
        deal=deal.model_copy(update=named),
        sources=tuple(sorted(once, key=lambda s: (s.happened_on is None, s.happened_on or as_of, s.name))),
        unread=tuple(unread),
        roster=roster,
        as_of=as_of,
    )


def _spelled(deal: Deal, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """What was heard, with the names of the deal's papers; most deals have no recording and load nothing."""
    if not any(source.kind == "recording" for source in sources):
        return sources
    from assistant.recordings.spelled import spelled

    return spelled(deal, sources)


def ask(record: DealRecord, reader: Reader, name: str, step: OnStep, found: OnFound | None = None) -> Packet:
    """The reader's proposals as a packet; every quote is verified, and those not found are counted."""
    verify, found = Verifier(record), found or _uncounted
    whole, record = record, _without_meetings(record)
    listening = _begun(reader, "begin_commitments", "find_commitments", record)
    step(STEPS[2])
    terms = verify.all(reader.find_terms(record))
    found("contract terms", len(terms))
    summing_up = _begun(reader, "begin_summary", "fill_summary", record)
    step(STEPS[3])
    said = verify.all(listening())
    found("promises", len(said))
    judging = _begun(reader, "begin_judging", "judge", said, terms, record)
    paying = _begun(reader, "begin_payment", "find_payment", record)
    step(STEPS[4])
    summary = verify.one(summing_up()) or Summary()
    step(STEPS[5])
    commitments = verify.all(judging())
    found("contradicted", sum(c.verdict == "contradicted" for c in commitments))
    step(STEPS[6])
    stakeholders = verify.all(reader.find_stakeholders(record))
    conflicts = verify.all(reader.find_conflicts(record, commitments, terms, summary))
    step(STEPS[7])
    readiness = verify.one(readiness_of(record, paying())) or Readiness()
    return Packet(
        deal=record.deal,
        sources=listed(_with_notices(whole, record, reader)),
        unread=record.unread,
        summary=summary,
        stakeholders=tuple(stakeholders),
        commitments=tuple(commitments),
        contract_terms=tuple(terms),
        conflicts=tuple(conflicts),
        readiness=readiness,
        run=_run(reader, name, record, verify.rejected),
    )


def _begun(reader: Reader, beginning: str, whole: str, *given: Any) -> Callable[[], Any]:
    """What answers a question later; a reader that can begins at once with what takes long."""
    begin = getattr(reader, beginning, None)
    return begin(*given) if begin else partial(getattr(reader, whole), *given)


def _without_meetings(record: DealRecord) -> DealRecord:
    """What a reader is shown: what the seller's people say in their handoff meeting is no promise."""
    sources = tuple(source for source in record.sources if source.kind != "handoff_meeting")
    return record if len(sources) == len(record.sources) else replace(record, sources=sources)


def _with_notices(whole: DealRecord, record: DealRecord, reader: Reader) -> Iterable[Source]:
    """The sources with what a reader that asks a model tells of them: no answer, an instruction in it."""
    notices: Mapping[str, tuple[str, ...]] = getattr(reader, "notices", lambda _: {})(record)
    for source in whole.sources:
        more = tuple(line for line in notices.get(source.name, ()) if not _told(line, source))
        yield source.model_copy(update={"warnings": (*source.warnings, *more)}) if more else source


def _told(line: str, source: Source) -> bool:
    """Whether reading the file warned of an instruction in it already."""
    return "instruction" in line and any("instruction" in warning for warning in source.warnings)


def _run(reader: Reader, name: str, record: DealRecord, rejected: int) -> Run:
    """How the packet came about; a reader that asks a model tells what that took."""
    usage: dict[str, Any] = getattr(reader, "usage", dict)()
    rejected += getattr(reader, "quotes_rejected", 0)
    return Run(reader=name, version=__version__, as_of=record.as_of, quotes_rejected=rejected, **usage)


def readiness_of(record: DealRecord, payment: PaymentFacts) -> Readiness:
    """What the signature pages show, and what was found of payment."""
    facts = read_execution(record.contracts, record.roster.vendor, record.roster.account)
    return Readiness(
        contract_fully_executed=facts.contract_fully_executed,
        execution_note=facts.note,
        signatures=facts.signatures,
        completion_certificate=facts.completion_certificate,
        entire_agreement=facts.entire_agreement,
        payment_terms=payment.payment_terms,
        payment_evidence=payment.payment_evidence,
        red_flags=payment.red_flags,
        red_flag_evidence=payment.red_flag_evidence,
    )


def check(packet: Packet, policy: Policy | None = None) -> Packet:
    """The same packet with its findings and score computed anew; no reader is asked."""
    policy = policy or load_policy()
    pending = packet.readiness.model_copy(update={"pending_contract": is_preliminary(packet)})
    packet = packet.model_copy(update={"readiness": pending})
    checked = packet.model_copy(update={"findings": tuple(validate(packet, policy))})
    return checked.model_copy(update={"score": score_packet(checked, policy)})


def _read(folder: Path, files: Future[FolderRead], deal: Deal) -> tuple[list[Source], list[UnreadSource]]:
    """What lies in the folder; a file whose kind deal.yaml gives is read as that kind."""
    sources, unread = files.result()
    if not sources:
        reasons = " ".join(reason for _, reason in unread[:3])
        raise HandoffError(f"No file in '{folder}' could be read. {reasons or 'It holds none.'}")
    kinds = _by_source("kinds", deal.source_kinds, tuple(sources))
    other = {s.name: kinds[s.name] for s in sources if kinds.get(s.name, s.kind) != s.kind}
    again = {s.name: s for s in read_as(folder, other)} if other else {}
    read = [again.get(s.name, s) for s in sources]
    return read, [UnreadSource(name=name, reason=reason) for name, reason in unread]


def _overridden(sources: tuple[Source, ...], deal: Deal) -> tuple[Source, ...]:
    """The dates that deal.yaml gives, and the kinds of what could not be read anew: a mail's attachments."""
    kinds = _by_source("kinds", deal.source_kinds, sources)
    dates = _by_source("dates", deal.source_dates, sources)
    changes = {
        s.name: ({"kind": kinds[s.name]} if s.name in kinds else {})
        | ({"happened_on": dates[s.name]} if s.name in dates else {})
        for s in sources
    }
    return tuple(s.model_copy(update=changes[s.name]) if changes[s.name] else s for s in sources)


def _by_source(key: str, given: Mapping[str, Any], sources: tuple[Source, ...]) -> dict[str, Any]:
    """The overrides by full source name; a bare file name will do where only one source has it."""
    found = {}
    for name, value in given.items():
        same = [s.name for s in sources if s.name == name] or [
            s.name for s in sources if s.name.rsplit("/", 1)[-1] == name
        ]
        if len(same) != 1:
            problem = "names no file that was read" if not same else f"could be {' or '.join(same)}"
            raise HandoffError(f"deal.yaml: {key}: '{name}' {problem}. Give the path within the folder.")
        found[same[0]] = value
    return found


def listed(sources: Iterable[Source]) -> tuple[PacketSource, ...]:
    by_name = sorted(sources, key=lambda source: source.name)
    return tuple(
        PacketSource(
            id=f"S{number}", name=s.name, kind=s.kind, sha256=s.sha256, happened_on=s.happened_on,
            title=s.title, segments=len(s.segments), warnings=s.warnings, heard_by=s.heard_by,
        )
        for number, s in enumerate(by_name, start=1)
    )  # fmt: skip


def _silent(step: str) -> None:
    """Nobody is told."""


def _uncounted(what: str, how_many: int) -> None:
    """Nobody counts."""
