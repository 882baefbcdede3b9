"""Sample web pages and mails: the furniture of a government site around a source, and a mail with an attachment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Any

_TOP = """<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<meta name="SiteName" content="青禾县水务局">
<meta name="ColumnName" content="通知公告">
<title>{title}_青禾县水务局</title>
<style>.nav a {{ color: #fff }}</style>
<script>var browse = "浏览次数统计";</script>
</head>
<body>
<div class="header"><h1 class="logo">青禾县水务局</h1><a href="/login">登录</a><a href="/wza">无障碍浏览</a></div>
<ul class="mainNav"><li><a href="/">网站首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/hdjl">互动交流</a></li></ul>
<table width="1000" align="center" cellpadding="0">
<tr><td colspan="2"><div class="dqwz">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 通知公告</div></td></tr>
<tr><td width="200"><ul><li><a href="/a">机构职能</a></li><li><a href="/b">领导分工</a></li><li><a href="/c">政策文件</a></li></ul></td>
<td>
<h2>{title}</h2>
<div class="info">发布时间：2026-09-22 16:05　信息来源：县水务局办公室　浏览次数：<span id="hits"></span>　字体：【<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】　<a href="#">打印</a>　<a href="#">关闭</a></div>
<div class="TRS_Editor">
"""
_BOTTOM = """</div>
<div style="display:none">页面检索用文字：旧版清单作废</div>
<p>责任编辑：张某</p>
<div>上一篇：<a href="/1">关于节水宣传周活动的通知</a></div>
<div>下一篇：没有了</div>
<div class="bdsharebuttonbox">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<h3>相关链接</h3>
<ul><li><a href="/2">一图读懂供水条例</a></li><li><a href="/3">供水条例全文</a></li></ul>
</td></tr></table>
<div>
<p>主办单位：青禾县水务局　承办单位：青禾县大数据中心　技术支持：某某公司</p>
<p>网站标识码：0000000000　某ICP备00000000号　某公网安备 00000000000000号</p>
<p>地址：青禾县河滨路1号　邮编：000000　<a href="/map">网站地图</a></p>
</div>
</body>
</html>
"""
_MAIL_FROM, _MAIL_TO = "office@liuwan.example", "office@xuncha.example"


def web_page(lines: Sequence[tuple[int, str]], table_mark: str, ledger: Mapping[str, Any]) -> bytes:
    """Make a page of a government site in GB 2312, laid out in tables, with its furniture.

    Args:
        lines: paragraphs with their heading level, 0 for running text; the first is the title.
        table_mark: the paragraph that stands for the table.
        ledger: header and rows of the table; ``None`` goes on with the cell above.
    """
    title = lines[0][1]
    body = (_table(ledger) if text == table_mark else _paragraph(level, text) for level, text in lines[1:])
    return (_TOP.format(title=escape(title)) + "\n".join(body) + _BOTTOM).encode("gb2312")


def mail(source: Mapping[str, Any], attachments: Mapping[str, bytes]) -> bytes:
    """Make a mail with a plain and an HTML body and attachments with Chinese names; twice gives the same bytes."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = source["subject"]
    message["From"] = f"{source['sender']} <{_MAIL_FROM}>"
    message["To"] = _MAIL_TO
    message["Date"] = source["date"]
    message.set_content("\n".join(source["lines"]))
    page = "".join(f"<p>{escape(line)}</p>" for line in source["lines"])
    message.add_alternative(f"<html><body>{page}</body></html>", subtype="html")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"part-{number}")
    return message.as_bytes()


def _paragraph(level: int, text: str) -> str:
    return f"<p><strong>{escape(text)}</strong></p>" if level else f"<p>　　{escape(text)}</p>"


def _table(ledger: Mapping[str, Any]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in ledger["header"])
    rows = ledger["rows"]
    body = ("".join(_cells(rows, number)) for number in range(len(rows)))
    return f'<table border="1"><tr>{head}</tr>' + "".join(f"<tr>{cells}</tr>" for cells in body) + "</table>"


def _cells(rows: Sequence[Sequence[str | None]], number: int) -> Iterator[str]:
    for column, text in enumerate(rows[number]):
        if text is not None:
            height = merged_rows(rows, number, column)
            span = f' rowspan="{height}"' if height > 1 else ""
            yield f"<td{span}>{escape(text)}</td>"


def merged_rows(rows: Sequence[Sequence[str | None]], number: int, column: int) -> int:
    """Return how many rows the cell that begins in row `number` covers."""
    height = 1
    while number + height < len(rows) and rows[number + height][column] is None:
        height += 1
    return height
