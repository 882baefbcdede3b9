"""Rectification ledgers in spreadsheets: from the file to its plan items."""

from datetime import date
from pathlib import Path

import pytest

import corpora.documents
from corpora.schema.plan import DeadlineKind, ItemStatus, SubjectRole
from corpora.schema.span import Span
from models.documents.issued import issued_on
from models.plans.extract import extract_document
from models.plans.tagged import TaggedSpan
from models.text.blocks import running_text
from service.ingest.limits import Limits
from service.ingest.reader import FileReader
from tests.unit.service.ingest.sheet_files import xlsx

FOLDER = Path(corpora.documents.__file__).parent


def read(data, name):
    return FileReader(Limits()).read(data, name=name)


def items_of(document):
    return extract_document(document, reference_date=date(2026, 9, 20), events={})


def names(item, role):
    return [subject.name for subject in item.subjects if subject.role is role]


@pytest.fixture(params=["ledger.xlsx", "ledger.csv"])
def sample(request):
    return read((FOLDER / request.param).read_bytes(), request.param)


def test_a_ledger_of_twelve_columns_gives_its_items_in_either_format(sample):
    items = items_of(sample)[:5]
    assert [(item.problem, [d.due for d in item.deadlines if d.kind is not DeadlineKind.DONE]) for item in items] == [
        ("党委会议议事规则多年没有修订，重大事项上会前不征求意见", [date(2026, 10, 31)]),
        ("党委会议议事规则多年没有修订，重大事项上会前不征求意见", [None]),
        ("三处安置点的污水管网建成后无人管护，雨天污水外溢", [date(2026, 12, 31)]),
        ("高标准农田项目招标文件没有公开，评标专家由施工单位推荐", [date(2026, 9, 15)]),
        ("临时救助台账与发放记录对不上", [date(2027, 3, 31)]),
    ]
    assert [names(item, SubjectRole.LEAD) for item in items] == [
        *(["镇党政办公室"], ["镇纪委"], ["镇乡村建设办公室"], ["镇农业农村办公室"], ["镇社会事务办公室"])
    ]
    assert [names(item, SubjectRole.COOPERATING) for item in items] == [
        *(["镇司法所"], [], ["镇财政所", "各村民委员会"], ["镇财政所"], ["镇财政所"])
    ]
    assert [names(item, SubjectRole.OWNER) for item in items] == [
        ["白某某"],
        ["温某某"],
        ["温某某"],
        ["邵某某"],
        ["丁某某"],
    ]
    assert [item.status for item in items] == [
        *(ItemStatus.IN_PROGRESS, ItemStatus.IN_PROGRESS, ItemStatus.OPEN, ItemStatus.DONE, ItemStatus.IN_PROGRESS)
    ]


def test_every_claim_points_at_what_is_printed_in_the_sheet(sample):
    for item in items_of(sample):
        assert item.problem_span.of(sample.text) == item.problem
        for subject in item.subjects:
            assert subject.name in subject.span.of(sample.text)
        for deadline in item.deadlines:
            assert deadline.span.of(sample.text) == deadline.raw


def test_the_second_sheet_has_columns_of_its_own():
    items = items_of(read((FOLDER / "ledger.xlsx").read_bytes(), "ledger.xlsx"))[5:]
    assert [(item.problem, names(item, SubjectRole.RESPONSIBLE), item.deadlines[0].due) for item in items] == [
        ("桥北村群众反映灌溉渠被占用", ["镇乡村建设办公室"], date(2026, 11, 30)),
        ("石桥社区居民反映路灯长期不亮", ["石桥社区居民委员会"], date(2026, 10, 20)),
    ]


def test_the_date_of_issue_is_that_of_the_form_and_never_a_limit_in_a_cell(sample):
    assert issued_on(running_text(sample)) == date(2026, 9, 20)


