"""How well recordings are heard: words, numbers, speakers, speed, and what that does to a packet.

`python -m tools.bench_speech [DEAL...]` speaks the calls of example deals with flite, hears them with the
model that the settings name, and holds both packets against each other. Minutes of work.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import LCSseq

from assistant import pipeline
from assistant.deal_file import find_deal_file, read_deal
from assistant.packet import Commitment, Deal, Evidence, Packet
from assistant.protocol.policy import load_policy
from assistant.recordings import ears_of, kept_transcript, terms_of
from assistant.settings import read_settings
from extractors import read_folder
from extractors.segments import Source
from extractors.speech.heard import Transcript
from extractors.speech.recording_source import recording_source
from tools.hearing_scores import (
    diarization_error,
    named,
    negation_errors,
    number_errors,
    word_errors,
    words,
    wrong_numbers,
)
from tools.spoken import Recording, Spoken, missing, speak

EXAMPLES = Path("examples")
OUT = Path("out/bench")
BARS = {"commitments": 0.85, "flagged": 0.90, "minutes_an_hour": 12.0, "false": 0.15}
CORES = 2
SAME, MANY = 0.4, 4
"""Part of the words, of so many at least, that two quotes of the same seconds share in one promise."""


@dataclass(frozen=True)
class Heard:
    """One call, spoken and heard."""

    name: str
    truth: Recording
    transcript: Transcript
    seconds: float
    """Of processor time."""


def main(deals: Sequence[str]) -> int:
    """Print a line a call and a line a deal; 1 where a bar is missed."""
    if lacks := missing():
        print(f"tools.bench_speech: {lacks}; nothing was measured.")
        return 0
    rows: list[dict[str, Any]] = []
    for name in deals or sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()):
        rows.append(measured(EXAMPLES / name))
        print(_line(rows[-1]), flush=True)
    total = _summed(rows)
    print(_line({"deal": "all", **total}))
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "speech.json").write_text(json.dumps({"deals": rows, "all": total}, indent=1) + "\n", "utf-8")
    return _missed(total)


def measured(folder: Path) -> dict[str, Any]:
    """A deal's calls spoken and heard, and the packet of the sound beside the packet of the text."""
    file = find_deal_file(folder)
    deal = read_deal(file) if file else Deal()
    sources, _ = read_folder(folder)
    terms = terms_of(sources)
    calls = [heard(source, deal, terms) for source in sources if source.kind == "call"]
    written = drafted(sources, deal)
    spoken = drafted([*(s for s in sources if s.kind != "call"), *(as_source(c) for c in calls)], deal)
    return {"deal": folder.name, **_hearing(calls), **_promises(written, spoken, calls)}


def heard(source: Source, deal: Deal, terms: tuple[str, ...] = ()) -> Heard:
    """The call spoken by one voice a speaker, and what was heard. Kept transcripts cost no time again."""
    truth = speak([(s.speaker or "?", s.text) for s in source.segments if s.kind == "turn"])
    settings = read_settings()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "call.wav"
        path.write_bytes(truth.wav())
        before = _children()
        transcript = kept_transcript(
            settings, ears_of(settings, deal), path, source.name, terms=lambda: terms
        )
        return Heard(source.name, truth, transcript, _children() - before)


def as_source(call: Heard) -> Source:
    """What the desk has once somebody has named the voices."""
    return recording_source(call.transcript, call.name, named(call.transcript, call.truth.turns))


def drafted(sources: Iterable[Source], deal: Deal) -> Packet:
    """The packet of these sources, by the embedded reader."""
    from assistant.readers import get_reader

    listed = list(sources)
    day = max(s.happened_on for s in listed if s.happened_on)
    record = pipeline.make_record(deal, listed, [], day)
    packet = pipeline.ask(record, get_reader("embedded"), "embedded", lambda step: None)
    return pipeline.check(packet, load_policy())


def _hearing(calls: Sequence[Heard]) -> dict[str, Any]:
    wrong = [word_errors(c.transcript, c.truth.turns) for c in calls]
    numbers = [wrong_numbers(c.transcript, c.truth.turns) for c in calls]
    voices = [diarization_error(c.transcript, c.truth.turns) for c in calls]
    fresh = [c for c in calls if c.seconds > 1]
    return {
        "minutes": sum(c.truth.seconds for c in calls) / 60,
        "word_errors": sum(w for w, _ in wrong), "words": sum(n for _, n in wrong),
        "number_errors": sum(w for w, _ in numbers), "numbers": sum(n for _, n in numbers),
        "voice_errors": sum(w for w, _ in voices), "voice_seconds": sum(n for _, n in voices),
        "cpu_seconds": sum(c.seconds for c in fresh), "cpu_of": sum(c.truth.seconds for c in fresh),
        "left_out": sum(len(c.transcript.left_out) for c in calls),
    }  # fmt: skip


