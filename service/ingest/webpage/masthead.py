"""Title, date and source of a web page: from its meta tags, its title, or the line under its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html

_DATE_LABELS = "发布时间|发布日期|发表时间|发文日期|更新时间|时间|日期"
_SOURCE_LABELS = "信息来源|文章来源|稿件来源|内容来源|来源|发布机构|发布单位|供稿单位|稿源"
_OTHER_LABELS = "作者|撰稿|供稿|责任编辑|编辑|审核|浏览次数|浏览量|浏览|阅读次数|阅读量|阅读|点击次数|点击量|点击数|点击|访问量|字体大小|字体|字号|信息索引号|打印|关闭|分享"
_LABEL = re.compile(
    rf"(?P<date>{_DATE_LABELS})\s*[：:]|(?P<source>{_SOURCE_LABELS})\s*[：:]|(?P<other>{_OTHER_LABELS})\s*(?:[：:]|(?=[\s【\[\]】|]|$))"
)
_DATE = re.compile(
    r"(?:19|20)\d\d\s*(?:年|-|/|\.)\s*\d{1,2}\s*(?:月|-|/|\.)\s*\d{1,2}(?:\s*日)?(?:[\sT]{1,3}\d{1,2}:\d{2}(?::\d{2})?)?"
)
_EDGE = " \t\u3000\xa0|｜/·[]【】（）()，,;；"
_MAX_LINE = 160
_MAX_SOURCE = 40
_SITE_SEPARATOR = re.compile(r"\s*[-_|–—｜]+\s*")
_MIN_TITLE, _MAX_TITLE = 4, 100
_MAX_HEAD, _MAX_HEAD_LINE = 10, 45


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above the body of a page, as printed; empty strings where it says nothing."""

    title: str = ""
    date: str = ""
    source: str = ""


def read_masthead(root: html.HtmlElement, headings: Sequence[str], lines: Sequence[str]) -> Masthead:
    """Find title, date and source.

    Args:
        root: the page with its head.
        headings: the texts of its headings of the first level.
        lines: its lines, the heading and what stands under it first.
    """
    title = _title(root, headings, lines)
    date, source = "", ""
    for line in _under_title(lines, title):
        if not is_byline(line):
            continue
        found = _byline(line)
        date, source = date or found.date, source or found.source
    return Masthead(title, date or _meta(root, "pubdate"), source or _meta(root, "contentsource"))


def is_byline(line: str) -> bool:
    """Say whether a line holds date, source or author of a page and nothing else."""
    if len(line) > _MAX_LINE or re.search(r"[。；]", line):
        return False
    stripped = line.strip(_EDGE)
    if _DATE.fullmatch(stripped):
        return True
    first = _LABEL.match(stripped) or _LABEL.match(_DATE.sub("", stripped, count=1).strip(_EDGE))
    if first is None:
        return False
    bare_date = first["date"] in ("时间", "日期")
    labels = [match.lastgroup for match in _LABEL.finditer(stripped)]
    if bare_date and len(labels) == 1:
        return _DATE.fullmatch(stripped[first.end() :].strip(_EDGE)) is not None
    return all(len(value) <= _MAX_SOURCE for value in _LABEL.split(stripped)[0::4] if value)


def head_length(lines: Sequence[str]) -> int:
    """Return how many lines stand before the first sentence or table; a table is an empty line."""
    for number, line in enumerate(lines[:_MAX_HEAD]):
        if not line or ((len(line) > _MAX_HEAD_LINE or re.search(r"[。；;：:]$", line)) and not is_byline(line)):
            return number
    return min(len(lines), _MAX_HEAD)


def same_title(line: str, title: str) -> bool:
    """Say whether a line repeats the title, spaces aside."""
    return bool(title) and _bare(line) == _bare(title)


def _title(root: html.HtmlElement, headings: Sequence[str], lines: Sequence[str]) -> str:
    named = _meta(root, "articletitle")
    if named:
        return named
    window = " ".join(text for element in root.iter("title") if (text := element.text_content().strip()))
    bare = _bare(window)
    printed = [line for line in (*headings, *lines) if _MIN_TITLE <= len(line) <= _MAX_TITLE and _bare(line) in bare]
    if printed:
        return max(printed, key=len)
    if headings:
        return headings[0]
    parts = _SITE_SEPARATOR.split(" ".join(window.split()))
    return parts[0] if len(parts[0]) >= _MIN_TITLE else ""


def _under_title(lines: Sequence[str], title: str) -> Sequence[str]:
    place = next((number for number, line in enumerate(lines) if same_title(line, title)), -1)
    rest = lines[place + 1 :]
    return rest[: head_length(rest)]


def _byline(line: str) -> Masthead:
    date = _DATE.search(line)
    source = ""
    matches = list(_LABEL.finditer(line))
    for number, match in enumerate(matches):
        end = matches[number + 1].start() if number + 1 < len(matches) else len(line)
        if match["source"] and not source:
            value = line[match.end() : end]
            printed = _DATE.search(value)
            source = (value[: printed.start()] if printed else value).strip(_EDGE)
    return Masthead(date=" ".join(date.group().split()) if date else "", source=source[:_MAX_SOURCE])


def _meta(root: html.HtmlElement, name: str) -> str:
    for element in root.iter("meta"):
        if (element.get("name") or "").strip().lower() == name:
            return " ".join((element.get("content") or "").split())[:_MAX_TITLE]
    return ""


def _bare(text: str) -> str:
    return "".join(text.split())