def test_a_merged_unit_holds_for_all_its_rows_and_a_whole_header_may_repeat():
    def fill(book):
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        sheet.merge_range("A1:F1", "整改任务分工表")

        def head(row):
            sheet.merge_range(row, 0, row + 1, 0, "序号")
            sheet.merge_range(row, 1, row + 1, 1, "存在问题")
            sheet.merge_range(row, 2, row, 4, "责任落实")
            sheet.write_row(row + 1, 2, ["责任单位", "责任人", "督办单位"])
            sheet.merge_range(row, 5, row + 1, 5, "完成时限")

        head(1)
        sheet.merge_range("C4:C5", "县财政局")
        for row, problem, owner, due in [
            (3, "预算执行不严", "李某", date(2026, 10, 15)),
            (4, "资金拨付拖延", "张某", date(2026, 11, 30)),
            (8, "采购档案缺失", "同上", date(2026, 12, 31)),
        ]:
            sheet.write_row(row, 0, [row, problem])
            sheet.write_row(row, 3, [owner, "县纪委"])
            sheet.write_datetime(row, 5, due, day)
        head(6)
        sheet.write(8, 2, "县采购中心")

    items = items_of(read(xlsx(fill), "分工.xlsx"))
    assert [(item.problem, names(item, SubjectRole.RESPONSIBLE), item.deadlines[0].due) for item in items] == [
        ("预算执行不严", ["县财政局"], date(2026, 10, 15)),
        ("资金拨付拖延", ["县财政局"], date(2026, 11, 30)),
        ("采购档案缺失", ["县采购中心"], date(2026, 12, 31)),
    ]
    assert [subject.origin for subject in items[1].subjects if subject.name == "县财政局"] == ["inherited"]


def test_section_lines_hand_their_leader_to_the_rows_below():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["序号", "问题", "责任单位", "整改时限"])
        sheet.write(1, 0, "一、党的建设方面（责任领导：祁某某）")
        sheet.write_row(2, 0, [1, "议事规则陈旧", "镇党政办公室", "10月底前"])
        sheet.write(3, 0, "二、项目管理方面（责任领导：黎某某）")
        sheet.write_row(4, 0, [2, "招标文件没有公开", "镇财政所", "11月底前"])

    items = items_of(read(xlsx(fill), "台账.xlsx"))
    assert [(item.problem, names(item, SubjectRole.LEADER)) for item in items] == [
        ("议事规则陈旧", ["祁某某"]),
        ("招标文件没有公开", ["黎某某"]),
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["填报单位：石桥镇", None, "填报时间：2026年9月20日"], None),
        (["（截至2026年9月20日）"], ["填表人：李某", None, "审核人：王某"]),
        (["石桥镇党政办公室"], ["注：各牵头单位每月25日前报送进展，由镇党政办公室汇总。"]),
    ],
)
def test_lines_around_the_table_are_no_items(above, below):
    def fill(book):
        sheet = book.add_worksheet()
        rows = [["石桥镇整改台账"], above, ["序号", "问题", "措施", "责任单位", "整改时限"]]
        rows += [[1, "台账不清", "重建台账", "镇财政所", "10月底前"], *([below] if below else [])]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    document = read(xlsx(fill), "台账.xlsx")
    start = document.text.find("2026年9月20日")
    tags = (TaggedSpan(Span(start, start + 10), "deadline", 0.9),) if start >= 0 else ()
    items = extract_document(document, reference_date=date(2026, 9, 20), events={}, tags=tags)
    assert [(item.problem, names(item, SubjectRole.RESPONSIBLE)) for item in items] == [("台账不清", ["镇财政所"])]


def test_a_sheet_of_lines_beside_one_with_a_table_keeps_its_items():
    def fill(book):
        table, lines = book.add_worksheet("台账"), book.add_worksheet("说明")
        table.write_row(0, 0, ["问题", "责任单位", "整改时限"])
        table.write_row(1, 0, ["台账不清", "镇财政所", "10月底前"])
        lines.write(0, 0, "补充事项")
        lines.write(1, 0, "1.公章管理不严。（责任单位：镇党政办公室；整改时限：2026年11月底前）")

    items = items_of(read(xlsx(fill), "台账.xlsx"))
    assert [item.problem for item in items] == ["台账不清", "公章管理不严"]
