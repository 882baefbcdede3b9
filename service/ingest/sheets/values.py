"""Values of cells as a reader of the sheet sees them; dates in ISO form."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from service.ingest.sheets.number_formats import prints_no_day, read_format

Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta

_MOST_DIGITS = 1e15


def printed(value: Value, code: str) -> str:
    """Return what a cell says.

    Args:
        value: the value as stored.
        code: its number format; empty for the general one.

    Returns:
        Words without white space at their ends, numbers without a needless ``.0``, dates as
        ``2024-06-30``, dates whose format prints no day as ``2024-06``.
    """
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value, code)
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case date():
            return f"{value.year:04}-{value.month:02}" if prints_no_day(code) else value.isoformat()
        case time():
            return value.isoformat(timespec="minutes")
        case timedelta():
            minutes = int(value.total_seconds()) // 60
            return f"{minutes // 60}:{minutes % 60:02}"


def _number(value: float, code: str) -> str:
    number_format = read_format(code) if code and abs(value) < _MOST_DIGITS else None
    if number_format is not None:
        return number_format.printed(value)
    if abs(value) < _MOST_DIGITS and value == int(value):
        return str(int(value))
    return f"{value:.15g}"
