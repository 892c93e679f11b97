"""The model in whole numbers stands for the same meanings as the packaged one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest
from networks import PACKAGED
from tokenizers import Tokenizer

from assistant.meanings.minilm import MiniLM
from assistant.meanings.onnx_file import Graph, read_arrays

ROOT = Path(__file__).resolve().parent.parent
VOCABULARY = ROOT / "assistant/meanings/data/minilm/tokenizer.json"
TEXTS = (
    "Urgent tickets are answered within four hours, around the clock.",
    "Supplier shall respond to Priority 1 incidents within four (4) hours.",
    "The invoice is payable thirty days after receipt.",
    "Okay.",
)


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM(PACKAGED)


@pytest.fixture(scope="module")
def tokens() -> list[list[int]]:
    tokenizer = Tokenizer.from_file(str(VOCABULARY))
    tokenizer.no_padding()
    return [tokenizer.encode(text).ids for text in TEXTS]


def test_vectors_are_those_of_the_packaged_model_but_for_rounding(
    model: MiniLM, tokens: list[list[int]]
) -> None:
    session = ort.InferenceSession(str(PACKAGED), providers=["CPUExecutionProvider"])
    for ids in tokens:
        row = np.array([ids])
        given = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
        mean = session.run(None, given)[0][0].mean(axis=0)
        assert float(model.vector(ids) @ (mean / np.linalg.norm(mean))) > 0.98


def test_a_vector_has_length_one_and_depends_on_its_text_alone(
    model: MiniLM, tokens: list[list[int]]
) -> None:
    alone = MiniLM(PACKAGED).vector(tokens[0])
    assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-5)
    after_others = [model.vector(ids) for ids in (*tokens[1:], tokens[0])][-1]
    assert alone.tobytes() == after_others.tobytes()


def test_two_wordings_of_one_thing_are_nearer_than_another_thing(
    model: MiniLM, tokens: list[list[int]]
) -> None:
    said, written, other, _ = (model.vector(ids) for ids in tokens)
    assert float(said @ written) > 0.4 > float(said @ other)


def test_another_model_is_refused(tmp_path: Path) -> None:
    graph = Graph()
    doubled = graph.node("Add", "x", "x")
    (tmp_path / "other.onnx").write_bytes(graph.model({"x": [2]}, doubled))
    with pytest.raises(KeyError):
        MiniLM(tmp_path / "other.onnx")


def test_a_written_graph_computes_and_its_arrays_are_read_again() -> None:
    graph = Graph()
    weights = np.array([[1.5, -2.0], [0.25, 300.0]], np.float32)
    product = graph.node("MatMul", "x", graph.constant(weights))
    model = graph.model({"x": ["rows", 2]}, graph.node("Softmax", product, axis=1))
    session = ort.InferenceSession(model, providers=["CPUExecutionProvider"])
    assert session.run(None, {"x": np.array([[0.0, 1.0]], np.float32)})[0].tolist() == [[0.0, 1.0]]
    assert [array.tolist() for array in read_arrays(memoryview(model)).values()] == [weights.tolist()]
