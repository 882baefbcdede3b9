"""Tables and whole documents are read into items."""

from __future__ import annotations

from datetime import date

from corpora.schema.document import Document
from corpora.schema.plan import DeadlineKind, ItemStatus, PlanItem, SubjectRole
from models.plans.extract import extract_document
from tests.unit.models.plans.grids import document

HEADER = ["序号", "反馈问题", "整改措施", "责任单位", "责任人", "整改时限", "整改情况"]


def items_of(source: Document) -> tuple[PlanItem, ...]:
    """Extract with the usual date."""
    return extract_document(source, reference_date=date(2023, 3, 20), events={})


def names(item: PlanItem, role: SubjectRole) -> list[str]:
    """Return the names with `role`."""
    return [subject.name for subject in item.subjects if subject.role is role]


def test_a_row_is_an_item_with_the_meaning_of_its_columns() -> None:
    (item,) = items_of(
        document(
            [
                HEADER,
                [
                    "1",
                    "会议记录缺失。2022年仅有3次记录。",
                    "1.修订制度；\n2.每月抽查。",
                    "县财政局\n县审计局",
                    "局长王某某",
                    "2023年6月底前，并长期坚持",
                    "正在整改",
                ],
            ]
        )
    )

    assert item.problem == "会议记录缺失"
    assert item.measures == ("修订制度", "每月抽查")
    assert names(item, SubjectRole.RESPONSIBLE) == ["县财政局", "县审计局"]
    assert [(subject.name, subject.title) for subject in item.subjects if subject.role is SubjectRole.OWNER] == [
        ("王某某", "局长")
    ]
    assert [(limit.due, limit.ongoing) for limit in item.deadlines] == [(date(2023, 6, 30), True)]
    assert item.status is ItemStatus.IN_PROGRESS


def test_a_header_of_two_rows_is_read_by_its_lower_words() -> None:
    (item,) = items_of(
        document(
            [
                ["序号", "问题", "责任落实", "<", "整改时限"],
                ["^", "^", "牵头领导", "牵头单位", "^"],
                ["1", "台账不清", "副县长高某", "县水利局", "4月底"],
            ]
        )
    )

    assert (names(item, SubjectRole.LEADER), names(item, SubjectRole.LEAD)) == (["高某"], ["县水利局"])


def test_a_repeated_header_is_no_item() -> None:
    items = items_of(
        document(
            [
                HEADER,
                ["1", "台账不清", "重建", "县财政局", "李某", "4月底", ""],
                HEADER,
                ["2", "账实不符", "盘点", "县财政局", "李某", "5月底", ""],
            ]
        )
    )

    assert [item.problem for item in items] == ["台账不清", "账实不符"]


def test_merged_cells_take_the_value_above_and_say_so() -> None:
    items = items_of(
        document(
            [
                HEADER,
                ["1", "台账不清", "重建", "县财政局", "李某", "4月底", ""],
                ["2", "账实不符", "盘点", "^", "张某", "^", ""],
            ]
        )
    )

    assert [(subject.name, subject.origin) for subject in items[1].subjects] == [
        ("县财政局", "inherited"),
        ("张某", "grammar"),
    ]
    assert items[1].deadlines[0].origin == "inherited"


def test_signs_for_nothing_are_empty_and_same_as_above_is_not() -> None:
    items = items_of(
        document(
            [
                HEADER,
                ["1", "台账不清", "重建", "县财政局", "李某", "4月底", ""],
                ["2", "账实不符", "盘点", "同上", "—", "/", ""],
            ]
        )
    )

    assert [subject.name for subject in items[1].subjects] == ["县财政局"]
    assert items[1].deadlines == ()


def test_measures_of_a_merged_problem_with_subjects_of_their_own_are_items() -> None:
    items = items_of(
        document(
            [
                HEADER,
                ["1", "项目滞后", "倒排工期", "县住建局", "", "5月底", ""],
                ["^", "^", "加强调度", "县发改局", "", "9月底", ""],
            ]
        )
    )

    assert [(item.problem, item.measures) for item in items] == [
        ("项目滞后", ("倒排工期",)),
        ("项目滞后", ("加强调度",)),
    ]


