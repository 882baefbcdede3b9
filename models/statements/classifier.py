"""Statements to roles and labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpora.schema.statement import Classification
from models.encoder.encoder import Encoded
from models.lexical.linear import LexicalModel
from models.statements.calibration import (
    Calibration,
    classify,
    decide,
    label_logits,
    label_probabilities,
    role_probabilities,
)


class StatementClassifier:
    """Joins what the network and the lexical model say of a statement, and decides."""

    def __init__(self, codes: tuple[str, ...], lexical: LexicalModel, calibration: Calibration) -> None:
        self._codes, self._lexical, self._calibration = codes, lexical, calibration

    def classify(self, texts: Sequence[str], encoded: Sequence[Encoded]) -> tuple[Classification, ...]:
        """Classify statements, in order.

        Args:
            texts: the statements.
            encoded: what the network says of each.
        """
        if not texts:
            return ()
        words, calibration = self._lexical.scores(texts), self._calibration
        roles = role_probabilities(np.stack([e.role for e in encoded]), words.role, calibration)
        labels = label_probabilities(np.stack([e.label for e in encoded]), words.label, calibration)
        return tuple(
            classify(decide(role, label, self._codes, calibration), calibration)
            for role, label in zip(roles, labels, strict=True)
        )

    def label_logits(self, texts: Sequence[str], encoded: Sequence[Encoded]) -> NDArray[np.float64]:
        """Return the joint label scores before the sigmoid, (texts, labels)."""
        words = self._lexical.scores(texts)
        return label_logits(np.stack([e.label for e in encoded]), words.label, self._calibration)

    def column(self, code: str) -> int:
        """Return the place of a label in `label_logits`."""
        return self._codes.index(code)
