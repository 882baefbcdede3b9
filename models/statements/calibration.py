"""Joins the two opinions into calibrated probabilities, decisions and the wish for a second look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpora.schema.statement import LABELLED_ROLES, Classification, LabelScore, Role
from models.encoder.backend import FloatArray

#: Roles that state a kind of problem nearly always; headings often name none.
_TO_BE_NAMED = frozenset({Role.PROBLEM, Role.CAUSE})


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was fitted on the dev split.

    Attributes:
        role_slope, role_lexical: a role's score before the softmax is
            ``role_slope * network + role_lexical * lexical``.
        label_slope, label_lexical, label_intercept: probability of a label is
            ``sigmoid(label_slope * network + label_lexical * lexical + label_intercept)`` (Platt 1999, two inputs).
        thresholds: label code to the probability from which the label is given.
        fallback: where a problem or cause reaches no threshold, its best label is given from this probability on.
        review_below: a statement whose confidence is under this value is marked for review.
    """

    role_slope: float
    role_lexical: float
    label_slope: float
    label_lexical: float
    label_intercept: float
    thresholds: Mapping[str, float]
    fallback: float
    review_below: float

    def to_json(self) -> dict[str, object]:
        """Return the calibration as JSON-ready values."""
        return {
            "role_slope": self.role_slope,
            "role_lexical": self.role_lexical,
            "label_slope": self.label_slope,
            "label_lexical": self.label_lexical,
            "label_intercept": self.label_intercept,
            "thresholds": dict(self.thresholds),
            "fallback": self.fallback,
            "review_below": self.review_below,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> Calibration:
        """Rebuild a calibration from `to_json`.

        Raises:
            KeyError: if a value is missing.
        """
        thresholds = values["thresholds"]
        return cls(
            role_slope=float(str(values["role_slope"])),
            role_lexical=float(str(values["role_lexical"])),
            label_slope=float(str(values["label_slope"])),
            label_lexical=float(str(values["label_lexical"])),
            label_intercept=float(str(values["label_intercept"])),
            thresholds={str(k): float(v) for k, v in thresholds.items()} if isinstance(thresholds, dict) else {},
            fallback=float(str(values["fallback"])),
            review_below=float(str(values["review_below"])),
        )


def role_probabilities(network: FloatArray, lexical: FloatArray, calibration: Calibration) -> FloatArray:
    """Return role probabilities from the scores of network and lexical model; all have shape (n, roles)."""
    scaled = calibration.role_slope * network + calibration.role_lexical * lexical
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    exponent = np.exp(scaled)
    result: FloatArray = (exponent / exponent.sum(axis=1, keepdims=True)).astype(np.float32)
    return result


def label_logits(network: FloatArray, lexical: FloatArray, calibration: Calibration) -> NDArray[np.float64]:
    """Return the joint label scores before the sigmoid; all have shape (n, labels)."""
    joint: NDArray[np.float64] = (
        calibration.label_slope * network.astype(np.float64) + calibration.label_lexical * lexical
    )
    return joint + calibration.label_intercept


def label_probabilities(network: FloatArray, lexical: FloatArray, calibration: Calibration) -> FloatArray:
    """Return label probabilities from the scores of network and lexical model; all have shape (n, labels)."""
    scaled = label_logits(network, lexical, calibration)
    result: FloatArray = (1.0 / (1.0 + np.exp(-scaled))).astype(np.float32)
    return result


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with the confidence of its least sure part: the role, and every label given or withheld.

    Attributes:
        unnamed: whether it is a problem or cause of which no label reached its threshold: a person should name its kind.
    """

    role: Role
    role_score: float
    labels: tuple[LabelScore, ...]
    confidence: float
    unnamed: bool = False


def decide(roles: FloatArray, labels: FloatArray, codes: tuple[str, ...], calibration: Calibration) -> Decision:
    """Decide one statement.

    Args:
        roles: (roles,) probabilities in the order of `Role`.
        labels: (labels,) probabilities in the order of `codes`.
        codes: label codes.
        calibration: thresholds.
    """
    best = int(np.argmax(roles))
    role, role_score = list(Role)[best], float(roles[best])
    confidence = role_score
    given: list[LabelScore] = []
    if role in LABELLED_ROLES:
        for code, probability in zip(codes, (float(p) for p in labels), strict=True):
            taken = probability >= calibration.thresholds[code]
            confidence = min(confidence, probability if taken else 1.0 - probability)
            if taken:
                given.append(LabelScore(code, probability))
    unnamed = not given and role in _TO_BE_NAMED
    if unnamed and len(labels):
        first = int(np.argmax(labels))
        if labels[first] >= calibration.fallback:
            given.append(LabelScore(codes[first], float(labels[first])))
    given.sort(key=lambda entry: (-entry.score, entry.code))
    return Decision(role, role_score, tuple(given), confidence, unnamed)


def classify(decision: Decision, calibration: Calibration) -> Classification:
    """Turn a decision into an answer: marked for review where confidence is under the limit, or no kind of problem is sure."""
    review = decision.unnamed or decision.confidence < calibration.review_below
    return Classification(decision.role, decision.role_score, decision.labels, review)
