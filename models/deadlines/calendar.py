"""Civil calendar arithmetic: ends of months, working days of the State Council, festivals by the moon."""

from __future__ import annotations

import math
from bisect import bisect_right
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache

import chinese_calendar

#: The package carries the published holiday arrangements from this year on.
_FIRST_PUBLISHED = 2004
_MOST_WORKING_DAYS = 2000

#: Month and day of 春节, 元宵, 清明, 端午, 中秋, 重阳
_MOVABLE: dict[int, tuple[str, ...]] = {
    2018: ("0216", "0302", "0405", "0618", "0924", "1017"),
    2019: ("0205", "0219", "0405", "0607", "0913", "1007"),
    2020: ("0125", "0208", "0404", "0625", "1001", "1025"),
    2021: ("0212", "0226", "0404", "0614", "0921", "1014"),
    2022: ("0201", "0215", "0405", "0603", "0910", "1004"),
    2023: ("0122", "0205", "0405", "0622", "0929", "1023"),
    2024: ("0210", "0224", "0404", "0610", "0917", "1011"),
    2025: ("0129", "0212", "0404", "0531", "1006", "1029"),
    2026: ("0217", "0303", "0405", "0619", "0925", "1018"),
    2027: ("0206", "0220", "0405", "0609", "0915", "1008"),
    2028: ("0126", "0209", "0404", "0528", "1003", "1026"),
    2029: ("0213", "0227", "0404", "0616", "0922", "1016"),
    2030: ("0203", "0217", "0405", "0605", "0912", "1005"),
    2031: ("0123", "0206", "0405", "0624", "1001", "1024"),
    2032: ("0211", "0225", "0404", "0612", "0919", "1012"),
    2033: ("0131", "0214", "0404", "0601", "0908", "1001"),
    2034: ("0219", "0305", "0405", "0620", "0927", "1020"),
    2035: ("0208", "0222", "0405", "0610", "0916", "1009"),
}
_MOVABLE_ORDER = ("春节", "元宵节", "清明节", "端午节", "中秋节", "重阳节")
_FIXED = {
    "元旦": (1, 1),
    "妇女节": (3, 8),
    "劳动节": (5, 1),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆节": (10, 1),
}
#: Printed names of festivals, longest first, and the festival each one means.
FESTIVALS: dict[str, str] = {
    "五一国际劳动节": "劳动节",
    "五一劳动节": "劳动节",
    "十一国庆节": "国庆节",
    "三八妇女节": "妇女节",
    "农历新年": "春节",
    "元宵节": "元宵节",
    "清明节": "清明节",
    "端午节": "端午节",
    "中秋节": "中秋节",
    "国庆节": "国庆节",
    "重阳节": "重阳节",
    "劳动节": "劳动节",
    "建党节": "建党节",
    "建军节": "建军节",
    "教师节": "教师节",
    "妇女节": "妇女节",
    "元旦节": "元旦",
    "春节": "春节",
    "元宵": "元宵节",
    "清明": "清明节",
    "端午": "端午节",
    "中秋": "中秋节",
    "国庆": "国庆节",
    "重阳": "重阳节",
    "元旦": "元旦",
    "五一": "劳动节",
    "七一": "建党节",
    "八一": "建军节",
    "十一": "国庆节",
}


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date, the day clipped at the month's end; None if year or month do not exist."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and day >= 1):
        return None
    return date(year, month, min(day, monthrange(year, month)[1]))


def has_day(year: int, month: int, day: int) -> bool:
    """Say whether the calendar has this day."""
    return MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def add_months(start: date, months: int) -> date | None:
    """Return the same day number `months` later (or earlier), clipped at the month's end."""
    index = start.year * 12 + start.month - 1 + months
    return make_date(index // 12, index % 12 + 1, start.day)


def add_days(start: date, days: int) -> date | None:
    """Return the date `days` calendar days later, or None beyond the calendar."""
    ordinal = start.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def add_hours(start: date, hours: int) -> date | None:
    """Return the last day that begins within `hours` counted from `start`."""
    return add_days(start, math.ceil(hours / 24))


def add_working_days(start: date, count: int) -> tuple[date | None, bool]:
    """Return the `count`-th working day after `start` (before it, if negative) and whether it is approximate.

    Working days follow the published holiday arrangement, make-up weekends included; a year without one counts
    Monday to Friday, and the answer is then approximate. Counts beyond 2000 give None.
    """
    if count == 0 or abs(count) > _MOST_WORKING_DAYS:
        return None, False
    step = 1 if count > 0 else -1
    year, left = start.year, abs(count)
    ordinal, approximate = start.toordinal(), False
    while MINYEAR < year < MAXYEAR:
        days, published = _working_days(year)
        at = bisect_right(days, ordinal) if step > 0 else len(days) - bisect_right(days, ordinal - 1)
        available = len(days) - at
        approximate = approximate or not published
        if available >= left:
            index = at + left - 1
            return date.fromordinal(days[index] if step > 0 else days[len(days) - 1 - index]), approximate
        left -= available
        year += step
        ordinal = date(year, 1, 1).toordinal() - 1 if step > 0 else date(year, 12, 31).toordinal() + 1
    return None, approximate


@lru_cache(maxsize=128)
def _working_days(year: int) -> tuple[tuple[int, ...], bool]:
    """Return the ordinals of a year's working days and whether its holiday arrangement is published."""
    first, after = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
    days = [date.fromordinal(ordinal) for ordinal in range(first, after)]
    published = year >= _FIRST_PUBLISHED and _is_published(year)
    if published:
        return tuple(day.toordinal() for day in days if chinese_calendar.is_workday(day)), True
    return tuple(day.toordinal() for day in days if day.weekday() < 5), False


def _is_published(year: int) -> bool:
    """Say whether the package carries the holiday arrangement of `year`."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def festival_date(name: str, year: int) -> date | None:
    """Return the day of a festival (a value of `FESTIVALS`) in `year`; movable ones are known for 2018 to 2035."""
    fixed = _FIXED.get(name)
    if fixed is not None:
        return make_date(year, *fixed)
    row = _MOVABLE.get(year)
    if row is None:
        return None
    printed = row[_MOVABLE_ORDER.index(name)]
    return date(year, int(printed[:2]), int(printed[2:]))


def week_end(reference: date, *, weeks: int, weekday: int) -> date | None:
    """Return the day `weekday` (Monday 0 … Sunday 6) of the week `weeks` after the one of `reference`."""
    return add_days(reference, weeks * 7 - reference.weekday() + weekday)


def weekday_on_or_after(reference: date, weekday: int) -> date | None:
    """Return the nearest `weekday` not before `reference`."""
    return add_days(reference, (weekday - reference.weekday()) % 7)
