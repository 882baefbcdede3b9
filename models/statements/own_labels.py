"""Labels of a user's own, learnt from a definition and a few examples without training.

For each label a direction is found that parts the examples from the background (the precedents of the artifact): the
discriminant of Fisher (1936) with a covariance drawn towards its diagonal, in the network's vectors and in what its label head
says of the labels it knows. Beside it stands the
likeness of wording to the examples. A two-input logistic regression on held-out scores (every example is scored by the
others) makes a probability of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpora.taxonomy import Label
from models.encoder.encoder import Encoded
from models.errors import ModelError
from models.lexical.features import grams
from models.precedents.bank import PrecedentBank

Array = NDArray[np.float64]

LEAST_EXAMPLES = 4
_SHRINKAGE = 0.1
#: Share of statements that are taken to bear a new label, for weighing its few examples against the background.
_PREVALENCE = 0.03
#: The background's highest scores may be unmarked cases of the new label; this share of it is left out of the fit.
_DOUBTFUL = 0.01
_GRID = np.round(np.arange(0.1, 0.91, 0.02), 2)


class TooFewExamples(ModelError):
    """A new label has too few examples to learn from."""

    code = "taxonomy-too-few-examples"


class Encodes(Protocol):
    """Anything that encodes texts."""

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return what the network says of each text, in order."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Rule:
    """How one label is read: a direction, its scale on the background, the examples' wordings, and the regression."""

    direction: Array
    mean: float
    spread: float
    wordings: tuple[dict[int, float], ...]
    weights: Array
    threshold: float


class OwnLabels:
    """Fitted labels of a user's own."""

    def __init__(self, codes: Sequence[str], rules: Sequence[_Rule], view: _View, rarity: _Rarity) -> None:
        self.codes = tuple(codes)
        self._rules, self._view, self._rarity = tuple(rules), view, rarity

    @property
    def thresholds(self) -> dict[str, float]:
        """The probability from which each label is given."""
        return {code: rule.threshold for code, rule in zip(self.codes, self._rules, strict=True)}

    def logits(self, texts: Sequence[str], encoded: Sequence[Encoded]) -> Array:
        """Return the scores before the sigmoid, (texts, labels)."""
        vectors = self._view.of(encoded)
        wordings = [self._rarity.weighted(text) for text in texts]
        columns = [_logit(rule, vectors, wordings) for rule in self._rules]
        return np.stack(columns, axis=1) if columns else np.zeros((len(texts), 0))


class _View:
    """Makes one vector of the network's sentence vector and its label logits, each to the scale of the background."""

    def __init__(self, bank: PrecedentBank) -> None:
        self._bank = bank
        vectors, logits = bank.vectors.dequantised().astype(np.float64), bank.logits.astype(np.float64)
        self._spread = float(vectors.std()) or 1.0
        self._middle, deviation = logits.mean(axis=0), logits.std(axis=0)
        self._deviation = np.where(deviation == 0, 1.0, deviation)
        self.background = self._joined(vectors, logits)

    def of(self, encoded: Sequence[Encoded]) -> Array:
        """Return the vectors of encoded texts, (texts, hidden + labels)."""
        centred = self._bank.centred(np.stack([e.vector for e in encoded])).astype(np.float64)
        return self._joined(centred, np.stack([e.label for e in encoded]).astype(np.float64))

    def _joined(self, centred: Array, logits: Array) -> Array:
        return np.concatenate([centred / self._spread, (logits - self._middle) / self._deviation], axis=1)


class _Rarity:
    """TF-IDF over the n-grams of the background, as sparse unit vectors."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts: dict[int, int] = {}
        for text in texts:
            for key in np.unique(grams(text)).tolist():
                counts[key] = counts.get(key, 0) + 1
        self._counts, self._total = counts, len(texts)

    def weighted(self, text: str) -> dict[int, float]:
        """Return the text's n-grams with their weights; the squares of the weights add up to 1."""
        keys = np.unique(grams(text)).tolist()
        weights = np.array([np.log((1 + self._total) / (1 + self._counts.get(key, 0))) + 1.0 for key in keys])
        length = float(np.linalg.norm(weights)) or 1.0
        return dict(zip(keys, (weights / length).tolist(), strict=True))


