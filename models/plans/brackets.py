"""Bracket pairs of a text, full-width and half-width mixed as printed."""

from __future__ import annotations

from bisect import bisect_left

from corpora.schema.span import Span

_PAIRS = {"（": "）)", "(": ")）", "[": "]］", "［": "］]", "【": "】", "〔": "〕"}
_CLOSERS = frozenset("".join(_PAIRS.values()))
_REACH = 600


def find_brackets(text: str) -> tuple[Span, ...]:
    """Return every matched bracket pair, brackets included, ordered by start; unmatched signs are passed over."""
    stack: list[int] = []
    found: list[Span] = []
    for index, char in enumerate(text):
        if char in _PAIRS:
            stack.append(index)
        elif char in _CLOSERS:
            while stack and (char not in _PAIRS[text[stack[-1]]] or index - stack[-1] > _REACH):
                stack.pop()
            if stack:
                found.append(Span(stack.pop(), index + 1))
    return tuple(sorted(found))


def innermost(brackets: tuple[Span, ...], position: int) -> Span | None:
    """Return the smallest pair that holds `position` strictly inside, or ``None``."""
    first = bisect_left(brackets, position - _REACH - 1, key=_start)
    last = bisect_left(brackets, position, key=_start)
    holding = [pair for pair in brackets[first:last] if position < pair.end]
    return min(holding, key=len) if holding else None


def outermost(brackets: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the pairs that stand in no other pair."""
    result: list[Span] = []
    for pair in brackets:
        if not result or pair.start >= result[-1].end:
            result.append(pair)
    return tuple(result)


def _start(pair: Span) -> int:
    return pair.start
