"""Pure numbers: agreement of predictions with references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class StatementScores:
    """How well statements were classified.

    Attributes:
        role_accuracy: share of statements with the right role.
        micro_f1: F1 over all (statement, label) pairs.
        macro_f1: mean of the labels' F1, over the labels that occur in the reference.
        first_right: share of labelled statements whose best label is right.
        false_alarms: share of statements without reference labels that were given one.
        count: number of statements.
    """

    role_accuracy: float
    micro_f1: float
    macro_f1: float
    first_right: float
    false_alarms: float
    count: int


@dataclass(frozen=True, slots=True)
class Predicted:
    """One prediction: a role, the labels given, and the best label whether given or not."""

    role: str
    labels: frozenset[str]
    best: str


def f1(hits: int, predicted: int, wanted: int) -> float:
    """Return the F1 of counts; 1.0 where nothing was wanted and nothing predicted."""
    return 2 * hits / (predicted + wanted) if predicted + wanted else 1.0


def statement_scores(
    predictions: Sequence[Predicted], roles: Sequence[str], labels: Sequence[frozenset[str]]
) -> StatementScores:
    """Score predictions against references, given in the same order."""
    if not predictions:
        return StatementScores(0.0, 0.0, 0.0, 0.0, 0.0, 0)
    pairs = list(zip(predictions, labels, strict=True))
    codes = sorted({code for wanted in labels for code in wanted})
    by_label = [_label_f1(pairs, code) for code in codes]
    labelled = [(p, w) for p, w in pairs if w]
    unlabelled = [p for p, w in pairs if not w]
    return StatementScores(
        role_accuracy=float(np.mean([p.role == r for p, r in zip(predictions, roles, strict=True)])),
        micro_f1=f1(
            sum(len(p.labels & w) for p, w in pairs),
            sum(len(p.labels) for p, _ in pairs),
            sum(len(w) for _, w in pairs),
        ),
        macro_f1=float(np.mean(by_label)) if by_label else 0.0,
        first_right=float(np.mean([p.best in w for p, w in labelled])) if labelled else 0.0,
        false_alarms=float(np.mean([bool(p.labels) for p in unlabelled])) if unlabelled else 0.0,
        count=len(predictions),
    )


def _label_f1(pairs: Sequence[tuple[Predicted, frozenset[str]]], code: str) -> float:
    hits = sum(code in p.labels and code in w for p, w in pairs)
    return f1(hits, sum(code in p.labels for p, _ in pairs), sum(code in w for _, w in pairs))


def per_label_f1(predictions: Sequence[Predicted], labels: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return the F1 of every label that occurs in the reference."""
    pairs = list(zip(predictions, labels, strict=True))
    return {code: _label_f1(pairs, code) for code in sorted({c for wanted in labels for c in wanted})}


def expected_calibration_error(
    probabilities: NDArray[np.float64], outcomes: NDArray[np.bool_], *, bins: int = 15
) -> float:
    """Return the expected calibration error (Naeini et al. 2015) with bins of equal width.

    Args:
        probabilities: (n,) in [0, 1].
        outcomes: (n,) whether it came true.
        bins: number of bins.
    """
    index = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    error = 0.0
    for number in range(bins):
        inside = index == number
        if inside.any():
            error += inside.mean() * abs(probabilities[inside].mean() - outcomes[inside].mean())
    return float(error)
