"""Labelled fields are found with the value that belongs to them."""

from __future__ import annotations

import pytest

from models.plans.fields import find_fields
from models.plans.labels import FieldKind, read_label


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("牵头单位：A局 配合单位：B局", ["A局", "B局"]),
        ("责任单位:白石乡党委 完成时限:x月x日前", ["白石乡党委", "x月x日前"]),
        ("责任单位：白石乡党委完成时限：x月x日前", ["白石乡党委", "x月x日前"]),
        ("责任单位：县农业农村局、\n县林业局", ["县农业农村局、\n县林业局"]),
        ("责任单位：县水利局\n县住建局\n完成时限：年底", ["县水利局\n县住建局", "年底"]),
        ("责任领导\t陈某", ["陈某"]),
        ("责任单位县医保局", ["县医保局"]),
        ("责 任 人 : 王某某", ["王某某"]),
        ("【责任单位】县财政局\n【完成时限】6月底", ["县财政局", "6月底"]),
        ("4月底前完成;责任单位为各科室", ["各科室"]),
        ("责任单位：县财政局（责任人：王某某）", ["县财政局", "王某某"]),
        ("整改时限：2023年\n6月底前", ["2023年\n6月底前"]),
        ("A角：钱某；B角：孙某", ["钱某", "孙某"]),
    ],
)
def test_finds_the_values(text: str, values: list[str]) -> None:
    assert [entry.value.of(text) for entry in find_fields(text)] == values


@pytest.mark.parametrize(
    "text", ["各责任单位要加强协调", "责任主体不清、谁来改不明确", "未明确责任单位和完成时限。", "限期整改。"]
)
def test_words_of_labels_in_sentences_are_no_labels(text: str) -> None:
    assert find_fields(text) == ()


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("时限要求", FieldKind.DEADLINE),
        ("计划完成时间", FieldKind.DEADLINE),
        ("公示时间", FieldKind.OTHER),
        ("整改目标", FieldKind.OTHER),
        ("整改类型", FieldKind.CATEGORY),
        ("整改完成情况", FieldKind.STATUS),
        ("问题表述", FieldKind.PROBLEM),
        ("整改 措施", FieldKind.MEASURE),
    ],
)
def test_tells_kinds_of_labels_apart(printed: str, kind: FieldKind) -> None:
    label = read_label(printed)

    assert label is not None
    assert label.kind is kind


@pytest.mark.parametrize(
    ("printed", "role"),
    [
        ("主责单位", "lead"),
        ("主办", "lead"),
        ("承办单位", "responsible"),
        ("责任股室", "responsible"),
        ("会办单位", "cooperating"),
        ("技术指导", "cooperating"),
        ("成员单位", "cooperating"),
        ("督办领导", "supervising"),
        ("复查单位", "supervising"),
        ("包案领导", "leader"),
        ("第一责任人", "leader"),
        ("河长", "leader"),
        ("直接责任人", "owner"),
        ("经办人", "owner"),
    ],
)
def test_reads_the_role_of_a_label(printed: str, role: str) -> None:
    label = read_label(printed)

    assert label is not None
    assert label.unit_role == role
