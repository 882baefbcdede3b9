"""Parts of a year as printed: days, ten-day periods, months, quarters, halves, 年底."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpora.schema.plan import Precision
from models.deadlines.expressions import MonthDay, Point
from models.deadlines.numerals import SMALL, parse_number

_LIMIT = r"(?:[之以]?前|止|截止)"
_STOP = r"(?=[之以]?前|完成|整改|[,;。、)\n]|$)"
Body = Callable[[re.Match[str]], Point | None]
_MONTH_DAY = re.compile(rf"(?P<month>{SMALL})月份?(?P<day>{SMALL})(?:[日号]|(?={_LIMIT}|\n|$)|(?=-{SMALL}月{SMALL}日))")
_TEN_DAYS = re.compile(rf"(?:(?P<month>{SMALL})月份?)?(?P<part>上中旬|中下旬|上旬|中旬|下旬)")
_MONTH = re.compile(
    rf"(?P<month>{SMALL})月[份分]?(?!\d|[日号])"
    rf"(?P<part>月?底|月?末|低{_STOP}|未(?=[之以]?前)|半{_STOP}|中{_STOP}|初(?![步期稿审级验始中任心定核衷等])"
    rf"|最后一[天日])?"
)
_MONTH_LOST = re.compile(rf"(?P<month>{SMALL})(?P<part>底|末)(?=[之以]?前)")
_QUARTER = re.compile(
    r"(?:第?(?P<number>[一二三四1-4首])个?季(?:度|(?=末|底))|[Qq](?P<q>[1-4])(?!\d)|(?P<n>[1-4])[Qq])(?P<part>末|底|初)?"
)
_FIRST_PART = re.compile(r"前(?P<count>[二两三23])个?季度|前(?P<months>[二两三四五六七八九十2-9]|1[01]|十一)个月")
_HALF = re.compile(r"(?P<half>[上下])半年(?P<part>末|底)?")
_YEAR_PART = re.compile(
    r"年?(?:(?P<end>底|末|内|岁末|终(?![考述总奖决审目身点止]))"
    rf"|(?P<middle>中{_STOP})|(?P<opening>初(?![步期稿审级验始中任心定核衷等])))"
)
_LOOSE_YEAR_PART = re.compile(
    r"(?<![近多历往几半数每隔\d一二三四五六七八九十])"
    r"(?:(?P<end>年底(?![考述奖决]|总[结评])|年末|岁末|年内|年终(?![考述总奖决审目]))"
    rf"|(?P<middle>年中{_STOP})|(?P<opening>年初(?![步期稿审级验始]))|(?P<whole>全年))"
)
_DAY = re.compile(rf"(?P<day>{SMALL})[日号]")


def parse_part(text: str, at: int) -> Point | None:
    """Read a day, ten-day period, month, quarter or half year, the year being known or left out."""
    for pattern, build in _PART_FORMS:
        found = pattern.match(text, at)
        point = None if found is None else build(found)
        if point is not None:
            return point
    return None


def day_point(found: re.Match[str], month: int | None, day: int | None) -> Point | None:
    """Build a day of the year; months 0 and 13 and day 32 are kept, for the calendar to refuse."""
    if month is None or day is None or month > 99 or not 1 <= day <= 99:
        return None
    month = month or 99
    return Point(found.start(), found.end(), Precision.DAY, (month, day), (month, day))


def _month_day(found: re.Match[str]) -> Point | None:
    return day_point(found, parse_number(found["month"]), parse_number(found["day"]))


def ten_day_period(part: str, month: int) -> tuple[MonthDay, MonthDay]:
    """Return first and last day of 上旬, 中旬, 下旬, 上中旬 or 中下旬."""
    first = {"上": 1, "中": 11, "下": 21}[part[0]]
    last = {"上": 10, "中": 20, "下": 31}[part[-2]]
    return (month, first), (month, last)


def _ten_days(found: re.Match[str]) -> Point | None:
    month = parse_number(found["month"]) if found["month"] else 0
    if month is None:
        return None
    opening, closing = ten_day_period(found["part"], month)
    return Point(found.start(), found.end(), Precision.TEN_DAY, opening, closing, bare=True)


def month_point(found: re.Match[str], month: int | None, part: str | None) -> Point | None:
    """Build a month or the part of it that 底, 末, 初, 中 or 半 names."""
    if month is None or not 1 <= month <= 99:
        return None
    start, end = found.span()
    if part is None:
        return Point(start, end, Precision.MONTH, (month, 1), (month, 31), bare=True)
    if part == "初":
        return Point(start, end, Precision.TEN_DAY, (month, 1), (month, 10), bare=True)
    if part in {"中", "半"}:
        return Point(start, end, Precision.TEN_DAY, (month, 15), (month, 15), approximate=True)
    return Point(start, end, Precision.MONTH, (month, 31), (month, 31))


def _month(found: re.Match[str]) -> Point | None:
    return month_point(found, parse_number(found["month"]), found["part"])


def _quarter(found: re.Match[str]) -> Point | None:
    printed = found["number"] or found["q"] or found["n"]
    number = 1 if printed == "首" else parse_number(printed)
    if number is None:
        return None
    return _quarter_point(found, number, found["part"])


def _quarter_point(found: re.Match[str], number: int, part: str | None) -> Point:
    opening, closing = (number * 3 - 2, 1), (number * 3, 31)
    start, end = found.span()
    if part == "初":
        return Point(start, end, Precision.TEN_DAY, opening, (opening[0], 10))
    if part:
        return Point(start, end, Precision.QUARTER, closing, closing)
    return Point(start, end, Precision.QUARTER, opening, closing, bare=True)


def _first_part(found: re.Match[str]) -> Point | None:
    if found["count"]:
        return Point(*found.span(), Precision.QUARTER, (1, 1), ((parse_number(found["count"]) or 0) * 3, 31))
    return Point(*found.span(), Precision.MONTH, (1, 1), (parse_number(found["months"]) or 0, 31))


def _half(found: re.Match[str]) -> Point:
    opening, closing = ((1, 1), (6, 31)) if found["half"] == "上" else ((7, 1), (12, 31))
    return Point(*found.span(), Precision.HALF, closing if found["part"] else opening, closing)


_PART_FORMS: tuple[tuple[re.Pattern[str], Body], ...] = (
    (_MONTH_DAY, _month_day),
    (_TEN_DAYS, _ten_days),
    (_MONTH, _month),
    (_MONTH_LOST, _month),
    (_QUARTER, _quarter),
    (_FIRST_PART, _first_part),
    (_HALF, _half),
)


def parse_year_part(text: str, at: int) -> Point | None:
    """Read 底, 末, 中, 初 or 内 behind a printed year."""
    return _year_part(_YEAR_PART.match(text, at))


def parse_year_part_alone(text: str, at: int) -> Point | None:
    """Read 年底, 年末, 年内, 年中, 年初 or 全年, the year being left out."""
    return _year_part(_LOOSE_YEAR_PART.match(text, at))


def _year_part(found: re.Match[str] | None) -> Point | None:
    if found is None:
        return None
    start, end = found.span()
    if found["end"]:
        within = found["end"].endswith("内")
        return Point(start, end, Precision.YEAR, (1, 1) if within else (12, 31))
    if found["middle"]:
        return Point(start, end, Precision.HALF, (6, 30), (6, 30))
    if found["opening"]:
        return Point(start, end, Precision.MONTH, (1, 1), (1, 31), approximate=True)
    return Point(start, end, Precision.YEAR)


def parse_day(text: str, at: int) -> Point | None:
    """Read a day whose month is left out (15日)."""
    found = _DAY.match(text, at)
    day = parse_number(found["day"]) if found else None
    if found is None or day is None or not 1 <= day <= 31:
        return None
    return Point(at, found.end(), Precision.DAY, (0, day), (0, day))
