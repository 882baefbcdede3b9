"""Builds the sample spreadsheets from one source: a workbook, and a text file with separators.

A cell of the source is a text, a number, a date (``{"date": "2026-10-31"}``), a month
(``{"month": "2026-12"}``, which spreadsheets keep as its first day), a formula with its result
(``{"formula": "=1+1", "result": 2}``), ``"<"`` or ``"^"`` for a cell merged with the one to its left
or above, or ``null`` for nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Value: TypeAlias = str | int | float | Mapping[str, Any] | None

_LEFT, _ABOVE, _SAME = "<", "^", "同上"
_WRITTEN = datetime.fromisoformat("2026-09-20T09:00:00")
_DATE_FORMAT, _MONTH_FORMAT = "yyyy-mm-dd", 'yyyy"年"m"月"'


def workbook(source: Mapping[str, Any]) -> bytes:
    """Return an .xlsx file with the sheets of the source, merged cells merged and dates as dates."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _WRITTEN})
        formats = {
            "plain": book.add_format({"text_wrap": True, "valign": "vcenter"}),
            "date": book.add_format({"num_format": _DATE_FORMAT}),
            "month": book.add_format({"num_format": _MONTH_FORMAT}),
            "percent": book.add_format({"num_format": "0%"}),
        }
        for sheet in source["sheets"]:
            _fill(book, sheet, formats)
    return target.getvalue()


def text(sheet: Mapping[str, Any]) -> str:
    """Return a sheet with commas between its cells; merged cells below others say 同上."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    for number, row in enumerate(sheet["rows"]):
        same = _SAME if number > sheet["header_ends"] else ""
        writer.writerow([_printed(value, same) for value in row])
    return target.getvalue()


def _printed(value: Value, same: str) -> str:
    match value:
        case None | "<":
            return ""
        case "^":
            return same
        case {"date": day}:
            year, month, number = day.split("-")
            return f"{year}/{int(month)}/{int(number)}"
        case {"month": day}:
            year, month = day.split("-")
            return f"{year}年{int(month)}月"
        case {"percent": share}:
            return f"{share:.0%}"
        case {"result": result}:
            return str(result)
        case _:
            return str(value)


def _fill(book: Workbook, source: Mapping[str, Any], formats: Mapping[str, Format]) -> None:
    sheet = book.add_worksheet(source["name"])
    if source.get("hidden"):
        sheet.hide()
    rows = source["rows"]
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value in (_LEFT, _ABOVE, None):
                continue
            last_row, last_column = _corner(rows, row, column)
            if (last_row, last_column) != (row, column):
                sheet.merge_range(row, column, last_row, last_column, "", formats["plain"])
            _write(sheet, row, column, value, formats)


def _corner(rows: Sequence[Sequence[Value]], row: int, column: int) -> tuple[int, int]:
    """Return the last row and column of the merged cell that begins at a place."""
    last_column = column + sum(1 for _ in _run(rows[row][column + 1 :], _LEFT))
    last_row = row + sum(1 for _ in _run([values[column] for values in rows[row + 1 :]], _ABOVE))
    return last_row, last_column


def _run(values: Sequence[Value], mark: str) -> Iterator[Value]:
    for value in values:
        if value != mark:
            return
        yield value


def _write(sheet: Worksheet, row: int, column: int, value: Value, formats: Mapping[str, Format]) -> None:
    match value:
        case {"date": day}:
            sheet.write_datetime(row, column, datetime.fromisoformat(day), formats["date"])
        case {"month": day}:
            sheet.write_datetime(row, column, datetime.fromisoformat(f"{day}-01"), formats["month"])
        case {"percent": share}:
            sheet.write_number(row, column, share, formats["percent"])
        case {"formula": formula, "result": result}:
            sheet.write_formula(row, column, formula, formats["plain"], result)
        case _:
            sheet.write(row, column, value, formats["plain"])
