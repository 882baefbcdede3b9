"""Fits calibration and thresholds on the dev split, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from corpora.reader import StatementRecord
from corpora.schema.statement import LABELLED_ROLES, Role
from models.encoder.encoder import Encoded
from models.lexical.linear import LexicalScores
from models.statements.calibration import Calibration, decide, label_probabilities, role_probabilities

BoolArray = NDArray[np.bool_]

#: A label's own threshold is drawn towards the common one as if so many statements spoke for that.
_PRIOR_STATEMENTS = 12.0
#: The best label of a problem that reaches no threshold must be right at least this often on dev.
_FALLBACK_PRECISION = 0.5
#: What is not marked for review must be right at least this often on dev.
_REVIEW_PRECISION = 0.92
_GRID = np.round(np.arange(0.15, 0.86, 0.01), 2)


def fit_calibration(
    encoded: Sequence[Encoded], lexical: LexicalScores, records: Sequence[StatementRecord], codes: tuple[str, ...]
) -> Calibration:
    """Fit the weights of the two opinions, thresholds and the review limit.

    Args:
        encoded: logits of the dev statements.
        lexical: what the lexical model says of them.
        records: the dev statements, in the same order.
        codes: label codes in the order of the label logits.
    """
    role_logits = np.stack([e.role for e in encoded])
    label_logits = np.stack([e.label for e in encoded])
    order = list(Role)
    roles = np.array([order.index(record.role) for record in records])
    wanted = np.array([[code in record.labels for code in codes] for record in records])
    slope, words, intercept = _platt(label_logits, lexical.label, wanted)
    role_slope, role_words = _softmax_weights(role_logits, lexical.role, roles)
    plain = Calibration(role_slope, role_words, slope, words, intercept, dict.fromkeys(codes, 0.5), 1.0, 0.0)
    role_p = role_probabilities(role_logits, lexical.role, plain)
    label_p = label_probabilities(label_logits, lexical.label, plain)
    may = np.array([order[int(i)] in LABELLED_ROLES for i in role_p.argmax(1)])
    chosen = replace(plain, thresholds=dict(zip(codes, _thresholds(label_p, wanted, may), strict=True)))
    chosen = replace(chosen, fallback=_fallback(role_p, label_p, codes, chosen, records))
    return replace(chosen, review_below=_review_limit(role_p, label_p, codes, chosen, records))


def _softmax_weights(
    network: NDArray[np.float32], lexical: NDArray[np.float32], roles: NDArray[np.int64]
) -> tuple[float, float]:
    """Return the weights of the two opinions with the least negative log-likelihood (Guo et al. 2017)."""

    def loss(weights: NDArray[np.float64]) -> float:
        scaled = weights[0] * network + weights[1] * lexical
        scaled = scaled - scaled.max(1, keepdims=True)
        log_p = scaled - np.log(np.exp(scaled).sum(1, keepdims=True))
        return float(-log_p[np.arange(len(roles)), roles].mean())

    found = minimize(loss, np.array([0.7, 1.0]), method="Nelder-Mead").x
    return float(found[0]), float(found[1])


def _platt(network: NDArray[np.float32], lexical: NDArray[np.float32], wanted: BoolArray) -> tuple[float, float, float]:
    columns = np.stack([network.reshape(-1), lexical.reshape(-1)], axis=1)
    model = LogisticRegression(C=1e3).fit(columns, wanted.reshape(-1))
    return float(model.coef_[0][0]), float(model.coef_[0][1]), float(model.intercept_[0])


def _thresholds(probabilities: NDArray[np.float32], wanted: BoolArray, may: BoolArray) -> list[float]:
    """Return a threshold per label: its own best one, drawn towards the best common one."""
    usable = probabilities * may[:, None]

    def score(values: NDArray[np.float32], truth: BoolArray, threshold: float) -> float:
        given = values >= threshold
        total = given.sum() + truth.sum()
        return float(2 * (given & truth).sum() / total) if total else 0.0

    common = float(max(_GRID, key=lambda t: score(usable, wanted, t)))
    found = []
    for column in range(wanted.shape[1]):
        truth = wanted[:, column]
        own = float(max(_GRID, key=lambda t: (score(usable[:, column], truth, t), -abs(t - common))))
        weight = truth.sum() / (truth.sum() + _PRIOR_STATEMENTS)
        found.append(round(float(weight * own + (1 - weight) * common), 3))
    return found


def _fallback(
    roles: NDArray[np.float32],
    labels: NDArray[np.float32],
    codes: tuple[str, ...],
    calibration: Calibration,
    records: Sequence[StatementRecord],
) -> float:
    """Return from which probability on the best label of an unnamed problem is more often right than wrong."""
    ranked: list[tuple[float, bool]] = []
    for index, record in enumerate(records):
        if decide(roles[index], labels[index], codes, calibration).unnamed:
            best = int(labels[index].argmax())
            ranked.append((float(labels[index][best]), codes[best] in record.labels))
    return _lowest_sure(ranked, _FALLBACK_PRECISION)


def _review_limit(
    roles: NDArray[np.float32],
    labels: NDArray[np.float32],
    codes: tuple[str, ...],
    calibration: Calibration,
    records: Sequence[StatementRecord],
) -> float:
    """Return the lowest confidence from which decisions are right as often as `_REVIEW_PRECISION` asks."""
    ranked: list[tuple[float, bool]] = []
    for index, record in enumerate(records):
        decision = decide(roles[index], labels[index], codes, calibration)
        if decision.unnamed:  # marked whatever the limit
            continue
        right = decision.role is record.role and {given.code for given in decision.labels} == set(record.labels)
        ranked.append((decision.confidence, right))
    return _lowest_sure(ranked, _REVIEW_PRECISION)


def _lowest_sure(answers: list[tuple[float, bool]], precision: float) -> float:
    """Return the lowest score from which answers, each with whether it is right, are right so often; 1 if there is none."""
    limit, hits = 1.0, 0
    for count, (score, right) in enumerate(sorted(answers, reverse=True), 1):
        hits += right
        if hits / count >= precision:
            limit = score
    return limit
