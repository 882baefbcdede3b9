"""Labelled fields are read where print broke names and dates, left colons out or parted fields by blanks only."""

from __future__ import annotations

from datetime import date

import pytest

from corpora.schema.plan import PlanItem, SubjectKind
from models.plans.extract import extract_items


def item_of(text: str) -> PlanItem:
    """Return the only item of `text`."""
    (item,) = extract_items(text, reference_date=date(2023, 3, 20))
    return item


def subjects(text: str) -> list[str]:
    """Write the subjects of the only item as ``role kind name``."""
    return [f"{subject.role.value} {subject.kind.value} {subject.name}" for subject in item_of(text).subjects]


@pytest.mark.parametrize(
    "text",
    [
        "台账不清。责任单位北门街道办事处 责任人财政所所长 完成时间4月12日前",
        "台账不清 责任单位 北门街道办事处 责任人 财政所所长 整改时限 4月12日前",
    ],
)
def test_blanks_part_fields_without_colons(text: str) -> None:
    assert subjects(text) == ["responsible unit 北门街道办事处", "owner post 财政所所长"]
    assert [limit.due for limit in item_of(text).deadlines] == [date(2023, 4, 12)]


def test_a_line_break_inside_a_name_does_not_end_the_list() -> None:
    text = "问题：台账不清。\n责任单位：县自然资\n源局，县审计局，移民\n管理局\n整改时限：5月底前"

    assert subjects(text) == [
        "responsible unit 县自然资源局",
        "responsible unit 县审计局",
        "responsible unit 移民管理局",
    ]


def test_a_line_of_prose_behind_a_name_is_no_part_of_the_list() -> None:
    assert subjects("问题：台账不清。\n责任单位：县审计局\n各项工作进展顺利，成效明显。") == [
        "responsible unit 县审计局"
    ]


@pytest.mark.parametrize(
    "printed", ["2023 年\n6 月 30 日 前", "2023年6\n月30日前", "2023年6月30\n日前", "2023年6月30日\n前"]
)
def test_a_date_torn_by_blanks_and_line_breaks_is_one_date(printed: str) -> None:
    item = item_of(f"问题：台账不清。\n责任单位：县审计局\n整改时限：{printed}")

    assert [(limit.raw, limit.due) for limit in item.deadlines] == [(printed, date(2023, 6, 30))]


def test_governments_of_several_levels_are_one_group() -> None:
    assert subjects("问题：台账不清。责任单位：市水利局 县、区政府") == [
        "responsible unit 市水利局",
        "responsible group 县、区政府",
    ]


def test_a_department_in_charge_carries_and_an_inspection_of_progress_supervises() -> None:
    text = "问题：台账不清。主管部门：县司法局；督促检查：派驻纪检组；整改时限：4月底"

    assert subjects(text) == ["responsible unit 县司法局", "supervising unit 派驻纪检组"]


@pytest.mark.parametrize("name", ["小容", "容某"])
def test_a_trade_before_a_name_is_its_title(name: str) -> None:
    (subject,) = item_of(f"问题：票据不规范。责任人：收费员{name}").subjects

    assert (subject.kind, subject.name, subject.title) == (SubjectKind.PERSON, name, "收费员")
