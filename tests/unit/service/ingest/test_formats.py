"""Every format is recognised by its content; what is not read is refused by name, with a remedy."""

import io
import zipfile

import pytest

from service.domain.errors import BrokenDocument, EmptyDocument, EncryptedDocument, UnsupportedDocument
from service.ingest.formats import READABLE, Format, refuse
from service.ingest.sniff import sniff
from tests.unit.service.ingest.reading import read, refused, texts
from tests.unit.service.ingest.word_files import package, paragraph, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole(*streams):
    return OLE + b"".join(stream.encode("utf-16-le").ljust(64, b"\x00") for stream in streams)


UNSUPPORTED = [
    ("旧.doc", ole("WordDocument"), ".doc"),
    ("旧.wps", ole("WordDocument"), ".wps"),
    ("无名", ole("WordDocument"), ".doc"),
    ("旧.ppt", ole("PowerPoint Document"), ".ppt"),
    ("图表.ppt", ole("Workbook", "PowerPoint Document"), ".ppt"),
    ("附表.doc", ole("Workbook", "WordDocument"), ".doc"),
    ("其他.bin", ole("Whatever"), "Office"),
    ("表.xlsb", package({"[Content_Types].xml": "", "xl/workbook.bin": ""}), ".xlsb"),
    ("开放.ods", package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}), ".ods"),
    ("版式.ofd", package({"OFD.xml": "", "Doc_0/Document.xml": ""}), ".ofd"),
    ("改名.zip", package({"OFD.xml": ""}), ".ofd"),
    ("包.zip", package({"方案.docx": b"PK"}), "解压"),
    ("包.rar", b"Rar!\x1a\x07\x00" + bytes(40), "解压"),
    ("包.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40), "解压"),
    ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "OCR"),
    ("图.jpg", b"\xff\xd8\xff\xe0" + bytes(40), "OCR"),
    ("图.bmp", b"BM\x46\x00\x00\x00\x00\x00\x00\x00" + bytes(40), "OCR"),
    ("图.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(40), "OCR"),
    ("图.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), "OCR"),
    ("网页.mht", b"MIME-Version: 1.0", ".mht"),
    ("词.doc", b'<?xml version="1.0"?><w:wordDocument/>', "Word XML"),
    ("程序.exe", b"MZ" + bytes(64), "可执行"),
    ("配置.json", b"{}", ".json"),
]


@pytest.mark.parametrize(("name", "data", "named"), UNSUPPORTED, ids=[f"{n}-{m}" for n, _, m in UNSUPPORTED])
def test_unsupported_formats_are_named_with_a_remedy(name, data, named):
    detail = refused(UnsupportedDocument, data, name)
    assert named in detail
    assert "请" in detail


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("改名.doc", rb"{\rtf1\ansi hello}", "rtf"),
        ("网页.doc", "\ufeff<html>正文</html>".encode(), "html"),
        ("网页.txt", "<!DOCTYPE html><html>正文</html>".encode(), "html"),
        ("网页.htm", "<p>正文</p>".encode(), "html"),
        ("信", b"MIME-Version: 1.0\r\nFrom: a@b.example\r\n\r\nhello", "eml"),
    ],
)
def test_formats_are_recognised_under_other_names(name, data, found):
    assert read(data, name).format == found


def test_every_format_is_read_or_refused():
    for file_format in Format:
        assert (file_format in READABLE) or "暂不支持" in refuse(file_format).detail


def test_a_workbook_with_a_letter_inside_is_a_workbook():
    assert sniff(ole("WordDocument", "Workbook"), name="表.xls") is Format.XLS


def test_encrypted_office_files():
    refused(EncryptedDocument, ole("EncryptedPackage", "EncryptionInfo"), "密.docx")


@pytest.mark.parametrize("name", ["空.txt", "空.docx", "空.pdf"])
@pytest.mark.parametrize("data", [b"", b"\n \t", bytes(100)])
def test_files_without_content_are_empty(name, data):
    refused(EmptyDocument, data, name)


@pytest.mark.parametrize("name", ["假.docx", "假.pdf", "假.doc", "假.xlsx"])
def test_text_under_the_extension_of_another_format_is_broken(name):
    assert "扩展名" in refused(BrokenDocument, "只是一段文字".encode(), name)


@pytest.mark.parametrize("name", ["断.docx", "断.xlsx", "断.zip", "断.ofd"])
def test_cut_archives_are_broken(name):
    refused(BrokenDocument, word_file(paragraph("正文"))[:200], name)


def test_a_word_file_is_read_whatever_its_name():
    document = read(word_file(paragraph("正文")), "方案.txt")
    assert (document.format, texts(document)) == ("docx", ["正文"])
    assert ".txt" in document.warnings[0]
    assert read(word_file(paragraph("正文")), "无扩展名").warnings == ()


def test_a_package_without_a_body_is_broken():
    refused(BrokenDocument, package({"[Content_Types].xml": "", "word/other.xml": ""}), "方案.docx")
    refused(BrokenDocument, package({"a.txt": "甲"}), "方案.docx")


def test_an_archive_with_too_many_members_is_not_opened():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for number in range(20_001):
            archive.writestr(f"word/{number}", b"")
    assert "压缩包" in refused(UnsupportedDocument, target.getvalue(), "多.zip")


def test_names_are_shown_on_one_line():
    with pytest.raises(UnsupportedDocument) as caught:
        read(b"{}", "坏\n名" + "长" * 200 + ".json")
    assert "\n" not in caught.value.detail
    assert len(caught.value.detail) < 200


def test_ids_come_from_the_bytes():
    one, two = read("正文".encode(), "a.txt"), read("正文".encode(), "b.txt")
    assert one.id == two.id == one.sha256[:16]
    assert len(one.sha256) == 64
