"""The nesting of headings: for every line, the chain of headings it stands under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.text.headings import TITLE_LEVEL, Heading, lead_heading, parse_heading
from models.text.numbering import NumberingStyle, match_numbering

_RANKS = {style: rank for rank, style in enumerate(NumberingStyle, start=1)}
_TITLE_RANK = 0
_BARE_RANK = len(_RANKS) + 1


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A line with its place among the headings.

    Attributes:
        heading: the heading this line is or begins with.
        whole: whether the heading fills the line.
        chain: numbers of the lines whose headings stand above this one, outermost first.
    """

    heading: Heading | None
    whole: bool
    chain: tuple[int, ...]


def outline(lines: Iterable[str]) -> tuple[OutlineLine, ...]:
    """Nest the lines of a document by the numbering it really uses.

    A numbering style that appears for the first time goes one level deeper (unless an outer style
    returns), one that is already open ends everything down to it. A numbered paragraph that is no
    heading ends the headings of its own and of inner styles.

    Args:
        lines: paragraphs in reading order.

    Returns:
        One entry per line, in the same order.
    """
    entries: list[OutlineLine] = []
    stack: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        whole = parse_heading(line)
        heading = whole or lead_heading(line)
        rank = _rank(line, heading)
        if rank is not None:
            _close(stack, rank)
        entries.append(OutlineLine(heading, whole is not None, tuple(owner for owner, _ in stack)))
        if heading is not None and rank is not None:
            stack.append((number, rank))
    return tuple(entries)


def heading_chain(entries: Sequence[OutlineLine], number: int) -> tuple[Heading, ...]:
    """Return the headings above line `number`, outermost first, its own heading included."""
    entry = entries[number]
    above = (entries[owner].heading for owner in entry.chain)
    return tuple(heading for heading in (*above, entry.heading) if heading is not None)


def _rank(line: str, heading: Heading | None) -> int | None:
    """Return how deep the line's own style lies, or ``None`` for text that closes nothing."""
    if heading is not None and heading.style is None:
        return _TITLE_RANK if heading.level == TITLE_LEVEL else _BARE_RANK
    if heading is not None and heading.style is not None:
        return _RANKS[heading.style]
    numbering = match_numbering(line)
    if numbering is None or numbering.style in {NumberingStyle.MEMBER, NumberingStyle.BULLET}:
        return None
    return _RANKS[numbering.style]


def _close(stack: list[tuple[int, int]], rank: int) -> None:
    """Drop the headings that a line of `rank` ends."""
    for depth, (_, open_rank) in enumerate(stack):
        if open_rank == rank:
            del stack[depth:]
            return
    while stack and rank < stack[-1][1] and (stack[-1][1] != _BARE_RANK or rank == _TITLE_RANK):
        stack.pop()
