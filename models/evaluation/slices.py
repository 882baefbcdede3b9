"""What stands behind the totals: writers, traps, and whether confidences mean what they say."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np

from corpora.reader import StatementRecord
from corpora.schema.statement import Classification
from models.evaluation.data import ReferenceSet, of_records
from models.metrics import Predicted, expected_calibration_error, f1, statement_scores


def by_group(
    records: Sequence[StatementRecord], predictions: Sequence[Predicted], key: Callable[[StatementRecord], str]
) -> dict[str, dict[str, float]]:
    """Score predictions, given in the order of the records, on every group of records, in order of the groups' names."""
    groups: dict[str, list[tuple[StatementRecord, Predicted]]] = {}
    for record, prediction in zip(records, predictions, strict=True):
        groups.setdefault(key(record), []).append((record, prediction))
    found = {}
    for name, members in sorted(groups.items()):
        reference = of_records(name, [record for record, _ in members])
        scores = statement_scores([prediction for _, prediction in members], reference.roles, reference.labels)
        found[name] = dataclasses.asdict(scores)
    return found


def calibration_errors(answers: Sequence[Classification], reference: ReferenceSet) -> dict[str, float]:
    """Return the expected calibration errors of the role confidences and of the given labels' confidences."""
    roles = np.array([answer.role_score for answer in answers])
    right = np.array([answer.role.value == role for answer, role in zip(answers, reference.roles, strict=True)])
    given = [
        (label.score, label.code in wanted)
        for answer, wanted in zip(answers, reference.labels, strict=True)
        for label in answer.labels
    ]
    scores, hits = np.array([score for score, _ in given]), np.array([hit for _, hit in given], dtype=np.bool_)
    return {
        "role": expected_calibration_error(roles, right),
        "label": expected_calibration_error(scores, hits) if given else 0.0,
    }


def review_figures(answers: Sequence[Classification], reference: ReferenceSet) -> dict[str, float]:
    """Return how much need not be reviewed, and how right that is.

    ``coverage`` is the share of statements not marked, ``precision`` the share of those with exactly the right role and
    labels, ``role_accuracy`` and ``label_f1`` are taken over the same statements.
    """
    sure = [
        (answer, role, labels)
        for answer, role, labels in zip(answers, reference.roles, reference.labels, strict=True)
        if not answer.needs_review
    ]
    if not sure:
        return {"coverage": 0.0, "precision": 0.0, "role_accuracy": 0.0, "label_f1": 0.0}
    codes = [frozenset(label.code for label in answer.labels) for answer, _, _ in sure]
    exact = [
        answer.role.value == role and given == labels for (answer, role, labels), given in zip(sure, codes, strict=True)
    ]
    return {
        "coverage": len(sure) / len(answers),
        "precision": float(np.mean(exact)),
        "role_accuracy": float(np.mean([answer.role.value == role for answer, role, _ in sure])),
        "label_f1": f1(
            sum(len(given & labels) for (_, _, labels), given in zip(sure, codes, strict=True)),
            sum(map(len, codes)),
            sum(len(labels) for _, _, labels in sure),
        ),
    }
