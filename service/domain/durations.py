"""Lengths of time in ISO 8601: years, months, weeks, days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_DURATION = re.compile(
    r"P(?=\d)(?:(?P<years>\d{1,2})Y)?(?:(?P<months>\d{1,3})M)?(?:(?P<weeks>\d{1,3})W)?(?:(?P<days>\d{1,4})D)?", re.ASCII
)


def is_duration(value: str) -> bool:
    """Say whether a text is a length of time such as ``P1M`` or ``P15D``."""
    return _DURATION.fullmatch(value) is not None


def day_after(start: date, duration: str) -> date:
    """Return the day that lies a length of time after `start`; months clip at the month's end.

    Raises:
        ValueError: if it is no length of time, or ends beyond the calendar.
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(f"{duration!r} is no duration such as P1M or P15D")
    years, months, weeks, days = (int(found[name] or 0) for name in ("years", "months", "weeks", "days"))
    index = (start.year + years) * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    try:
        return date(year, month, min(start.day, monthrange(year, month)[1])) + timedelta(weeks=weeks, days=days)
    except OverflowError as error:
        raise ValueError(str(error)) from error
