"""Quotes and brackets: which opener belongs to which closer in a paragraph."""

from __future__ import annotations

import re

from corpora.schema.span import Span
from models.text.characters import PAIRS

#: A pair wider than this is taken for two stray marks: one forgotten closer must not swallow a page.
_MAX_WIDTH = 400
_MAX_DEPTH = 8
_OPENER_OF = {"）": "（(", ")": "(（"} | {close: opener for opener, close in PAIRS.items() if close not in {"）", ")"}}
_MARK = re.compile('["' + re.escape("".join(PAIRS)) + re.escape("".join(PAIRS.values())) + "]")


def match_enclosures(text: str, span: Span) -> dict[int, int]:
    """Map the position of every matched opener in `span` to the position of its closer.

    Full-width and half-width round brackets may close each other; straight double quotes pair up
    in order. Marks without a partner within 400 characters are left out. Runs in linear time.
    """
    pairs: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    straight: int | None = None
    for match in _MARK.finditer(text, span.start, span.end):
        char, position = match.group(), match.start()
        if char == '"':
            if straight is not None and position - straight <= _MAX_WIDTH:
                pairs[straight] = position
                straight = None
            else:
                straight = position
        elif char in PAIRS:
            stack.append((char, position))
        else:
            _close(stack, pairs, _OPENER_OF[char], position)
    return pairs


def _close(stack: list[tuple[str, int]], pairs: dict[int, int], openers: str, position: int) -> None:
    """Pair the closer at `position` with the nearest fitting opener, dropping unclosed ones above it."""
    for depth in range(1, min(len(stack), _MAX_DEPTH) + 1):
        opener, start = stack[-depth]
        if opener in openers:
            if position - start <= _MAX_WIDTH:
                pairs[start] = position
            del stack[-depth:]
            return


def enclosed_ranges(text: str, span: Span) -> tuple[Span, ...]:
    """Return the outermost matched pairs in `span`, marks included, in order and disjoint."""
    ranges: list[Span] = []
    for start, end in sorted(match_enclosures(text, span).items()):
        if not ranges or start >= ranges[-1].end:
            ranges.append(Span(start, end + 1))
    return tuple(ranges)
