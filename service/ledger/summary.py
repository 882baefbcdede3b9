"""Counts over one analysis: problems, labels, units and the state of the limits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from corpora.schema.plan import Deadline, DeadlineKind, ItemStatus, PlanItem, SubjectKind
from corpora.schema.statement import Analysis, Role

#: A limit that ends within so many days counts as due soon.
SOON = timedelta(days=30)


class LimitState(StrEnum):
    """Where a limit stands on a given day."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    LATER = "later"
    ONGOING = "ongoing"
    DONE = "done"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts; `labels` and `units` most frequent first."""

    problems: int
    labels: dict[str, int]
    units: dict[str, int]
    deadlines: dict[str, int]


def limit_state(deadline: Deadline, item: PlanItem, today: date) -> LimitState:
    """Say where a limit stands on `today`."""
    if deadline.kind is DeadlineKind.DONE or item.status is ItemStatus.DONE:
        return LimitState.DONE
    if deadline.due is not None:
        if deadline.due < today:
            return LimitState.OVERDUE
        return LimitState.DUE_SOON if deadline.due - today <= SOON else LimitState.LATER
    if deadline.ongoing or deadline.kind in (DeadlineKind.ONGOING, DeadlineKind.RECURRING):
        return LimitState.ONGOING
    return LimitState.UNDATED


def summarise(analysis: Analysis, *, today: date) -> Summary:
    """Count what an analysis found, as of `today`."""
    problems = 0
    labels: Counter[str] = Counter()
    for entry in analysis.sentences:
        if entry.classification.role is Role.PROBLEM:
            problems += 1
            labels.update(label.code for label in entry.classification.labels)
    units = Counter(
        name
        for item in analysis.items
        for name in sorted({s.name for s in item.subjects if s.kind in (SubjectKind.UNIT, SubjectKind.GROUP)})
    )
    states = Counter(limit_state(d, item, today).value for item in analysis.items for d in item.deadlines)
    return Summary(
        problems=problems,
        labels=dict(sorted(labels.items(), key=lambda pair: (-pair[1], pair[0]))),
        units=dict(sorted(units.items(), key=lambda pair: (-pair[1], pair[0]))),
        deadlines={state.value: states.get(state.value, 0) for state in LimitState},
    )