def _promises(written: Packet, spoken: Packet, calls: Sequence[Heard]) -> dict[str, Any]:
    """How many of the text's promises the sound yields, and what became of the numbers in them."""
    names = {c.name: c for c in calls}
    said = [c for c in written.commitments if c.evidence[-1].source in names]
    pairs = matched(said, [c for c in spoken.commitments if c.evidence[-1].source in names], names)
    doubted = {f.where.removeprefix("commitments.") for f in spoken.findings if f.rule == "doubtful-number"}
    wrong, right = Counter[bool](), Counter[bool]()
    shown: list[str] = []
    for commitment in spoken.commitments:
        heard = [e for e in commitment.evidence if e.source in names and e.heard]
        bad = [e.quote for e in heard if misheard(e, names[e.source].truth.turns)]
        wrong[commitment.id in doubted] += bool(bad)
        shown += [] if commitment.id in doubted else bad[:1]
        if not bad and any(w.kind != "word" for e in heard if e.heard for w in e.heard.words):
            right[commitment.id in doubted] += 1
    return {
        "promises": len(said), "found": len(pairs),
        "same_verdict": sum(a.verdict == b.verdict for a, b in pairs),
        "extra": len([c for c in spoken.commitments if c.evidence[-1].source in names]) - len(pairs),
        "wrong_numbers": sum(wrong.values()), "flagged": wrong[True],
        "right_numbers": sum(right.values()), "doubted": right[True], "unflagged": shown,
    }  # fmt: skip


def matched(
    said: Sequence[Commitment], found: Sequence[Commitment], calls: dict[str, Heard]
) -> list[tuple[Commitment, Commitment]]:
    """Pairs of a promise in the text and the same promise in the sound: same call, same seconds."""
    pairs, free = list[tuple[Commitment, Commitment]](), list(found)
    for commitment in said:
        begin, end = _when(commitment, calls)
        near = [
            (_shared(words(commitment.evidence[-1].quote), words(f.evidence[-1].quote)), -n)
            for n, f in enumerate(free)
            if f.evidence[-1].source == commitment.evidence[-1].source
            and (h := f.evidence[-1].heard) and h.start < end + 1 and h.end > begin - 1
        ]  # fmt: skip
        if near and max(near)[0] >= SAME:
            pairs.append((commitment, free.pop(-max(near)[1])))
    return pairs


def misheard(evidence: Evidence, turns: Sequence[Spoken]) -> bool:
    """Whether a number or a "not" of the quote is not what was said."""
    return number_errors(evidence, turns) or negation_errors(evidence, turns)


def _shared(said: Sequence[str], heard: Sequence[str]) -> float:
    """The part of the shorter one's words that both have, in order, wherever its sentences are cut."""
    return LCSseq.similarity(said, heard) / max(min(len(said), len(heard)), MANY)


def _when(commitment: Commitment, calls: dict[str, Heard]) -> tuple[float, float]:
    """The seconds at which a promise of the text was spoken, by its share of the turn's letters."""
    evidence = commitment.evidence[-1]
    for turn in calls[evidence.source].truth.turns:
        at = turn.text.find(evidence.quote)
        if at >= 0:
            scale = (turn.end - turn.start) / len(turn.text)
            return turn.start + at * scale, turn.start + (at + len(evidence.quote)) * scale
    return -1.0, -1.0


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _summed(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        key: sum((row[key] for row in rows), start=type(rows[0][key])()) for key in rows[0] if key != "deal"
    }


def _line(row: dict[str, Any]) -> str:
    def share(part: str, whole: str) -> str:
        return f"{row[part] / row[whole]:.1%}" if row[whole] else "-"

    speed = f"{60 * row['cpu_seconds'] / row['cpu_of'] / CORES:.1f}" if row["cpu_of"] else "kept"
    return (
        f"{row['deal']}: {row['minutes']:.1f} min · words wrong {share('word_errors', 'words')} · "
        f"numbers wrong {share('number_errors', 'numbers')} · "
        f"voices wrong {share('voice_errors', 'voice_seconds')} · minutes an hour {speed} · "
        f"promises {row['found']} of {row['promises']} (same verdict {row['same_verdict']}, "
        f"extra {row['extra']}) · "
        f"wrong numbers flagged {row['flagged']} of {row['wrong_numbers']}, "
        f"right ones {row['doubted']} of {row['right_numbers']}"
    )


def _missed(total: dict[str, Any]) -> int:
    kept = total["same_verdict"] / max(total["promises"], 1)
    flagged = total["flagged"] / total["wrong_numbers"] if total["wrong_numbers"] else 1.0
    false = total["doubted"] / max(total["right_numbers"], 1)
    hour = 60 * total["cpu_seconds"] / total["cpu_of"] / CORES if total["cpu_of"] else 0.0
    told = [
        (f"promises with the same verdict {kept:.2f}", kept >= BARS["commitments"]),
        (f"wrong numbers flagged {flagged:.2f}", flagged >= BARS["flagged"]),
        (f"right numbers flagged {false:.2f}", false <= BARS["false"]),
        (f"minutes for an hour on {CORES} cores {hour:.1f}", hour <= BARS["minutes_an_hour"]),
    ]
    for what, good in told if total["cpu_of"] else told[:-1]:  # what was kept says nothing of speed
        print(f"{'held  ' if good else 'MISSED'} {what}")
    return int(not all(good for _, good in told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