def test_measures_that_differ_only_in_dates_are_one_item() -> None:
    (item,) = items_of(
        document(
            [
                HEADER,
                ["1", "监管不严", "开展检查", "县应急局", "", "4月底", ""],
                ["^", "^", "复查", "^", "", "7月底", ""],
            ]
        )
    )

    assert [limit.due for limit in item.deadlines] == [date(2023, 4, 30), date(2023, 7, 31)]
    assert item.measures == ("开展检查", "复查")


def test_a_title_row_hands_its_limit_to_the_rows_below() -> None:
    table = [
        ["序号", "问题", "责任单位"],
        ["一、立行立改类（责任领导：李某某；4月底前完成）", "<", "<"],
        ["1", "台账不清", "组织办"],
    ]

    (item,) = items_of(document(table))

    assert names(item, SubjectRole.LEADER) == ["李某某"]
    assert [limit.due for limit in item.deadlines] == [date(2023, 4, 30)]


def test_rows_that_only_number_or_add_up_change_no_item() -> None:
    source = document(
        [
            HEADER,
            ["1", "台账不清", "重建", "县财政局", "李某", "4月底", "正在整改"],
            ["2", "", "", "", "", "", ""],
            ["合计", "1个问题", "", "1个单位", "", "", "已完成0个"],
        ]
    )

    (item,) = items_of(source)

    assert (item.problem, item.status) == ("台账不清", ItemStatus.IN_PROGRESS)
    assert item.span.of(source.text).endswith("正在整改")


def test_a_title_above_a_table_and_a_note_below_it_are_no_item() -> None:
    items = items_of(
        document(
            "整改台账",
            [HEADER, ["1", "台账不清", "重建", "县财政局", "李某", "4月底", ""]],
            "注：进展由各牵头单位按月填报。",
            headings=["整改台账"],
        )
    )

    assert [item.problem for item in items] == ["台账不清"]


def test_a_status_column_gives_a_completion_and_a_category_column_nothing() -> None:
    (item,) = items_of(
        document([["问题", "责任单位", "整改类型", "整改情况"], ["台账不清", "组织办", "立行立改", "已完成"]])
    )

    assert [limit.kind for limit in item.deadlines] == [DeadlineKind.DONE]
    assert item.status is ItemStatus.DONE


def test_a_form_of_labels_and_values_is_one_item() -> None:
    form = [
        ["整改任务", "河道垃圾未清理"],
        ["整改目标", "2024年底前达标"],
        ["整改措施", "1.清理垃圾。2.建立巡查制度。"],
        ["责任单位", "白石乡政府"],
        ["整改时限", "2023年6月底"],
    ]

    (item,) = items_of(document(form))

    assert (item.problem, item.measures) == ("河道垃圾未清理", ("清理垃圾", "建立巡查制度"))
    assert [limit.due for limit in item.deadlines] == [date(2023, 6, 30)]


def test_roles_beside_names_overrule_their_column() -> None:
    (item,) = items_of(document([["问题", "责任单位", "整改时限"], ["账实不符", "财政所（牵头）、党政办", "6月15日"]]))

    assert (names(item, SubjectRole.LEAD), names(item, SubjectRole.RESPONSIBLE)) == (["财政所"], ["党政办"])


def test_running_text_and_table_of_one_document_are_both_read() -> None:
    source = document(
        "柳湾镇整改方案\n一、县财政局牵头整改的问题\n1.预算编制不细。整改时限：2023年6月底",
        [["问题", "责任单位"], ["台账不清", "组织办"]],
        "联系人：吴某 电话：0000-1234567",
        headings=("柳湾镇整改方案",),
    )

    assert [item.problem for item in items_of(source)] == ["预算编制不细", "台账不清"]


def test_an_unnumbered_heading_hands_its_fields_on() -> None:
    source = document(
        "党建方面（责任领导：李某某）\n1.三会一课走过场。责任单位：组织办\n财务方面\n1.白条入账。责任单位：财政所",
        headings=("党建方面（责任领导：李某某）", "财务方面"),
    )

    first, second = items_of(source)

    assert (names(first, SubjectRole.LEADER), names(second, SubjectRole.LEADER)) == (["李某某"], [])


def test_the_year_of_the_title_serves_where_no_date_is_known() -> None:
    source = document("青禾县2022年整改方案\n1.台账不清。责任单位：组织办；整改时限：6月底前")

    (item,) = extract_document(source, reference_date=None, events={})

    assert [limit.due for limit in item.deadlines] == [date(2022, 6, 30)]
