"""Dates printed in figures only (2023.6.30, 2023-06-30, 6.30前) and dates that lost 年 or 月 in extraction."""

from __future__ import annotations

import re
from dataclasses import replace

from corpora.schema.plan import Precision
from models.deadlines.expressions import Point
from models.deadlines.parts import day_point, month_point

_DOTTED = re.compile(
    r"(?P<year>(?:19|20|21)\d\d)(?:(?P<sep>[./\-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})日?(?!\d)(?:T[\d:.]+)?"
    r"|[./](?P<m>\d{1,2})月?(?!\d|[./]\d)|-(?P<iso>0\d|1[0-2])(?!\d|[年月])"
    r"|(?P<compact>[01]\d[0-3]\d)(?!\d))"
)
_SHORT_DOTTED = re.compile(r"(?P<month>1[0-2]|0?[1-9])[./](?P<day>\d{1,2})日?(?!\d|[./]\d)")
_DAMAGED = re.compile(r"(?P<year>(?:19|20|21)\d\d)(?P<digits>\d{2,4})日")
_DAMAGED_DAY = re.compile(r"(?P<digits>\d{2,4})日(?!内|以内|之内|起)")


def parse_figures(text: str, at: int, *, lenient: bool) -> Point | None:
    """Read dates written with figures only, and dates that lost 年 or 月 in extraction."""
    found = _DOTTED.match(text, at)
    if found is not None:
        return _dotted(found)
    found = _DAMAGED.match(text, at)
    if found is not None:
        return _damaged(found, int(found["year"]))
    found = _SHORT_DOTTED.match(text, at)
    if found is not None and (lenient or re.compile(r"[之以]?前|止").match(text, found.end())):
        return day_point(found, int(found["month"]), int(found["day"]))
    found = _DAMAGED_DAY.match(text, at)
    return None if found is None or int(found["digits"]) <= 31 else _damaged(found, None)


def _dotted(found: re.Match[str]) -> Point | None:
    year = int(found["year"])
    if found["compact"]:
        month, day = int(found["compact"][:2]), int(found["compact"][2:])
    elif found["day"]:
        month, day = int(found["month"]), int(found["day"])
    else:
        point = month_point(found, int(found["m"] or found["iso"]), None)
        return None if point is None else replace(point, year=year)
    point = day_point(found, month, day)
    return None if point is None else replace(point, year=year)


def _damaged(found: re.Match[str], year: int | None) -> Point | None:
    digits = found["digits"]
    readings = [(int(digits[:cut]), int(digits[cut:])) for cut in (1, 2) if cut < len(digits) and digits[cut] != "0"]
    readings = [(month, day) for month, day in readings if 1 <= month <= 12 and 1 <= day <= 31]
    if not readings:
        return None
    other = readings[1] if len(readings) > 1 else None
    return Point(found.start(), found.end(), Precision.DAY, readings[0], readings[0], year=year, other=other)
