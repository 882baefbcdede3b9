"""What of a mail is read: its head, one of its bodies, and every attachment that can be read."""

from base64 import b64encode
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from service.domain.errors import (
    BrokenDocument,
    DocumentTooLarge,
    EmptyDocument,
    EncryptedDocument,
    UnsupportedDocument,
)
from tests.unit.service.ingest.reading import grids, read, refused, texts
from tests.unit.service.ingest.word_files import cell, paragraph, table, word_file

WORD = word_file(paragraph("整改方案") + table([cell("问题"), cell("时限")], [cell("甲"), cell("年底前")]))


def mail(text="请查收。", *attachments, html=None):
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"] = "报送方案", "县财政局 <a@cz.example>"
    message["Date"] = "Tue, 22 Sep 2026 16:05:00 +0800"
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def mail_texts(message):
    return texts(read(message.as_bytes(), "信.eml"))


def test_subject_date_and_sender_stand_above_the_body():
    assert mail_texts(mail()) == ["报送方案", "日期：2026-09-22 16:05", "发件人：县财政局", "请查收。"]


def test_attachments_are_read_by_their_own_parsers_and_point_into_the_common_text():
    document = read(
        mail("见附件。", ("方案.docx", WORD), ("说明.txt", "另行说明。".encode("gbk"))).as_bytes(), "信.eml"
    )
    assert texts(document)[3:] == [
        *("见附件。", "附件：方案.docx", "整改方案", "问题", "时限", "甲", "年底前", "附件：说明.txt", "另行说明。")
    ]
    assert grids(document) == [[["问题", "时限"], ["甲", "年底前"]]]
    assert document.blocks[6].cell.table == document.tables[0].number == 0
    assert document.warnings == ("附件“说明.txt”：编码按 GB18030 识别",)


def test_tables_of_body_and_attachments_are_numbered_on():
    html = "<table><tr><td>一<td>二<tr><td>三<td>四</table>"
    document = read(mail("一 二", ("方案.docx", WORD), html=html).as_bytes(), "信.eml")
    assert grids(document) == [[["一", "二"], ["三", "四"]], [["问题", "时限"], ["甲", "年底前"]]]
    assert [t.number for t in document.tables] == [0, 1]
    assert {b.cell.table for b in document.blocks if b.cell} == {0, 1}


def test_of_two_bodies_the_one_in_html_is_read():
    assert mail_texts(mail("纯文本", html="<p>网页<b>正文</b></p><p hidden>隐藏</p>"))[3:] == ["网页正文"]


@pytest.mark.parametrize("charset", ["gb2312", "gb18030", "utf-8"])
def test_bodies_and_names_in_chinese_encodings(charset):
    source = (
        f"From: =?{charset}?B?{_base64('财政局', charset)}?= <a@b.example>\r\nSubject: =?{charset}?B?{_base64('报送', charset)}?=\r\n"
        f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode() + "整改落实不到位".encode(charset)
    assert texts(read(source, "信.eml")) == ["报送", "发件人：财政局", "整改落实不到位"]


def test_headers_and_file_names_in_raw_bytes():
    source = (
        "From: 财政局 <a@b.example>\r\nSubject: 报送方案\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        'Content-Type: text/plain; name="说明.txt"\r\nContent-Disposition: attachment; filename="说明.txt"\r\n\r\n整改落实不到位\r\n--x--\r\n'
    ).encode("gbk")
    assert texts(read(source, "信.eml"))[:3] == ["报送方案", "发件人：财政局", "附件：说明.txt"]


def test_attachments_that_cannot_be_read_are_named_with_the_reason():
    message = mail(
        "正文。",
        ("照片.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ("坏.docx", b"PK\x03\x04" + bytes(40)),
        ("空.txt", b" "),
    )
    document = read(message.as_bytes(), "信.eml")
    assert texts(document)[-1] == "正文。"
    assert [warning.split("：")[0] for warning in document.warnings] == [
        *("附件“照片.png”未读取", "附件“坏.docx”未读取", "附件“空.txt”未读取")
    ]
    assert "OCR" in document.warnings[0]


def test_pictures_within_the_body_are_left_out_without_a_word():
    message = mail("正文。", html='<p>正文。<img src="cid:logo"></p>')
    message.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", cid="<logo>")
    assert read(message.as_bytes(), "信.eml").warnings == ()


def test_forwarded_mails_are_read_three_deep():
    message = mail("最里层。")
    for number in range(3):
        outer = mail(f"第{number}层。")
        outer.add_attachment(message)
        message = outer
    assert "最里层。" in mail_texts(message)
    outer = mail("最外层。")
    outer.add_attachment(message)
    document = read(outer.as_bytes(), "信.eml")
    assert "最里层。" not in document.text
    assert any("转发" in warning for warning in document.warnings)


def test_mails_without_anything_to_read_are_empty_and_say_why():
    assert "OCR" in refused(EmptyDocument, mail("", ("图.png", b"\x89PNG\r\n\x1a\n")).as_bytes(), "信.eml")


def test_encrypted_mails_are_named():
    message = mail()
    message.set_content(b"0000", maintype="application", subtype="pkcs7-mime")
    refused(EncryptedDocument, message.as_bytes(), "密.eml")


@pytest.mark.parametrize("data", ["只是一段文字".encode(), b"\xff\xfe\x00\x01" * 20, b"X-Other: 1\r\n\r\ntext"])
def test_files_that_are_no_mails_are_broken(data):
    assert "邮件" in refused(BrokenDocument, data, "假.eml")


def test_damaged_mails_are_read_as_far_as_they_go():
    cut = mail("见附件。", ("方案.docx", WORD)).as_bytes()[:-400]
    document = read(cut, "信.eml")
    assert "见附件。" in texts(document)
    assert "方案.docx" in document.warnings[0]


def test_limits_hold_for_a_mail_with_all_that_is_attached():
    message = mail("正文。", *((f"{n}.txt", ("字" * 30).encode()) for n in range(3)))
    refused(DocumentTooLarge, message.as_bytes(), "信.eml", max_characters=100)
    many = mail("正文。", *((f"{n}.txt", "字".encode()) for n in range(101)))
    assert "附件" in refused(DocumentTooLarge, many.as_bytes(), "信.eml")
    tables = mail("正文。", ("一.docx", WORD), ("二.docx", WORD))
    refused(DocumentTooLarge, tables.as_bytes(), "信.eml", max_cells=7)


def test_pages_saved_with_their_pictures_are_refused():
    source = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    assert ".mht" in refused(UnsupportedDocument, source, "网页.mht")
    assert ".mht" in refused(UnsupportedDocument, source, "网页.eml")


def _base64(text, charset):
    return b64encode(text.encode(charset)).decode()
