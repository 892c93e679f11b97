"""Hearing by a service that speaks OpenAI's /audio/transcriptions; only where a person named one.

What is sent: the sound, re-encoded as mono mp3, ten minutes at a time, and names as hints where the model
takes them. Speakers are carried from piece to piece by a few seconds that two pieces share, and by short
samples of the voices known so far where the model takes those.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from extractors.segments import UnreadableSource
from extractors.speech.heard import LeftOut, Passage, Word
from extractors.speech.inventions import invented
from extractors.speech.sound import RATE
from extractors.speech.whisper import Heard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UPLOAD = 24_000_000
"""Bytes of one upload; OpenAI takes 25 MB."""
BITS = 32_000
UNTOLD = 0.75
"""How sure a word counts as where the service does not tell; the transcript says so once."""
SAMPLE = (2.0, 9.0)
"""Seconds of a voice's sample: OpenAI takes 2 to 10."""
MOST_SAMPLES = 4
TRIES = 4
TEMPORARY = (408, 409, 425, 429, 500, 502, 503, 504)


class Piece(NamedTuple):
    """What a service said of a stretch of sound, times from its start."""

    speaker: str | None
    words: tuple[Word, ...]
    no_speech: float = 0.0
    logprob: float = 0.0


class Service:
    """An endpoint at `url` (".../v1"). `model` with "diarize" in its name tells speakers apart."""

    longest, least, overlap = 600.0, 480.0, 12.0
    model_sha256: str | None = None

    def __init__(
        self, url: str, model: str, key: str | None, hotwords: Sequence[str] = (), *, timeout: float = 300,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._url, self._key, self._hotwords = url.rstrip("/"), key, tuple(hotwords)
        self._timeout, self._wait = timeout, wait
        self._samples: dict[str, str] = {}
        self.model, self.name = model, urlsplit(url).hostname or url
        self.tells_speakers = "diarize" in model
        self.language: str | None = None

    @property
    def fingerprint(self) -> str:
        told = json.dumps([self._url, self.model, self._hotwords])
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def hear(
        self, samples: NDArray[np.float32], begin: float, channel: int | None,
        before: Sequence[Passage] = (), fresh: float = 0.0,
    ) -> Heard:  # fmt: skip
        """What is said; the first `fresh` seconds were heard in the piece before, as `before` tells."""
        answer = self._asked(encoded(samples))
        pieces = read_answer(answer, len(samples) / RATE)
        names = carried(pieces, begin, fresh, before) if self.tells_speakers else {}
        kept, out = list[Passage](), list[LeftOut]()
        for piece in pieces:
            if not piece.words or piece.words[-1].end <= fresh:
                continue
            words = tuple(w._replace(start=round(w.start + begin, 2), end=round(w.end + begin, 2))
                          for w in piece.words if w.end > fresh)  # fmt: skip
            why = invented(words, piece.no_speech, piece.logprob, 1.0)
            if why:
                text = " ".join(word.text for word in words)
                out.append(LeftOut(text=text, start=words[0].start, end=words[-1].end, why=why))
            else:
                speaker = names.get(piece.speaker or "")
                kept.append(Passage(words=words, speaker=speaker, channel=channel))
                self._remember(speaker, samples, piece)
        self.language = answer.get("language") or self.language
        return Heard(tuple(kept), tuple(out), self.language)

    def _remember(self, speaker: str | None, samples: NDArray[np.float32], piece: Piece) -> None:
        """A sample of each voice, for the pieces that follow."""
        first, last = piece.words[0].start, min(piece.words[-1].end, piece.words[0].start + SAMPLE[1])
        known = speaker is None or speaker in self._samples or len(self._samples) >= MOST_SAMPLES
        if self.tells_speakers and not known and last - first >= SAMPLE[0]:
            assert speaker is not None
            sample = samples[round(first * RATE) : round(last * RATE)]
            if len(sample) < SAMPLE[0] * RATE:
                return  # the service's times lie outside of what it was sent
            data = encoded(sample)
            self._samples[speaker] = f"data:audio/mpeg;base64,{base64.b64encode(data).decode()}"

    def _asked(self, sound: bytes) -> dict[str, Any]:
        if len(sound) > UPLOAD:
            raise UnreadableSource(f"A piece of {len(sound)} bytes is more than {self.name} takes.")
        try:
            import httpx
        except ImportError:
            raise UnreadableSource("A speech service needs httpx: pip install 'handoff[audio]'.") from None
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        told = ""
        for attempt in range(TRIES):
            if attempt:
                self._wait(2.0**attempt)
            try:
                reply = httpx.post(
                    f"{self._url}/audio/transcriptions", headers=headers, data=dict(self._form()),
                    files={"file": ("piece.mp3", sound, "audio/mpeg")}, timeout=self._timeout,
                )  # fmt: skip
            except httpx.HTTPError as error:
                told = f"it cannot be reached ({type(error).__name__})"
                continue
            if reply.status_code == 200:
                return _json(reply.content, self.name)
            told = f"it answered {reply.status_code}"
            if reply.status_code not in TEMPORARY:
                break
        raise UnreadableSource(f"The speech service {self.name} does not hear: {told}. {_remedy(told)}")

    def _form(self) -> Iterable[tuple[str, Any]]:
        yield "model", self.model
        if self.language and not self.tells_speakers:
            yield "language", self.language
        if self.tells_speakers:
            yield "response_format", "diarized_json"
            yield "chunking_strategy", "auto"
            if self._samples:
                yield "known_speaker_names[]", list(self._samples)
                yield "known_speaker_references[]", list(self._samples.values())
            return
        yield "response_format", "verbose_json"
        yield "timestamp_granularities[]", ["word", "segment"]
        if self._hotwords:
            yield "prompt", ", ".join(self._hotwords)


def encoded(samples: NDArray[np.float32]) -> bytes:
    """Mono mp3 of 32 kbit/s: ten minutes are 2.4 MB."""
    import av
    import numpy as np

    kept = io.BytesIO()
    with av.open(kept, "w", format="mp3") as container:
        out: Any = container.add_stream("libmp3lame", rate=RATE)
        out.bit_rate, out.layout = BITS, "mono"
        whole = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(whole.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        cut = av.AudioResampler(out.format.name, "mono", RATE, frame_size=out.codec_context.frame_size)
        for piece in [*cut.resample(frame), *cut.resample(None)]:
            container.mux(out.encode(piece))
        container.mux(out.encode(None))
    return kept.getvalue()


def read_answer(answer: dict[str, Any], seconds: float) -> list[Piece]:
    """diarized_json, verbose_json with or without words, or plain text: as pieces in order of time."""
    segments = answer.get("segments")
    if not isinstance(segments, list) or not segments:
        text = str(answer.get("text") or "")
        return [Piece(None, _spread(text, 0.0, seconds, UNTOLD))] if text.strip() else []
    words = [w for w in answer.get("words") or () if isinstance(w, dict)]
    found = [_piece(s, words) for s in segments if isinstance(s, dict)]
    return sorted((p for p in found if p.words), key=lambda p: p.words[0].start)


def _piece(segment: dict[str, Any], words: Sequence[dict[str, Any]]) -> Piece:
    start, end = _number(segment.get("start")), _number(segment.get("end"))
    logprob = segment.get("avg_logprob")
    sure = round(math.exp(min(float(logprob), 0.0)), 3) if isinstance(logprob, int | float) else UNTOLD
    inside = [w for w in words if start - 0.01 <= _number(w.get("start")) < end]
    timed = tuple(
        Word(str(w.get("word", "")).strip(), _number(w.get("start")), _number(w.get("end")), sure)
        for w in inside
    )
    text = str(segment.get("text") or "")
    if len(timed) != len(text.split()):
        timed = _spread(text, start, end, sure)
    else:
        timed = tuple(w._replace(text=t) for w, t in zip(timed, text.split(), strict=True))
    speaker = segment.get("speaker")
    no_speech = _number(segment.get("no_speech_prob"))
    return Piece(str(speaker) if speaker else None, timed, no_speech, _number(logprob))


def _spread(text: str, start: float, end: float, sure: float) -> tuple[Word, ...]:
    """Words with their share of the time, by their length."""
    parts = text.split()
    weights = [len(part) + 1 for part in parts]
    out, at = list[Word](), start
    for part, weight in zip(parts, weights, strict=True):
        length = (end - start) * weight / sum(weights)
        out.append(Word(part, at, at + length, sure))
        at += length
    return tuple(out)


def carried(pieces: Sequence[Piece], begin: float, fresh: float, before: Sequence[Passage]) -> dict[str, str]:
    """The service's label -> "Speaker 2": who was who in the seconds that two pieces share."""
    known = list(dict.fromkeys(p.speaker for p in before if p.speaker))
    labels = list(dict.fromkeys(p.speaker for p in pieces if p.speaker))
    names = {label: label for label in labels if label in known}  # it knew the voice's sample
    shared: Counter[tuple[str, str]] = Counter()
    for piece in pieces:
        for old in before:
            if piece.speaker and old.speaker and piece.speaker not in names:
                both = min(piece.words[-1].end + begin, old.end) - max(
                    piece.words[0].start + begin, old.start
                )
                if piece.words[0].start < fresh and both > 0.3:
                    shared[piece.speaker, old.speaker] += round(100 * both)
    for (label, speaker), _ in shared.most_common():
        if label not in names and speaker not in names.values():
            names[label] = speaker
    for label in labels:
        if label not in names:
            known.append(f"Speaker {len(known) + 1}")
            names[label] = known[-1]
    return names


def _json(content: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UnreadableSource(f"The speech service {name} answered something that is no transcript.")
    return found


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else 0.0


def _remedy(told: str) -> str:
    if "401" in told or "403" in told:
        return "See HANDOFF_SPEECH_KEY."
    if "404" in told or "400" in told:
        return "See HANDOFF_SPEECH_URL and HANDOFF_SPEECH_MODEL."
    return "Try again later; what is finished is kept."
