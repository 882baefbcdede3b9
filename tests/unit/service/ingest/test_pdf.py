"""What of a PDF is read, and how."""

import io

import pytest
from pypdfium2 import PdfDocument, PdfMatrix
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from service.domain.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, EncryptedDocument
from service.ingest.pages.furniture import is_page_number
from service.ingest.pages.unshaped import placed_characters
from tests.unit.service.ingest.pdf_files import LEFT, SIZE, TOP, grid, lines, pdf_file, together
from tests.unit.service.ingest.reading import grids, read, refused, texts

WRAPPED = lines(
    "\u3000\u3000镇党委对全面从严治党研究部署较少，班子成员没有",
    "同分管站所负责人开展过廉政谈话，有的问题拖了四年。",
    "群众意见较大。",
    "\u3000\u3000责任单位：镇党政办公室",
    "\u3000\u3000整改时限：2026年12月底前",
)


def test_wrapped_lines_become_paragraphs():
    assert texts(read(pdf_file(WRAPPED), "方案.pdf")) == [
        "镇党委对全面从严治党研究部署较少，班子成员没有同分管站所负责人开展过廉政谈话，有的问题拖了四年。群众意见较大。",
        "责任单位：镇党政办公室",
        "整改时限：2026年12月底前",
    ]


def test_spaces_between_digits_and_chinese_are_collapsed_and_those_between_words_kept():
    draw = lines("整改时限： 2026 年 12 月 底前", "Plan A1 due 2026")
    assert texts(read(pdf_file(draw), "方案.pdf")) == ["整改时限：2026年12月底前", "Plan A1 due 2026"]


def test_columns_set_with_gaps_stay_apart():
    assert texts(read(pdf_file(lines("王某某\u3000\u3000县财政局")), "方案.pdf")) == ["王某某 县财政局"]


def test_paragraphs_go_on_over_page_ends_and_furniture_is_removed():
    def page(number, *body):
        head, foot = lines("青禾县巡察整改方案", top=810), lines(f"— {number} —", top=40)
        return together(head, lines(*body), foot)

    first = page(
        1,
        "\u3000\u3000镇党委对全面从严治党研究部署较少，班子成员没有",
        "同分管站所负责人开展谈话，有的问题拖了四年仍然",
    )
    document = read(pdf_file(first, page(2, "没有说法。", "\u3000\u3000责任单位：镇纪委")), "方案.pdf")
    assert [(block.page, block.span.of(document.text)) for block in document.blocks] == [
        (1, "镇党委对全面从严治党研究部署较少，班子成员没有同分管站所负责人开展谈话，有的问题拖了四年仍然没有说法。"),
        (2, "责任单位：镇纪委"),
    ]
    assert document.pages == 2


@pytest.mark.parametrize(
    "text", ["— 1 —", "- 12 -", "3", "第 3 页", "第3页 共10页", "第三页", "2/5", "Page 2 of 5", "iv"]
)
def test_page_numbers(text):
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["2026年", "第三条", "3.整改", "2026-09-03", "1.5", ""])
def test_no_page_numbers(text):
    assert not is_page_number(text)


def test_numbers_in_the_body_are_no_page_numbers():
    assert texts(read(pdf_file(lines("合计", "12", top=500)), "表.pdf")) == ["合计", "12"]


TABLE = [["序号", "单位", "时限"], ["1", "县财政局", "6月底前"], ["", "县审计局", "12月底前"]]


def test_ruled_tables_keep_their_grid_with_merged_cells():
    draw = together(lines("任务表"), grid(TABLE, top=700, skipped_rules=[(2, 0)]), lines("说明", top=560))
    document = read(pdf_file(draw), "表.pdf")
    assert grids(document) == [[["序号", "单位", "时限"], ["1", "县财政局", "6月底前"], ["1", "县审计局", "12月底前"]]]
    assert document.text == "任务表\n序号\t单位\t时限\n1\t县财政局\t6月底前\n县审计局\t12月底前\n说明"
    assert document.tables[0].page == 1


def test_tables_go_on_over_page_ends_without_a_second_header():
    pages = (grid(TABLE, top=200), grid([TABLE[0], ["2", "县水利局", "年底前"]], top=760))
    document = read(pdf_file(*pages), "表.pdf")
    assert grids(document) == [[*TABLE, ["2", "县水利局", "年底前"]]]
    assert [block.page for block in document.blocks][-3:] == [2, 2, 2]


def test_tables_with_other_columns_stay_apart():
    pages = (grid(TABLE, top=200), grid([["单位", "时限"], ["甲", "乙"]], top=760))
    assert [len(rows[0]) for rows in grids(read(pdf_file(*pages), "表.pdf"))] == [3, 2]


