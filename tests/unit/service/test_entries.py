"""A plan item as a row of the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from corpora.schema.plan import Deadline, DeadlineKind, Subject, SubjectKind, SubjectRole
from service.ledger.entries import entries, show_deadline, show_subject
from service.ledger.summary import LimitState
from tests.unit.service.analyses import TODAY, deadline, item, subject

JUNE, MARCH = date(2023, 6, 30), date(2023, 3, 1)


@pytest.mark.parametrize(
    ("limit", "shown"),
    [
        (deadline(due=JUNE), "2023-06-30 前"),
        (deadline(due=JUNE, ongoing=True), "2023-06-30 前，并长期坚持"),
        (deadline(due=JUNE, ambiguous=True), "2023-06-30 前（有歧义）"),
        (deadline(DeadlineKind.RANGE, from_date=MARCH, due=JUNE), "2023-03-01 至 2023-06-30"),
        (deadline(DeadlineKind.RELATIVE, due=JUNE), "2023-06-30 前"),
        (deadline(DeadlineKind.RELATIVE, raw="收到反馈后两个月内"), "收到反馈后两个月内"),
        (deadline(DeadlineKind.IMMEDIATE), "立行立改"),
        (deadline(DeadlineKind.IMMEDIATE, ongoing=True), "立行立改，并长期坚持"),
        (deadline(DeadlineKind.ONGOING, ongoing=True), "长期坚持"),
        (deadline(DeadlineKind.ONGOING, from_date=MARCH), "自 2023-03-01 起长期坚持"),
        (deadline(DeadlineKind.RECURRING, raw="每季度一次"), "每季度一次"),
        (deadline(DeadlineKind.RECURRING, raw="每月5日前", from_date=MARCH), "自 2023-03-01 起每月5日前"),
        (deadline(DeadlineKind.DONE), "已完成"),
        (deadline(DeadlineKind.DONE, due=MARCH), "已完成（2023-03-01）"),
        (deadline(DeadlineKind.DONE, due=MARCH, ongoing=True), "已完成（2023-03-01），并长期坚持"),
        (deadline(DeadlineKind.UNCLEAR), "时限不明"),
    ],
)  # fmt: skip
def test_a_limit_is_shown_in_words_of_the_field(limit: Deadline, shown: str) -> None:
    assert show_deadline(limit) == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (subject("县财政局"), "县财政局"),
        (subject("王某某", kind=SubjectKind.PERSON), "王某某"),
        (subject("王某某", kind=SubjectKind.PERSON, title="局长"), "王某某（局长）"),
        (subject("王某某", kind=SubjectKind.PERSON, title="局长", unit="县财政局"), "王某某（县财政局局长）"),
        (subject("王某某", kind=SubjectKind.PERSON, unit="县财政局"), "王某某（县财政局）"),
        (subject("县财政局局长", kind=SubjectKind.POST, title="局长", unit="县财政局"), "县财政局局长"),
    ],
)
def test_a_subject_is_shown_with_title_and_unit(body: Subject, shown: str) -> None:
    assert show_subject(body) == shown


def test_subjects_stand_in_the_column_of_their_role() -> None:
    (row,) = entries((item(*(subject(role.value, role) for role in SubjectRole)),), today=TODAY)

    assert (row.lead, row.responsible, row.cooperating, row.supervising) == (
        ("lead",), ("responsible",), ("cooperating",), ("supervising",),
    )  # fmt: skip
    assert row.people == ("leader", "owner")


def test_the_worst_limit_decides_the_state_of_a_row() -> None:
    limits = (deadline(DeadlineKind.ONGOING), deadline(due=date(2024, 1, 1)), deadline(due=MARCH))
    (row,) = entries((item(*limits),), today=TODAY)

    assert row.state is LimitState.OVERDUE


def test_a_row_without_limits_has_no_state() -> None:
    (row,) = entries((item(problem=None),), today=TODAY)

    assert row.state is None
    assert row.problem == ""


def test_rows_are_numbered_from_one() -> None:
    assert [row.number for row in entries((item(), item(), item()), today=TODAY)] == [1, 2, 3]
