"""What of an OpenDocument text is read, and how."""

import pytest

from corpora.documents.office import zipped
from corpora.schema.document import BlockKind
from service.domain.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, EncryptedDocument
from tests.unit.service.ingest.reading import grids, read, refused, texts

PREFIXES = ("office", "text", "table", "style", "manifest", "draw:drawing")
SPACES = " ".join(
    f'xmlns:{p.partition(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{p.partition(":")[2] or p}:1.0"'
    for p in PREFIXES
)
TYPE = "application/vnd.oasis.opendocument.text"


def odt(body, *, automatic="", styles="", manifest="", **more):
    files = {
        "mimetype": TYPE,
        "content.xml": f"<office:document-content {SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {SPACES}><office:styles>{styles}</office:styles></office:document-styles>",
        "META-INF/manifest.xml": f"<manifest:manifest {SPACES}>{manifest}</manifest:manifest>",
    }
    return zipped(files | more)


def p(text, style=None):
    return f"<text:p text:style-name='{style}'>{text}</text:p>" if style else f"<text:p>{text}</text:p>"


def body_texts(body, **more):
    return texts(read(odt(body, **more), "方案.odt"))


def test_headings_come_from_outline_levels_and_titles_from_styles():
    automatic = "<style:style style:name='P1' style:parent-style-name='Title'/>"
    body = p("方案", "P1") + "<text:h text:outline-level='2'>（一）责任</text:h>" + p("正文")
    document = read(odt(body, automatic=automatic), "方案.odt")
    assert [block.level for block in document.blocks] == [0, 2, None]
    assert document.blocks[1].kind is BlockKind.HEADING


def test_spaces_tabs_breaks_and_spans():
    body = p("责任<text:span>单位</text:span>：<text:s text:c='2'/>甲<text:tab/>乙\n   丙<text:line-break/>第二行")
    assert body_texts(body) == ["责任单位：  甲 乙 丙", "第二行"]


def test_deletions_comments_indexes_and_hidden_text_are_left_out():
    automatic = "<style:style style:name='H'><style:text-properties text:display='none'/></style:style>"
    body = (
        "<text:tracked-changes><text:changed-region>" + p("删去") + "</text:changed-region></text:tracked-changes>"
        f"<text:table-of-content><text:index-body>{p('目录')}</text:index-body></text:table-of-content>"
        + p("甲<office:annotation>" + p("批注") + "</office:annotation><text:span text:style-name='H'>藏</text:span>乙")
        + f"<text:section text:display='none'>{p('藏')}</text:section><text:section>{p('节内')}</text:section>"
    )
    assert body_texts(body, automatic=automatic) == ["甲乙", "节内"]


def test_notes_stand_at_the_end_and_text_boxes_after_their_paragraph():
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        + p("脚注")
        + "</text:note-body></text:note>"
    )
    box = "<draw:frame><draw:text-box>" + p("框内") + "</draw:text-box></draw:frame>"
    assert body_texts(p(f"甲{note}乙{box}") + p("丙")) == ["甲乙", "框内", "丙", "脚注"]


def test_automatic_numbers_are_written_out():
    styles = (
        "<text:list-style style:name='L'>"
        "<text:list-level-style-number text:level='1' style:num-format='一, 二, 三, ...' style:num-suffix='、'/>"
        "<text:list-level-style-number text:level='2' style:num-format='1' style:num-prefix='（' style:num-suffix='）'/>"
        "</text:list-style>"
    )
    inner = f"<text:list><text:list-item>{p('乙')}</text:list-item></text:list>"
    body = (
        f"<text:list text:style-name='L'><text:list-item>{p('甲')}{inner}</text:list-item><text:list-item>{p('丙')}</text:list-item></text:list>"
        f"<text:list text:style-name='L' text:continue-numbering='true'><text:list-item>{p('丁')}{p('续')}</text:list-item></text:list>"
        f"<text:list text:style-name='L'><text:list-item>{p('重来')}</text:list-item></text:list>"
    )
    assert body_texts(body, styles=styles) == ["一、甲", "（1）乙", "二、丙", "三、丁", "续", "一、重来"]


def test_headings_are_numbered_by_the_outline():
    styles = (
        "<text:outline-style><text:outline-level-style text:level='1' style:num-format='1' style:num-suffix='.'/>"
        "<text:outline-level-style text:level='2' style:num-format='1' text:display-levels='2'/></text:outline-style>"
    )
    body = "".join(f"<text:h text:outline-level='{n}'>节</text:h>" for n in (1, 2, 2, 1, 2))
    assert body_texts(body, styles=styles) == ["1.节", "1.1 节", "1.2 节", "2.节", "2.1 节"]


def test_merged_and_repeated_cells():
    rows = (
        "<table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned='2'>"
        + p("问题")
        + "</table:table-cell>"
        "<table:covered-table-cell/><table:table-cell>"
        + p("时限")
        + "</table:table-cell></table:table-row></table:table-header-rows>"
        "<table:table-row><table:table-cell table:number-rows-spanned='2'>" + p("1") + "</table:table-cell>"
        "<table:table-cell>"
        + p("甲")
        + p("续")
        + "</table:table-cell><table:table-cell>"
        + p("年底前")
        + "</table:table-cell></table:table-row>"
        "<table:table-row><table:covered-table-cell/><table:table-cell table:number-columns-repeated='2'>"
        + p("同")
        + "</table:table-cell></table:table-row>"
    )
    document = read(odt(f"<table:table>{rows}</table:table>"), "表.odt")
    assert grids(document) == [[["问题", "问题", "时限"], ["1", "甲\n续", "年底前"], ["1", "同", "同"]]]


def test_files_with_a_password_are_named():
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert "密码" in refused(EncryptedDocument, odt(p("甲"), manifest=entry), "密.odt")
    assert "密码" in refused(EncryptedDocument, odt(p("甲"), **{"encrypted-package": "x"}), "密.odt")


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("<office:document-content", "已损坏"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "DTD"),
        (f"<office:document-content {SPACES}/>", "正文"),
        (" " * (5 << 20), "压缩"),
    ],
)
def test_damaged_and_hostile_parts_are_broken(part, named):
    assert named in refused(BrokenDocument, odt("", **{"content.xml": part}), "坏.odt")


def test_cut_files_and_packages_without_a_body_are_broken():
    refused(BrokenDocument, odt(p("甲"))[:150], "断.odt")
    refused(BrokenDocument, zipped({"other.xml": ""}), "空.odt")
    deep = "<text:section>" * 200 + p("甲") + "</text:section>" * 200
    assert "嵌套" in refused(BrokenDocument, odt(deep), "深.odt")


def test_documents_without_text_and_over_the_limits():
    assert "OCR" in refused(EmptyDocument, odt("<text:p><draw:frame><draw:image/></draw:frame></text:p>"), "图.odt")
    refused(DocumentTooLarge, odt(p("字" * 50)), "长.odt", max_characters=49)
    rows = ("<table:table-row>" + f"<table:table-cell>{p('1')}</table:table-cell>" * 2 + "</table:table-row>") * 30
    refused(DocumentTooLarge, odt(f"<table:table>{rows}</table:table>"), "表.odt", max_cells=59)
