"""What of a web page is read: the body with its tables, title, date and source, and nothing of the site around it."""

import json
import re
from pathlib import Path

import pytest

from corpora.schema.document import BlockKind
from service.domain.errors import BrokenDocument, DocumentTooLarge, EmptyDocument
from service.ingest.webpage.furniture import footer_start, is_furniture_line
from service.ingest.webpage.masthead import is_byline
from tests.unit.service.ingest.reading import grids, read, refused, texts

LINES = json.loads((Path(__file__).parent / "cases" / "web_lines.json").read_text(encoding="utf-8"))
PROSE = "<p>县委巡察组指出的问题，局党组逐条认领，制定措施，明确责任，限期整改到位。</p>"


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def page_texts(body, head=""):
    return texts(read(page(body, head), "公示.html"))


@pytest.mark.parametrize("case", LINES, ids=[case["id"] for case in LINES])
def test_furniture_is_told_from_text_that_looks_like_it(case):
    assert is_furniture_line(case["line"]) is case["furniture"], case["reason"]


@pytest.mark.parametrize(
    ("encoding", "meta", "expected"),
    [
        ("gbk", '<meta charset="gb2312">', "gb18030"),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ("utf-8", '<meta charset="utf-8">', "utf-8"),
        ("utf-8-sig", '<meta charset="gb2312">', "utf-8"),
        ("utf-8", '<meta charset="gb2312">', "utf-8"),
        ("gbk", '<meta charset="utf-8">', "gb18030"),
        ("gbk", '<meta charset="iso-8859-1">', "gb18030"),
        ("gbk", "", "gb18030"),
        ("utf-16", "", "utf-16-le"),
        ("big5hkscs", '<meta charset="big5">', "big5hkscs"),
    ],
)
def test_the_encoding_comes_from_mark_declaration_or_bytes(encoding, meta, expected):
    text = "朱某某負責" if encoding == "big5hkscs" else "朱镕某某负责整改落实"
    document = read(f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(encoding), "公示.html")
    assert (document.encoding, texts(document)) == (expected, [text])


def test_a_declaration_that_the_bytes_refute_is_reported():
    document = read(
        '<html><head><meta charset="gb2312"></head><body>整改落实不到位</body></html>'.encode(), "公示.html"
    )
    assert "gb2312" in document.warnings[0]
    assert "UTF-8" in document.warnings[0]


def test_an_xhtml_page_may_name_its_encoding_in_the_xml_declaration():
    source = '<?xml version="1.0" encoding="gb2312"?><html><body><p>整改落实不到位</p></body></html>'
    assert read(source.encode("gbk"), "公示.txt").encoding == "gb18030"


def test_title_date_and_source_come_first_and_once():
    body = (
        '<div class="header"><h1>青禾县水务局</h1></div><h2>关于整改情况的公示</h2>'
        "<div>发布时间：2026-09-22 16:05　信息来源：县水务局办公室　作者：某某　浏览次数：<span>12</span></div>"
        f"<div>{PROSE}</div>"
    )
    document = read(page(body, "<title>关于整改情况的公示_青禾县水务局</title>"), "公示.html")
    assert texts(document)[:3] == ["关于整改情况的公示", "发布时间：2026-09-22 16:05", "来源：县水务局办公室"]
    assert (document.blocks[0].kind, document.blocks[0].level) == (BlockKind.HEADING, 0)
    assert len(document.blocks) == 4


def test_title_date_and_source_come_from_meta_tags_where_the_page_prints_none():
    head = "".join(
        f'<meta name="{name}" content="{value}">'
        for name, value in (("ArticleTitle", "整改公示"), ("PubDate", "2026-09-22"), ("ContentSource", "县水务局"))
    )
    assert page_texts(PROSE, head)[:3] == ["整改公示", "发布时间：2026-09-22", "来源：县水务局"]


def test_the_date_of_a_signature_is_no_date_of_publication():
    body = "<h1>关于开展自查的通知</h1><p>各村：</p><p>请于月底前自查。</p><p>柳湾镇党委</p><p>2026年9月18日</p>"
    assert page_texts(body) == ["关于开展自查的通知", "各村：", "请于月底前自查。", "柳湾镇党委", "2026年9月18日"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026-09-22 16:05", True),
        ("来源：县水务局 | 2026年9月22日", True),
        ("【字体：大 中 小】", True),
        ("时间：2026年9月22日", True),
        ("时间：2026年9月22日，地点：三楼会议室，请准时参加。", False),
        ("责任单位：县水务局", False),
        ("编辑管理系统不规范", False),
    ],
)
def test_bylines_are_told_from_text(line, expected):
    assert is_byline(line) is expected


