"""Hearing by faster-whisper on the CPU, from a model folder on this machine; nothing is fetched."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractors.segments import UnreadableSource
from extractors.speech.again import compared
from extractors.speech.beams import Beams, Hypothesis, with_others
from extractors.speech.heard import LeftOut, Passage, Word
from extractors.speech.hundreds import one_number
from extractors.speech.inventions import invented, leaks, loops
from extractors.speech.pauses import passages_of
from extractors.speech.sound import NO_AUDIO_EXTRA, RATE
from extractors.speech.windows import speech, windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILES = ("model.bin", "config.json", "tokenizer.json")
"""What a model folder must hold; its vocabulary is vocabulary.txt or .json."""
BATCH = 2
MOST_HOTWORDS = 40
THREADS = 2


class Way(NamedTuple):
    """How to listen: seconds that are decoded at once, beam, speed of the sound, whether names are hinted."""

    longest: float
    beam: int
    speed: float = 1.0
    hints: bool = True


FIRST = Way(28.0, 5)
"""Long windows with the pauses left in: context, and sentences that end where people pause."""
MADE = 3
"""Changes with what is made of the words that the model gives."""
SECOND = Way(22.0, 1, speed=0.88, hints=False)
"""Other cuts, slower sound, no hints: what both make of the same sound was hardly invented by either."""


ANEW = Way(10.0, 5, hints=False)
"""How to listen where a window of the first hearing fell into a loop: shorter ones seldom do."""


class Heard(NamedTuple):
    """What was heard in one piece of one channel; times from the start of the recording."""

    passages: tuple[Passage, ...]
    left_out: tuple[LeftOut, ...]
    language: str | None


class Said(NamedTuple):
    """The words of one window, the probability that they are none, and their mean log probability."""

    words: list[Word]
    no_speech: float
    logprob: float


class Whisper:
    """A faster-whisper model. `model` is its folder's name, `model_sha256` the hash of its weights."""

    longest, least = 58.0, 40.0
    """Seconds of sound that one call gets: two windows of the model."""
    overlap = 0.0
    tells_speakers = False

    def __init__(self, folder: Path, hotwords: Sequence[str] = (), threads: int = THREADS) -> None:
        self._folder = checked_folder(folder)
        self._hints = tuple(hotwords[:MOST_HOTWORDS])
        self._hotwords = ", ".join(self._hints) or None
        self._threads = threads
        self._loaded: Any = None
        self.model = folder.name
        self.model_sha256: str | None = weights_sha256(folder)
        self.name = f"faster-whisper {_version()}"
        self.language: str | None = None

    @property
    def fingerprint(self) -> str:
        """Changes with whatever changes what is heard."""
        told = json.dumps([self.name, self.model_sha256, self._hotwords, FIRST, SECOND, MADE])
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def hear(
        self,
        samples: NDArray[np.float32],
        begin: float,
        channel: int | None,
        before: Sequence[Passage] = (),
        fresh: float = 0.0,
    ) -> Heard:
        """What is said in these samples, which start at `begin` seconds of the recording."""
        found, language = self._decoded(samples, FIRST)
        if self._hotwords and any(leaks(words, self._hints) for words, _, _ in found):
            found, language = self._decoded(samples, FIRST._replace(hints=False))
        found = [said for row in found for said in self._without_loop(row, samples, language)]
        kept, out = list[Passage](), list[LeftOut]()
        for words, no_speech, logprob in self._checked(found, samples, language):
            why = invented(words, no_speech, logprob, _loudness(samples, words))
            if why:
                text = " ".join(word.text for word in words)
                start, end = words[0].start + begin, words[-1].end + begin
                out.append(LeftOut(text=text, start=start, end=end, why=why))
            else:
                kept += passages_of(words, samples, begin, channel)
        self.language = self.language or (language if kept else None)
        return Heard(tuple(kept), tuple(out), language if kept else None)

    def _without_loop(self, said: Said, samples: NDArray[np.float32], language: str | None) -> Sequence[Said]:
        """A window that fell into a loop, heard anew in shorter ones; any other as it is."""
        if not loops(said.words):
            return [said]
        begin, end = said.words[0].start, said.words[-1].end
        anew, _ = self._decoded(samples[round(begin * RATE) : round(end * RATE)], ANEW, language)
        return [
            row._replace(words=[w._replace(start=w.start + begin, end=w.end + begin) for w in row.words])
            for row in anew
        ] or [said]

    def _checked(self, found: list[Said], samples: NDArray[np.float32], language: str | None) -> list[Said]:
        """The same, and wherever a second hearing differs, its words beside those of the first."""
        if not found:
            return []
        again, _ = self._decoded(slowed(samples, SECOND.speed), SECOND, language)
        said = compared([w for row in found for w in row.words], [w for row in again for w in row.words])
        counts = [len(row.words) for row in found]
        return [
            row._replace(words=said[sum(counts[:n]) : sum(counts[: n + 1])]) for n, row in enumerate(found)
        ]

    def _decoded(
        self, samples: NDArray[np.float32], way: Way, language: str | None = None
    ) -> tuple[list[Said], str | None]:
        """What each window says, and the language where that is sure."""
        clips = windows(speech(samples, way.longest), way.longest)
        if not clips:
            return [], None
        pipeline = self._model()
        pipeline.model.model.found.clear()
        segments, info = pipeline.transcribe(
            samples, language=self.language or language, beam_size=way.beam, batch_size=BATCH,
            vad_filter=False, clip_timestamps=[span._asdict() for span in clips], word_timestamps=True,
            condition_on_previous_text=False, hotwords=self._hotwords if way.hints else None,
        )  # fmt: skip
        found = [Said(_words(s.words or ()), float(s.no_speech_prob), float(s.avg_logprob)) for s in segments]
        language = info.language if info.language_probability > 0.5 else None
        return [row._replace(words=self._told(row.words)) for row in found if row.words], language

    def _told(self, words: list[Word]) -> list[Word]:
        """The words with what else their window's beam held nearly as likely."""
        said = [word.text for word in words]
        readings = (self._readings(row) for row in self._loaded.model.model.found)
        return with_others(words, next((r for r in readings if r[0][0] == said), []))

    def _readings(self, row: Sequence[Hypothesis]) -> list[tuple[list[str], float]]:
        decode = self._loaded.model.hf_tokenizer.decode
        texts = [[Word(part, 0.0, 0.0, 1.0) for part in decode(h.tokens).split()] for h in row]
        return [([w.text for w in one_number(t)], h.score) for t, h in zip(texts, row, strict=True)]

    def _model(self) -> Any:
        if self._loaded is None:
            try:
                from faster_whisper import BatchedInferencePipeline, WhisperModel
            except ImportError:
                raise UnreadableSource(f"Cannot hear: {NO_AUDIO_EXTRA}.") from None
            model = WhisperModel(
                str(self._folder), device="cpu", compute_type="int8", cpu_threads=self._threads,
                local_files_only=True,
            )  # fmt: skip
            model.model = Beams(model.model)
            self._loaded = BatchedInferencePipeline(model)
        return self._loaded


