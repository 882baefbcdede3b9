"""Statements to roles and labels."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpora.schema.statement import Classification
from models.encoder.encoder import Encoded
from models.lexical.linear import LexicalModel, LexicalScores
from models.statements.calibration import Calibration, classify, decide, label_logits, role_probabilities
from models.statements.own_labels import OwnLabels

_NEVER = -30.0


class StatementClassifier:
    """Joins what the network and the lexical model say of a statement, and decides."""

    def __init__(
        self,
        codes: tuple[str, ...],
        lexical: LexicalModel,
        calibration: Calibration,
        *,
        own: OwnLabels | None = None,
        wanted: Collection[str] | None = None,
    ) -> None:
        """Take the parts of the decision.

        Args:
            codes: labels of the network, in output order.
            lexical: the lexical model.
            calibration: weights and thresholds.
            own: labels of a user's own beside those of the network.
            wanted: if given, labels of the network that are not among these are never given.
        """
        self._network_codes, self._lexical, self._own = codes, lexical, own
        self._codes = codes if own is None else (*codes, *own.codes)
        self._barred = np.array([wanted is not None and code not in wanted for code in codes], dtype=np.bool_)
        self._calibration = calibration
        if own is not None:
            self._calibration = replace(calibration, thresholds={**calibration.thresholds, **own.thresholds})

    def classify(self, texts: Sequence[str], encoded: Sequence[Encoded]) -> tuple[Classification, ...]:
        """Classify statements, in order.

        Args:
            texts: the statements.
            encoded: what the network says of each.
        """
        if not texts:
            return ()
        roles = role_probabilities(
            np.stack([e.role for e in encoded]), self._lexical.scores(texts).role, self._calibration
        )
        labels = (1.0 / (1.0 + np.exp(-self.label_logits(texts, encoded)))).astype(np.float32)
        return tuple(
            classify(decide(role, label, self._codes, self._calibration), self._calibration)
            for role, label in zip(roles, labels, strict=True)
        )

    def label_logits(self, texts: Sequence[str], encoded: Sequence[Encoded]) -> NDArray[np.float64]:
        """Return the joint label scores before the sigmoid, (texts, labels)."""
        words = self._lexical.scores(texts)
        known = label_logits(np.stack([e.label for e in encoded]), words.label, self._calibration)
        known[:, self._barred] = _NEVER
        return known if self._own is None else np.concatenate([known, self._own.logits(texts, encoded)], axis=1)

    def words(self, texts: Sequence[str]) -> LexicalScores:
        """Return what the lexical model says of statements."""
        return self._lexical.scores(texts)

    def column(self, code: str) -> int:
        """Return the place of a label in `label_logits`."""
        return self._codes.index(code)

    def for_labels(self, wanted: Collection[str], own: OwnLabels | None) -> StatementClassifier:
        """Return a classifier that gives these labels of the network, and labels of a user's own."""
        return StatementClassifier(self._network_codes, self._lexical, self._calibration, own=own, wanted=wanted)
