"""Fits the linear model over character n-grams."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC

from corpora.reader import StatementRecord
from models.lexical.features import KeyArray, grams
from models.lexical.linear import LexicalModel, weighted
from models.matrices import FloatArray, quantise
from models.training.config import LexicalPart


def fit_lexical(
    records: Sequence[StatementRecord], roles: Sequence[str], codes: Sequence[str], part: LexicalPart
) -> LexicalModel:
    """Fit one linear SVM for the roles and one per label (Fan et al. 2008, LIBLINEAR) on all statements.

    A label that no statement bears is never near.

    Args:
        records: the statements to learn from.
        roles: names of the roles, in output order.
        codes: codes of the labels, in output order.
        part: how rare an n-gram may be, and the costs.
    """
    keys, rarity = _vocabulary([record.text for record in records], part.least_statements)
    rows = [weighted(record.text, keys, rarity) for record in records]
    features = csr_matrix(
        (
            np.concatenate([weights for _, weights in rows]),
            np.concatenate([places for places, _ in rows]),
            np.cumsum([0, *(len(places) for places, _ in rows)]),
        ),
        shape=(len(records), len(keys)),
    )
    role_names = np.array([record.role.value for record in records])
    role_model = LinearSVC(C=part.role_cost).fit(features, np.array([roles.index(name) for name in role_names]))
    wanted = np.array([[code in record.labels for code in codes] for record in records])
    borne = np.flatnonzero(wanted.any(axis=0))
    label_model = OneVsRestClassifier(LinearSVC(C=part.label_cost)).fit(features, wanted[:, borne].astype(np.int64))
    label_matrix, label_bias = np.zeros((len(codes), len(keys))), np.full(len(codes), -1.0)
    label_matrix[borne] = np.concatenate([one.coef_ for one in label_model.estimators_])
    label_bias[borne] = np.concatenate([one.intercept_ for one in label_model.estimators_])
    matrix = np.concatenate([role_model.coef_, label_matrix]).T
    bias = np.concatenate([role_model.intercept_, label_bias])
    return LexicalModel(keys, rarity, quantise(matrix.astype(np.float32)), bias.astype(np.float32), len(roles))


def _vocabulary(texts: Sequence[str], least: int) -> tuple[KeyArray, FloatArray]:
    """Return the keys that stand in at least so many texts, and their smoothed inverse document frequency."""
    keys, counts = np.unique(np.concatenate([np.unique(grams(text)) for text in texts]), return_counts=True)
    kept = counts >= least
    rarity: NDArray[np.float64] = np.log((1 + len(texts)) / (1 + counts[kept])) + 1.0
    return keys[kept], rarity.astype(np.float32)