def slowed(samples: NDArray[np.float32], speed: float) -> NDArray[np.float32]:
    """The sound at another speed, and so at another pitch."""
    import numpy as np

    at = np.arange(0, len(samples) - 1, speed)
    return np.asarray(np.interp(at, np.arange(len(samples)), samples), np.float32)


def checked_folder(folder: Path) -> Path:
    """The folder, or UnreadableSource where it holds no faster-whisper model."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise UnreadableSource(
            f"'{folder}' is no folder of a faster-whisper model: {missing[0]} is missing. "
            "Correct HANDOFF_WHISPER_MODEL, or run `handoff audio setup`."
        )
    return folder


def weights_sha256(folder: Path) -> str:
    """The hash of the weights; computed once in a process while the file stays as it is."""
    file = folder / "model.bin"
    now = file.stat()
    return _sha256_of(file, now.st_size, now.st_mtime_ns)


@cache
def _sha256_of(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("faster-whisper")
    except PackageNotFoundError:
        raise UnreadableSource(f"Cannot hear: {NO_AUDIO_EXTRA}.") from None


def _words(given: Sequence[Any]) -> list[Word]:
    """Whisper's word pieces as words; what is glued to the one before ("un", "-art") belongs to it."""
    words: list[Word] = []
    for piece in given:
        text, sure = piece.word.strip(), round(min(max(float(piece.probability), 0.0), 1.0), 3)
        if not text:
            continue
        if words and not piece.word.startswith(" "):
            last = words.pop()
            words.append(Word(last.text + text, last.start, float(piece.end), min(last.sure, sure)))
        else:
            words.append(Word(text, float(piece.start), float(piece.end), sure))
    return one_number([word for part in words for word in _folded(part)])


def _folded(word: Word) -> Iterator[Word]:
    """A word that holds white space as several, its time shared out."""
    parts = word.text.split()
    step = (word.end - word.start) / len(parts)
    for number, part in enumerate(parts):
        yield Word(part, word.start + number * step, word.start + (number + 1) * step, word.sure)


def _loudness(samples: NDArray[np.float32], words: Sequence[Word]) -> float:
    under = samples[round(words[0].start * RATE) : max(round(words[-1].end * RATE), 1)]
    return math.sqrt(float((under**2).mean())) if len(under) else 0.0
