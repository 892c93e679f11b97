"""What a sentence tells of paying, by weights that `python -m eval.train_payment` learnt.

Buyers hardly ever say "purchase order" or "net sixty": the number, the req, "accounts runs ninety", "sit on
it until the trial is signed off". So words and meanings are weighed, as for the paths of the deal summary.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assistant.meanings.similarity import READINGS, embed_ahead
from assistant.readers.embedded.field_likelihood import Weights, load_weights, odds_of
from assistant.readers.embedded.field_meaning import load_meanings, meanings_of, texts_of
from assistant.readers.embedded.statements import Statement

if TYPE_CHECKING:
    from assistant.readers.embedded.field_meaning import Meanings

TOLD = ("longer_terms", "delay", "order_needed", "order_given", "order_not_needed")
"""What a sentence may tell; the words of prompts/payment.md."""
DATA = Path(str(files("assistant.readers.embedded").joinpath("data")))
WORDS_FILE, MEANING_FILE = DATA / "payment_words.json", DATA / "payment_meaning.json"
LOOKED_AT = -3.0
"""Log-odds of its words below which a sentence's meaning is not computed: it could not make up for them."""
UNLIKELY = -9.0


class Learnt(NamedTuple):
    """Weights of words (as those of field_likelihood) and of meanings (as those of field_meaning)."""

    words: Weights
    meanings: Meanings


def begin_telling(
    statements: Sequence[Statement], learnt: Learnt | None = None
) -> Callable[[], list[Mapping[str, float]]]:
    """Weigh the words and begin to compute the meanings; what is returned gives `told`."""
    words, meanings = learnt or load()
    said = [odds_of(s, words) for s in statements]
    likely = [i for i, odds in enumerate(said) if max(odds.values()) >= LOOKED_AT]
    embed_ahead(texts_of([statements[i] for i in likely]), READINGS)

    def tell() -> list[Mapping[str, float]]:
        meant = meanings_of([statements[i] for i in likely], meanings)
        found: list[Mapping[str, float]] = [dict.fromkeys(TOLD, UNLIKELY) for _ in statements]
        for i, meaning in zip(likely, meant or [said[i] for i in likely], strict=True):
            found[i] = {what: (said[i][what] + meaning[what]) / 2 for what in TOLD}
        return found

    return tell


def told(statements: Sequence[Statement], learnt: Learnt | None = None) -> list[Mapping[str, float]]:
    """Log-odds of each of TOLD by statement: the mean of what its words and its meaning say; without a model
    of meanings what its words say."""
    return begin_telling(statements, learnt)()


def load() -> Learnt:
    """The shipped weights."""
    return Learnt(load_weights(WORDS_FILE), load_meanings(MEANING_FILE))