def learn(labels: Sequence[Label], bank: PrecedentBank, encoder: Encodes) -> OwnLabels:
    """Learn labels from their examples.

    Args:
        labels: the new labels, each with its definition and examples.
        bank: the background.
        encoder: encodes the examples.

    Raises:
        TooFewExamples: if a label has fewer than `LEAST_EXAMPLES` examples.
    """
    for label in labels:
        if len(set(label.examples)) < LEAST_EXAMPLES:
            raise TooFewExamples(f"{label.code}: {len(set(label.examples))} examples, at least {LEAST_EXAMPLES} needed")
    view = _View(bank)
    background = view.background
    precision = np.asarray(np.linalg.inv(_covariance(background)), dtype=np.float64)
    rarity = _Rarity([entry.text for entry in bank.precedents])
    wordings = [rarity.weighted(entry.text) for entry in bank.precedents]
    rules = []
    for label in labels:
        examples = list(dict.fromkeys(label.examples))
        vectors = view.of(encoder.encode(examples))
        own = [rarity.weighted(text) for text in examples]
        rules.append(_rule(vectors, own, background, wordings, precision))
    return OwnLabels([label.code for label in labels], rules, view, rarity)


def _covariance(vectors: Array) -> Array:
    full: Array = np.cov(vectors, rowvar=False)
    drawn: Array = (1 - _SHRINKAGE) * full + _SHRINKAGE * np.diag(np.full(len(full), np.trace(full) / len(full)))
    return drawn


def _rule(
    vectors: Array,
    own: Sequence[dict[int, float]],
    background: Array,
    wordings: Sequence[dict[int, float]],
    precision: Array,
) -> _Rule:
    centre = background.mean(axis=0)
    direction = precision @ (vectors.mean(axis=0) - centre)
    far = background @ direction
    mean, spread = float(far.mean()), float(far.std()) or 1.0
    count = len(vectors)
    held_out = np.array(
        [
            _standard(vectors[i], precision @ (np.delete(vectors, i, axis=0).mean(axis=0) - centre), background)
            for i in range(count)
        ]
    )
    near = np.array([_alike(own[i], [*own[:i], *own[i + 1 :]]) for i in range(count)])
    far_words = np.array([_alike(wording, own) for wording in wordings])
    columns = np.stack([np.concatenate([held_out, (far - mean) / spread]), np.concatenate([near, far_words])], axis=1)
    columns[:, 1] *= 10.0
    truth = np.arange(len(columns)) < count
    order = columns.sum(axis=1)
    limit = np.quantile(order[count:], 1 - _DOUBTFUL)
    kept = truth | (order <= limit)
    weights, threshold = _regression(columns[kept], truth[kept])
    return _Rule(direction, mean, spread, tuple(own), weights, threshold)


def _standard(vector: Array, direction: Array, background: Array) -> float:
    far = background @ direction
    return float((vector @ direction - far.mean()) / (far.std() or 1.0))


def _alike(wording: dict[int, float], others: Sequence[dict[int, float]]) -> float:
    """Return the mean of the two highest cosines of a wording with others."""
    cosines = sorted((sum(w * other[k] for k, w in wording.items() if k in other) for other in others), reverse=True)
    return float(np.mean(cosines[:2]))


def _regression(columns: Array, truth: NDArray[np.bool_]) -> tuple[Array, float]:
    """Fit a logistic regression by Newton's method, and the threshold with the best F1; examples weigh as if prevalent."""
    inputs = np.column_stack([columns, np.ones(len(columns))])
    share = _PREVALENCE / (1 - _PREVALENCE) * (~truth).sum() / truth.sum()
    mass = np.where(truth, share, 1.0)
    weights = np.zeros(inputs.shape[1])
    penalty = np.diag([0.1, 0.1, 1e-6])
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        gradient = inputs.T @ (mass * (p - truth)) + penalty @ weights
        hessian = (inputs * (mass * p * (1 - p))[:, np.newaxis]).T @ inputs + penalty
        step = np.linalg.solve(hessian, gradient)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    p = 1.0 / (1.0 + np.exp(-np.clip(inputs @ weights, -30, 30)))

    def f1(threshold: float) -> float:
        given = p >= threshold
        return float(2 * mass[given & truth].sum() / (mass[given].sum() + mass[truth].sum()))

    return weights, float(max(_GRID, key=lambda t: (f1(float(t)), -abs(float(t) - 0.5))))


def _logit(rule: _Rule, vectors: Array, wordings: Sequence[dict[int, float]]) -> Array:
    standard = (vectors @ rule.direction - rule.mean) / rule.spread
    alike = 10.0 * np.array([_alike(wording, rule.wordings) for wording in wordings])
    result: Array = rule.weights[0] * standard + rule.weights[1] * alike + rule.weights[2]
    return result
