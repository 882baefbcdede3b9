"""Tables that reach us as lines of text: columns parted by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpora.schema.document import Table
from corpora.schema.plan import SubjectRole
from corpora.schema.span import Span
from models.plans.columns import Column, Row, is_header, read_columns
from models.plans.labels import FieldKind

_RULE = re.compile(r"[\s|｜:：\-—+]*$")
_BARS = re.compile(r"[|｜]")
_SERIAL = re.compile(r"\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、．]?\s*\t")
_TITLE = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十]{1,3}[类批部])")
_BROKEN_OFF = re.compile(r"(?:[年月日、，,及和与至第（(\d—–\-]|[（(][^）)]*)$")
_GOES_ON = re.compile(r"\s*(?:[月日号]?[底末]?之?[前内]|[底末日号内]|以前|之前|[上中下]旬)")
_LONGEST_REST = 12
_MOST_LINES = 12


def find_text_tables(text: str) -> tuple[tuple[Span, Table], ...]:
    """Return the stretches of `text` that print a table with a header line, each with its grid."""
    found: list[tuple[Span, Table]] = []
    lines = _lines(text)
    index = 0
    while index < len(lines):
        separator = _separator(lines[index].of(text))
        header = _cells(text, lines[index], separator) if separator else []
        if separator is None or len(header) < 3 or not is_header(text, header):
            index += 1
            continue
        rows, end = _read_rows(text, lines, index, separator, len(header))
        grid = _with_merged_cells(text, [tuple((*row, *[None] * len(header))[: len(header)]) for row in rows])
        if len(grid) > 1:
            found.append((Span(lines[index].start, lines[end - 1].end), Table(len(found), grid)))
        index = end
    return tuple(found)


def _lines(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]


def _separator(line: str) -> str | None:
    if line.count("\t") >= 2:
        return r"\t"
    return r"[|｜]" if len(_BARS.findall(line)) >= 2 else None


def _read_rows(
    text: str, lines: Sequence[Span], first: int, separator: str, width: int
) -> tuple[list[list[Span | None]], int]:
    """Read the rows from line `first` on; return them and the number of the line behind the table."""
    rows: list[list[Span | None]] = []
    index = first
    while index < len(lines):
        line = lines[index]
        if re.search(separator, line.of(text)) is None:
            title = _title_row(text, lines, index, separator, width)
            if title is None:
                break
            rows.append(title)
            index += 1
        elif _RULE.match(line.of(text)):
            index += 1
        else:
            last = _last_line(text, lines, index, width) if separator == r"\t" else index
            rows.append(_cells(text, Span(line.start, lines[last].end), separator))
            index = last + 1
    return rows, index


def _title_row(text: str, lines: Sequence[Span], index: int, separator: str, width: int) -> list[Span | None] | None:
    """Return a numbered line between two rows as a cell that reaches over all columns."""
    line = _trim(text, lines[index].start, lines[index].end)
    following = lines[index + 1].of(text) if index + 1 < len(lines) else ""
    between = re.search(separator, following) is not None and _TITLE.match(lines[index].of(text)) is not None
    return [line] * width if between else None


def _last_line(text: str, lines: Sequence[Span], index: int, width: int) -> int:
    """Return the last line of the row that begins at line `index`: its cells may be broken over several lines."""
    last, signs = index, lines[index].of(text).count("\t")
    numbered = _SERIAL.match(lines[index].of(text)) is not None
    for at in range(index + 1, min(index + _MOST_LINES, len(lines))):
        line = lines[at].of(text)
        if signs >= width - 1 or (numbered and _SERIAL.match(line)):
            break
        signs += line.count("\t")
        last = at
    if signs != width - 1:
        return index
    while last + 1 < len(lines) and _finishes(text, lines, last, numbered=numbered):
        last += 1
    return last


def _finishes(text: str, lines: Sequence[Span], last: int, *, numbered: bool) -> bool:
    """Say whether the line behind `last` is the rest of the row's last cell."""
    rest = lines[last + 1].of(text)
    if "\t" in rest or len(rest.strip()) > _LONGEST_REST or _TITLE.match(rest) or re.search(r"[。：:]", rest):
        return False
    cell = lines[last].of(text).rpartition("\t")[2].rstrip()
    if _BROKEN_OFF.search(cell) or _GOES_ON.match(rest):
        return bool(cell)
    following = lines[last + 2].of(text) if last + 2 < len(lines) else ""
    return numbered and bool(cell) and _SERIAL.match(following) is not None


def _with_merged_cells(text: str, rows: Sequence[Row]) -> tuple[tuple[Span | None, ...], ...]:
    """Repeat merged cells, which text prints once, in the rows that they reach over.

    An empty cell is taken for one where it stands left of the problem, under 责任领导, or in a row whose problem
    is empty, too.
    """
    read = read_columns(text, rows)
    if read is None:
        return tuple(tuple(row) for row in rows)
    columns, number = read
    problem = next((i for i, head in enumerate(columns) if head and head.label.kind is FieldKind.PROBLEM), None)
    grid = [tuple(row) for row in rows[:number]]
    above: list[Span | None] = [None] * len(columns)
    for row in rows[number:]:
        if problem is None or _is_title(row, columns, problem):
            above = [None] * len(columns)
            grid.append(tuple(row))
            continue
        merged = row[problem] is None
        filled = tuple(
            above[index]
            if cell is None and head is not None and (merged or index < problem or _is_leader(head))
            else cell
            for index, (cell, head) in enumerate(zip(row, columns, strict=True))
        )
        grid.append(filled)
        above = list(filled)
    return tuple(grid)


def _is_title(row: Row, columns: Sequence[Column | None], problem: int) -> bool:
    """Say whether a row prints nothing but a heading for those below it."""
    if len(row) > 1 and len(set(row)) == 1:
        return True
    told = {
        index for index, (cell, head) in enumerate(zip(row, columns, strict=True)) if cell and head and _tells(head)
    }
    return told <= {problem}


def _tells(column: Column) -> bool:
    return column.label.kind is not FieldKind.OTHER


def _is_leader(column: Column) -> bool:
    return column.label.unit_role is SubjectRole.LEADER


def _cells(text: str, line: Span, separator: str) -> list[Span | None]:
    start, end = line.start, line.end
    if separator != r"\t":
        while start < end and text[start] in " \t|｜":
            start += 1
        while start < end and text[end - 1] in " \t|｜":
            end -= 1
    cells: list[Span | None] = []
    position = start
    for match in re.finditer(separator, text[start:end]):
        cells.append(_trim(text, position, start + match.start()))
        position = start + match.end()
    cells.append(_trim(text, position, end))
    return cells


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
