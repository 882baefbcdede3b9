"""Counts over an analysis, and where a limit stands on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from corpora.schema.plan import DeadlineKind, ItemStatus, SubjectKind
from corpora.schema.statement import Role
from service.ledger.summary import SOON, LimitState, limit_state, summarise
from tests.unit.service.analyses import TODAY, analysis, deadline, item, sentence, subject

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "state"),
    [
        (TODAY - DAY, LimitState.OVERDUE),
        (TODAY, LimitState.DUE_SOON),
        (TODAY + SOON, LimitState.DUE_SOON),
        (TODAY + SOON + DAY, LimitState.LATER),
        (date(2100, 12, 31), LimitState.LATER),
    ],
)
def test_a_dated_limit_is_judged_by_its_last_day(due: date, state: LimitState) -> None:
    assert limit_state(deadline(due=due), item(), TODAY) is state


@pytest.mark.parametrize(
    ("kind", "ongoing", "state"),
    [
        (DeadlineKind.ONGOING, False, LimitState.ONGOING),
        (DeadlineKind.RECURRING, False, LimitState.ONGOING),
        (DeadlineKind.BY, True, LimitState.ONGOING),
        (DeadlineKind.IMMEDIATE, False, LimitState.UNDATED),
        (DeadlineKind.UNCLEAR, False, LimitState.UNDATED),
        (DeadlineKind.RELATIVE, False, LimitState.UNDATED),
        (DeadlineKind.DONE, False, LimitState.DONE),
    ],
)
def test_a_limit_without_a_day_is_judged_by_its_kind(kind: DeadlineKind, ongoing: bool, state: LimitState) -> None:
    assert limit_state(deadline(kind, ongoing=ongoing), item(), TODAY) is state


def test_what_is_done_is_never_overdue() -> None:
    late = deadline(due=TODAY - DAY)

    assert limit_state(late, item(status=ItemStatus.DONE), TODAY) is LimitState.DONE
    assert limit_state(deadline(DeadlineKind.DONE, due=TODAY - DAY), item(), TODAY) is LimitState.DONE


def test_only_problems_and_their_labels_are_counted_most_frequent_first() -> None:
    found = analysis(
        "",
        sentence(0, 1, "ZG02"),
        sentence(1, 2, "LZ01", "ZG02"),
        sentence(2, 3),
        sentence(3, 4, "DU01", role=Role.HEADING),
    )
    summary = summarise(found, today=TODAY)

    assert summary.problems == 3
    assert list(summary.labels.items()) == [("ZG02", 2), ("LZ01", 1)]


def test_units_are_counted_once_per_item_and_people_not_at_all() -> None:
    finance, group = subject("县财政局"), subject("各镇街", kind=SubjectKind.GROUP)
    summary = summarise(
        analysis("", item(finance, finance, subject("王某某", kind=SubjectKind.PERSON)), item(finance, group)),
        today=TODAY,
    )

    assert list(summary.units.items()) == [("县财政局", 2), ("各镇街", 1)]


def test_every_state_is_named_even_where_it_counts_nothing() -> None:
    assert summarise(analysis(), today=TODAY).deadlines == {state.value: 0 for state in LimitState}
