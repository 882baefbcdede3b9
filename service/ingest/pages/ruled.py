"""Ruled tables of PDF pages: where the cells are, found by pdfplumber."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pdfplumber

from service.ingest.limits import Limits
from service.ingest.pages.glyphs import Glyph
from service.ingest.pages.unshaped import FLAWS

_SNAP = 3.0
_MIN_CELLS = 2


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the upper left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell with the rows and columns of the grid that it covers."""

    box: Box
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table on one page.

    Attributes:
        box: its outline.
        xs: the edges of its columns from left to right.
        ys: the edges of its rows from top to bottom.
        cells: its cells from top to bottom, left to right.
    """

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[RuledCell, ...]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    def share_out(self, glyphs: Iterable[Glyph]) -> dict[RuledCell, list[Glyph]]:
        """Say which of the characters inside the table stand in which cell."""
        owners = {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        shares: dict[RuledCell, list[Glyph]] = {}
        for glyph in glyphs:
            x, y = glyph.middle
            owner = owners.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))
            if owner is not None:
                shares.setdefault(owner, []).append(glyph)
        return shares


def find_tables(
    data: bytes, numbers: Sequence[int], limits: Limits
) -> tuple[Mapping[int, tuple[RuledTable, ...]], tuple[int, ...]]:
    """Look for ruled tables.

    Args:
        data: the PDF.
        numbers: the pages to look at, from 1.
        limits: bounds of the document.

    Returns:
        The tables by page, from top to bottom, and the pages whose lines could not be read.

    Raises:
        DocumentTooLarge: if there are too many cells.
    """
    found: dict[int, tuple[RuledTable, ...]] = {}
    if not numbers:
        return found, ()
    failed: list[int] = []
    cells = 0
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = document.pages
            for number in numbers:
                tables = _page_tables(pages[number - 1]) if number <= len(pages) else None
                if tables is None:
                    failed.append(number)
                    continue
                cells += sum(table.rows * table.columns for table in tables)
                limits.check_cells(cells)
                found[number] = tables
    except FLAWS:
        return found, tuple(number for number in numbers if number not in found)
    return found, tuple(failed)


def _page_tables(page: pdfplumber.page.Page) -> tuple[RuledTable, ...] | None:
    try:
        tables = tuple(_tables(page))
    except FLAWS:
        return None
    finally:
        page.close()
    return tables


def _tables(page: pdfplumber.page.Page) -> Iterator[RuledTable]:
    shift_x, shift_y = page.bbox[0], page.bbox[1]
    for table in sorted(page.find_tables(), key=lambda table: (table.bbox[1], table.bbox[0])):
        boxes = [
            Box(left - shift_x, top - shift_y, right - shift_x, bottom - shift_y)
            for left, top, right, bottom in table.cells
        ]
        if len(boxes) >= _MIN_CELLS:
            yield ruled_table(boxes)


def ruled_table(boxes: Sequence[Box]) -> RuledTable:
    """Put cell boxes on a grid: a box that reaches over several rows or columns is a merged cell."""
    xs = _edges([edge for box in boxes for edge in (box.left, box.right)])
    ys = _edges([edge for box in boxes for edge in (box.top, box.bottom)])
    cells = sorted((_place(box, xs, ys) for box in boxes), key=lambda cell: (cell.row, cell.column))
    outline = Box(xs[0], ys[0], xs[-1], ys[-1])
    return RuledTable(outline, xs, ys, tuple(cells))


def _place(box: Box, xs: Sequence[float], ys: Sequence[float]) -> RuledCell:
    left, right, top, bottom = (
        _nearest(edges, value) for edges, value in ((xs, box.left), (xs, box.right), (ys, box.top), (ys, box.bottom))
    )
    return RuledCell(box, top, left, max(1, bottom - top), max(1, right - left))


def _edges(values: Sequence[float]) -> tuple[float, ...]:
    """Return the distinct edges in order; edges nearer than three points are one."""
    ordered = sorted(values)
    kept = [ordered[0]]
    for before, value in pairwise(ordered):
        if value - before > _SNAP:
            kept.append(value)
    return tuple(kept)


def _nearest(edges: Sequence[float], value: float) -> int:
    after = min(max(1, bisect_right(edges, value)), len(edges) - 1)
    return after if edges[after] - value < value - edges[after - 1] else after - 1
