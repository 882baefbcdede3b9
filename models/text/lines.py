"""Logical lines: physical lines joined where a line break stands inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpora.schema.span import Span
from models.text.characters import CLOSERS, LINE_BREAK, SEMICOLONS, STRONG_ENDS, is_cjk, visible_span
from models.text.enclosures import match_enclosures
from models.text.furniture import is_furniture
from models.text.headings import Heading, is_complete, is_open_title, is_title, parse_heading
from models.text.labels import is_field_bracket, match_label
from models.text.numbering import match_numbering

_GOES_ON = "，,、—（(“《【"
#: In hard-wrapped text a line of at least this share of the longest one is full and may go on.
_FULL = 0.85
#: A bare line this much shorter than its successor ended on purpose.
_SHORT = 0.75
_INDENT = re.compile(r"\s*(?:[\u3000\t]|[ \xa0]{2})")
_CELL_GAP = re.compile(r"\w[\w%％）)](?:\t|\u3000| {2})\s*(?=\w{2})")
_DATE_LINE = re.compile(r"[\d〇○零一二三四五六七八九]{4}\s*年.{1,4}月.{1,4}日")
_MAX_HEADING_LINES = 3
_MAX_BRACKET_LINES = 8
_WRAP_WIDTHS = range(16, 61)


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """A paragraph, heading or piece of page furniture as one span, inner line breaks included."""

    span: Span
    heading: Heading | None = None
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class _Physical:
    """A physical line that holds something visible.

    Attributes:
        gap: whether an empty line precedes it.
        indented: whether it begins with a wide gap, as first lines of paragraphs do.
    """

    span: Span
    text: str
    gap: bool
    indented: bool
    furniture: bool


def logical_lines(text: str, *, skip_furniture: bool = True) -> tuple[LogicalLine, ...]:
    """Join the physical lines of `text` into paragraphs.

    A line break ends a paragraph if the line is a heading or ends with sentence punctuation, if
    the next line starts with a number, bullet or field label, or if an empty line follows a line
    that may end there. Page furniture always stands alone.

    Args:
        text: raw text with any kind of line break.
        skip_furniture: whether to mark page furniture; if false every line is content.

    Returns:
        Ordered, disjoint lines that together hold every visible character.
    """
    lines = tuple(_physical_lines(text, skip_furniture=skip_furniture))
    wrapped = _wrap_width(lines)
    groups: list[list[_Physical]] = []
    for line in lines:
        if groups and not _breaks(text, groups[-1], line, wrapped):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_logical(text, group) for group in groups)


def _physical_lines(text: str, *, skip_furniture: bool) -> Iterator[_Physical]:
    gap = False
    for start, end in _line_bounds(text):
        span = visible_span(text, start, end)
        if span is None:
            gap = True
            continue
        line = span.of(text)
        indented = _INDENT.match(text, start, span.start) is not None
        yield _Physical(span, line, gap, indented, skip_furniture and is_furniture(line))
        gap = False


def _line_bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in LINE_BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _wrap_width(lines: tuple[_Physical, ...]) -> int | None:
    """Return the line width of hard-wrapped text, or ``None`` if lines are whole paragraphs."""
    content = [line for line in lines if not line.furniture]
    width = max((len(line.text) for line in content), default=0)
    if width not in _WRAP_WIDTHS:
        return None
    full = sum(len(line.text) >= _FULL * width and not ends_sentence(line.text) for line in content)
    return width if full >= 3 else None


def _breaks(text: str, group: list[_Physical], line: _Physical, wrapped: int | None) -> bool:
    """Say whether a paragraph ends between `group` and `line`."""
    last = group[-1]
    if last.furniture or line.furniture or ends_sentence(last.text) or _ends_with_fields(text, group):
        return True
    if match_numbering(line.text) is not None or match_label(line.text) is not None:
        return True
    if last.text[-1] in "：:":
        return match_label(last.text) is None
    if last.text[-1] in _GOES_ON:
        return False
    if line.gap or _is_row(last.text) or _is_row(line.text):
        return True
    return _layout_breaks(group, line, wrapped)


def _layout_breaks(group: list[_Physical], line: _Physical, wrapped: int | None) -> bool:
    """Say whether indents, widths or the wording of a heading end the paragraph where no mark does."""
    last = group[-1]
    if wrapped is not None and (line.indented or group[0].indented):
        return line.indented
    if wrapped is not None and len(last.text) >= _FULL * wrapped:
        return False
    if len(group) == 1:
        return _stands_alone(last.text, line.text)
    return len(group) <= _MAX_HEADING_LINES and _is_joined_heading("".join(part.text for part in group))


def _is_row(line: str) -> bool:
    """Say whether `line` is a table row set with tabs or wide gaps: three cells at least."""
    return len(_CELL_GAP.findall(line)) >= 2


def ends_sentence(line: str) -> bool:
    """Say whether `line` ends with sentence punctuation, closing quotes and brackets aside."""
    core = line.rstrip().rstrip("".join(CLOSERS) + '"')
    if not core:
        return False
    if core[-1] == ".":
        return len(core) > 1 and is_cjk(core[-2])
    return core[-1] in STRONG_ENDS or core[-1] in SEMICOLONS or core[-1] == "…"


def _ends_with_fields(text: str, group: list[_Physical]) -> bool:
    """Say whether the paragraph so far closes with a bracket like （责任单位：…；整改时限：…）."""
    if group[-1].text[-1] not in "）)】]":
        return False
    span = Span(group[-_MAX_BRACKET_LINES:][0].span.start, group[-1].span.end)
    last = span.end - 1
    opened = [
        start
        for start, end in match_enclosures(text, Span(max(span.start, last - 400), span.end)).items()
        if end == last
    ]
    return bool(opened) and is_field_bracket(text, opened[0] + 1, last)


def _is_joined_heading(joined: str) -> bool:
    """Say whether the lines so far make a numbered heading or a document title."""
    heading = parse_heading(joined)
    return heading is not None and (bool(heading.numbering) or is_title(joined))


def _stands_alone(last: str, line: str) -> bool:
    """Say whether the unfinished line `last` is a heading or a field rather than the start of a broken sentence."""
    heading = parse_heading(last)
    if heading is None:
        return match_label(last) is not None and last[-1] not in "年月第" and len(last) <= _SHORT * len(line)
    if heading.numbering:
        return len(last) < 20 or is_complete(last) or len(line) >= _FULL * len(last)
    if is_open_title(last) and is_title(last + line):
        return False
    return is_title(last) or _DATE_LINE.fullmatch(line) is not None or len(last) <= _SHORT * len(line)


def _logical(text: str, group: list[_Physical]) -> LogicalLine:
    span = Span(group[0].span.start, group[-1].span.end)
    if group[0].furniture:
        return LogicalLine(span, furniture=True)
    return LogicalLine(span, heading=_heading(span.of(text), span.start))


def _heading(paragraph: str, offset: int) -> Heading | None:
    heading = parse_heading(paragraph)
    if heading is None:
        return None
    return Heading(heading.span.shift(offset), heading.level, heading.numbering, heading.title, heading.style)
