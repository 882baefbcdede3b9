"""From read expressions to deadlines: dates, events, working days, second readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from corpora.schema.plan import Deadline, DeadlineKind, Precision
from models.deadlines.absolute import parse_point
from models.deadlines.calendar import (
    add_days,
    add_hours,
    add_months,
    add_working_days,
)
from models.deadlines.events import find_event_date, is_issue
from models.deadlines.expressions import Boundary, Duration, Expression, Point
from models.deadlines.normal import NormalText, fold
from models.deadlines.years import Setting, ends_of, interval_of

_BARE_BEFORE = frozenset({Precision.TEN_DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR})


def resolve(expressions: Iterable[Expression], printed: NormalText, setting: Setting) -> tuple[Deadline, ...]:
    """Normalise the expressions in printed order; a year printed in one holds for those after it."""
    deadlines: list[Deadline] = []
    for expression in expressions:
        deadline = _deadline(expression, printed, setting)
        deadlines.append(deadline)
        setting = _carry(setting, expression, deadline)
    return tuple(deadlines)


def _carry(setting: Setting, expression: Expression, deadline: Deadline) -> Setting:
    """Hand the year of a resolved date on to the next expression of the list."""
    point = expression.point or expression.since
    day = deadline.due or deadline.from_date
    if point is None or day is None:
        return setting
    printed = point.has_year or (expression.since is not None and expression.since.has_year)
    if not printed and setting.year is None:
        return setting
    return replace(setting, year=day.year, previous=day)


def _deadline(expression: Expression, printed: NormalText, setting: Setting) -> Deadline:
    span = printed.span(expression.start, expression.end)
    anchor = expression.anchor
    blank = Deadline(
        raw=span.of(printed.source),
        span=span,
        kind=expression.kind,
        anchor=None if anchor is None else printed.span(*anchor).of(printed.source),
        recurrence=expression.rule,
        ongoing=expression.ongoing or expression.kind is DeadlineKind.ONGOING,
    )
    if expression.duration is not None:
        return _relative(blank, expression.duration, setting, before=expression.before)
    if expression.kind is DeadlineKind.RANGE and expression.point is not None:
        return _range(blank, expression, expression.point, setting)
    if expression.kind in {DeadlineKind.RECURRING, DeadlineKind.ONGOING}:
        return _started(blank, expression, setting)
    if expression.point is not None:
        return _pointed(blank, expression, expression.point, setting)
    if anchor is not None:
        return replace(blank, due=_event_due(blank, setting))
    return blank


def _event_due(blank: Deadline, setting: Setting) -> date | None:
    """Return the date of the event that a limit names; a limit of unknown length after it has none."""
    if blank.anchor is None or blank.kind is DeadlineKind.RELATIVE:
        return None
    return find_event_date(blank.anchor, setting.events)


def _relative(blank: Deadline, duration: Duration, setting: Setting, *, before: bool) -> Deadline:
    start = setting.reference
    if blank.anchor is not None:
        known = find_event_date(blank.anchor, setting.events)
        start = known or _named_day(blank.anchor, setting)
    sign = -1 if before else 1
    due, approximate = (None, False) if start is None else _after(start, duration, sign)
    return replace(
        blank,
        offset=("-" if before else "") + duration.iso,
        due=due,
        precision=None if due is None else Precision.DAY,
        approximate=approximate,
        business_days=duration.working_days > 0,
    )


def _named_day(anchor: str, setting: Setting) -> date | None:
    """Return the day of an event that is the document's issue or carries its own date."""
    if is_issue(anchor):
        return setting.reference
    point = parse_point(fold(anchor, cell=True).text, 0)
    interval = None if point is None or not point.has_year else interval_of(point, setting)
    return None if interval is None else interval.last


def _after(start: date, duration: Duration, sign: int) -> tuple[date | None, bool]:
    if duration.working_days:
        return add_working_days(start, sign * duration.working_days)
    if duration.hours:
        return add_hours(start, sign * duration.hours), False
    day = add_months(start, sign * duration.months) if duration.months else start
    return (None if day is None else add_days(day, sign * duration.days)), False


def _pointed(blank: Deadline, expression: Expression, point: Point, setting: Setting) -> Deadline:
    """Resolve a single point: by or done."""
    interval = interval_of(point, setting, past=expression.kind is DeadlineKind.DONE)
    precision = None if point.masked else point.unit
    if interval is None:
        doubtful = point.other is not None or _impossible(point)
        return replace(blank, precision=precision, approximate=point.approximate, ambiguous=doubtful)
    due, other, doubtful = interval.last, interval.other, not interval.exact
    before = expression.boundary is Boundary.BEFORE and expression.kind is DeadlineKind.BY
    if other is not None and setting.reference is not None and due < setting.reference <= other:
        due, other = other, due
    elif before and point.midnight:
        due = add_days(due, -1) or due
    elif before and point.bare and point.unit in _BARE_BEFORE:
        other, doubtful = add_days(interval.first, -1), True
    return replace(
        blank, due=due, precision=precision, alt_due=other, ambiguous=doubtful, approximate=point.approximate
    )


def _impossible(point: Point) -> bool:
    """Say whether print names a month that no year has."""
    return not point.masked and point.closing[0] > 12


def _range(blank: Deadline, expression: Expression, end: Point, setting: Setting) -> Deadline:
    since = expression.since
    if since is None:
        interval = interval_of(end, setting)
        due = None if interval is None else interval.last
        start = setting.reference
        begun = None if start is None or (due is not None and start > due) else start
        return replace(blank, from_date=begun, due=due, precision=end.unit)
    if since is end:
        first = last = interval_of(end, setting)
    else:
        first, last = ends_of(since, end, setting)
    start_day = None if first is None else first.first
    end_day = None if last is None else last.last
    if start_day is not None and end_day is not None and start_day > end_day:
        start_day = None
    doubtful = any(side is not None and not side.exact for side in (first, last))
    approximate = since.approximate or end.approximate
    precision = None if end.masked else end.unit
    return replace(
        blank, from_date=start_day, due=end_day, precision=precision, ambiguous=doubtful, approximate=approximate
    )


def _started(blank: Deadline, expression: Expression, setting: Setting) -> Deadline:
    """Resolve a recurrence or an open end that may begin, and end, at a date."""
    if expression.since is not None and expression.point is not None and expression.since is not expression.point:
        since, until = ends_of(expression.since, expression.point, setting)
    else:
        since = None if expression.since is None else interval_of(expression.since, setting)
        until = None if expression.point is None else since
    start = None if since is None else since.first
    due = None if until is None else until.last
    if start is not None and due is not None and start > due:
        start = None
    return replace(blank, from_date=start, due=due)
