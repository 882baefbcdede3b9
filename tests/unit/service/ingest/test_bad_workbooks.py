"""Workbooks that are too large, damaged, hostile or encrypted are refused, before anything is laid out."""

import io
import struct
import zipfile

import pytest

from service.domain.errors import BrokenDocument, DocumentTooLarge, EncryptedDocument, UnsupportedDocument
from tests.unit.service.ingest.reading import grids, read, refused
from tests.unit.service.ingest.sheet_files import rows_xls, rows_xlsx, sheet_xml, without, xls
from tests.unit.service.ingest.word_files import package

HEADER = ["序号", "问题", "责任单位"]
TABLE = [HEADER, [1, "台账不清", "县财政局"]]
BOTH = pytest.mark.parametrize(("make", "name"), [(rows_xlsx, "表.xlsx"), (rows_xls, "表.xls")])


@BOTH
def test_too_many_cells_or_characters_are_refused(make, name):
    rows = [["问题", "单位"], *([["台账不清", "财政所"]] * 30)]
    assert "60" in refused(DocumentTooLarge, make(rows), name, max_cells=60)
    assert len(read(make(rows), name, max_cells=62).tables) == 1
    refused(DocumentTooLarge, make([["问题", "单" * 90]]), name, max_characters=91)


def test_a_string_that_many_cells_share_counts_each_time():
    same = [["甲" * 200, "乙"], *([["甲" * 200, "乙"]] * 9)]
    refused(DocumentTooLarge, rows_xlsx(same), "表.xlsx", max_characters=1500)
    refused(DocumentTooLarge, rows_xls(same), "表.xls", max_characters=1500)


def test_long_shared_strings_of_xls_files_are_counted_across_records():
    rows = [[f"{n}" + "甲" * 9000, "b" * 9000] for n in range(4)]
    document = read(rows_xls(rows), "表.xls", max_characters=72_020)
    assert len(document.text) == 72_011
    refused(DocumentTooLarge, rows_xls(rows), "表.xls", max_characters=72_000)


def test_cells_far_apart_are_refused_before_they_are_laid_out():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "XFD1048576" in refused(DocumentTooLarge, sheet_xml(far), "表.xlsx")
    near = '<row r="1"><c r="A1"><v>1</v></c></row><row r="60000"><c r="L60000"><v>1</v></c></row>'
    assert read(sheet_xml(near), "表.xlsx").text == "1\n1"

    def fill(book):
        sheet = book.add_sheet("台账")
        sheet.write(0, 0, 1)
        sheet.write(65535, 255, 1)

    assert "IV65536" in refused(DocumentTooLarge, xls(fill), "表.xls")


def test_merged_ranges_over_too_many_places_are_refused():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="40"><c r="J40"><v>1</v></c></row>'
    merged = f"<mergeCells>{'<mergeCell ref=' + chr(34) + 'A1:J40' + chr(34) + '/>' * 1}</mergeCells>"
    refused(DocumentTooLarge, sheet_xml(rows, after=merged), "表.xlsx", max_cells=399)


def test_counts_that_a_file_claims_for_itself_are_not_believed():
    strings = '<sst uniqueCount="4294967295"><si><t>甲</t><rPh><t>jiǎ</t></rPh></si></sst>'
    data = sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', **{"xl/sharedStrings.xml": strings})
    assert read(data, "表.xlsx").text == "甲"
    book = bytearray(rows_xls(TABLE))
    strings = book.index(struct.pack("<H", 0xFC), book.index(struct.pack("<H", 0x85)))
    struct.pack_into("<II", book, strings + 4, 2**31 - 1, 2**31 - 1)
    size = book.index(struct.pack("<HH", 0x0200, 14))
    struct.pack_into("<II", book, size + 4, 0, 2**32 - 1)
    assert grids(read(bytes(book), "表.xls")) == [[HEADER, ["1", "台账不清", "县财政局"]]]


def test_rows_of_an_xls_file_out_of_order_are_broken():
    data = bytearray(rows_xls([["甲"], ["乙"]]))
    struct.pack_into("<H", data, data.index(struct.pack("<HHHH", 0xFD, 10, 0, 0)) + 4, 7)
    refused(BrokenDocument, bytes(data), "坏.xls")


def test_charts_of_an_xls_file_are_not_read():
    def fill(book):
        book.add_sheet("台账").write(0, 0, "台账不清")
        book.add_sheet("图表").write(0, 0, "不读")

    data = bytearray(xls(fill))
    first = data.index(struct.pack("<H", 0x85))
    second = first + 4 + struct.unpack_from("<H", data, first + 2)[0]
    data[second + 9] = 2
    document = read(bytes(data), "表.xls")
    assert (document.text, document.warnings) == ("台账不清", ())


def test_encrypted_workbooks_are_refused():
    data = bytearray(rows_xls(TABLE))
    stream = data.index(struct.pack("<HH", 0x0809, 16))
    second = stream + 20
    struct.pack_into("<H", data, second, 0x2F)
    assert "密码" in refused(EncryptedDocument, bytes(data), "密.xls")
    packed = bytearray(package({"[Content_Types].xml": "", "xl/workbook.xml": ""}))
    for place in (packed.index(b"PK\x03\x04") + 6, packed.index(b"PK\x01\x02") + 8):
        packed[place] |= 1
    refused(EncryptedDocument, bytes(packed), "密.xlsx")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_package_that_lacks_a_part_is_broken(part):
    refused(BrokenDocument, without(rows_xlsx(TABLE), part), "坏.xlsx")


@pytest.mark.parametrize(
    "data",
    [
        sheet_xml('<row r="1"><c r="A1"><v>1</v>')[:-1] + b"x",
        sheet_xml('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'),
        sheet_xml('<row r="1"><c r="A9999999"><v>1</v></c></row>'),
        sheet_xml('<row r="x"><c r="A1"><v>1</v></c></row>'),
        sheet_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
        sheet_xml('<row r="1"><c r="A1"><v>&b;</v></c></row>', before='<!DOCTYPE a [<!ENTITY b "c">]>'),
        sheet_xml("", **{"xl/workbook.xml": "<workbook>"}),
        rows_xls(TABLE)[:3000],
    ],
    ids=["xml", "column", "row", "row number", "string", "entity", "workbook", "cut"],
)
def test_damaged_workbooks_are_broken(data):
    name = "坏.xls" if data.startswith(b"\xd0\xcf") else "坏.xlsx"
    assert "请" in refused(BrokenDocument, data, name)


def test_a_zip_without_sheets_is_no_workbook():
    assert "工作表" in refused(BrokenDocument, package({"a.txt": "甲"}), "表.xlsx")
    refused(UnsupportedDocument, package({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "表.xlsb")


def test_parts_that_unpack_to_too_much_are_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(sheet_xml(""))) as small:
            for name in small.namelist():
                if name != "xl/worksheets/sheet1.xml":
                    archive.writestr(name, small.read(name))
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(193):
                sheet.write(bytes(1 << 20))
    assert "解压" in refused(DocumentTooLarge, target.getvalue(), "炸弹.xlsx")
