from __future__ import annotations

import numpy as np
import pytest

from models.metrics import (
    Predicted,
    expected_calibration_error,
    per_label_f1,
    statement_scores,
)


def predicted(role: str, *labels: str) -> Predicted:
    return Predicted(role, frozenset(labels), labels[0] if labels else "")


def test_scores_of_a_small_example_are_those_counted_by_hand() -> None:
    predictions = [
        predicted("problem", "A", "B"),
        predicted("problem", "B"),
        predicted("measure"),
        predicted("cause", "A"),
    ]
    roles = ["problem", "problem", "measure", "background"]
    labels = [frozenset("A"), frozenset("B"), frozenset(), frozenset()]

    scores = statement_scores(predictions, roles, labels)

    assert scores.role_accuracy == 0.75
    assert scores.micro_f1 == pytest.approx(2 * 2 / (4 + 2))
    assert scores.macro_f1 == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert scores.first_right == 1.0
    assert scores.false_alarms == 0.5


def test_a_label_never_given_scores_zero() -> None:
    assert per_label_f1([predicted("problem")], [frozenset("A")]) == {"A": 0.0}


def test_calibration_error_of_honest_probabilities_is_small_and_of_boasting_ones_large() -> None:
    rng = np.random.default_rng(1)
    probabilities = rng.random(20_000)
    honest = rng.random(20_000) < probabilities

    assert expected_calibration_error(probabilities, honest) < 0.02
    assert expected_calibration_error(np.full(100, 0.9), np.zeros(100, dtype=bool)) == pytest.approx(0.9)
