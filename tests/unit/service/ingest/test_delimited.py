"""Text tables: encodings, separators, quotes."""

import pytest

from service.domain.errors import BrokenDocument, DocumentTooLarge, EmptyDocument
from tests.unit.service.ingest.reading import grids, read, refused, texts

LINES = [["序号", "问题", "责任单位"], ["1", "账目不清，凭证缺失", "县财政局、县审计局"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-be"])
def test_every_encoding_of_plain_texts_is_read(encoding):
    data = "\r\n".join(map(",".join, LINES)).encode(encoding)
    assert grids(read(data, "台账.csv")) == [LINES]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "；"])
def test_the_separator_is_seen_from_the_content(delimiter):
    data = "\n".join(map(delimiter.join, LINES)).encode()
    document = read(data, "台账.csv")
    assert (document.format, grids(document)) == ("csv", [LINES])
    assert read(data, "台账.tsv").format == "tsv"


def test_a_separator_named_in_the_first_line_is_believed():
    assert grids(read("sep=;\r\n问题;单位\r\n一,二,三;甲".encode(), "台账.csv")) == [
        [["问题", "单位"], ["一,二,三", "甲"]]
    ]


def test_quoted_fields_hold_separators_quotes_and_line_breaks():
    data = '问题,单位\r\n"一是""空转""，\r\n二是拖延,",甲局\r\n'.encode()
    assert grids(read(data, "台账.csv")) == [[["问题", "单位"], ['一是"空转"，\n二是拖延,', "甲局"]]]


def test_quotes_that_do_not_match_are_read_as_they_are_with_a_warning():
    document = read('问题,单位\n"一是空转,甲局\n二是拖延,乙局'.encode(), "台账.csv")
    assert grids(document) == [[["问题", "单位"], ['"一是空转', "甲局"], ["二是拖延", "乙局"]]]
    assert "引号" in document.warnings[0]


def test_title_rows_ragged_rows_and_empty_rows():
    data = "整改台账,,\n填报单位：甲局,,\n,,\n序号,问题,单位\n1,台账不清\n,,\n2,账实不符,乙局,多\n".encode()
    document = read(data, "台账.csv")
    assert texts(document)[:2] == ["整改台账", "填报单位：甲局"]
    assert grids(document) == [
        [["序号", "问题", "单位", None], ["1", "台账不清", None, None], ["2", "账实不符", "乙局", "多"]]
    ]


def test_a_file_without_separators_is_running_text():
    document = read("整改情况\n台账已重建。\n".encode(), "文.csv")
    assert (document.tables, texts(document)) == ((), ["整改情况", "台账已重建。"])


def test_limits_and_what_is_no_text():
    rows = "\n".join(["甲,乙"] * 31).encode()
    refused(DocumentTooLarge, rows, "表.csv", max_cells=61)
    assert len(read(rows, "表.csv", max_cells=62).tables) == 1
    refused(DocumentTooLarge, rows, "表.csv", max_characters=100)
    refused(BrokenDocument, bytes(range(128, 256)) * 20, "表.csv")
    refused(EmptyDocument, b",,\n,,\n", "表.csv")
