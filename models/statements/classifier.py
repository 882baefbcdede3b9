"""Statements to roles and labels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpora.schema.statement import Classification
from models.encoder.encoder import Encoded
from models.statements.calibration import (
    Calibration,
    classify,
    decide,
    label_probabilities,
    role_probabilities,
)


class StatementClassifier:
    """Applies calibration and thresholds to what the encoder says; knows nothing of how it was computed."""

    def __init__(self, codes: tuple[str, ...], calibration: Calibration) -> None:
        self._codes, self._calibration = codes, calibration

    def classify(self, encoded: Sequence[Encoded]) -> tuple[Classification, ...]:
        """Classify encoded statements, in order."""
        if not encoded:
            return ()
        roles = role_probabilities(np.stack([e.role for e in encoded]), self._calibration)
        labels = label_probabilities(np.stack([e.label for e in encoded]), self._calibration)
        return tuple(
            classify(decide(roles[i], labels[i], self._codes, self._calibration), self._calibration)
            for i in range(len(encoded))
        )
