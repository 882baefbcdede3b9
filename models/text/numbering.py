"""How official documents number their parts: 第X章, 一、, （一）, 1., (1), ①, 一是, ——."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpora.schema.span import Span

_CN = "[一二三四五六七八九十百零〇]"


class NumberingStyle(StrEnum):
    """The form of a number in front of a line; the order is the usual nesting, outermost first."""

    PART = "part"
    SECTION = "section"
    ARTICLE = "article"
    CHINESE = "chinese"
    BRACKETED_CHINESE = "bracketed_chinese"
    ARABIC = "arabic"
    BRACKETED_ARABIC = "bracketed_arabic"
    CIRCLED = "circled"
    MEMBER = "member"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Numbering:
    """A number or bullet in front of a line, without the white space around it."""

    span: Span
    style: NumberingStyle


_PATTERNS: tuple[tuple[NumberingStyle, str], ...] = (
    (NumberingStyle.PART, rf"第\s*(?:{_CN}+|\d{{1,3}})\s*(?:编|篇|部分|章)[、：:]?"),
    (NumberingStyle.SECTION, rf"第\s*(?:{_CN}+|\d{{1,3}})\s*节[、：:]?"),
    (NumberingStyle.ARTICLE, rf"第\s*(?:{_CN}+|\d{{1,3}})\s*条(?![第款例件])[、：:]?"),
    (NumberingStyle.CHINESE, rf"{_CN}{{1,3}}\s*(?:、|[．.](?!\d))"),
    (NumberingStyle.BRACKETED_CHINESE, rf"[（(]\s*{_CN}{{1,3}}\s*[）)][、.．]?|[㈠-㈩]"),
    (NumberingStyle.BRACKETED_ARABIC, r"[（(]\s*\d{1,2}\s*[）)][、.．]?|\d{1,2}\s?[）)]|[⑴-⒇]"),
    (NumberingStyle.ARABIC, r"\d{1,2}\s?(?:、|[．.](?![\d．.]))|[⒈-⒛]"),
    (NumberingStyle.CIRCLED, r"[①-⑳❶-❿㊀-㊉][、.．]?"),
    (
        NumberingStyle.MEMBER,
        rf"{_CN}{{1,2}}(?:是|要)|第{_CN}{{1,2}}[，,、]|其[一二三四五六七八九十][，,]|(?:首先|其次|再次|最后)[，,]",
    ),
    (NumberingStyle.BULLET, r"[—―─]{2}|[●■◆▲★•▪◇□➢➤✓√※\uf06c\uf0b7]|[-*+–—]\s+(?=\S)"),
)
_NUMBERING = re.compile(r"\s*(?:" + "|".join(f"(?P<{style.value}>{pattern})" for style, pattern in _PATTERNS) + ")")


def match_numbering(text: str, position: int = 0, end: int | None = None) -> Numbering | None:
    """Return the numbering that starts at `position` (white space skipped), or ``None``.

    Args:
        text: any text; the span of the answer points into it.
        position: where the line or clause begins, in code points.
        end: where to stop reading; the whole text if left out.
    """
    match = _NUMBERING.match(text, position, len(text) if end is None else end)
    if match is None or match.lastgroup is None:
        return None
    start, stop = match.span(match.lastgroup)
    return Numbering(Span(start, stop), NumberingStyle(match.lastgroup))
