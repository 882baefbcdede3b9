"""What of a Word document is read, and how."""

import pytest

from corpora.schema.document import BlockKind
from service.domain.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, EncryptedDocument
from tests.unit.service.ingest.reading import grids, read, refused, texts
from tests.unit.service.ingest.word_files import W, cell, package, paragraph, run, table, word_file

HEADING_STYLES = (
    '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="公文标题"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="out"><w:name w:val="节"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>'
)


def styled(style, text):
    return paragraph(text, properties=f'<w:pStyle w:val="{style}"/>')


def body_texts(body, **parts):
    return texts(read(word_file(body, **parts), "方案.docx"))


def test_headings_come_from_styles_their_ancestors_and_outline_levels():
    body = (
        styled("T", "方案") + styled("1", "一级") + styled("own", "派生") + styled("out", "大纲") + styled("a", "正文")
    )
    body += paragraph("直接", properties='<w:outlineLvl w:val="0"/>')
    document = read(word_file(body, styles=HEADING_STYLES), "方案.docx")
    assert [block.level for block in document.blocks] == [0, 1, 1, 3, None, 1]
    assert [block.kind is BlockKind.HEADING for block in document.blocks] == [True, True, True, True, False, True]


def test_heading_styles_without_a_definition_are_known_by_their_id():
    document = read(word_file(styled("Heading2", "（一）责任")), "方案.docx")
    assert (document.blocks[0].kind, document.blocks[0].level) == (BlockKind.HEADING, 2)


def test_tables_of_contents_are_left_out():
    assert body_texts(styled("toc", "一、总体要求\t1") + paragraph("正文"), styles=HEADING_STYLES) == ["正文"]


