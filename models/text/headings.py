"""Headings: lines that name a part, and lead-ins that name a paragraph before it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpora.schema.span import Span
from models.text.characters import is_cjk, visible_span
from models.text.enclosures import enclosed_ranges
from models.text.labels import is_field_bracket, match_label
from models.text.numbering import Numbering, NumberingStyle, match_numbering

TITLE_LEVEL = 0
BARE_LEVEL = 6
_ABOUT_LEVEL = 3
_LEVELS = {
    NumberingStyle.PART: 1,
    NumberingStyle.SECTION: 2,
    NumberingStyle.ARTICLE: 3,
    NumberingStyle.CHINESE: 1,
    NumberingStyle.BRACKETED_CHINESE: 2,
    NumberingStyle.ARABIC: 3,
    NumberingStyle.BRACKETED_ARABIC: 4,
    NumberingStyle.CIRCLED: 5,
}
_MAX_LINE = 160
_MAX_TITLE = 48
_MAX_NAMING = 40
_MAX_BARE = 30

_INNER_STOP = re.compile(r"[。！？!?；;：:]|(?<=[一-龥％%])[.．]")
_FINAL = re.compile(r"[。：:\s]+$|(?<=[一-龥])[.．]\s*$")
_ABOUT = re.compile(r"(?:对|针对)?关于.*(?:问题|方面|情况).*")
_ABOUT_ENDING = re.compile(r"(?:问题|方面|整改|情况|进展|落实|措施|不足)[。：:]?$")
_TITLE_ENDING = re.compile(
    r"(?:通报|报告|方案|通知|意见|公告|公示|办法|细则|规定|清单|台账|计划|总结|讲话|材料|要点|纪要|函|情况|批复|决定|一览表|分工表|任务表|发言)"
    r"(?:[（(][^（()）]{1,20}[)）])?$"
)
_TITLE_OPENING = re.compile(
    r"中共|关于|.{2,24}(?:关于|巡察|巡视|整改|审计|督察|检查)|附件\s*\d*|.{2,20}(?:党委|党组|委员会|政府|局)"
)
_DATE_LINE = re.compile(r"[\d〇○零一二三四五六七八九十]{2,4}\s*[年./-].{1,8}")
_FACT = re.compile(r"\d")
_SUMMARY_COLON = re.compile(r"(?:方面|问题|情况|整改)(?:的)?[：:]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found in a line.

    Attributes:
        span: numbering and title in the text that was given, without surrounding white space.
        level: 0 document title; 1 一、 and 第X章; 2 （一） and 第X节; 3 1. and “关于…问题的整改”;
            4 (1); 5 ①; 6 a bare line of no known depth.
        numbering: the number as printed, empty where there is none.
        title: the words after the number, without a closing full stop or colon.
        style: the form of the number, ``None`` where there is none.
    """

    span: Span
    level: int
    numbering: str
    title: str
    style: NumberingStyle | None = None


def parse_heading(line: str) -> Heading | None:
    """Return the heading that `line` as a whole is, or ``None`` if it is running text.

    Args:
        line: one line or one joined paragraph. 一是… and bullets are members of a list, never headings.
    """
    whole = visible_span(line, 0, len(line))
    if whole is None or len(whole) > _MAX_LINE:
        return None
    numbering = match_numbering(line, whole.start, whole.end)
    if numbering is None:
        return _parse_unnumbered(line, whole)
    if numbering.style not in _LEVELS:
        return None
    title = visible_span(line, numbering.span.end, whole.end)
    if title is None:
        return _heading(line, whole, numbering) if numbering.style is NumberingStyle.PART else None
    if numbering.style is NumberingStyle.ARTICLE and (len(title) > 20 or "，" in title.of(line)):
        return None
    return _heading(line, whole, numbering) if _names_only(line, title) else None


def split_lead_heading(text: str) -> Span | None:
    """Return the heading in front of a paragraph: “（二）主体责任虚置问题突出。柳湾镇…” gives its first sentence.

    Args:
        text: one paragraph.

    Returns:
        The span of number and naming clause with its full stop or colon, or ``None`` where the
        paragraph has no number, begins with a fact (a digit in the clause) or is a heading as a whole.
    """
    whole = visible_span(text, 0, len(text))
    if whole is None:
        return None
    numbering = match_numbering(text, whole.start, whole.end)
    if numbering is None or numbering.style not in _LEVELS or numbering.style is NumberingStyle.ARTICLE:
        return None
    end = _lead_end(text, numbering.span.end, whole.end)
    if end is None or end >= whole.end:
        return None
    clause = visible_span(text, numbering.span.end, end)
    if clause is None or not _names_only(text, clause) or _FACT.search(text, clause.start, clause.end) is not None:
        return None
    return Span(numbering.span.start, end)


