"""What of a rich text is read, and how."""

import pytest

from service.domain.errors import BrokenDocument, DocumentTooLarge, EmptyDocument
from tests.unit.service.ingest.reading import grids, read, refused, texts

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134{\*\falt SimSun}\'cb\'ce\'cc\'e5;}}"


def gbk(text):
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))


def rtf(body, head=r"\ansi\ansicpg936\uc1\deff0"):
    return rf"{{\rtf1{head}{FONTS}{body}}}".encode("latin-1")


def rtf_texts(body, **more):
    return texts(read(rtf(body, **more), "方案.rtf"))


def test_characters_in_bytes_in_unicode_and_by_name():
    body = rf"{gbk('责任')}\u21333 ?\u20301\'3f\ldblquote A\rdblquote \u-10179 ?\u-8704 ?\emdash\{{\}}\par"
    assert rtf_texts(body) == ["责任单位“A”😀—{}"]


@pytest.mark.parametrize(
    ("head", "font"),
    [
        (r"\ansi\ansicpg936\deff0", r"\f0 "),
        (r"\ansi\ansicpg936\deff0", r"\f1 "),
        (r"\ansi\ansicpg1252\deff0", r"\f1 "),
        (r"\ansi\deff0", r"\f0 "),
        (r"\ansi\ansicpg77777\deff0", r"\f0 "),
    ],
)
def test_the_code_page_comes_from_font_or_file_and_is_chinese_where_neither_says(head, font):
    assert rtf_texts(f"{font}{gbk('县财政局')}\\par", head=head) == ["县财政局"]


def test_raw_bytes_are_read_even_where_they_look_like_markup():
    assert texts(read(b"{\\rtf1\\ansi " + "中俓辰\\par 尾".encode("gbk") + b"}", "方案.rtf")) == ["中俓辰", "尾"]


def test_pictures_headers_fields_hidden_text_and_properties_are_left_out():
    body = (
        r"{\info{\title t}}{\header h\par}{\stylesheet{\s0 Normal;}}{\*\generator g;}{\footnote n}"
        rf"{gbk('甲')}{{\pict\bin4 }}{{\}}}}{{\v {gbk('藏')}\u34255 ?}}\v {gbk('藏')}\v0 {gbk('乙')}{{\deleted {gbk('删')}}}"
        rf"{{\field{{\*\fldinst HYPERLINK x}}{{\fldrslt {gbk('链接')}}}}}\par"
    )
    assert rtf_texts(body) == ["甲乙链接"]


def test_text_boxes_are_read_and_their_older_twins_are_not():
    box = rf"{{\shp{{\*\shpinst{{\sp{{\sn x}}{{\sv 1}}}}{{\shptxt\pard {gbk('框内')}\par}}}}{{\shprslt {gbk('旧')}}}}}"
    assert rtf_texts(rf"{box}{gbk('正文')}\par") == ["框内", "正文"]


def test_headings_breaks_and_list_numbers():
    body = rf"\pard\outlinelevel1 {gbk('一、任务')}\par\pard {gbk('甲')}\line {gbk('乙')}\par{{\listtext 1.\tab}}{gbk('丙')}\par"
    document = read(rtf(body), "方案.rtf")
    assert [(b.level, b.span.of(document.text)) for b in document.blocks] == [
        *((2, "一、任务"), (None, "甲"), (None, "乙"), (None, "1.丙"))
    ]


def test_merged_cells_are_repeated_and_wide_cells_cover_the_columns_below():
    body = (
        rf"\trowd\cellx3000\cellx4500 \pard\intbl {gbk('宽')}\cell {gbk('时限')}\cell\row"
        rf"\trowd\clvmgf\cellx1500\clmgf\cellx3010\clmrg\cellx4500 \pard\intbl 1\cell {gbk('甲')}\par {gbk('续')}\cell\cell\row"
        rf"\trowd\clvmrg\cellx1500\cellx3000\cellx4500 \pard\intbl\cell {gbk('乙')}\cell {gbk('丙')}\cell\row\pard {gbk('尾')}\par"
    )
    document = read(rtf(body), "表.rtf")
    assert grids(document) == [[["宽", "宽", "时限"], ["1", "甲\n续", "甲\n续"], ["1", "乙", "丙"]]]
    assert texts(document)[-1] == "尾"


def test_a_table_inside_a_cell_is_text_of_the_cell():
    nested = rf"\itap2 {gbk('子一')}\nestcell {gbk('子二')}\nestcell{{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}}{{\nonesttables\par}}"
    body = rf"\trowd\cellx1000\cellx2000 \pard\intbl {gbk('甲')}\cell {nested}\pard\intbl {gbk('乙')}\cell\row\pard\par"
    assert grids(read(rtf(body), "表.rtf")) == [[["甲", "子一 子二\n乙"]]]


def test_tables_stand_where_they_stood_and_two_of_them_stay_two():
    row = rf"\trowd\cellx1000 \pard\intbl {gbk('甲')}\cell\row"
    document = read(rtf(rf"{gbk('前')}\par{row}\pard {gbk('中')}\par{row}"), "表.rtf")
    assert (texts(document), len(document.tables)) == (["前", "甲", "中", "甲"], 2)


def test_cut_files_are_read_and_reported():
    assert read(rtf(rf"{gbk('正文')}\par")[:-1], "断.rtf").warnings == ("文件末尾不完整，可能被截断",)


def test_what_follows_the_last_bracket_is_no_text():
    assert texts(read(rtf(rf"{gbk('正文')}\par") + b"\x00\x00garbage", "方案.rtf")) == ["正文"]


def test_text_that_cannot_be_decoded_is_broken():
    assert "乱码" in refused(BrokenDocument, rtf(r"\'ff" * 50), "坏.rtf")


def test_other_content_under_this_extension_is_broken():
    assert "扩展名" in refused(BrokenDocument, "正文".encode(), "假.rtf")


def test_files_without_text_and_over_the_limits():
    assert "OCR" in refused(EmptyDocument, rtf(r"{\pict 00ff}\par"), "图.rtf")
    refused(DocumentTooLarge, rtf(gbk("字" * 50)), "长.rtf", max_characters=49)
    cells = r"\trowd\cellx1\cellx999 \pard\intbl 1\cell 2\cell\row" * 30
    refused(DocumentTooLarge, rtf(cells), "表.rtf", max_cells=59)
    assert len(read(rtf(cells), "表.rtf", max_cells=60).tables) == 1
