"""Encodings and paragraphs of plain text."""

import json
from pathlib import Path

import pytest

from service.domain.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, InputError
from service.ingest.limits import Limits
from service.ingest.reader import FileReader
from tests.unit.service.ingest.reading import read, refused, texts

TEXT = "中共青禾县委巡察反馈意见\n责任单位：县财政局；整改时限：2026年12月底前。\n"
CASES = json.loads((Path(__file__).with_name("cases") / "paragraphs.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_paragraphs(case):
    if not case["paragraphs"]:
        refused(EmptyDocument, case["text"].encode(), "a.txt")
        return
    document = read(case["text"].encode(), "a.txt")
    assert texts(document) == case["paragraphs"]
    assert document.text == case["text"]


@pytest.mark.parametrize(
    ("data", "encoding", "warned"),
    [
        (TEXT.encode(), "utf-8", False),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8", False),
        (TEXT.encode("gbk"), "gb18030", True),
        (TEXT.encode("gb2312"), "gb18030", True),
        (("镕龘" + TEXT).encode("gb18030"), "gb18030", True),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le", False),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", False),
        (TEXT.encode("utf-16-le"), "utf-16-le", True),
        (TEXT.encode("utf-16-be"), "utf-16-be", True),
        ("Plan A1, due 2026".encode("utf-16-le"), "utf-16-le", True),
        (b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), "utf-32-le", False),
    ],
)
def test_encodings_are_told_apart(data, encoding, warned):
    document = read(data, "意见.txt")
    assert document.encoding == encoding
    assert document.text.removeprefix("镕龘") in (TEXT, "Plan A1, due 2026")
    assert any("识别" in warning for warning in document.warnings) is warned


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_inside_a_character_is_read_with_a_warning(encoding):
    document = read(TEXT.rstrip("。\n").encode(encoding)[:-1], "断.txt")
    assert document.text == TEXT.rstrip("。\n")[:-1]
    assert any("截断" in warning for warning in document.warnings)


def test_few_damaged_bytes_are_read_with_a_warning():
    document = read((TEXT * 20).encode() + b"\xff" + TEXT.encode(), "损.txt")
    assert document.encoding == "utf-8"
    assert any("1 处字符无法识别" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"\x00\x01\x02\x03" * 64,
        TEXT.encode() + b"\x00" + TEXT.encode(),
        "Ünïcödé tèxt ïn Lätin-1 ätest".encode("latin-1"),
        b"\x1b\x02\x03\x04\x05abc" * 20,
        "ﾊﾝｶｸ文字列テスト".encode("shift-jis") * 3,
    ],
)
def test_junk_named_txt_is_broken(data):
    refused(BrokenDocument, data, "乱码.txt")


@pytest.mark.parametrize("text", ["甲\x00乙", "甲\ud800乙"])
def test_handed_over_text_must_be_text(text):
    with pytest.raises(BrokenDocument, match="贴入"):
        FileReader(Limits()).read_text(text, name="贴入")


def test_handed_over_text_is_kept_to_the_character():
    text = "\ufeff　　甲，\r\n乙\u200b。\n\n"
    document = FileReader(Limits()).read_text(text, name="贴入的文字")
    assert (document.text, document.name, document.format) == (text, "贴入的文字", "txt")
    assert document.id == document.sha256[:16]


def test_limits():
    refused(DocumentTooLarge, b"a" * 101, "大.txt", max_bytes=100)
    refused(DocumentTooLarge, "字".encode() * 11, "大.txt", max_characters=10)
    with pytest.raises(InputError, match="超过上限"):
        FileReader(Limits(max_characters=10)).read_text("字" * 11, name="大")
