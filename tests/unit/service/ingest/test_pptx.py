"""What of a presentation is read, and how."""

import pytest

from corpora.documents.office import zipped
from corpora.schema.document import BlockKind
from service.domain.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, EncryptedDocument
from tests.unit.service.ingest.reading import grids, read, refused, texts

O = "http://schemas.openxmlformats.org"  # noqa: E741
SPACES = (
    f'xmlns:p="{O}/presentationml/2006/main" xmlns:a="{O}/drawingml/2006/main" xmlns:dgm="{O}/drawingml/2006/diagram" '
    f'xmlns:r="{O}/officeDocument/2006/relationships" xmlns:mc="{O}/markup-compatibility/2006"'
)


def relations(**targets):
    entries = "".join(f'<Relationship Id="{name}" Target="{target}"/>' for name, target in targets.items())
    return f'<Relationships xmlns="{O}/package/2006/relationships">{entries}</Relationships>'


def pptx(*slides, order=None, **more):
    order = order or range(1, len(slides) + 1)
    ids = "".join(f'<p:sldId r:id="r{n}"/>' for n in order)
    files = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            **{f"r{n}": f"slides/slide{n}.xml" for n in range(1, len(slides) + 1)}
        ),
    }
    for number, slide in enumerate(slides, start=1):
        files[f"ppt/slides/slide{number}.xml"] = slide
    return zipped(files | more)


def slide(*shapes, show="1"):
    return f'<p:sld {SPACES} show="{show}"><p:cSld><p:spTree>{"".join(shapes)}</p:spTree></p:cSld></p:sld>'


def shape(*lines, kind=None, hidden="0"):
    place = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else ""
    text = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x" hidden="{hidden}"/>{place}</p:nvSpPr><p:txBody>{text}</p:txBody></p:sp>'


def slide_texts(*shapes, **more):
    return texts(read(pptx(slide(*shapes), **more), "汇报.pptx"))


def test_slides_are_read_in_the_order_of_the_show_with_their_page():
    document = read(
        pptx(slide(shape("后")), slide(shape("正文"), shape("标题", kind="title")), order=(2, 1)), "汇报.pptx"
    )
    assert [(b.span.of(document.text), b.page) for b in document.blocks] == [("标题", 1), ("正文", 1), ("后", 2)]
    assert (document.blocks[0].kind, document.blocks[0].level, document.pages) == (BlockKind.HEADING, 1, 2)


def test_page_numbers_footers_dates_and_hidden_shapes_are_left_out():
    furniture = [
        shape("3", kind="sldNum"),
        shape("内部", kind="ftr"),
        shape("2026年", kind="dt"),
        shape("藏", hidden="1"),
    ]
    assert slide_texts(shape("正文"), *furniture) == ["正文"]


def test_groups_and_alternatives_are_read_once():
    group = f"<p:grpSp>{shape('组内')}</p:grpSp>"
    either = f"<mc:AlternateContent><mc:Choice>{shape('新')}</mc:Choice><mc:Fallback>{shape('旧')}</mc:Fallback></mc:AlternateContent>"
    assert slide_texts(group, either) == ["组内", "新"]


def test_manual_breaks_begin_a_line():
    text = "<p:sp><p:txBody><a:p><a:r><a:t>甲</a:t></a:r><a:br/><a:r><a:t>乙</a:t></a:r></a:p></p:txBody></p:sp>"
    assert slide_texts(text) == ["甲", "乙"]


def test_merged_cells_of_tables_are_repeated():
    def cell(text="", attributes=""):
        return f"<a:tc {attributes}><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"

    rows = [
        cell("问题", 'gridSpan="2"') + cell("", 'hMerge="1"') + cell("时限"),
        cell("1", 'rowSpan="2"') + cell("甲") + cell("年底前"),
        cell("", 'vMerge="1"') + cell("乙") + cell("立行立改"),
    ]
    table = f"<a:tbl>{''.join(f'<a:tr>{row}</a:tr>' for row in rows)}</a:tbl>"
    frame = f"<p:graphicFrame><a:graphic><a:graphicData>{table}</a:graphicData></a:graphic></p:graphicFrame>"
    document = read(pptx(slide(frame)), "汇报.pptx")
    assert grids(document) == [[["问题", "问题", "时限"], ["1", "甲", "年底前"], ["1", "乙", "立行立改"]]]
    assert {block.page for block in document.blocks} == {1}


def test_text_of_diagrams_is_read():
    frame = '<p:graphicFrame><a:graphic><dgm:relIds r:dm="d1"/></a:graphic></p:graphicFrame>'
    data = f"<dgm:dataModel {SPACES}><dgm:pt><dgm:t><a:p><a:r><a:t>牵头单位：县财政局</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
    parts = {"ppt/slides/_rels/slide1.xml.rels": relations(d1="../diagrams/data1.xml"), "ppt/diagrams/data1.xml": data}
    assert slide_texts(frame, **parts) == ["牵头单位：县财政局"]


def test_hidden_slides_are_named_in_a_warning():
    document = read(pptx(slide(shape("甲")), slide(shape("乙"), show="0")), "汇报.pptx")
    assert (texts(document), document.warnings) == (["甲"], ("未读取隐藏的幻灯片：第2页",))


def test_files_in_the_strict_variant_are_read():
    strict = {
        "presentationml/2006/main": "presentationml/main",
        "drawingml/2006/main": "drawingml/main",
        "officeDocument/2006/relationships": "officeDocument/relationships",
    }
    source = slide(shape("甲"))
    for old, new in strict.items():
        source = source.replace(f"{O}/{old}", f"http://purl.oclc.org/ooxml/{new}")
    assert texts(read(pptx(source), "汇报.pptx")) == ["甲"]


def test_files_with_a_password_are_named():
    streams = b"".join(name.encode("utf-16-le").ljust(64, b"\x00") for name in ("EncryptedPackage", "EncryptionInfo"))
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + streams
    assert "密码" in refused(EncryptedDocument, data, "密.pptx")


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"ppt/presentation.xml": "<p:presentation"}, "已损坏"),
        ({"ppt/slides/slide1.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}, "DTD"),
        ({"ppt/slides/slide1.xml": " " * (5 << 20)}, "压缩"),
        ({"ppt/_rels/presentation.xml.rels": relations()}, "第 1 页"),
    ],
)
def test_damaged_and_hostile_parts_are_broken(parts, named):
    assert named in refused(BrokenDocument, pptx(slide(shape("甲")), **parts), "坏.pptx")


def test_cut_files_and_packages_without_slides():
    refused(BrokenDocument, pptx(slide(shape("甲")))[:200], "断.pptx")
    refused(BrokenDocument, zipped({"[Content_Types].xml": "", "ppt/other.xml": ""}), "空.pptx")
    assert "OCR" in refused(EmptyDocument, pptx(slide("<p:pic/>")), "图.pptx")


def test_limits():
    refused(DocumentTooLarge, pptx(slide(shape("字" * 50))), "长.pptx", max_characters=49)
    refused(DocumentTooLarge, pptx(slide(shape("甲")), slide(shape("乙"))), "多.pptx", max_pages=1)
