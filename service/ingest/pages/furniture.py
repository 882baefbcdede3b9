"""Running heads, running feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from service.ingest.pages.lines import PrintedLine

_NUMBER = r"(?:\d{1,4}|[IVXivx]{1,5}|[一二三四五六七八九十百零〇]{1,5})"
_PAGE_NUMBER = re.compile(
    rf"[-—–－―·•\s]*{_NUMBER}[-—–－―·•\s]*"
    rf"|第\s*{_NUMBER}\s*页(?:[\s,，/／]*共\s*{_NUMBER}\s*页)?|共\s*{_NUMBER}\s*页\s*第\s*{_NUMBER}\s*页"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|(?:Page|PAGE|page)\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
)
_DIGITS = re.compile(r"[\d一二三四五六七八九十]+")
#: Share of the page height at its top and foot in which furniture stands.
_TOP, _FOOT = 0.12, 0.88
_EDGE_LINES = 2
_MIN_REPEATS = 2
_REPEATED_SHARE = 0.5


def is_page_number(text: str) -> bool:
    """Say whether a line holds nothing but a page number."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def without_furniture(
    pages: Sequence[Sequence[PrintedLine]], heights: Sequence[float]
) -> tuple[tuple[PrintedLine, ...], ...]:
    """Drop page numbers, and lines at the edge of pages that come back on at least half of them.

    Args:
        pages: the lines of each page from top to bottom.
        heights: the height of each page in points.
    """
    edges = [_edge_lines(lines, height) for lines, height in zip(pages, heights, strict=True)]
    counts = Counter(key for found in edges for key in {_key(line) for line in found})
    needed = max(_MIN_REPEATS, _REPEATED_SHARE * sum(bool(lines) for lines in pages))
    return tuple(
        tuple(
            line
            for line in lines
            if line not in found or not (is_page_number(line.text) or counts[_key(line)] >= needed)
        )
        for lines, found in zip(pages, edges, strict=True)
    )


def _edge_lines(lines: Sequence[PrintedLine], height: float) -> tuple[PrintedLine, ...]:
    top = [line for line in lines[:_EDGE_LINES] if line.bottom <= _TOP * height]
    foot = [line for line in lines[-_EDGE_LINES:] if line.top >= _FOOT * height]
    return (*top, *foot)


def _key(line: PrintedLine) -> tuple[str, int]:
    """Two lines are the same furniture if they differ in numbers only and stand at the same height."""
    return _DIGITS.sub("#", line.text.replace(" ", "")), round(line.top / 6)
