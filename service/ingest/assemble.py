"""From fragments to one text with blocks and tables that point into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpora.schema.document import Block, BlockKind, CellAddress, Table
from corpora.schema.span import Span
from service.ingest.fragments import Cell, Content, Fragment, Grid, Paragraph
from service.ingest.limits import Limits


def assemble(
    fragments: Iterable[Fragment],
    limits: Limits,
    *,
    pages: int = 1,
    encoding: str | None = None,
    warnings: tuple[str, ...] = (),
) -> Content:
    """Lay fragments out as one text: blocks and table rows on lines of their own, cells between tabs.

    A merged cell stands once in the text, where it begins; its span is repeated in the table's
    rows. Cells without text have an empty span and no block.

    Raises:
        DocumentTooLarge: if the text or the tables exceed a limit.
    """
    builder = _Builder(limits)
    for fragment in fragments:
        match fragment:
            case Paragraph():
                builder.add_paragraph(fragment)
            case Grid():
                builder.add_grid(fragment)
    text = "".join(builder.parts)
    return Content(text, tuple(builder.blocks), tuple(builder.tables), pages, encoding, warnings)


class _Builder:
    """Grows the text part by part and keeps count of its length."""

    def __init__(self, limits: Limits) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self._limits, self._length, self._places = limits, 0, 0

    def add_paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text.strip()
        if not text:
            return
        self._break_line()
        span = self._write(text)
        self.blocks.append(Block(span, paragraph.kind, paragraph.level, paragraph.page))

    def add_grid(self, grid: Grid) -> None:
        self._places += grid.rows * grid.columns
        self._limits.check_cells(self._places)
        if not any(cell.text.strip() for cell in grid.cells):
            return
        owners = _owners(grid)
        spans: dict[Cell, Span] = {}
        for row in range(grid.rows):
            self._write_row(_starting(owners, grid, row), spans, grid.page)
        rows = tuple(
            tuple(_span(owners.get((row, column)), spans) for column in range(grid.columns)) for row in range(grid.rows)
        )
        self.tables.append(Table(len(self.tables), rows, grid.page))

    def _write_row(self, cells: list[Cell], spans: dict[Cell, Span], page: int | None) -> None:
        if not cells:
            return
        self._break_line()
        for number, cell in enumerate(cells):
            if number:
                self._write("\t")
            spans[cell] = span = self._write(cell.text.strip())
            if span:
                address = CellAddress(len(self.tables), cell.row, cell.column)
                self.blocks.append(Block(span, BlockKind.CELL, page=cell.page or page, cell=address))

    def _break_line(self) -> None:
        if self.parts:
            self._write("\n")

    def _write(self, text: str) -> Span:
        start = self._length
        self._length += len(text)
        self._limits.check_characters(self._length)
        self.parts.append(text)
        return Span(start, self._length)


def _owners(grid: Grid) -> dict[tuple[int, int], Cell]:
    """Say which cell each place of the grid belongs to."""
    owners: dict[tuple[int, int], Cell] = {}
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, grid.columns)):
                owners.setdefault((row, column), cell)
    return owners


def _starting(owners: Mapping[tuple[int, int], Cell], grid: Grid, row: int) -> list[Cell]:
    """Return the cells that begin in `row`, from left to right."""
    found = (owners.get((row, column)) for column in range(grid.columns))
    return [cell for cell in dict.fromkeys(found) if cell is not None and cell.row == row]


def _span(cell: Cell | None, spans: Mapping[Cell, Span]) -> Span | None:
    return spans.get(cell) if cell is not None else None
