"""Rows of cells with spans to a grid, for every format that writes tables row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.ingest.fragments import Cell, Grid
from service.ingest.limits import Limits

MAX_COLUMN_SPAN = 64


@dataclass(frozen=True, slots=True)
class SpannedCell:
    """A cell as a row lists it: its text, and how many rows and columns it claims."""

    text: str
    row_span: int = 1
    column_span: int = 1


def place_cells(rows: Sequence[Sequence[SpannedCell]], limits: Limits, *, page: int | None = None) -> Grid:
    """Place the cells of a table: a cell takes the first place that no cell above reaches into.

    Raises:
        DocumentTooLarge: if the table has more places than allowed.
    """
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, listed in enumerate(rows):
        column = 0
        for cell in listed:
            while (row, column) in taken:
                column += 1
            height = max(1, min(cell.row_span, len(rows) - row))
            width = max(1, min(cell.column_span, MAX_COLUMN_SPAN))
            taken.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            limits.check_cells(len(taken))
            cells.append(Cell(row, column, cell.text, height, width))
            column += width
    columns = max((column for _, column in taken), default=-1) + 1
    return Grid(len(rows), columns, tuple(cells), page)
