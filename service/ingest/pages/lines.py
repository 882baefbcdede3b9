"""From characters to printed lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from service.ingest.pages.glyphs import Glyph

#: Share of the height by which the centres of two characters of one line may differ.
_SAME_LINE = 0.5
#: Gaps in characters: between Latin words or numbers, and between columns of Chinese text.
_WORD_GAP, _COLUMN_GAP = 0.15, 0.9
_COPY_DISTANCE = 0.25


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text; its box is in points from the upper left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def width(self) -> float:
        """Printed width."""
        return self.right - self.left


def printed_lines(glyphs: Iterable[Glyph]) -> tuple[PrintedLine, ...]:
    """Gather characters into lines, from top to bottom and from left to right.

    White space is set anew from the distances: between Latin words, between numbers, and where
    Chinese text leaves a gap of about a character; never between digits and Chinese characters that
    stand close.
    """
    rows = (sorted(row, key=lambda glyph: glyph.left) for row in _rows(glyphs))
    return tuple(_line(_without_copies(row)) for row in rows)


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Group characters by height on the page."""
    row: list[Glyph] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle[1]):
        if row and glyph.middle[1] - middle > _SAME_LINE * max(size, glyph.height):
            yield row
            row = []
        row.append(glyph)
        middle += (glyph.middle[1] - middle) / len(row)
        size = max(size, glyph.height) if len(row) > 1 else glyph.height
    if row:
        yield row


def _without_copies(row: Sequence[Glyph]) -> list[Glyph]:
    """Drop characters that are printed twice with a small shift, as some programs do for bold type."""
    kept: list[Glyph] = []
    for glyph in row:
        near = kept[-2:]
        if not any(
            other.char == glyph.char and abs(other.left - glyph.left) < _COPY_DISTANCE * glyph.height for other in near
        ):
            kept.append(glyph)
    return kept


def _line(row: Sequence[Glyph]) -> PrintedLine:
    size = median(glyph.height for glyph in row)
    text = row[0].char
    for before, after in pairwise(row):
        text += _space(before, after, size) + after.char
    return PrintedLine(
        text=text,
        left=row[0].left,
        top=min(glyph.top for glyph in row),
        right=max(glyph.right for glyph in row),
        bottom=max(glyph.bottom for glyph in row),
        size=size,
    )


def _space(before: Glyph, after: Glyph, size: float) -> str:
    gap = (after.left - before.right) / size
    if _is_latin(before.char) and _is_latin(after.char):
        return " " if after.spaced or gap > _WORD_GAP else ""
    return " " if gap > _COLUMN_GAP else ""


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