def test_lines_in_a_cell_are_joined_where_the_cell_is_full():
    def draw(canvas):
        grid([["", ""]], height=80)(canvas)
        for number, text in enumerate(("2026年12月底", "前，坚持", "王某某", "李某某")):
            canvas.drawString(LEFT + 5, TOP - 15 - 16 * number, text)

    assert grids(read(pdf_file(draw), "表.pdf")) == [[["2026年12月底前，坚持\n王某某\n李某某", ""]]]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_pages_are_read_as_shown(rotation):
    upright = pdf_file(together(lines("任务表"), grid(TABLE, top=700)))
    assert texts(read(turned(upright, rotation), "横.pdf")) == texts(read(upright, "竖.pdf"))
    assert grids(read(turned(upright, rotation), "横.pdf")) == [TABLE]


def turned(data, rotation):
    """Turn the content against the page's own rotation, so that the page shows upright again."""
    target = io.BytesIO()
    with PdfDocument(data) as document:
        page = document[0]
        width, height = page.get_size()
        shifts = {90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width)}
        transform(page, shifts[rotation])
        if rotation != 180:
            page.set_mediabox(0, 0, height, width)
        page.set_rotation(rotation)
        page.gen_content()
        document.save(target)
        page.close()
    return target.getvalue()


def transform(page, matrix):
    for item in page.get_objects(max_depth=1):
        item.transform(PdfMatrix(*matrix))


def test_a_shifted_page_box_moves_nothing():
    with PdfDocument(pdf_file(together(lines("任务表"), grid(TABLE, top=700)))) as document:
        page = document[0]
        page.set_mediabox(20, 30, 460, 870)
        target = io.BytesIO()
        document.save(target)
        page.close()
    assert grids(read(target.getvalue(), "移.pdf")) == [TABLE]


def test_bold_type_printed_twice_is_read_once():
    def draw(canvas):
        canvas.drawString(LEFT, TOP, "一、总体要求")
        canvas.drawString(LEFT + 0.4, TOP, "一、总体要求")

    assert texts(read(pdf_file(draw), "粗.pdf")) == ["一、总体要求"]


def test_titles_over_two_centred_lines_are_one():
    def draw(canvas):
        canvas.setFontSize(18)
        canvas.drawCentredString(297, 780, "中共青禾县委关于落实巡察")
        canvas.drawCentredString(297, 752, "反馈意见的整改方案")
        canvas.setFontSize(SIZE)
        canvas.drawCentredString(297, 725, "（2026年9月18日）")
        lines("\u3000\u3000" + "镇" * 34, "镇" * 36, top=690)(canvas)

    assert texts(read(pdf_file(draw, pagesize=A4), "题.pdf"))[:2] == [
        "中共青禾县委关于落实巡察反馈意见的整改方案",
        "（2026年9月18日）",
    ]


def test_scans_are_empty_and_blank_pages_are_named():
    image = ImageReader(io.BytesIO(b"P6 2 2 255 " + bytes(12)))

    def scan(canvas):
        canvas.drawImage(image, 0, 0, 500, 700)

    assert "OCR" in refused(EmptyDocument, pdf_file(scan), "扫描.pdf")
    document = read(pdf_file(WRAPPED, scan, scan), "混合.pdf")
    assert document.warnings == ("第2、3页没有文字（可能是图片或空白页）",)


def test_passwords():
    locked = pdf_file(WRAPPED, encrypt=StandardEncryption("open", canPrint=0))
    refused(EncryptedDocument, locked, "密.pdf")
    owner_only = pdf_file(WRAPPED, encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    assert len(texts(read(owner_only, "限.pdf"))) == 3


def test_damaged_files_are_broken():
    whole = pdf_file(WRAPPED)
    refused(BrokenDocument, whole[:200], "断.pdf")
    refused(BrokenDocument, b"%PDF-1.7\n" + bytes(200), "假.pdf")


def test_limits():
    refused(DocumentTooLarge, pdf_file(WRAPPED, WRAPPED), "长.pdf", max_pages=1)
    refused(DocumentTooLarge, pdf_file(WRAPPED), "长.pdf", max_characters=20)
    refused(DocumentTooLarge, pdf_file(grid(TABLE)), "表.pdf", max_cells=8)


def test_characters_are_found_without_a_font_that_has_their_shapes():
    data = pdf_file(together(lines("任务表"), grid(TABLE, top=700)))

    placed = placed_characters(data, 1)

    text = "".join(char for char, _ in placed)
    assert text.startswith("任务表")
    assert all(word in text for row in TABLE for cell in row if cell for word in cell.split("\n"))
    assert all(left < right and top < bottom for _, (left, top, right, bottom) in placed)
