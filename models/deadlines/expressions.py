"""What the grammar reads before any year is known: points in the calendar, durations, whole expressions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from corpora.schema.plan import DeadlineKind, Precision

#: Month and day; month 0 is left out in print (15日前), day 31 means the last day of any month.
MonthDay = tuple[int, int]


class Boundary(Enum):
    """How a point in the calendar bounds the time."""

    NONE = auto()
    BEFORE = auto()
    WITHIN = auto()
    SINCE = auto()


@dataclass(frozen=True, slots=True)
class Shift:
    """A point counted from the reference date: 下月 is ``("month", 1)``, 下周五 is ``("week", 1, 4)``.

    Attributes:
        unit: ``day``, ``week``, ``month``, ``quarter`` or ``half``.
        weekday: Monday 0 to Sunday 6, for weeks.
    """

    unit: str
    amount: int
    weekday: int = 6


@dataclass(frozen=True, slots=True)
class Point:
    """A day, ten-day period, month, quarter, half or year as printed; offsets are into the folded text.

    Attributes:
        opening: first day of the period inside its year.
        closing: last day of the period inside its year.
        year: the printed year, if any.
        year_shift: distance to the year spoken from (明年 is 1).
        year_follows: the shift counts from the year printed before (次年).
        bare: a whole month, ten-day period, quarter or year without 底 or 末.
        masked: printed as x月x日; has no value.
        festival: name of the festival that is the point.
        other: the second reading of a damaged date, as month and day.
        midnight: limited by 0时, so that the day itself is outside.
    """

    start: int
    end: int
    unit: Precision
    opening: MonthDay = (1, 1)
    closing: MonthDay = (12, 31)
    year: int | None = None
    year_shift: int | None = None
    year_follows: bool = False
    shift: Shift | None = None
    bare: bool = False
    masked: bool = False
    festival: str | None = None
    other: MonthDay | None = None
    midnight: bool = False
    approximate: bool = False

    @property
    def has_year(self) -> bool:
        """Whether print fixes the year, by number or by a word such as 明年."""
        return self.year is not None or self.year_shift is not None


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time; of a span (3至5天) the longer end."""

    start: int
    end: int
    months: int = 0
    days: int = 0
    hours: int = 0
    working_days: int = 0

    @property
    def iso(self) -> str:
        """The ISO 8601 form; working days are written as days."""
        years, months = divmod(self.months, 12)
        days = self.days + self.working_days
        parts = f"{years}Y" * bool(years) + f"{months}M" * bool(months) + f"{days}D" * bool(days)
        return f"P{parts}" + (f"T{self.hours}H" if self.hours else "")


@dataclass(frozen=True, slots=True)
class Expression:
    """One printed time limit, or something that looks like one, before normalisation.

    Attributes:
        point: the end of the limit.
        since: the start of a range or recurrence.
        anchor: folded interval of the event that a limit hangs on.
        before: the duration is counted backwards from the anchor.
        waited: the event has to be waited for (待判决生效后).
        rule: RFC 5545 rule.
        status: says how far the work is (正在整改) and is a limit only where nothing else is printed.
    """

    start: int
    end: int
    kind: DeadlineKind
    point: Point | None = None
    since: Point | None = None
    boundary: Boundary = Boundary.NONE
    duration: Duration | None = None
    anchor: tuple[int, int] | None = None
    before: bool = False
    waited: bool = False
    rule: str | None = None
    ongoing: bool = False
    status: bool = False