@pytest.mark.parametrize(
    "furniture",
    [
        '<ul class="mainNav"><li><a href="/">首页</a></li><li><a href="/b">新闻</a></li></ul>',
        '<div id="dqwz">当前位置：<a href="/">首页</a> &gt; 正文</div>',
        '<div role="navigation">栏目导航</div>',
        "<nav>栏目导航</nav>",
        "<footer>青禾县某某局</footer>",
        "<ul><li><a href=1>机构职能</a></li><li><a href=2>领导分工</a></li><li><a href=3>政策文件</a></li></ul>",
        '<div class="bdsharebuttonbox">分享到<a href="#">微信</a></div>',
        "<h3>相关链接</h3><p><a href=1>一图读懂供水条例</a></p><p><a href=2>供水条例</a></p>",
        "<p>责任编辑：张某</p>",
        "<p>主办单位：某某县人民政府　承办单位：某某中心</p><p>网站标识码：0000000000</p><p>地址：某某路1号 邮编：000000</p>",
        "<p>某ICP备00000000号-1</p><p>某公网安备 00000000000000号</p>",
        '<div style="color:red; display: none">旧版正文</div>',
        '<p style="visibility:hidden">旧版正文</p>',
        "<p hidden>旧版正文</p>",
        '<span aria-hidden="true">图标</span>',
        "<script>var text = '正文';</script><style>p { color: red }</style><noscript>请启用脚本</noscript>",
        "<select><option>省级网站</option></select><button>检索</button>",
    ],
)
def test_furniture_and_hidden_parts_are_left_out(furniture):
    assert page_texts(f"<div><h2>整改公示</h2>{PROSE}{furniture}</div>") == ["整改公示", PROSE[3:-4]]


def test_what_is_left_out_is_counted_in_a_warning():
    document = read(page(f"<nav>栏目导航</nav>{PROSE}"), "公示.html")
    assert document.warnings == ("已略去网页的导航、页脚等 4 字",)
    assert read(page(PROSE), "公示.html").warnings == ()


def test_a_body_is_kept_although_its_name_speaks_of_furniture():
    assert page_texts(f'<div class="print-content" id="printArea">{PROSE}</div>') == [PROSE[3:-4]]


def test_fields_named_like_a_footer_stay_where_no_footer_follows():
    lines = ["1.管护缺位。", "主办单位：县水务局", "承办单位：供水站", "联系电话：0000000"]
    assert page_texts("".join(f"<p>{line}</p>" for line in lines)) == lines
    assert footer_start(lines) == len(lines)
    assert footer_start([*lines, "网站标识码：0000000000"]) == 1


def test_links_to_attachments_and_signatures_beside_the_body_are_kept():
    links = "".join(f'<p><a href="/{n}.docx">附件{n}：清单</a></p>' for n in range(1, 4))
    body = f"<div>{PROSE * 8}</div><div>青禾县水务局党组 2026年9月22日</div><div>{links}</div>"
    assert page_texts(body)[-4:] == ["青禾县水务局党组 2026年9月22日", "附件1：清单", "附件2：清单", "附件3：清单"]


@pytest.mark.parametrize(
    "part", ["<p>青禾县水务局党组</p><p>2026年9月22日</p>", '<p><a href="/1.docx">责任清单</a></p>']
)
def test_signatures_and_attachments_are_kept_although_their_part_is_called_a_footer(part):
    found = page_texts(f'<div>{PROSE * 8}<div class="article-bottom">{part}</div></div>')
    assert found[8:] == re.findall(r"<p>(?:<a[^>]*>)?([^<]+)", part)


def test_tables_that_arrange_the_page_are_read_as_text_and_those_that_tabulate_as_tables():
    ledger = "<table><tr><th>问题<th>时限<tr><td>甲<td>年底前<tr><td>乙<td>立行立改</table>"
    body = f"<table><tr><td width=200>左栏</td><td><table><tr><td>{PROSE}{ledger}</td></tr></table></td></tr></table>"
    document = read(page(body), "公示.html")
    assert grids(document) == [[["问题", "时限"], ["甲", "年底前"], ["乙", "立行立改"]]]
    assert PROSE[3:-4] in texts(document)


