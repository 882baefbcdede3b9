"""Tables printed as lines of text keep the meaning of their heads, merged cells and broken cells."""

from __future__ import annotations

from datetime import date

from corpora.schema.plan import DeadlineKind, ItemStatus, PlanItem
from models.plans.extract import extract_items


def items_of(*lines: str) -> tuple[PlanItem, ...]:
    """Extract from lines whose cells are parted by bars here and by tabs in the text."""
    return extract_items("\n".join(lines).replace("|", "\t"), reference_date=date(2023, 3, 20))


def subjects(item: PlanItem) -> list[str]:
    """Write the subjects as ``role name``."""
    return [f"{subject.role.value} {subject.name}" for subject in item.subjects]


def test_heads_of_the_second_row_reach_over_the_blanks_of_the_first() -> None:
    (item,) = items_of(
        "序号|问题|责任单位||时限",
        "||主责|协助|",
        "1|渠道淤塞|县水利局|县财政局、各镇|5月底前",
    )

    assert subjects(item) == ["lead 县水利局", "cooperating 县财政局", "cooperating 各镇"]


def test_lists_as_upper_heads_are_read_by_the_heads_below_them() -> None:
    (item,) = items_of(
        "问题清单|任务清单|责任清单||时限清单",
        "||责任领导|责任科室|",
        "台账不清|重建台账|副局长柳某|财务科|4月10日前",
    )

    assert (item.problem, item.measures) == ("台账不清", ("重建台账",))
    assert subjects(item) == ["leader 柳某", "responsible 财务科"]
    assert [limit.due for limit in item.deadlines] == [date(2023, 4, 10)]


def test_a_column_of_beginnings_and_one_of_ends_are_one_range() -> None:
    text = "任务|责任单位|时限|\n||起|止\n河道清淤|县水利局|4月|6月底".replace("|", "\t")
    (item,) = extract_items(text, reference_date=date(2023, 3, 20))
    (limit,) = item.deadlines

    assert (limit.kind, limit.from_date, limit.due) == (DeadlineKind.RANGE, date(2023, 4, 1), date(2023, 6, 30))
    assert limit.raw == limit.span.of(text) == "4月\t6月底"


def test_an_end_without_a_beginning_is_a_plain_limit() -> None:
    (item,) = items_of("任务|责任单位|启动时间|完成时间", "河道清淤|县水利局|/|6月底")

    assert [(limit.kind, limit.due) for limit in item.deadlines] == [(DeadlineKind.BY, date(2023, 6, 30))]


def test_cells_parted_like_their_head_are_read_part_by_part() -> None:
    first, second = items_of(
        "问题|牵头单位/责任单位|责任领导/责任人|整改时限/完成情况",
        "台账不清|县水利局/云岭镇|副县长方某/站长柳某|4月底前/已完成",
        "账实不符|县财政局/青河镇|同上/会计 尤某|6月底前/正在整改",
    )

    assert subjects(first) == ["lead 县水利局", "responsible 云岭镇", "leader 方某", "owner 柳某"]
    assert subjects(second) == ["lead 县财政局", "responsible 青河镇", "leader 方某", "owner 尤某"]
    assert [limit.kind for limit in first.deadlines] == [DeadlineKind.BY, DeadlineKind.DONE]
    assert [item.status for item in (first, second)] == [ItemStatus.DONE, ItemStatus.IN_PROGRESS]


def test_an_empty_cell_before_the_problem_or_under_a_leader_is_a_merged_one() -> None:
    _, second = items_of(
        "责任单位|问题|责任领导|责任人|时限",
        "县水利局|渠道淤塞|副县长方某|柳某|5月底前",
        "|闸门锈死|||6月底前",
    )

    assert subjects(second) == ["responsible 县水利局", "leader 方某"]


def test_an_empty_problem_merges_the_empty_cells_of_its_row() -> None:
    _, second = items_of(
        "问题|整改措施|责任单位|责任人|时限",
        "渠道淤塞|清淤|县水利局|柳某|5月底前",
        "|加固|县交通局||6月底前",
    )

    assert (second.problem, subjects(second)) == ("渠道淤塞", ["responsible 县交通局", "owner 柳某"])


def test_a_heading_line_between_rows_leaves_the_table_whole_and_ends_merged_cells() -> None:
    items = items_of(
        "问题|责任领导|责任单位|时限",
        "渠道淤塞|副县长方某|县水利局|5月底前",
        "（二）财务方面",
        "账实不符||县财政局|6月底前",
    )

    assert [subjects(item) for item in items] == [["leader 方某", "responsible 县水利局"], ["responsible 县财政局"]]


def test_cells_broken_over_lines_stay_in_their_row() -> None:
    first, second = items_of(
        "序号|问题|责任部门|责任人|时限",
        "1|台账不清|财务处、",
        "审计处|柳某|2023年5月",
        "底前",
        "2|账实不符|资产处（牵头）",
        "各车间|厂长",
        "|2023年6月15日",
        "前",
    )

    assert subjects(first) == ["responsible 财务处", "responsible 审计处", "owner 柳某"]
    assert subjects(second) == ["lead 资产处", "responsible 各车间", "owner 厂长"]
    assert [limit.due for item in (first, second) for limit in item.deadlines] == [date(2023, 5, 31), date(2023, 6, 15)]


def test_short_heads_and_role_words_in_cells_are_understood() -> None:
    first, second = items_of(
        "序号|问题|措施|单位|期限",
        "1|排队久|增设窗口|税务三分局、稽查局（督办）|4月20日前",
        "2|投诉多|逐件回访|法制股牵头，办公室配合|立即整改",
    )

    assert subjects(first) == ["responsible 税务三分局", "supervising 稽查局"]
    assert subjects(second) == ["lead 法制股", "cooperating 办公室"]


def test_prose_behind_the_last_row_is_no_cell() -> None:
    (item,) = items_of("问题|责任单位|时限", "台账不清|县水利局|4月底", "以上事项由县委督查室督办。")[:1]

    assert [limit.raw for limit in item.deadlines] == ["4月底"]
