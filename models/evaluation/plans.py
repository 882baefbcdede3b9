"""Scores of plan extraction: subjects and deadlines, each as a whole claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.schema.plan import Deadline, PlanItem, Subject
from models.metrics import f1


@dataclass(frozen=True, slots=True)
class PlanScores:
    """F1 of subjects (role, kind, name) and deadlines (kind, due, from, offset, recurrence, ongoing) per passage.

    Attributes:
        exact: share of passages in which every subject and deadline is right and none is missing.
    """

    subjects_f1: float
    deadlines_f1: float
    exact: float


def _subject(subject: Subject) -> tuple[object, ...]:
    return subject.role, subject.kind, subject.name


def _deadline(deadline: Deadline) -> tuple[object, ...]:
    return (
        deadline.kind,
        deadline.due,
        deadline.from_date,
        deadline.offset,
        deadline.recurrence,
        deadline.ongoing,
    )


def plan_scores(found: Sequence[Sequence[PlanItem]], wanted: Sequence[Sequence[PlanItem]]) -> PlanScores:
    """Score extracted items against references, one sequence of items per passage, in the same order."""
    counts = Counter[str]()
    exact = 0
    for ours, theirs in zip(found, wanted, strict=True):
        whole = True
        for name, pick in (("subject", _claims_subjects), ("deadline", _claims_deadlines)):
            mine, reference = pick(ours), pick(theirs)
            counts[f"{name} hit"] += sum((mine & reference).values())
            counts[f"{name} mine"] += sum(mine.values())
            counts[f"{name} ref"] += sum(reference.values())
            whole = whole and mine == reference
        exact += whole
    return PlanScores(
        f1(counts["subject hit"], counts["subject mine"], counts["subject ref"]),
        f1(counts["deadline hit"], counts["deadline mine"], counts["deadline ref"]),
        exact / len(wanted) if wanted else 0.0,
    )


def _claims_subjects(items: Sequence[PlanItem]) -> Counter[tuple[object, ...]]:
    return Counter(_subject(s) for item in items for s in item.subjects)


def _claims_deadlines(items: Sequence[PlanItem]) -> Counter[tuple[object, ...]]:
    return Counter(_deadline(d) for item in items for d in item.deadlines)