def test_insertions_are_kept_and_deletions_dropped():
    body = paragraph(
        "2026年",
        '<w:del w:id="1"><w:r><w:delText>10</w:delText></w:r></w:del>',
        f'<w:ins w:id="2">{run("12")}</w:ins>',
        "月底前",
        f'<w:moveFrom w:id="3">{run("旧")}</w:moveFrom>',
        f'<w:moveTo w:id="4">{run("。")}</w:moveTo>',
    )
    assert body_texts(body) == ["2026年12月底前。"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    first = paragraph("责任单位：", properties='<w:rPr><w:del w:id="1"/></w:rPr>')
    assert body_texts(first + paragraph("县财政局")) == ["责任单位：县财政局"]


def test_deleted_rows_are_dropped():
    gone = '<w:trPr><w:del w:id="1"/></w:trPr>' + cell("旧") + cell("旧")
    assert grids(read(word_file(table([cell("甲"), cell("乙")], [gone])), "表.docx")) == [[["甲", "乙"]]]


def test_text_in_fields_links_controls_and_ruby_is_kept():
    body = paragraph(
        f"<w:hyperlink>{run('链接')}</w:hyperlink>",
        f"<w:fldSimple w:instr='DATE'>{run('9月')}</w:fldSimple>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>",
        f"<w:r><w:ruby><w:rt>{run('lǐ')}</w:rt><w:rubyBase>{run('柳')}</w:rubyBase></w:ruby></w:r>",
        "<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>5</w:t></w:r>",
    )
    assert body_texts(body) == ["链接9月控件柳3-5"]


def test_hidden_text_is_dropped():
    assert body_texts(paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>批注</w:t></w:r>", "正文")) == ["正文"]


def test_a_text_box_is_read_once_after_its_paragraph():
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    drawing = (
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert body_texts(paragraph("框外", drawing)) == ["框外", "框内"]


def test_footnotes_follow_the_text():
    note = f'<w:footnote w:id="2">{paragraph("注：下同")}</w:footnote>'
    body = paragraph("正文", '<w:r><w:footnoteReference w:id="2"/></w:r>') + paragraph("后文")
    assert body_texts(body, footnotes=note) == ["正文", "后文", "注：下同"]


def test_manual_line_breaks_end_paragraphs_but_not_headings():
    broken = "<w:r><w:t>前</w:t><w:br/><w:t>后</w:t></w:r>"
    assert body_texts(paragraph(broken) + paragraph(broken, properties='<w:outlineLvl w:val="0"/>')) == [
        "前",
        "后",
        "前后",
    ]


NUMBERS = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="decimal"/><w:lvlText w:val="%3.%4"/></w:lvl>'
    '<w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def numbered(level, text, list_id=1, extra=""):
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, properties=place + extra)


def test_automatic_numbers_are_written_out():
    body = "".join(numbered(level, "项") for level in (0, 1, 1, 2, 3, 4, 0, 1)) + numbered(0, "另起", list_id=2)
    expected = ["一、项", "（一）项", "（二）项", "1.项", "1.1 项", "项", "二、项", "（一）项", "一、另起"]
    assert body_texts(body, numbering=NUMBERS) == expected


def test_deleted_numbered_paragraphs_do_not_count():
    gone = numbered(
        0, '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>', extra='<w:rPr><w:del w:id="2"/></w:rPr>'
    )
    assert body_texts(numbered(0, "甲") + gone + numbered(0, "乙"), numbering=NUMBERS) == ["一、甲", "二、乙"]


def test_merged_cells_repeat_and_stand_once_in_the_text():
    rows = (
        [cell("序号"), cell("责任", columns=2)],
        [cell("1", merge="start"), cell("县财政局"), cell("王某某")],
        [cell("", merge="go on"), cell("县审计局"), cell("")],
    )
    document = read(word_file(paragraph("台账") + table(*rows)), "台账.docx")
    assert document.text == "台账\n序号\t责任\n1\t县财政局\t王某某\n县审计局\t"
    expected = [["序号", "责任", "责任"], ["1", "县财政局", "王某某"], ["1", "县审计局", ""]]
    assert grids(document) == [expected]
    assert document.tables[0].rows[1][0] == document.tables[0].rows[2][0]


def test_columns_before_the_first_cell_are_counted():
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("乙")
    assert grids(read(word_file(table([cell("甲"), cell("一")], [late])), "表.docx")) == [[["甲", "一"], ["", "乙"]]]


def test_short_rows_have_no_cell_at_the_end():
    assert grids(read(word_file(table([cell("甲"), cell("乙")], [cell("丙")])), "表.docx")) == [
        [["甲", "乙"], ["丙", None]]
    ]


def test_nested_tables_become_lines_of_the_outer_cell():
    inner = paragraph("分工：") + table([cell("甲"), cell("一组")], [cell("乙"), cell("二组")]) + paragraph("")
    document = read(word_file(table([cell("1"), cell(inner)])), "表.docx")
    assert grids(document) == [[["1", "分工：\n甲 一组\n乙 二组"]]]
    assert len(document.tables) == 1


def test_huge_spans_are_capped():
    document = read(word_file(table([cell("宽", columns=10**9)], [cell("甲")])), "表.docx")
    assert len(document.tables[0].rows[0]) == 64


def test_strict_namespaces_are_read():
    strict = W.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    data = package({"word/document.xml": f"<w:document {strict}><w:body>{paragraph('正文')}</w:body></w:document>"})
    assert texts(read(data, "方案.docx")) == ["正文"]


def document_xml(content):
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": content})


def test_external_entities_and_entity_bombs_are_refused():
    for declaration in ('<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY a "哈"><!ENTITY x "&a;&a;&a;&a;">'):
        content = f"<!DOCTYPE d [{declaration}]><w:document {W}><w:body>{paragraph('&x;')}</w:body></w:document>"
        assert "DTD" in refused(BrokenDocument, document_xml(content), "坏.docx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = f"<w:document {W}><w:body>{paragraph('零' * 3)}{' ' * 8_000_000}</w:body></w:document>"
    assert "压缩" in refused(BrokenDocument, document_xml(bomb), "炸弹.docx")
    assert "解压" in refused(DocumentTooLarge, document_xml(b" " * (65 << 20)), "炸弹.docx")


def test_damaged_packages_are_broken():
    whole = word_file(paragraph("正文"))
    for data in (whole[: len(whole) // 2], whole[:-10], document_xml("<w:document"), document_xml("")):
        refused(BrokenDocument, data, "坏.docx")
    flipped = bytearray(whole)
    flipped[whole.index(b"word/document.xml") + 30] ^= 0xFF
    refused(BrokenDocument, bytes(flipped), "坏.docx")


def test_deep_nesting_is_broken():
    deep = paragraph("<w:r>" * 200 + "<w:t>深</w:t>" + "</w:r>" * 200)
    refused(BrokenDocument, word_file("<w:tbl><w:tr><w:tc>" * 400 + deep + "</w:tc></w:tr></w:tbl>" * 400), "深.docx")


def test_packages_with_a_password_are_encrypted():
    data = bytearray(word_file(paragraph("正文")))
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 8] |= 1
        start += 4
    refused(EncryptedDocument, bytes(data), "密.docx")


@pytest.mark.parametrize("body", ["", paragraph(""), paragraph("<w:r><w:drawing/></w:r>")])
def test_documents_without_text_are_empty(body):
    assert "OCR" in refused(EmptyDocument, word_file(body), "图.docx")


def test_limits_of_characters_and_cells():
    refused(DocumentTooLarge, word_file(paragraph("字" * 50)), "长.docx", max_characters=49)
    rows = [[cell("甲"), cell("乙")] for _ in range(30)]
    refused(DocumentTooLarge, word_file(table(*rows)), "表.docx", max_cells=59)
    assert len(read(word_file(table(*rows)), "表.docx", max_cells=60).tables) == 1
