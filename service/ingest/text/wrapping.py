"""Physical lines of a plain text, measured the way a typewriter would."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpora.schema.span import Span
from service.ingest.text.paragraphs import Line, ends_sentence, group_lines

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+|\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_WRAP_WIDTHS = (14.0, 70.0)
#: Lines that end so many characters before the margin are still wrapped at it.
_RAGGED = 1.5
_MIN_WRAPPED = 3
_MIN_WRAPPED_SHORT = 2
_SHORT_TEXT = 6
_TAB = 2.0


@dataclass(frozen=True, slots=True)
class _Physical:
    span: Span
    text: str
    indent: float
    width: float
    gap: bool


def paragraph_spans(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a plain text; line breaks inside a wrapped paragraph are part of it.

    Every visible character lies in exactly one span, and no span begins or ends with white space.
    """
    lines = tuple(_physical_lines(text))
    margin = _wrap_margin(lines)
    wrapped_indents = sum(line.indent >= 1 for line in lines)
    indented_style = margin is not None and wrapped_indents >= 1
    measured = [
        Line(
            line.text,
            indent=line.indent,
            slack=float("inf") if margin is None else max(0.0, margin - line.width),
            gap=line.gap,
            indented_style=indented_style,
        )
        for line in lines
    ]
    return tuple(Span(lines[group.start].span.start, lines[group.stop - 1].span.end) for group in group_lines(measured))


def _physical_lines(text: str) -> Iterator[_Physical]:
    breaks, first = 0, True
    for match in _LINE.finditer(text):
        content = match.group()
        visible = content.strip()
        if not visible:
            breaks += content[0] in "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
            continue
        start = match.start() + len(content) - len(content.lstrip())
        indent = _width(content[: start - match.start()])
        span = Span(start, start + len(visible))
        yield _Physical(span, visible, indent, indent + _width(visible), gap=breaks > 1 and not first)
        breaks, first = 0, False


def _width(text: str) -> float:
    """Return the printed width in full-width characters."""
    return sum(_TAB if char == "\t" else 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def _wrap_margin(lines: Sequence[_Physical]) -> float | None:
    """Return the width at which the text is wrapped, or ``None`` if lines are whole paragraphs."""
    cut = sorted(line.width for line in lines if not ends_sentence(line.text))
    best, margin = 0, 0.0
    for width in cut:
        if _WRAP_WIDTHS[0] <= width <= _WRAP_WIDTHS[1]:
            count = bisect_right(cut, width) - bisect_left(cut, width - _RAGGED)
            if count >= best:
                best, margin = count, width
    needed = _MIN_WRAPPED_SHORT if len(lines) <= _SHORT_TEXT else _MIN_WRAPPED
    longer = sum(line.width > margin + _RAGGED for line in lines)
    return margin if best >= needed and longer <= len(lines) // 20 else None
