"""Reading is a total function: any bytes give a sound document or one of our input errors."""

import io
import zipfile
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpora.documents
from corpora.schema.document import BlockKind
from service.domain.errors import InputError
from service.ingest.assemble import assemble
from service.ingest.fragments import Cell, Grid, Paragraph
from service.ingest.limits import Limits
from service.ingest.reader import FileReader
from service.ingest.text.wrapping import paragraph_spans
from tests.unit.service.ingest.sheet_files import rows_xls

FOLDER = Path(corpora.documents.__file__).parent
SAMPLE_NAMES = (
    *("plan.docx", "plan.md", "plan.pdf", "feedback.txt", "plan.odt", "plan.rtf"),
    *("notice.html", "brief.pptx", "mail.eml", "ledger.xlsx", "ledger.csv"),
)
SAMPLES = {name: (FOLDER / name).read_bytes() for name in SAMPLE_NAMES}
SAMPLES["台账.xls"] = rows_xls(
    [["序号", "问题", "责任单位"], [1, "台账不清" * 9, "县财政局"], [2.5, "账实不符", "a" * 99]]
)
READER = FileReader(Limits(max_bytes=200_000, max_characters=20_000, max_pages=10, max_cells=2_000))
EXTENSIONS = st.sampled_from(
    [
        *("txt", "md", "docx", "pdf", "doc", "wps", "xlsx", "xls", "et", "csv", "ofd", "zip"),
        *("png", "html", "eml", "rtf", "odt", "pptx", "json", ""),
    ]
)
MAGICS = st.sampled_from(
    [
        b"",
        b"{\\rtf1\\ansi ",
        b"From: a\r\nContent-Type: text/html\r\n\r\n",
        b"%PDF-1.4\n",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
    ]
)
SLOW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PIECES = st.sampled_from(
    [
        *(
            "镇党委研究部署少",
            "责任单位：",
            "县财政局、",
            "2026年12月底前",
            "（一）",
            "1.",
            "。",
            "，",
            "；",
            "（",
            "）",
        ),
        *("\n", "\r\n", "\r", "\u3000\u3000", " ", "\t", "\f", "\u200b", "# ", "| a | b |\n|---|---|\n", "**", "```\n"),
    ]
)
PROSE = st.lists(PIECES, max_size=60).map("".join)


def check(document):
    """Check the invariants that everything behind the reader relies on."""
    spans = [block.span for block in document.blocks]
    assert spans
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(document.text) == span.of(document.text).strip() != "" for span in spans)
    assert document.id == document.sha256[:16]
    covered = {index for span in spans for index in range(span.start, span.end)}
    assert all(char.isspace() for index, char in enumerate(document.text) if index not in covered)
    cells = {block.span for block in document.blocks if block.kind is BlockKind.CELL}
    for table in document.tables:
        assert len({len(row) for row in table.rows}) == 1
        assert all(cell in cells or not cell for row in table.rows for cell in row if cell is not None)
    document.text.encode()


def read(data, name):
    try:
        document = READER.read(data, name=name)
    except InputError:
        return
    check(document)


@given(MAGICS, st.binary(max_size=400), EXTENSIONS)
@settings(max_examples=300, deadline=None)
def test_any_bytes_with_any_extension(magic, data, extension):
    read(magic + data, f"文件.{extension}")


@given(st.sampled_from(sorted(SAMPLES)), st.data())
@SLOW
def test_damaged_samples(name, data):
    content = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    read(bytes(content), name)


XML_DAMAGE = st.lists(
    st.tuples(
        st.integers(0, 200_000),
        st.integers(0, 60),
        st.sampled_from([b"", b"<w:p>", b"</w:p>", b'w:val="x"', b"9" * 20]),
    )
)


PARTS = (
    *(("plan.docx", part) for part in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels")),
    *(("plan.odt", part) for part in ("content.xml", "META-INF/manifest.xml")),
    *(("ledger.xlsx", f"xl/{part}.xml") for part in ("workbook", "worksheets/sheet1", "sharedStrings", "styles")),
    *(("brief.pptx", part) for part in ("ppt/slides/slide3.xml", "ppt/_rels/presentation.xml.rels")),
)


@given(st.sampled_from(PARTS), XML_DAMAGE)
@SLOW
def test_damaged_parts_of_an_office_file(damaged, damage):
    sample, part = damaged
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SAMPLES[sample])) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = bytearray(old.read(name))
            for place, size, filling in damage if name == part else ():
                start = place % max(1, len(content))
                content[start : start + size] = filling
            new.writestr(name, bytes(content))
    read(target.getvalue(), f"坏{Path(sample).suffix}")


