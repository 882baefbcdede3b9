"""First and last day of a calendar point, the year found where print leaves it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from corpora.schema.plan import Precision
from models.deadlines.calendar import (
    add_days,
    add_months,
    festival_date,
    has_day,
    make_date,
    week_end,
    weekday_on_or_after,
)
from models.deadlines.expressions import MonthDay, Point

#: A stage that steps back this many months, the year being left out, belongs to the next year.
_NEXT_YEAR_STEP = 7


@dataclass(frozen=True, slots=True)
class Setting:
    """What dates are counted from.

    Attributes:
        reference: date of the document.
        events: dates of named events.
        year: the year that the context names, for dates without one.
        previous: last resolved day of the same list of stages, once a year has been printed in it.
    """

    reference: date | None
    events: Mapping[str, date]
    year: int | None = None
    previous: date | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day of a resolved point; `exact` is False where print names no day of the calendar."""

    first: date
    last: date
    exact: bool = True
    other: date | None = None


def interval_of(point: Point, setting: Setting, *, past: bool = False) -> Interval | None:
    """Return first and last day of a point, or None where neither print nor setting fixes them."""
    if point.masked:
        return None
    if point.shift is not None:
        return _shifted(point, setting)
    if point.closing[0] == 0:
        return _month_left_out(point, setting, past=past)
    if point.year is not None:
        return _in_year(point, point.year)
    base = setting.year if point.year_follows and setting.year is not None else _year_of(setting)
    if point.year_shift is not None:
        return None if base is None else _in_year(point, base + point.year_shift)
    if setting.year is not None:
        return _in_stage(point, setting.year, setting)
    return None if setting.reference is None else _nearest(point, setting.reference, past=past)


def ends_of(since: Point, end: Point, setting: Setting) -> tuple[Interval | None, Interval | None]:
    """Resolve both ends of a range; a side without a year takes it from the other side."""
    end = _with_month_of(since, end)
    in_context = setting.year is not None and not end.has_year
    if since.has_year or since.shift is not None or in_context:
        first = interval_of(since, setting)
        if first is None:
            return None, interval_of(end, setting) if end.has_year else None
        inherited = replace(setting, year=first.first.year, previous=None)
        last = interval_of(end, inherited)
        if last is not None and not end.has_year and last.last < first.first:
            last = interval_of(replace(end, year=first.first.year + 1), setting)
        return first, last
    last = interval_of(end, setting)
    if last is None:
        return None, None
    first = interval_of(replace(since, year=last.last.year), setting)
    if first is not None and first.first > last.last:
        first = interval_of(replace(since, year=last.last.year - 1), setting)
    return first, last


def _with_month_of(since: Point, end: Point) -> Point:
    """Give 6月1日至15日 its month, and the month after where the day number falls back."""
    month = since.closing[0]
    if end.closing[0] or end.shift is not None or not 1 <= month <= 12:
        return end
    later = end.closing[1] < since.opening[1]
    month = month % 12 + 1 if later else month
    return replace(end, opening=(month, end.opening[1]), closing=(month, end.closing[1]))


def _year_of(setting: Setting) -> int | None:
    return setting.year if setting.reference is None else setting.reference.year


def _in_stage(point: Point, year: int, setting: Setting) -> Interval | None:
    """Resolve a date of a list whose year is known; a step far back means the next year."""
    interval = _in_year(point, year)
    previous = setting.previous
    if interval is None or previous is None or interval.last >= previous:
        return interval
    back = (previous.year - interval.last.year) * 12 + previous.month - interval.last.month
    overdue = setting.reference is not None and interval.last < setting.reference <= previous
    return _in_year(point, year + 1) if back >= _NEXT_YEAR_STEP or overdue else interval


def _nearest(point: Point, reference: date, *, past: bool) -> Interval | None:
    """Return the nearest occurrence not before the reference date (not after it, for what is done)."""
    order = (reference.year + 1, reference.year, reference.year - 1)
    found = None
    for year in order if past else reversed(order):
        interval = _in_year(point, year)
        if interval is None:
            continue
        if (interval.first <= reference) if past else (interval.last >= reference):
            return interval
        found = interval
    return found


def _in_year(point: Point, year: int) -> Interval | None:
    if point.festival is not None:
        day = festival_date(point.festival, year)
        return None if day is None else Interval(day, day)
    first = make_date(year, *point.opening)
    last = make_date(year, *point.closing)
    if first is None or last is None:
        return None
    exact = point.unit is not Precision.DAY or has_day(year, *point.closing)
    other = None if point.other is None else make_date(year, *point.other)
    return Interval(first, last, exact=exact and other is None, other=other)


def _month_left_out(point: Point, setting: Setting, *, past: bool) -> Interval | None:
    """Resolve 15日前 and 中旬: in the month of the date before, else in the nearest month."""
    base = setting.previous if setting.previous is not None and setting.previous.day <= 31 else setting.reference
    if base is None:
        return None
    for step in (0, -1, -2) if past else (0, 1, 2):
        month = add_months(base.replace(day=1), step)
        interval = None if month is None else _in_month(point, month)
        if interval is not None and interval.exact:
            near = interval.first <= base if past else interval.last >= base
            if near:
                return interval
    return None


def _in_month(point: Point, month: date) -> Interval | None:
    def place(day: MonthDay) -> date | None:
        return make_date(month.year, month.month, day[1])

    first, last = place(point.opening), place(point.closing)
    if first is None or last is None:
        return None
    exact = point.unit is not Precision.DAY or has_day(month.year, month.month, point.closing[1])
    return Interval(first, last, exact=exact)


def _shifted(point: Point, setting: Setting) -> Interval | None:
    """Resolve 本月, 下周五, 今日, 本季度 from the reference date."""
    shift, reference = point.shift, setting.reference
    if shift is None or reference is None:
        return None
    if shift.unit == "month":
        month = add_months(reference.replace(day=1), shift.amount)
        return None if month is None else _in_month(point, month)
    if shift.unit in {"quarter", "half"}:
        return _shifted_part(point, shift.amount, 3 if shift.unit == "quarter" else 6, reference)
    if shift.unit == "weekday":
        day = weekday_on_or_after(reference, shift.weekday)
    elif shift.unit == "week":
        day = week_end(reference, weeks=shift.amount, weekday=shift.weekday)
    else:
        day = add_days(reference, shift.amount)
    return None if day is None else Interval(day, day)


def _shifted_part(point: Point, amount: int, length: int, reference: date) -> Interval | None:
    opening = add_months(date(reference.year, (reference.month - 1) // length * length + 1, 1), amount * length)
    closing = None if opening is None else add_months(opening, length - 1)
    last = None if closing is None else make_date(closing.year, closing.month, 31)
    if opening is None or last is None:
        return None
    return Interval(opening if point.bare else last, last)