def test_spans_of_rows_and_columns_repeat_the_merged_cell():
    table = (
        "<table><caption>责任清单</caption><thead><tr><th>序号<th colspan=2>问题<th>时限</thead>"
        "<tr><td rowspan=2>1<td rowspan='2'>甲<td>乙<td>年底前<tr><td>丙<td>立行立改<tr><td rowspan=0>2<td>丁<td>戊<td>己</table>"
    )
    document = read(page(table), "公示.html")
    assert grids(document) == [
        [
            ["序号", "问题", "问题", "时限"],
            ["1", "甲", "乙", "年底前"],
            ["1", "甲", "丙", "立行立改"],
            ["2", "丁", "戊", "己"],
        ]
    ]
    assert texts(document)[0] == "责任清单"


def test_paragraphs_of_a_cell_are_lines_and_tables_inside_it_rows_of_text():
    inner = "<table><tr><td>子一<td>子二<tr><td>子三<td>子四</table>"
    long = "问题描述较长，占去表格的大部分文字，嵌套表只是其中一小块。"
    table = f"<table><tr><td>1<td><p>措施一</p><p>措施二<br>措施三</p>{inner}<tr><td>2<td>{long}</table>"
    assert grids(read(page(table), "公示.html"))[0][0][1] == "措施一\n措施二\n措施三\n子一 子二\n子三 子四"


def test_headings_breaks_lists_and_white_space():
    body = "<h2>一、任务</h2><p>第一行<br>第二\n  行<b>粗体</b>字&nbsp;尾</p><ol start=3><li>甲<li>乙</ol><ul><li>丙</ul><pre>原样\n两行</pre>"
    document = read(page(body), "公示.html")
    assert texts(document) == ["一、任务", "第一行", "第二行粗体字 尾", "3.甲", "4.乙", "丙", "原样", "两行"]
    assert (document.blocks[0].kind, document.blocks[0].level) == (BlockKind.HEADING, 2)


def test_entities_of_a_document_type_are_not_expanded():
    source = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>甲&x;乙</p></body></html>'
    assert "甲&x;乙" in read(source.encode(), "公示.html").text


def test_pages_under_other_extensions_are_read_as_what_they_are():
    document = read("<html><body><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table></body></html>".encode(), "导出.xls")
    assert (document.format, grids(document)) == ("html", [[["甲", "乙"], ["丙", "丁"]]])
    assert ".xls" in document.warnings[0]


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li><a href=1>公示一二三</a></li><li><a href=2>公示二三四</a></li><li><a href=3>公示三四五</a></li></ul>",
        '<div id="app"></div><script>load()</script>',
        "<p> &nbsp; </p>",
    ],
)
def test_pages_without_a_body_are_empty(body):
    assert "正文" in refused(EmptyDocument, page(body), "列表.html")


def test_a_file_that_holds_only_a_comment_is_empty():
    refused(EmptyDocument, b"<!-- -->", "空.html")


def test_hostile_pages_are_refused():
    assert "嵌套" in refused(BrokenDocument, page("<div>" * 300 + "正文" + "</div>" * 300), "深.html")
    assert refused(BrokenDocument, bytes(range(128, 256)) * 9, "乱码.html")
    table = "<table>" + "<tr><td>1<td>2" * 30 + "</table>"
    refused(DocumentTooLarge, page(table), "表.html", max_cells=59)
    assert len(read(page(table), "表.html", max_cells=60).tables) == 1
    wide = read(page("<table><tr><td colspan=999999999>甲<td>乙<tr><td>丙<td>丁</table>"), "宽.html")
    assert len(wide.tables[0].rows[0]) == 65
    refused(DocumentTooLarge, page(f"<p>{'字' * 50}</p>"), "长.html", max_characters=49)


def test_text_at_the_deepest_level_that_is_allowed_is_read():
    assert page_texts("<div>" * 190 + "正文" + "</div>" * 190) == ["正文"]


@pytest.mark.parametrize("sign", ["&#1;", "&#11;", "\ufffe"])
def test_a_control_character_behind_a_dropped_element_is_no_reason_to_fail(sign):
    document = read(
        f"<html><body><p>责任单位<script>x</script>{sign}：县财政局</p></body></html>".encode(), "公示.html"
    )

    assert "责任单位：县财政局" in document.text
