"""Members of a list inside a sentence: where a semicolon parts two statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpora.schema.span import Span
from models.text.characters import visible_span
from models.text.labels import match_label
from models.text.numbering import NumberingStyle, match_numbering

#: From this length on, in visible code points, both sides of a semicolon count as statements of their own.
_LONG = 30
_SOME = r"(?:有的|有些|部分|个别|少数|极少数|一些|多数|大多数)"
_SOME_START = re.compile(rf"\s*{_SOME}")
_SOME_MEMBER = re.compile(rf"(?:^|[，,：:；;。]|还有|仍有)\s*{_SOME}")
_SIDE_START = re.compile(r"\s*(?:一方面|另一方面|同时还)")


def split_members(text: str, clause: Span, semicolons: Sequence[int]) -> Iterator[Span]:
    """Cut `clause` at those semicolons that part enumerated members or two long statements.

    Args:
        text: the text that `clause` points into.
        clause: a sentence up to its full stop.
        semicolons: positions of its semicolons outside quotes and brackets, ascending.

    Yields:
        The parts in order, each with its closing semicolon; together they are `clause`.
    """
    bounds = [clause.start, *(mark + 1 for mark in semicolons), clause.end]
    start = clause.start
    for left, middle, right in zip(bounds, bounds[1:], bounds[2:], strict=False):
        if _parts(text, Span(start, middle), Span(left, middle), Span(middle, right)):
            yield Span(start, middle)
            start = middle
    yield Span(start, clause.end)


def _parts(text: str, so_far: Span, before: Span, after: Span) -> bool:
    """Say whether the semicolon between `before` and `after` parts two statements."""
    numbering = match_numbering(text, after.start, after.end)
    if numbering is not None and numbering.style is not NumberingStyle.BULLET:
        return True
    if match_label(text, after.start, after.end) is not None:
        return False
    if _SIDE_START.match(text, after.start, after.end) is not None:
        return True
    if _SOME_START.match(text, after.start, after.end) is not None and _has_some_member(text, so_far):
        return True
    return _visible_length(text, before) >= _LONG and _visible_length(text, after) >= _LONG


def _has_some_member(text: str, span: Span) -> bool:
    return _SOME_MEMBER.search(text[span.start : span.end].lstrip()) is not None


def _visible_length(text: str, span: Span) -> int:
    visible = visible_span(text, span.start, span.end)
    return 0 if visible is None else len(visible)
