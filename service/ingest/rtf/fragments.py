"""From a converted text with marks to paragraphs and grids."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpora.schema.document import BlockKind
from service.ingest.fragments import Cell, Fragment, Grid, Paragraph
from service.ingest.limits import Limits
from service.ingest.rtf.marks import Mark, split_at_marks

#: Column borders that stand no further apart, in twentieths of a point, are one.
_SAME_BORDER = 60
_DEFINITION = re.compile(r"(-?\d{1,9})([vVhH]*)")
_SPACES = re.compile(r"[ \t\xa0]+")
_INVISIBLE = "\u200b\ufeff"


@dataclass(slots=True)
class _Row:
    texts: Sequence[str]
    borders: Sequence[int]
    merges: Sequence[str]


@dataclass(slots=True)
class _State:
    parts: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)


def read_fragments(text: str, limits: Limits) -> Iterator[Fragment]:
    """Yield paragraphs, headings and tables in order.

    Raises:
        DocumentTooLarge: if a table has more cells than allowed.
    """
    state = _State()
    for piece in split_at_marks(text):
        state.parts.append(piece.text.translate(dict.fromkeys(map(ord, _INVISIBLE))))
        match piece.mark:
            case Mark.LINE:
                state.parts.append("\n")
            case Mark.NESTED_CELL:
                state.parts.append(" ")
            case Mark.NESTED_ROW:
                _end_line(state)
            case Mark.PARAGRAPH:
                yield from _end_paragraph(state, piece.arguments, limits)
            case Mark.CELL:
                _end_line(state)
                state.cells.append("\n".join(state.cell))
                state.cell.clear()
            case Mark.ROW:
                state.rows.extend([_row(state.cells, piece.arguments)] if state.cells else [])
                state.cells.clear()
            case None:
                yield from _end_paragraph(state, ",0", limits)


def _end_line(state: _State) -> None:
    """Add what is gathered to the cell, its lines one by one."""
    lines = "".join(state.parts).split("\n")
    state.cell.extend(visible for line in lines if (visible := _SPACES.sub(" ", line).strip()))
    state.parts.clear()


def _end_paragraph(state: _State, arguments: str, limits: Limits) -> Iterator[Fragment]:
    level, _, in_table = arguments.partition(",")
    if in_table == "1" or (not in_table and (state.cell or state.cells)):
        _end_line(state)
        return
    lines = "".join(state.parts).split("\n")
    state.parts.clear()
    if not any(map(str.strip, lines)) and state.rows and in_table != "0":
        return
    if state.cell or state.cells:
        state.rows.append(_row([*state.cells, "\n".join(state.cell)], ""))
        state.cell, state.cells = [], []
    if state.rows:
        yield _grid(state.rows, limits)
        state.rows = []
    if level:
        yield Paragraph("".join(lines), BlockKind.HEADING, int(level) + 1)
    else:
        yield from map(Paragraph, lines)


def _row(texts: Sequence[str], definition: str) -> _Row:
    found = [match.groups() for part in definition.split(";") if (match := _DEFINITION.fullmatch(part))]
    if len(found) != len(texts):
        return _Row(tuple(texts), tuple(range(1, len(texts) + 1)), ("",) * len(texts))
    return _Row(tuple(texts), tuple(int(border) for border, _ in found), tuple(merge for _, merge in found))


def _grid(rows: Sequence[_Row], limits: Limits) -> Grid:
    """Lay rows out on the column borders of all of them; cells that go on are joined to where they began."""
    borders = _borders(rows)
    limits.check_cells(len(rows) * len(borders))
    cells: list[Cell] = []
    above: dict[int, int] = {}
    for number, row in enumerate(rows):
        below: dict[int, int] = {}
        column = 0
        for text, border, merge in zip(row.texts, row.borders, row.merges, strict=True):
            end = max(column, bisect_left(borders, border - _SAME_BORDER)) + 1
            owner = above.get(column) if "V" in merge else None
            if "H" in merge and cells and cells[-1].row == number:
                cells[-1] = _joined(cells[-1], text, columns=end - column)
            elif owner is not None:
                cells[owner] = _joined(cells[owner], text, rows=1)
                below[column] = owner
            else:
                below[column] = len(cells)
                cells.append(Cell(number, column, text, 1, end - column))
            column = end
        above = below
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    return Grid(len(rows), columns, tuple(cells))


def _joined(cell: Cell, text: str, *, rows: int = 0, columns: int = 0) -> Cell:
    joined = f"{cell.text}\n{text}" if cell.text and text else cell.text or text
    return replace(cell, text=joined, row_span=cell.row_span + rows, column_span=cell.column_span + columns)


def _borders(rows: Sequence[_Row]) -> list[int]:
    found: list[int] = []
    for border in sorted({border for row in rows for border in row.borders}):
        if not found or border - found[-1] > _SAME_BORDER:
            found.append(border)
    return found