TAGS = st.sampled_from(
    [
        *(
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "<td rowspan=3>",
            "<td colspan=2>",
            "<th rowspan=0>",
            "<p>",
            "</p>",
            "<br>",
        ),
        *(
            "<div class=nav>",
            "<div>",
            "</div>",
            "<h1>",
            "</h1>",
            "<ol>",
            "<li>",
            "</ol>",
            "<a href=x>",
            "</a>",
            "<pre>",
        ),
        *(
            "<span style='display:none'>",
            "</span>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<title>",
            "</title>",
            "&#0;",
            "&#xD800;",
        ),
        *("发布时间：2026-09-22 来源：县水务局", "网站标识码：1", "相关链接", "上一篇：无", "首页 > 正文", "附件"),
    ]
)


@given(st.lists(TAGS | PIECES, max_size=60).map("".join))
@settings(deadline=None)
def test_tag_soup(source):
    read(source.encode(), "网页.html")


WORDS = st.sampled_from(
    [
        *(
            "{",
            "}",
            "\\par ",
            "\\trowd",
            "\\clvmgf",
            "\\clvmrg",
            "\\clmrg",
            "\\cellx100",
            "\\cellx-5 ",
            "\\cell ",
            "\\row ",
        ),
        *(
            "\\intbl",
            "\\pard",
            "\\v ",
            "\\v0 ",
            "\\uc0",
            "\\uc",
            "\\u21333 ?",
            "\\u-10179 ?",
            "\\u64976 ",
            "\\u9999999999 ",
            "\\f9 ",
        ),
        *(
            "\\'b2",
            "\\'c6",
            "\\*",
            "\\shp",
            "\\shptxt",
            "\\fonttbl",
            "\\fcharset134",
            "\\bin3 ",
            "\\nestcell",
            "\\nestrow",
            "\\line",
        ),
        *(
            "\\outlinelevel1",
            "\\outlinelevel99",
            "\\ansicpg0",
            "\\ansicpg65001",
            "\\listtext",
            "\\tab",
            "\\deff3",
            "\\plain",
            "abc",
            "\xb2\xc6",
        ),
    ]
)


@given(st.lists(WORDS, max_size=80).map("".join))
@settings(deadline=None)
def test_rich_text_soup(source):
    read(b"{\\rtf1" + source.encode("latin-1"), "文.rtf")


@given(PROSE, st.sampled_from(["utf-8", "gb18030", "utf-16"]), st.sampled_from(["txt", "md"]))
@settings(deadline=None)
def test_prose_in_any_encoding(text, encoding, extension):
    read(text.encode(encoding), f"文.{extension}")


@given(st.one_of(st.text(max_size=200), PROSE))
@settings(deadline=None)
def test_handed_over_text_is_never_altered(text):
    try:
        document = READER.read_text(text, name="贴入")
    except InputError:
        return
    assert document.text == text
    check(document)


@given(PROSE)
@settings(deadline=None)
def test_paragraphs_hold_every_visible_character(text):
    spans = paragraph_spans(text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


CELLS = st.builds(
    Cell,
    st.integers(0, 4),
    st.integers(0, 4),
    st.sampled_from(["", "甲", " 乙 ", "丙\n丁"]),
    st.integers(1, 6),
    st.integers(1, 6),
)
GRIDS = st.builds(Grid, st.integers(0, 5), st.integers(0, 5), st.lists(CELLS, max_size=12).map(tuple), st.just(1))
FRAGMENTS = st.lists(st.one_of(GRIDS, st.builds(Paragraph, st.sampled_from(["", "段落", " 段 "]))), max_size=6)


@given(FRAGMENTS)
def test_assembled_fragments_point_into_the_text(fragments):
    content = assemble(fragments, Limits())
    assert all(block.span.of(content.text).strip() for block in content.blocks)
    assert all(before.span.end < after.span.start for before, after in pairwise(content.blocks))
    owned = {block.span: block.cell for block in content.blocks if block.cell is not None}
    for table in content.tables:
        for row in table.rows:
            for span in filter(None, row):
                assert owned[span].table == table.number
