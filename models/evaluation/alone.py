"""What each of the two opinions is worth alone, with weights, thresholds and limits of its own, fitted on dev."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpora.reader import StatementRecord
from models.encoder.encoder import Encoded
from models.lexical.linear import LexicalScores
from models.metrics import Predicted
from models.statements.calibration import classify, decide, label_probabilities, role_probabilities
from models.training.calibrate import fit_calibration


def network_alone(
    encoded: Sequence[Encoded], dev_encoded: Sequence[Encoded], dev: Sequence[StatementRecord], codes: tuple[str, ...]
) -> list[Predicted]:
    """Decide by the network without the lexical model."""
    return _decided(encoded, _silent(encoded), dev_encoded, _silent(dev_encoded), dev, codes)


def lexical_alone(
    words: LexicalScores, dev_words: LexicalScores, dev: Sequence[StatementRecord], codes: tuple[str, ...]
) -> list[Predicted]:
    """Decide by the lexical model without the network."""
    return _decided(_mute(words), words, _mute(dev_words), dev_words, dev, codes)


def _decided(
    encoded: Sequence[Encoded],
    words: LexicalScores,
    dev_encoded: Sequence[Encoded],
    dev_words: LexicalScores,
    dev: Sequence[StatementRecord],
    codes: tuple[str, ...],
) -> list[Predicted]:
    calibration = fit_calibration(dev_encoded, dev_words, dev, codes)
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