def lead_heading(text: str) -> Heading | None:
    """Return the heading in front of a paragraph as a value; its span is that of `split_lead_heading`."""
    span = split_lead_heading(text)
    if span is None:
        return None
    numbering = match_numbering(text, span.start, span.end)
    return None if numbering is None else _heading(text, span, numbering)


def is_open_title(line: str) -> bool:
    """Say whether `line` begins a document title that must go on in the next line."""
    line = line.strip()
    opening = _TITLE_OPENING.match(line)
    return opening is not None and "关于" in line and _TITLE_ENDING.search(line) is None


def is_complete(line: str) -> bool:
    """Say whether a heading ends like one: …问题的整改, …情况, …方面, or like a document title."""
    line = line.strip()
    return _ABOUT_ENDING.search(line) is not None or _TITLE_ENDING.search(line) is not None


def is_title(line: str) -> bool:
    """Say whether an unnumbered line without final punctuation is worded like a document title."""
    line = line.strip()
    return _TITLE_OPENING.match(line) is not None and _TITLE_ENDING.search(line) is not None


def _heading(text: str, span: Span, numbering: Numbering) -> Heading:
    title = _FINAL.sub("", text[numbering.span.end : span.end]).strip()
    return Heading(span, _LEVELS[numbering.style], numbering.span.of(text), title, numbering.style)


def _parse_unnumbered(line: str, whole: Span) -> Heading | None:
    title = whole.of(line)
    plain = _without_enclosures(line, whole)
    if _ABOUT.fullmatch(title) is not None and _ABOUT_ENDING.search(plain) is not None and _is_phrase(plain):
        level = TITLE_LEVEL if _TITLE_ENDING.search(title) and "问题" not in title else _ABOUT_LEVEL
        return Heading(whole, level, "", _FINAL.sub("", title))
    if match_label(line, whole.start, whole.end) == whole:
        return Heading(whole, BARE_LEVEL, "", _FINAL.sub("", title).strip("【】[]"))
    if not _is_bare(title, plain):
        return None
    return Heading(whole, TITLE_LEVEL if is_title(title) else BARE_LEVEL, "", title)


def _is_bare(title: str, plain: str) -> bool:
    """Say whether an unnumbered line is a short phrase: no stop, no comma, no date, no open end."""
    if len(plain) > _MAX_BARE or sum(map(is_cjk, title)) < 2:
        return False
    if _INNER_STOP.search(plain) is not None or "，" in plain or "," in plain or title[-1] in "、—（(“《":
        return False
    return _DATE_LINE.match(title) is None


def _is_phrase(plain: str) -> bool:
    return _INNER_STOP.search(_FINAL.sub("", plain)) is None and len(plain) <= _MAX_TITLE and plain.count("，") <= 2


def _names_only(text: str, title: Span) -> bool:
    """Say whether `title` is a naming phrase or a short naming clause, quotes and field brackets aside."""
    plain = _without_enclosures(text, title)
    if not plain.strip() or plain[-1] in "；;，,、":
        return bool(enclosed_ranges(text, title)) and not plain.strip()
    if plain[-1] in "。：:！？!?" and len(plain) > _MAX_NAMING:
        return False
    if plain[-1] == "。" and (plain.count("，") > 1 or _FACT.search(plain) is not None):
        return False
    return _is_phrase(plain) and sum(map(is_cjk, title.of(text))) >= 2


def _without_enclosures(text: str, span: Span) -> str:
    """Return the text of `span` without quoted passages and without brackets that hold fields."""
    parts: list[str] = []
    position = span.start
    for pair in enclosed_ranges(text, span):
        inner = Span(pair.start + 1, pair.end - 1)
        if text[pair.start] in "（([【" and not is_field_bracket(text, inner.start, inner.end):
            continue
        parts.append(text[position : pair.start])
        position = pair.end
    parts.append(text[position : span.end])
    return "".join(parts)


def _lead_end(text: str, start: int, end: int) -> int | None:
    """Return where the first clause after `start` ends, its mark included, quotes and brackets skipped."""
    limit = min(end, start + _MAX_LINE)
    skipped = enclosed_ranges(text, Span(start, limit))
    for match in re.compile(r"[。！？!?：:]").finditer(text, start, limit):
        if any(pair.start <= match.start() < pair.end for pair in skipped):
            continue
        if match.group() not in "：:":
            return match.end()
        summary = _SUMMARY_COLON.search(text, max(start, match.start() - 4), match.end())
        return match.end() if summary is not None else None
    return None
