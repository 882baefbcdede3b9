"""From the lines and tables of pages to paragraphs and grids in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from service.ingest.fragments import Cell, Fragment, Grid, Paragraph
from service.ingest.pages.furniture import without_furniture
from service.ingest.pages.glyphs import Glyph, Sheet
from service.ingest.pages.lines import PrintedLine, printed_lines
from service.ingest.pages.ruled import Box, RuledTable
from service.ingest.text.paragraphs import Line, ends_sentence, group_lines, join_lines, starts_item

#: Padding of a cell, and the room at the end of a line in which one more character would have fitted, in characters.
_MAX_PADDING, _ROOM = 0.6, 1.2
_INDENT = 1.2
_MAX_INDENT = 5.0
_GAP = 1.6
_EDGE_TOLERANCE = 6.0
#: Characters by which the right margin may differ from the left one.
_UNEVEN_MARGINS = 5.0


@dataclass(frozen=True, slots=True)
class PageTables:
    """A page with the ruled tables found on it."""

    sheet: Sheet
    tables: tuple[RuledTable, ...]


@dataclass(frozen=True, slots=True)
class _PlacedLine:
    """A line with its page and its distance from the upper edge."""

    page: int
    top: float
    line: Line


@dataclass(frozen=True, slots=True)
class _PlacedGrid:
    """A table with its page, its distance from the upper edge, and the edges of its columns."""

    page: int
    top: float
    grid: Grid
    edges: tuple[float, ...]


def lay_out(pages: Sequence[PageTables]) -> Iterator[Fragment]:
    """Yield the paragraphs and tables of a PDF.

    Page furniture is dropped, paragraphs go on over page ends, and so do tables with the same columns.
    """
    free = [_free_lines(page) for page in pages]
    kept = without_furniture(free, [page.sheet.height for page in pages])
    lines: list[_PlacedLine] = []
    grids: list[_PlacedGrid] = []
    for page, printed, measured in zip(pages, kept, _measure(kept, [page.sheet.width for page in pages]), strict=True):
        for item in _merged(page, printed, measured):
            if isinstance(item, _PlacedLine):
                yield from _joined_grids(grids)
                lines.append(item)
                continue
            if grids and not _continues(grids[-1], item):
                yield from _joined_grids(grids)
            yield from _paragraphs(lines)
            grids.append(item)
    yield from _joined_grids(grids)
    yield from _paragraphs(lines)


def _free_lines(page: PageTables) -> tuple[PrintedLine, ...]:
    """Return the lines outside tables."""
    boxes = [table.box for table in page.tables]
    return printed_lines(g for g in page.sheet.glyphs if not any(box.holds(*g.middle) for box in boxes))


def _merged(
    page: PageTables, printed: Sequence[PrintedLine], measured: Sequence[Line]
) -> list[_PlacedLine | _PlacedGrid]:
    """Return lines and tables of a page from top to bottom."""
    number = page.sheet.number
    items: list[_PlacedLine | _PlacedGrid] = [
        _PlacedLine(number, box.top, line) for box, line in zip(printed, measured, strict=True)
    ]
    for table in page.tables:
        inside = [glyph for glyph in page.sheet.glyphs if table.box.holds(*glyph.middle)]
        items.append(_PlacedGrid(number, table.box.top, _grid(table, inside, number), table.xs))
    return sorted(items, key=lambda item: item.top)


def _grid(table: RuledTable, glyphs: Sequence[Glyph], page: int) -> Grid:
    shares = table.share_out(glyphs)
    cells = tuple(
        Cell(cell.row, cell.column, cell_text(shares.get(cell, ()), cell.box), cell.row_span, cell.column_span, page)
        for cell in table.cells
    )
    return Grid(table.rows, table.columns, cells, page)


def cell_text(glyphs: Sequence[Glyph], box: Box) -> str:
    """Return the text of a cell; lines that end for want of room are joined, others stay lines."""
    lines = printed_lines(glyphs)
    if not lines:
        return ""
    padding = min(min(line.left - box.left, _MAX_PADDING * line.size) for line in lines)
    groups = [[lines[0].text]]
    for before, line in pairwise(lines):
        room = (box.right - box.left - 2 * padding - before.width) / before.size
        if room > _ROOM or (ends_sentence(before.text) and starts_item(line.text)):
            groups.append([])
        groups[-1].append(line.text)
    return "\n".join(join_lines(group) for group in groups)


def _continues(before: _PlacedGrid, item: _PlacedGrid) -> bool:
    """Say whether a table is the rest of the one that closed the page before."""
    return (
        item.page == before.page + 1
        and len(item.edges) == len(before.edges)
        and all(abs(a - b) <= _EDGE_TOLERANCE for a, b in zip(item.edges, before.edges, strict=True))
    )


def _joined_grids(placed: list[_PlacedGrid]) -> Iterator[Grid]:
    """Take all parts of a table and put them below each other; a header row that is printed again is dropped."""
    if not placed:
        return
    first = placed[0].grid
    cells, rows = list(first.cells), first.rows
    header = _row_texts(first, 0)
    for grid in (item.grid for item in placed[1:]):
        skipped = 1 if grid.rows > 1 and any(header) and _row_texts(grid, 0) == header else 0
        cells.extend(replace(cell, row=cell.row + rows - skipped) for cell in grid.cells if cell.row >= skipped)
        rows += grid.rows - skipped
    placed.clear()
    yield Grid(rows, first.columns, tuple(cells), first.page)


def _row_texts(grid: Grid, row: int) -> list[str]:
    return ["".join(cell.text.split()) for cell in grid.cells if cell.row == row]


def _paragraphs(placed: list[_PlacedLine]) -> Iterator[Paragraph]:
    """Take all lines and join them to paragraphs."""
    lines = [item.line for item in placed]
    pages = [item.page for item in placed]
    placed.clear()
    for group in group_lines(lines):
        yield Paragraph(join_lines([lines[number].text for number in group]), page=pages[group.start])


def _measure(pages: Sequence[Sequence[PrintedLine]], widths: Sequence[float]) -> list[list[Line]]:
    """Measure every line against the margins of its page."""
    margins = [_margins(lines, width) for lines, width in zip(pages, widths, strict=True)]
    indents = [
        (line.left - left) / line.size for lines, (left, _) in zip(pages, margins, strict=True) for line in lines
    ]
    indented = sum(_INDENT <= indent <= _MAX_INDENT for indent in indents)
    indented_style = indented >= 2 and indented * 20 >= len(indents)
    return [
        [
            Line(
                line.text,
                indent=(line.left - left) / line.size,
                slack=max(0.0, (right - line.right) / line.size),
                size=line.size,
                gap=above is not None and line.top - above.bottom > _GAP * max(line.size, above.size),
                indented_style=indented_style,
            )
            for above, line in zip((None, *lines), lines, strict=False)
        ]
        for lines, (left, right) in zip(pages, margins, strict=True)
    ]


def _margins(lines: Sequence[PrintedLine], width: float) -> tuple[float, float]:
    """Return the left and right margin of a page in points.

    Where no line comes near the right margin that the left one suggests, lines are not wrapped.
    """
    if not lines:
        return 0.0, width
    widest = max(line.width for line in lines)
    size = median(line.size for line in lines)
    left = min(line.left for line in lines if line.width >= widest / 4)
    right = max(line.right for line in lines if line.width >= widest - 3 * size)
    return left, right if width - left - right <= _UNEVEN_MARGINS * size else width - left
