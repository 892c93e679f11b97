"""Train the judge's last step: `python -m eval.train_judge DEAL_FOLDER...`.

Two multinomial logistic regressions: does a line support a promise, oppose it, or neither; and which verdict
follows from all lines of a deal. They learn from the answered deals given, the pairs of eval/pairs and the
sparse excerpts of eval/excerpts. Printed figures are of what is left out, a third of the deals and of the
others at a time. One core needs five minutes. Needs scikit-learn; using the weights does not.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import MaxAbsScaler

from assistant.readers.embedded.decision import WEIGHTS_FILE, Weights, line_odds, promise_signals
from assistant.readers.embedded.leaning import BIAS
from assistant.readers.embedded.signals import Signals
from eval.judge_data import Held, read_deals, read_held_excerpts, read_held_pairs

LINE_STRENGTH, SIDE_STRENGTH, PROMISE_STRENGTH = 1.0, 1.0, 1.0
MEANING_STRENGTH = 1.0
LEAST = 0.01
"""Inverse of the regularisation (scikit-learn's C)."""
FOLDS, PARTS = 5, 3
"""In how many parts is left out, within training and to be scored."""
OTHERS = ("pairs", "excerpts")
"""First words of the groups that are no deals."""
AGAINST = "contradicted"
SEEN = 4
"""Promises in which a signal must occur to be kept."""


def fit(rows: Sequence[tuple[Signals, str]], strength: float) -> Weights:
    """Weights per class and signal, rounded."""
    seen = Counter(k for signals, _ in rows for k in signals)
    kept = [({k: v for k, v in signals.items() if seen[k] >= SEEN}, label) for signals, label in rows]
    vectorizer, scaler = DictVectorizer(), MaxAbsScaler()
    matrix = scaler.fit_transform(vectorizer.fit_transform([signals for signals, _ in kept]))
    model = LogisticRegression(C=strength, max_iter=3000, tol=1e-5)
    model.fit(matrix, [label for _, label in kept])
    names = [str(n) for n in vectorizer.get_feature_names_out()]
    rows_of = model.coef_ if len(model.classes_) > 2 else [-model.coef_[0] / 2, model.coef_[0] / 2]
    biases = (
        model.intercept_ if len(model.classes_) > 2 else [-model.intercept_[0] / 2, model.intercept_[0] / 2]
    )
    return {
        str(c): {BIAS: round(float(biases[i]), 3)}
        | {
            n: round(float(w / s), 3)
            for n, w, s in zip(names, rows_of[i], scaler.scale_, strict=True)
            if abs(w) > LEAST
        }
        for i, c in enumerate(model.classes_)
    }


def train(held: Sequence[Held]) -> dict[str, Weights]:
    """All steps; the last learns from odds that the others give for promises they did not learn from."""
    groups = sorted({h.group for h in held})
    rows: list[tuple[Signals, str]] = []
    for part in (groups[i::FOLDS] for i in range(FOLDS)):
        weights = _train_parts([h for h in held if h.group not in part])
        rows += [(_deal_signals(h, weights), h.verdict) for h in held if h.group in part]
    return {**_train_parts(held), "promise": fit(rows, PROMISE_STRENGTH)}


def _train_parts(held: Sequence[Held]) -> dict[str, Weights]:
    """All steps but the last."""
    return {**train_lines(held), "words": fit_meanings(held)}


def fit_meanings(held: Sequence[Held]) -> Weights:
    """Weights per verdict and dimension of a promise's meaning; none without a model of meanings."""
    told = [(h.promise.meaning, h.verdict) for h in held if h.promise.meaning]
    if not told:
        return {}
    model = LogisticRegression(C=MEANING_STRENGTH, max_iter=1000)
    model.fit([meaning for meaning, _ in told], [verdict for _, verdict in told])
    rows = zip(model.classes_, model.intercept_, model.coef_, strict=True)
    return {
        str(name): {BIAS: round(float(bias), 3)} | {str(i): round(float(w), 2) for i, w in enumerate(row)}
        for name, bias, row in rows
    }


def train_lines(held: Iterable[Held]) -> dict[str, Weights]:
    """The steps that look at one line: does it decide the promise, and on which side."""
    rows = [
        (signals, label)
        for h in held
        for signals, label in zip(h.signals, h.labels, strict=True)
        if label
    ]
    deciding = [(signals, label) for signals, label in rows if label != "neither"]
    decides = [(signals, "neither" if label == "neither" else "decides") for signals, label in rows]
    return {"line": fit(decides, LINE_STRENGTH), "side": fit(deciding, SIDE_STRENGTH)}


def _deal_signals(held: Held, weights: Mapping[str, Weights]) -> Signals:
    odds = [line_odds(signals, weights) for signals in held.signals]
    return promise_signals(held.promise, held.looked, odds, weights)


def held_out(held: Sequence[Held]) -> None:
    """Print how many verdicts of each deal, of excerpts and of pairs are right when left out of training."""
    total, right = Counter[str](), Counter[str]()
    confusions: dict[str, Counter[tuple[str, str]]] = {}
    groups = sorted({h.group for h in held})
    for part in (groups[i::PARTS] for i in range(PARTS)):
        weights = train([h for h in held if h.group not in part])
        for h in (h for h in held if h.group in part):
            got = h.judged(weights).verdict
            name = h.group.split()[0]
            total[name] += 1
            right[name] += got == h.verdict
            confusions.setdefault(name if name in OTHERS else "deals", Counter())[h.verdict, got] += 1
    for name in sorted(total):
        print(f"{name:16} {right[name]}/{total[name]} = {right[name] / total[name]:.2f}")
    for name, confusion in sorted(confusions.items()):
        _print_confusion(name, confusion)


def _print_confusion(title: str, confusion: Counter[tuple[str, str]]) -> None:
    names = sorted({v for pair in confusion for v in pair})
    right, told = sum(confusion[n, n] for n in names), sum(confusion[n, AGAINST] for n in names)
    wanted = sum(confusion[AGAINST, n] for n in names)
    f1 = 2 * confusion[AGAINST, AGAINST] / max(1, told + wanted)
    print(f"\n{title}: {right / sum(confusion.values()):.3f} right, F1 of {AGAINST} {f1:.3f}")
    print(f"{'':16}" + "".join(f"{n:>16}" for n in names))
    for name in names:
        print(f"{name:16}" + "".join(f"{confusion[name, n]:16}" for n in names))


def main(folders: Sequence[str]) -> None:
    """Report on held-out data, then train on everything and write the weights."""
    held = [*read_deals([Path(f) for f in folders]), *read_held_pairs(), *read_held_excerpts()]
    print(f"{len(held)} promises")
    held_out(held)
    WEIGHTS_FILE.write_text(json.dumps(train(held), indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
