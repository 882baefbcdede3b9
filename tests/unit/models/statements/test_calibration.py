from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpora.schema.statement import LABELLED_ROLES, Role
from models.statements.calibration import (
    Calibration,
    classify,
    decide,
    label_probabilities,
    role_probabilities,
)

CODES = ("ZG01", "ZG02", "ZG03")


def make_calibration(**changes: float) -> Calibration:
    values = {
        "role_slope": 0.7,
        "role_lexical": 1.1,
        "label_slope": 1.2,
        "label_lexical": 0.8,
        "label_intercept": -0.3,
        "fallback": 0.3,
        "review_below": 0.6,
    } | changes
    return Calibration(thresholds={"ZG01": 0.5, "ZG02": 0.4, "ZG03": 0.7}, **values)


def scores(role: Role, labels: list[float], *, sure: float = 0.9):
    roles = np.full(8, (1 - sure) / 7, dtype=np.float32)
    roles[list(Role).index(role)] = sure
    return roles, np.array(labels, dtype=np.float32)


def test_labels_over_their_threshold_are_given_best_first() -> None:
    roles, labels = scores(Role.PROBLEM, [0.55, 0.8, 0.69])

    decision = decide(roles, labels, CODES, make_calibration())

    assert [given.code for given in decision.labels] == ["ZG02", "ZG01"]


def test_a_requirement_bears_no_label_whatever_the_label_scores() -> None:
    roles, labels = scores(Role.REQUIREMENT, [0.99, 0.99, 0.99])

    assert decide(roles, labels, CODES, make_calibration()).labels == ()


def test_a_label_near_its_threshold_asks_for_review() -> None:
    calibration = make_calibration()
    roles, labels = scores(Role.PROBLEM, [0.02, 0.45, 0.02])

    assert classify(decide(roles, labels, CODES, calibration), calibration).needs_review


def test_a_sure_statement_needs_no_review() -> None:
    calibration = make_calibration()
    roles, labels = scores(Role.PROBLEM, [0.02, 0.97, 0.02])

    assert not classify(decide(roles, labels, CODES, calibration), calibration).needs_review


def test_calibration_survives_its_json() -> None:
    calibration = make_calibration()

    assert Calibration.from_json(calibration.to_json()) == calibration


@given(st.lists(st.floats(-30, 30, width=32), min_size=22, max_size=22))
def test_probabilities_lie_between_zero_and_one(scores: list[float]) -> None:
    calibration = make_calibration()
    network, lexical = np.array([scores[:11]], dtype=np.float32), np.array([scores[11:]], dtype=np.float32)
    roles = role_probabilities(network[:, :8], lexical[:, :8], calibration)
    labels = label_probabilities(network[:, 8:], lexical[:, 8:], calibration)

    assert abs(float(roles.sum()) - 1) < 1e-4
    assert ((labels >= 0) & (labels <= 1)).all()
    decision = decide(roles[0], labels[0], CODES, calibration)
    assert decision.role in LABELLED_ROLES or not decision.labels
    assert 0 <= decision.confidence <= 1


def test_either_opinion_alone_can_carry_a_label() -> None:
    calibration = make_calibration()
    yes, no = np.array([[4.0]], dtype=np.float32), np.array([[0.0]], dtype=np.float32)

    by_network = label_probabilities(yes, no, calibration)[0, 0]
    by_words = label_probabilities(no, yes, calibration)[0, 0]

    assert min(by_network, by_words) > 0.9 > label_probabilities(no, no, calibration)[0, 0]


def test_a_problem_under_every_threshold_gets_its_best_label_and_asks_for_review() -> None:
    calibration = make_calibration(review_below=0.0)
    roles, labels = scores(Role.PROBLEM, [0.02, 0.35, 0.31])

    answer = classify(decide(roles, labels, CODES, calibration), calibration)

    assert [label.code for label in answer.labels] == ["ZG02"]
    assert answer.needs_review


def test_a_problem_without_any_likely_label_stays_unnamed_and_asks_for_review() -> None:
    calibration = make_calibration(review_below=0.0)
    roles, labels = scores(Role.CAUSE, [0.02, 0.05, 0.01])

    answer = classify(decide(roles, labels, CODES, calibration), calibration)

    assert answer.labels == ()
    assert answer.needs_review


def test_a_heading_may_name_no_problem() -> None:
    calibration = make_calibration()
    roles, labels = scores(Role.HEADING, [0.02, 0.35, 0.01], sure=0.99)

    assert not classify(decide(roles, labels, CODES, calibration), make_calibration(review_below=0.5)).needs_review
