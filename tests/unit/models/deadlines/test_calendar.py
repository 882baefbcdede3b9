"""Calendar arithmetic."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.deadlines.calendar import (
    FESTIVALS,
    add_months,
    add_working_days,
    festival_date,
    make_date,
    weekday_on_or_after,
)


def test_months_clip_at_the_end_of_the_month():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)


def test_day_31_is_the_last_day_of_any_month():
    assert make_date(2023, 6, 31) == date(2023, 6, 30)


def test_month_13_has_no_date():
    assert make_date(2023, 13, 1) is None


def test_a_make_up_saturday_is_a_working_day():
    assert add_working_days(date(2023, 4, 28), 3) == (date(2023, 5, 6), False)


def test_an_unpublished_year_counts_plain_weekdays_and_says_so():
    assert add_working_days(date(2099, 1, 2), 1) == (date(2099, 1, 5), True)


def test_spring_festival_moves_with_the_moon():
    assert [festival_date("春节", year) for year in (2023, 2024, 2036)] == [date(2023, 1, 22), date(2024, 2, 10), None]


def test_every_printed_festival_has_a_day():
    assert all(festival_date(name, 2025) is not None for name in FESTIVALS.values())


@given(st.dates(date(2005, 1, 1), date(2025, 12, 31)), st.integers(1, 200))
def test_counting_back_from_a_working_day_returns_near_the_start(start, count):
    day, _ = add_working_days(start, count)
    assert day is not None
    back, _ = add_working_days(day, -count)
    assert back is not None
    assert back <= start < day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_the_nearest_weekday_is_less_than_a_week_away(reference, weekday):
    day = weekday_on_or_after(reference, weekday)
    assert day is not None
    assert day.weekday() == weekday
    assert 0 <= (day - reference).days < 7
