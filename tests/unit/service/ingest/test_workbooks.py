"""Workbooks read as they print: values, merged cells, titles, several sheets."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlwt

from corpora.schema.document import BlockKind
from service.domain.errors import (
    EmptyDocument,
)
from tests.unit.service.ingest.reading import grids, read, refused
from tests.unit.service.ingest.sheet_files import relations, rows_xls, rows_xlsx, sheet_xml, xls, xlsx

HEADER = ["序号", "问题", "责任单位"]
TABLE = [HEADER, [1, "台账不清", "县财政局"]]
BOTH = pytest.mark.parametrize(("make", "name"), [(rows_xlsx, "表.xlsx"), (rows_xls, "表.xls")])


def prose(document):
    """Return what stands outside the tables: level (``None`` for paragraphs) and text."""
    return [
        (block.level if block.kind is BlockKind.HEADING else None, block.span.of(document.text))
        for block in document.blocks
        if block.cell is None
    ]


def formatted(*cells):
    """Make an .xlsx sheet of one header row and one row of (value, number format)."""

    def fill(book):
        sheet = book.add_worksheet()
        for column, (value, code) in enumerate(cells):
            sheet.write(0, column, f"列{column}")
            sheet.write(1, column, value, book.add_format({"num_format": code}))

    return xlsx(fill)


@BOTH
def test_a_sheet_is_a_table_and_whole_numbers_have_no_point(make, name):
    document = read(make(TABLE), name)
    assert document.format == name[-4:].strip(".")
    assert document.warnings == ()
    assert grids(document) == [[HEADER, ["1", "台账不清", "县财政局"]]]
    assert document.text == "序号\t问题\t责任单位\n1\t台账不清\t县财政局"


@BOTH
def test_rows_above_the_header_are_a_title_and_paragraphs_and_notes_below_it_paragraphs(make, name):
    rows = [
        ["县财政局整改台账"],
        ["填报单位：县财政局", None, "时间：2024年6月"],
        *TABLE,
        [],
        ["注：本表按月更新。"],
        ["填表人：李某", "审核人：王某"],
    ]
    document = read(make(rows), name)
    assert prose(document) == [
        (0, "县财政局整改台账"),
        (None, "填报单位：县财政局"),
        (None, "时间：2024年6月"),
        (None, "注：本表按月更新。"),
        (None, "填表人：李某"),
        (None, "审核人：王某"),
    ]
    assert grids(document) == [[HEADER, ["1", "台账不清", "县财政局"]]]


@BOTH
def test_empty_rows_and_columns_are_dropped_wherever_they_are(make, name):
    rows = [[], [None, None, "问题", None, "责任单位", None], [], [None, None, "台账不清", " ", "县财政局"], []]
    assert grids(read(make(rows), name)) == [[["问题", "责任单位"], ["台账不清", "县财政局"]]]


def test_merged_cells_repeat_their_span_in_xlsx():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range("A1:D1", "台账")
        sheet.merge_range("A2:A3", "问题")
        sheet.merge_range("B2:C2", "责任")
        for place, text in [
            ("D2", "备注"),
            ("B3", "单位"),
            ("C3", "责任人"),
            ("D3", "说明"),
            ("B4", "甲局"),
            ("C4", "李某"),
        ]:
            sheet.write(place, text)
        sheet.merge_range("A4:A5", "台账不清")
        sheet.write_row("B5", ["乙局", "张某", "已报"])

    document = read(xlsx(fill), "表.xlsx")
    assert grids(document) == [
        [
            ["问题", "责任", "责任", "备注"],
            ["问题", "单位", "责任人", "说明"],
            ["台账不清", "甲局", "李某", None],
            ["台账不清", "乙局", "张某", "已报"],
        ]
    ]
    assert document.tables[0].rows[2][0] is document.tables[0].rows[3][0]


def test_merged_cells_repeat_their_span_in_xls():
    def fill(book):
        sheet = book.add_sheet("台账")
        sheet.write_merge(0, 0, 0, 2, "整改台账")
        for column, text in enumerate(["问题", "责任单位", "时限"]):
            sheet.write(1, column, text)
        sheet.write_merge(2, 3, 1, 1, "县财政局")
        for row, (problem, limit) in enumerate([("台账不清", "6月底"), ("账实不符", "7月底")], start=2):
            sheet.write(row, 0, problem)
            sheet.write(row, 2, limit)

    document = read(xls(fill), "表.xls")
    assert grids(document)[0][1:] == [["台账不清", "县财政局", "6月底"], ["账实不符", "县财政局", "7月底"]]


def test_a_merged_range_that_reaches_past_the_sheet_ends_with_it():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="B2"><v>3</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>'
    assert grids(read(sheet_xml(rows, after=merged), "表.xlsx")) == [[["1", "2"], ["1", "3"]]]


def test_values_hidden_under_a_merged_cell_are_not_read():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}0</v></c></row>' for n in (1, 2))
    merged = '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    assert grids(read(sheet_xml(rows, after=merged), "表.xlsx")) == [[["1", "10"], ["1", "20"]]]


def test_dates_are_in_iso_form_and_months_stay_months():
    document = read(
        formatted(
            (date(2024, 6, 30), "yyyy-mm-dd"),
            (date(2024, 6, 30), 'm"月"d"日"'),
            (date(2024, 6, 30), 31),
            (date(2024, 6, 1), 'yyyy"年"m"月"'),
            (date(2024, 6, 1), '[$-804]yyyy"年"m"月";@'),
            (date(2024, 6, 1), 57),
            (datetime.fromisoformat("2024-06-30T17:30"), "yyyy/m/d h:mm"),
            (0.75, "h:mm"),
            (1.5, "[h]:mm"),
        ),
        "表.xlsx",
    )
    assert grids(document)[0][1] == [
        *("2024-06-30", "2024-06-30", "2024-06-30"),
        *("2024-06", "2024-06", "2024-06"),
        *("2024-06-30 17:30", "18:00", "36:00"),
    ]


def test_numbers_are_printed_as_their_formats_say():
    cells = [
        (0.855, "0.0%"),
        (0.6, "0%"),
        (1234567.5, "#,##0.00"),
        (7, "000"),
        (15, '0"个工作日"'),
        (3, '"第"0"项"'),
        (12.5, "0.00_);[Red](0.00)"),
        (-2.5, "0.0"),
        (0.1 + 0.2, "General"),
        (2024, "@"),
        (10**20, "0"),
        (4.0, "0.##"),
    ]
    printed = [
        "85.5%",
        "60%",
        "1,234,567.50",
        "007",
        "15个工作日",
        "第3项",
        "12.50",
        "-2.5",
        "0.3",
        "2024",
        "1e+20",
        "4",
    ]
    assert grids(read(formatted(*cells), "表.xlsx"))[0][1] == printed


def test_formats_of_xls_files_are_kept_too():
    def fill(book):
        sheet = book.add_sheet("台账")
        values = [
            (date(2024, 6, 30), "yyyy-mm-dd"),
            (date(2024, 6, 1), 'yyyy"年"m"月"'),
            (0.5, "0%"),
            (True, "General"),
        ]
        for column, (value, code) in enumerate(values):
            sheet.write(0, column, f"列{column}")
            sheet.write(1, column, value, xlwt.easyxf(num_format_str=code))

    assert grids(read(xls(fill), "表.xls"))[0][1] == ["2024-06-30", "2024-06", "50%", "TRUE"]


def test_sheets_follow_each_other_under_their_names_and_hidden_ones_are_named_in_a_warning():
    def fill(book):
        for name, unit in [("党建类", "组织办"), ("Sheet2", "财政所"), ("名录", "不读"), ("项目类", "乡建办")]:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["问题", "责任单位"])
            sheet.write_row(1, 0, ["台账不清", unit])
            if name == "名录":
                sheet.hide()

    document = read(xlsx(fill), "表.xlsx")
    assert [grid[1][1] for grid in grids(document)] == ["组织办", "财政所", "乡建办"]
    assert prose(document) == [(1, "党建类"), (1, "项目类")]
    assert document.warnings == ("隐藏的工作表“名录”没有读取",)


def test_a_hidden_sheet_of_an_xls_file_is_named_in_a_warning():
    def fill(book):
        book.add_sheet("台账").write(0, 0, "台账不清")
        hidden = book.add_sheet("名录")
        hidden.write(0, 0, "不读")
        hidden.visibility = 1

    document = read(xls(fill), "表.xls")
    assert (document.text, document.warnings) == ("台账不清", ("隐藏的工作表“名录”没有读取",))


def test_a_workbook_with_nothing_but_hidden_sheets_is_empty():
    data = sheet_xml("")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        workbook = archive.read("xl/workbook.xml").decode().replace("sheetId", 'state="veryHidden" sheetId')
    assert "“台账”" in refused(EmptyDocument, sheet_xml("", **{"xl/workbook.xml": workbook}), "表.xlsx")
    refused(EmptyDocument, data, "表.xlsx")


def test_formulas_give_their_saved_results_and_those_without_are_named():
    def fill(book):
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, ["甲", "乙", "丙"])
        sheet.write_formula(1, 0, "=1+1", value=2)
        sheet.write_formula(1, 1, '="县财政局"', value="县财政局")
        sheet.write_formula(1, 2, "=NA()", value="#N/A")

    document = read(xlsx(fill), "表.xlsx")
    assert grids(document) == [[["甲", "乙", "丙"], ["2", "县财政局", None]]]
    assert document.warnings == ("单元格 台账!C2 的值是错误（如 #REF!），已按空白读取",)
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>1+1</f></c></row><row r="12"><c r="AB12"><f>A1</f></c></row>'
    (warning,) = read(sheet_xml(rows), "表.xlsx").warnings
    assert warning.startswith("单元格 台账!B1、台账!AB12 的公式没有保存结果")


def test_a_formula_of_an_xls_file_without_a_result_is_named():
    def fill(book):
        sheet = book.add_sheet("台账")
        sheet.write(0, 0, "台账不清")
        sheet.write(0, 1, xlwt.Formula("1+1"))

    (warning,) = read(xls(fill), "表.xls").warnings
    assert "台账!B1" in warning


def test_many_places_are_counted_instead_of_listed():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + "".join(
        f'<row r="{n}"><c r="A{n}"><f>1</f></c></row>' for n in range(2, 14)
    )
    (warning,) = read(sheet_xml(rows), "表.xlsx").warnings
    assert "台账!A11 等 12 处" in warning


def test_cells_without_addresses_follow_each_other():
    rows = '<row><c><v>1</v></c><c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c></row><row/><row><c><v>3</v></c></row>'
    assert grids(read(sheet_xml(rows), "表.xlsx")) == [[["1", "甲乙"], ["3", None]]]


def test_a_section_line_in_the_first_column_heads_the_rows_below_it():
    rows = [
        HEADER,
        ["一、党的建设方面"],
        [1, "台账不清", "组织办"],
        [2],
        ["二、项目管理方面"],
        [3, "账实不符", "财政所"],
    ]
    document = read(rows_xlsx(rows), "表.xlsx")
    assert grids(document)[0] == [
        HEADER,
        ["一、党的建设方面"] * 3,
        ["1", "台账不清", "组织办"],
        ["2", None, None],
        ["二、项目管理方面"] * 3,
        ["3", "账实不符", "财政所"],
    ]


def test_a_sheet_of_one_column_is_running_text():
    document = read(rows_xlsx([["整改情况报告"], ["一、台账不清。"], ["已重建台账。"]]), "文.xlsx")
    assert (document.tables, prose(document)[0], document.text.count("\n")) == ((), (0, "整改情况报告"), 2)


def test_a_label_and_the_value_beside_it_are_one_line():
    rows = [
        ["整改台账"],
        ["填报日期：", date(2026, 9, 20)],
        [*HEADER, "时限", "进展"],
        [1, "台账不清", "甲局", "6月", "完成"],
    ]

    def fill(book):
        sheet = book.add_worksheet()
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                sheet.write(row, column, value, book.add_format({"num_format": "yyyy-mm-dd"}) if row == 1 else None)

    assert prose(read(xlsx(fill), "表.xlsx"))[1] == (None, "填报日期：2026-09-20")


def test_parts_are_found_wherever_the_package_says():
    data = sheet_xml(
        "",
        **{
            "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "/xl/Blätter/S.xml")),
            "xl/Blätter/S.xml": '<worksheet><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData></worksheet>',
        },
    )
    assert read(data, "表.xlsx").text == "7"


def test_et_files_are_read_in_either_container():
    document = read(rows_xls(TABLE), "表.et")
    assert (document.format, document.warnings, len(document.tables)) == ("et", (), 1)
    assert read(rows_xlsx(TABLE), "表.et").warnings == ()


def test_a_workbook_is_read_whatever_its_name():
    document = read(rows_xlsx(TABLE), "台账.docx")
    assert document.format == "xlsx"
    assert ".docx" in document.warnings[0]
