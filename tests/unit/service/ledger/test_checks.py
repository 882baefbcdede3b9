"""What a reviewer would ask about an item of a plan."""

from __future__ import annotations

from datetime import date

import pytest

from corpora.schema.plan import (
    Deadline,
    DeadlineKind,
    ItemStatus,
    PlanItem,
    Subject,
    SubjectKind,
    SubjectRole,
    WarningCode,
)
from corpora.schema.span import Span
from service.domain.durations import day_after, is_duration
from service.ledger.checks import CheckSetting, checked, features_of, receipt_day

HERE = Span(0, 4)
UNIT = Subject(HERE, SubjectRole.RESPONSIBLE, SubjectKind.UNIT, "县财政局")
EVERYBODY = Subject(HERE, SubjectRole.RESPONSIBLE, SubjectKind.GROUP, "各镇街")


def make_deadline(due: date | None = date(2024, 6, 30), kind: DeadlineKind = DeadlineKind.BY) -> Deadline:
    return Deadline("6月底前", HERE, kind, due=due)


def make_item(
    *,
    measures: tuple[str, ...] = ("逐笔清退127笔多发补助",),
    subjects: tuple[Subject, ...] = (UNIT,),
    deadlines: tuple[Deadline, ...] = (make_deadline(),),
    status: ItemStatus | None = None,
) -> PlanItem:
    return PlanItem(HERE, "多发补助", HERE, measures, subjects, deadlines, status)


def codes(item: PlanItem, setting: CheckSetting | None = None) -> list[str]:
    (found,) = checked([item], setting or CheckSetting())
    return [warning.code.value for warning in found.warnings]


def test_a_complete_item_raises_no_question() -> None:
    assert codes(make_item(), CheckSetting(date(2024, 3, 1))) == []


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (make_item(subjects=()), WarningCode.NO_SUBJECT),
        (make_item(subjects=(EVERYBODY,)), WarningCode.GROUP_ONLY),
        (make_item(deadlines=()), WarningCode.NO_DEADLINE),
        (make_item(deadlines=(make_deadline(None, DeadlineKind.UNCLEAR),)), WarningCode.UNCLEAR_DEADLINE),
        (make_item(measures=("进一步提高认识，切实加强领导",)), WarningCode.NOT_CHECKABLE),
        (make_item(deadlines=(make_deadline(date(2024, 1, 31)),)), WarningCode.BEFORE_DOCUMENT),
    ],
)
def test_what_is_missing_is_asked_for(item: PlanItem, code: WarningCode) -> None:
    assert codes(item, CheckSetting(date(2024, 3, 1))) == [code.value]


def test_a_group_beside_a_named_unit_is_no_question() -> None:
    assert codes(make_item(subjects=(UNIT, EVERYBODY))) == []


def test_a_finished_item_needs_no_limit_and_may_lie_before_the_document() -> None:
    assert codes(make_item(deadlines=(), status=ItemStatus.DONE)) == []
    assert (
        codes(
            make_item(deadlines=(make_deadline(date(2024, 1, 1), DeadlineKind.DONE),)), CheckSetting(date(2024, 3, 1))
        )
        == []
    )


def test_a_limit_beyond_the_allowed_time_says_what_was_allowed() -> None:
    setting = CheckSetting(allowances={"补助": "P1M", "*": "P9M"}, allowed_from=date(2024, 3, 31))

    (found,) = checked([make_item()], setting)

    assert [(w.code, w.allowed) for w in found.warnings] == [(WarningCode.BEYOND_ALLOWANCE, date(2024, 4, 30))]


def test_other_items_have_the_time_of_the_asterisk() -> None:
    setting = CheckSetting(allowances={"整改方案": "P1M", "*": "P2M"}, allowed_from=date(2024, 3, 31))

    assert codes(make_item(), setting) == ["deadline-beyond-allowance"]
    assert codes(make_item(), CheckSetting(allowances={"整改方案": "P1M"}, allowed_from=date(2024, 3, 31))) == []


def test_the_features_of_a_measure_are_counted_not_scored() -> None:
    measure = "县财政局6月底前清退127笔补助，修订《津补贴发放办法》"

    assert features_of(measure, make_item()) == {"numbers": 1, "documents": 1, "acts": 1, "dates": 1, "subjects": 1}


def test_allowed_times_count_from_receipt_else_from_the_reference_date() -> None:
    assert receipt_day({"方案印发": date(2024, 1, 1), "收到反馈意见之日": date(2024, 2, 1)}, None) == date(2024, 2, 1)
    assert receipt_day({}, date(2024, 5, 1)) == date(2024, 5, 1)


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        (date(2024, 1, 31), "P1M", date(2024, 2, 29)),
        (date(2023, 11, 30), "P3M", date(2024, 2, 29)),
        (date(2024, 1, 1), "P1Y2M3W4D", date(2025, 3, 26)),
    ],
)
def test_durations_clip_at_the_end_of_a_month(start: date, duration: str, end: date) -> None:
    assert day_after(start, duration) == end


@pytest.mark.parametrize("value", ["P", "1M", "PT5H", "P1M2", "P-1M", "p1m", "P１M", ""])
def test_what_is_no_duration_is_refused(value: str) -> None:
    assert not is_duration(value)
    with pytest.raises(ValueError, match="no duration"):
        day_after(date(2024, 1, 1), value)
