"""Where a document's title and its first sentences stand in its text."""

from __future__ import annotations

import re

_LONGEST_LINE = 60
_LONGEST_TITLE = 5
_LEAD = 700
#: Lines that stand before or within the head of a document and belong to no title.
_FURNITURE = re.compile(
    r"附\s*件\s*[\d一二三四五六七八九十]*[:：]?$|[（(]?\s*(?:19|20)\d\d\s*[年./-].*|.*[〔\[［]\s*(?:19|20)\d\d\s*[〕\]］].*号.*|"
    r"(?:来源|发布|时间|日期|作者|编辑|浏览|字号|当前位置|首页|索引号|文号|分类|发文).*|[\W\d_]*$"
)
_BODY = re.compile(
    r"[。；;！？!?]|[:：]\s*$|^[一二三四五六七八九十]{1,2}、|^[（(][一二三四五六七八九十]{1,2}[）)]|^\d{1,2}[.、．]|^第[一二三四五六七八九十]+[章条]"
)
_MARKUP = re.compile(r"^[#*\s]+|[*\s]+$")


def title_of(text: str) -> str:
    """Return the title of a document, its lines joined; empty where the text begins with its body."""
    found: list[str] = []
    for raw in text[:_LEAD].splitlines():
        line = _MARKUP.sub("", raw)
        if not line or _FURNITURE.fullmatch(line):
            if found and line:
                break
            continue
        if _BODY.search(line) or len(line) > _LONGEST_LINE or len(found) == _LONGEST_TITLE:
            break
        found.append(line)
    return "".join(found)


def lead_of(text: str) -> str:
    """Return the beginning of a document, where it says what it is about to do; line breaks within are left out."""
    return "".join(text[:_LEAD].split())
