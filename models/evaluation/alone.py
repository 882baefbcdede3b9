"""What each of the two opinions is worth alone, with weights, thresholds and limits of its own, fitted on dev."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpora.reader import StatementRecord
from models.encoder.encoder import Encoded
from models.lexical.linear import LexicalScores
from models.metrics import Predicted
from models.statements.calibration import Calibration, classify, decide, label_probabilities, role_probabilities
from models.training.calibrate import fit_calibration


class NetworkAlone:
    """Decides by the network without the lexical model."""

    def __init__(self, on_dev: Sequence[Encoded], dev: Sequence[StatementRecord], codes: tuple[str, ...]) -> None:
        self._codes = codes
        self._calibration = fit_calibration(on_dev, _silent(on_dev), dev, codes)

    def decide(self, encoded: Sequence[Encoded]) -> list[Predicted]:
        """Decide statements by what the network says of them."""
        return _decided(encoded, _silent(encoded), self._calibration, self._codes)


class LexicalAlone:
    """Decides by the lexical model without the network."""

    def __init__(self, on_dev: LexicalScores, dev: Sequence[StatementRecord], codes: tuple[str, ...]) -> None:
        self._codes = codes
        self._calibration = fit_calibration(_mute(on_dev), on_dev, dev, codes)

    def decide(self, words: LexicalScores) -> list[Predicted]:
        """Decide statements by what the lexical model says of them."""
        return _decided(_mute(words), words, self._calibration, self._codes)


def _decided(
    encoded: Sequence[Encoded], words: LexicalScores, calibration: Calibration, codes: tuple[str, ...]
) -> list[Predicted]:
    roles = role_probabilities(np.stack([e.role for e in encoded]), words.role, calibration)
    labels = label_probabilities(np.stack([e.label for e in encoded]), words.label, calibration)
    found = []
    for role, label in zip(roles, labels, strict=True):
        answer = classify(decide(role, label, codes, calibration), calibration)
        given = frozenset(entry.code for entry in answer.labels)
        found.append(Predicted(answer.role.value, given, codes[int(label.argmax())]))
    return found


def _silent(encoded: Sequence[Encoded]) -> LexicalScores:
    return LexicalScores(
        np.zeros((len(encoded), len(encoded[0].role)), dtype=np.float32),
        np.zeros((len(encoded), len(encoded[0].label)), dtype=np.float32),
    )


def _mute(words: LexicalScores) -> list[Encoded]:
    empty = np.zeros(0, dtype=np.float32)
    return [
        Encoded(np.zeros_like(role), np.zeros_like(label), empty, (), empty)
        for role, label in zip(words.role, words.label, strict=True)
    ]
