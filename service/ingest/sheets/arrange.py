"""From sheets to headings, paragraphs and grids: what is the table of a sheet, and what stands above and below it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from corpora.schema.document import BlockKind
from service.ingest.fragments import Cell, Fragment, Grid, Paragraph
from service.ingest.sheets.sheet import Sheet
from service.ingest.text.paragraphs import ends_sentence, join_lines

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表格?)\s*\d*(?:\s*[(（]\d+[)）])?", re.IGNORECASE)
#: Unlike a column head, a line of fields says label and value in one cell, or ends the label with a colon.
_FIELD = re.compile(r"[^：:\n]{1,12}[：:]")
_COLONS = ("：", ":")
_LONGEST_TITLE = 60
_NOTE = re.compile(r"(?:备\s*注|说\s*明|附\s*注|注|填\s*表|制\s*表|填\s*报|审\s*核|联\s*系)[^：:\n]{0,8}[：:]")
_SECTION = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[部类章]"
)
_NARROWEST_TABLE = 3

Rows = Mapping[int, Sequence[Cell]]


def arrange(sheets: Sequence[Sheet]) -> Iterator[Fragment]:
    """Yield the fragments of the sheets in order; where there are several, each begins with the name of its tab."""
    filled = [sheet for sheet in sheets if sheet.cells]
    several = len(filled) > 1
    for sheet in filled:
        if several and not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
            yield Paragraph(sheet.name.strip(), BlockKind.HEADING, 1)
        yield from _sheet(sheet.cells, title_level=2 if several else 0)


def _sheet(cells: Sequence[Cell], *, title_level: int) -> Iterator[Fragment]:
    rows = _by_row(cells)
    order = sorted(rows)
    columns = len({cell.column for cell in cells})
    start, end = _table(rows, order, columns)
    for number in order[:start]:
        yield from _above(rows[number], title_level if number == order[0] else None)
    if start < end:
        yield _grid([cell for number in order[start:end] for cell in rows[number]])
    for number in order[end:]:
        yield from _lines(rows[number])


def _table(rows: Rows, order: Sequence[int], columns: int) -> tuple[int, int]:
    """Return which of the filled rows are the table: the first, and the one after the last."""
    start, end = 0, len(order)
    while start < end and _is_line(rows[order[start]], columns):
        start += 1
    reach = _reach(rows, order[start:end])
    while end > start and _is_closing(rows[order[end - 1]], columns, reached=reach[order[end - 1]]):
        end -= 1
    return start, end


def _reach(rows: Rows, order: Sequence[int]) -> dict[int, bool]:
    """Say of each row whether a merged cell from above covers a part of it."""
    reached: dict[int, bool] = {}
    bottom = -1
    for number in order:
        reached[number] = bottom > number
        bottom = max(bottom, *(cell.row + cell.row_span for cell in rows[number]))
    return reached


def _is_line(cells: Sequence[Cell], columns: int) -> bool:
    """Say whether a row reads as a line of text: one cell for the whole row, or a few fields."""
    return columns == 1 or len(cells) == 1 or _is_fields(cells, columns)


def _is_fields(cells: Sequence[Cell], columns: int) -> bool:
    if len(cells) * 2 > columns + 1:
        return False
    return all(
        _FIELD.match(cell.text) or (number > 0 and cells[number - 1].text.endswith(_COLONS))
        for number, cell in enumerate(cells)
    )


def _is_closing(cells: Sequence[Cell], columns: int, *, reached: bool) -> bool:
    """Say whether a row at the end is a note or a signature rather than an entry."""
    if reached or columns < _NARROWEST_TABLE:
        return False
    if len(cells) == 1:
        return cells[0].column_span * 2 > columns or _NOTE.match(cells[0].text) is not None
    return _is_fields(cells, columns)


def _above(cells: Sequence[Cell], level: int | None) -> Iterator[Fragment]:
    title = join_lines([line.strip() for line in cells[0].text.split("\n")])
    if level is not None and len(cells) == 1 and len(title) <= _LONGEST_TITLE and not ends_sentence(title):
        yield Paragraph(title, BlockKind.HEADING, level)
    else:
        yield from _lines(cells)


def _lines(cells: Sequence[Cell]) -> Iterator[Fragment]:
    """Yield a row as paragraphs: a label and the value in the cell after it make one."""
    text = ""
    for cell in cells:
        text = text + cell.text if not text or text.endswith(_COLONS) else f"{text}\n{cell.text}"
    yield from (Paragraph(line) for line in text.split("\n"))


def _grid(cells: Sequence[Cell]) -> Grid:
    """Make a grid without the rows and columns in which no cell begins."""
    by_row = _by_row(cells)
    rows, columns = sorted(by_row), sorted({cell.column for cell in cells})
    reached = _reach(by_row, rows)
    placed = []
    for cell in cells:
        row, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        height = bisect_left(rows, cell.row + cell.row_span) - row
        width = bisect_left(columns, cell.column + cell.column_span) - column
        alone = len(by_row[cell.row]) == 1 and not reached[cell.row]
        if alone and len(columns) >= _NARROWEST_TABLE and _SECTION.match(cell.text):
            column, width = 0, len(columns)
        placed.append(Cell(row, column, cell.text, height, width))
    return Grid(len(rows), len(columns), tuple(placed))


def _by_row(cells: Sequence[Cell]) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows
