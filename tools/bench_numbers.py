"""How many numbers that are heard wrongly are doubted, on clear, telephone and noisy sound.

`python -m tools.bench_numbers` speaks promises with numbers out of the excerpts' calls with flite, spoils the
sound, hears it with the model that the settings name, and asks of every sentence whether its numbers and its
"not" are right, and whether they would be doubted in a promise: clean examples have too few errors to tell.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, zip_longest
from pathlib import Path

import numpy as np

from assistant.evidence.hearing import hearing, is_negation
from assistant.evidence.number_words import read_numbers
from assistant.packet import Evidence
from assistant.protocol.policy import load_policy
from assistant.recordings import ears_of, kept_transcript
from assistant.rules.recordings import doubt
from assistant.settings import read_settings
from eval.excerpts import Excerpt, read_excerpts
from extractors.segments import HeardWord, Segment
from extractors.speech.heard import Transcript, Word
from tools.hearing_scores import is_number, negation_errors, number_errors, words
from tools.spoken import RATE, Recording, Samples, Spoken, missing, speak

OUT = Path("out/bench")
EACH = 60
"""Sentences of each kind of sound."""
PEOPLE = 6
SOUNDS = {"clear": (None, None), "telephone": ((100, 3800), None), "noisy": (None, 20.0)}
"""The band that is left (Hz) and the noise (dB below the speech)."""
BARS = {"flagged": 0.90, "false": 0.15}


@dataclass
class Count:
    """Sentences of one sound: with a number that is wrong and how many of those are doubted; the same for
    "not"; with everything right and how many of those are doubted all the same."""

    sound: str
    wrong: int = 0
    wrong_doubted: int = 0
    negations: int = 0
    negations_doubted: int = 0
    right: int = 0
    right_doubted: int = 0


def main() -> int:
    """Print a line a sound; 1 where a bar is missed."""
    if lacks := missing():
        print(f"tools.bench_numbers: {lacks}; nothing was measured.")
        return 0
    said = list(sentences())
    rows = []
    for number, sound in enumerate(SOUNDS):
        rows.append(measured(sound, said[number :: len(SOUNDS)][:EACH]))
        print(line(rows[-1]), flush=True)
    total = summed(rows)
    print(line(total))
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "numbers.json").write_text(json.dumps([asdict(row) for row in (*rows, total)], indent=1), "utf-8")
    flagged, false = total.wrong_doubted / max(total.wrong, 1), total.right_doubted / max(total.right, 1)
    held = (flagged >= BARS["flagged"], false <= BARS["false"])
    print(f"{'held  ' if held[0] else 'MISSED'} wrong numbers doubted {flagged:.2f}")
    print(f"{'held  ' if held[1] else 'MISSED'} right sentences doubted {false:.2f}")
    return int(not all(held))


def sentences() -> Iterator[str]:
    """Sentences that hold a promise and a number, from the calls of each odd excerpt in turn."""
    spoken = [list(_of(excerpt)) for excerpt in read_excerpts() if excerpt.number % 2]
    yield from dict.fromkeys(s for s in chain.from_iterable(zip_longest(*spoken)) if s)


def _of(excerpt: Excerpt) -> Iterator[str]:
    promised = [promise.quote for promise in excerpt.promises]
    for segment in chain.from_iterable(s.segments for s in excerpt.sources if s.kind == "call"):
        for sentence in re.split(r"(?<=[.!?])\s+", segment.text):
            told = any(quote in sentence or sentence in quote for quote in promised)
            if told and 6 <= len(sentence.split()) <= 28 and _has_number(sentence):
                yield sentence


def _has_number(sentence: str) -> bool:
    return any(number.value != 1 for number in read_numbers(sentence))


def measured(sound: str, said: Sequence[str]) -> Count:
    """The sentences spoken, spoilt, heard, and counted."""
    truth = spoken(sound, said)
    count, policy = Count(sound), load_policy()
    for turn, evidence in quotes(heard(truth), truth.turns):
        doubted = doubt(evidence, policy) is not None
        if number_errors(evidence, [turn]):
            count.wrong += 1
            count.wrong_doubted += doubted
        elif negation_errors(evidence, [turn]):
            count.negations += 1
            count.negations_doubted += doubted
        elif is_number(words(turn.text)) or any(map(is_negation, words(turn.text))):
            count.right += 1
            count.right_doubted += doubted
    return count


def spoken(sound: str, said: Sequence[str]) -> Recording:
    """A turn a sentence, the voices in turn."""
    clean = speak((f"Person {n % PEOPLE}", text) for n, text in enumerate(said))
    band, noise = SOUNDS[sound]
    return Recording(spoilt(clean.samples, band, noise), clean.turns)


def spoilt(samples: Samples, band: tuple[int, int] | None, noise: float | None) -> Samples:
    """The sound through a narrow band, with even noise so many decibels below the speech."""
    out = samples.astype(np.float64)
    if band:
        spectrum = np.fft.rfft(out, axis=1)
        hertz = np.fft.rfftfreq(out.shape[1], 1 / RATE)
        spectrum[:, (hertz < band[0]) | (hertz > band[1])] = 0
        out = np.fft.irfft(spectrum, out.shape[1], axis=1)
    if noise is not None:
        loud = np.sqrt((out**2).mean()) * 10 ** (-noise / 20)
        out = out + np.random.default_rng(8).normal(0, loud, out.shape)
    return np.asarray(np.clip(out, -32768, 32767), np.int16)


def heard(truth: Recording) -> Transcript:
    """What the model hears; kept transcripts cost no time again."""
    settings = read_settings()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "numbers.wav"
        path.write_bytes(truth.wav())
        return kept_transcript(settings, ears_of(settings), path, path.name)


def quotes(transcript: Transcript, turns: Iterable[Spoken]) -> Iterator[tuple[Spoken, Evidence]]:
    """Each turn with what was heard in its seconds, as the evidence of a promise is."""
    said = [word for passage in transcript.passages for word in passage.words]
    for turn in turns:
        inside = [w for w in said if turn.start - 0.2 <= (w.start + w.end) / 2 <= turn.end + 0.2]
        if inside:
            segment = as_segment(inside)
            told = hearing(segment, 0, len(segment.text))
            yield turn, Evidence(source="s", segment_id="1", quote=segment.text, locator="", heard=told)


def as_segment(inside: Sequence[Word]) -> Segment:
    at, kept = 0, list[HeardWord]()
    for word in inside:
        kept.append(HeardWord(at, *word[1:]))
        at += len(word.text) + 1
    text = " ".join(word.text for word in inside)
    return Segment(id="1", text=text, kind="turn", locator="", heard=tuple(kept))


def summed(rows: Sequence[Count]) -> Count:
    numbers = [{k: v for k, v in asdict(row).items() if k != "sound"} for row in rows]
    return Count("all", **{key: sum(row[key] for row in numbers) for key in numbers[0]})


def line(count: Count) -> str:
    """One sound's counts."""
    return (
        f"{count.sound}: a number wrong in {count.wrong} sentences, doubted {count.wrong_doubted} · "
        f'a "not" wrong in {count.negations}, doubted {count.negations_doubted} · '
        f"right {count.right}, doubted {count.right_doubted}"
    )


if __name__ == "__main__":
    sys.exit(main())
