"""Points in the calendar as they are printed: 2023年6月底, 7月中旬, 第三季度, 2023.6.30, 年底, 国庆节, x月x日."""

from __future__ import annotations

import re
from dataclasses import replace

from corpora.schema.plan import Precision
from models.deadlines.calendar import FESTIVALS
from models.deadlines.deictic import parse_deictic, parse_week, parse_week_limit
from models.deadlines.expressions import Point
from models.deadlines.figures import parse_figures
from models.deadlines.numerals import SMALL, YEAR, parse_number
from models.deadlines.parts import parse_day, parse_part, parse_year_part, parse_year_part_alone

_MASK = r"[xX×*＿_]{1,2}"
_YEAR = re.compile(
    rf"(?P<full>{YEAR})(?:年(?:度(?!假))?的?|(?=[Qq][1-4]|第[一二三四1-4]季|[底末](?=[之以]?前)))"
    rf"|(?P<short>[12]\d)年(?={SMALL}月)"
    r"|(?P<word>今年|本年度?(?!度?[度报])|当年|明年|下一?年度?(?!级)|后年|去年|上年度?(?!级)|次年|来年|翌年)的?"
    rf"|(?P<masked>(?:20|２０){_MASK}年|(?:{_MASK}){{1,2}}年(?={_MASK}月|{SMALL}月))"
)
_YEAR_WORDS = {"今": 0, "本": 0, "当": 0, "明": 1, "下": 1, "后": 2, "去": -1, "上": -1, "次": 1, "来": 1, "翌": 1}
_FESTIVAL = re.compile(
    "|".join(rf"{name}(?=国庆|假期|长假|期间|前|之前|以前)" if name == "十一" else name for name in FESTIVALS)
)
_PLAN = re.compile(
    r"(?:十(?P<period>[一二三四五六七])五|一(?P<slip>四)五)(?:规划)?(?:时期|期)?(?P<end>末期?|期末|末年|收官之年|期间|内)?"
)
_MASKED = re.compile(
    rf"(?:{_MASK}月份?(?:{_MASK}[日号]|{SMALL}[日号]|[上中下]旬|底|末|初)?|{SMALL}月{_MASK}[日号]|年月(?:日|底)?|(?<![\d一-鿿])月日)"
)
_WEEKDAY_NOTE = re.compile(r"\((?:星期|周)[一二三四五六日天]\)|\(?含\)?(?:当[日天])?\)?(?=[之以]?前)")
_CLOCK = re.compile(
    rf" ?(?:凌晨|早上|上午|中午|下午|晚上?|傍晚)?(?:下班|上班)?(?:(?P<hour>{SMALL})(?:(?:(?::|时|点整?)(?:(?P<minute>\d{{1,2}}|半|整)分?)?(?::\d\d)?)))?"
    r"(?:\(?北京时间\)?)?(?:下班|上班)?"
)


def parse_point(text: str, at: int, *, lenient: bool = True) -> Point | None:
    """Read the longest calendar point that begins at `at` in folded text.

    Args:
        text: folded text (`models.deadlines.normal.fold`).
        at: where the point must begin.
        lenient: also read the short forms that mean a date only in a field or after 至 (6.30, a bare year, 周五).

    Returns:
        The point, a weekday note and a time of day included in its end, or None.
    """
    body = _festival(text, at) or parse_figures(text, at, lenient=lenient)
    if body is None:
        body = _with_year(text, at, lenient=lenient)
    return None if body is None else _with_clock(text, body)


def _with_year(text: str, at: int, *, lenient: bool) -> Point | None:
    """Read an optional year and what follows it."""
    found = _YEAR.match(text, at)
    if found is None:
        return _plan(text, at, lenient=lenient) or _body(text, at, lenient=lenient)
    inner = _festival(text, found.end()) or _body_in_year(text, found.end())
    word, full = found["word"], found["full"] or found["short"]
    if inner is None:
        whole = 2 if text.startswith("全年", found.end()) else 0
        inner = Point(at, found.end() + whole, Precision.YEAR, bare=full is not None)
    if found["masked"]:
        return replace(inner, start=at, masked=True)
    if word:
        return replace(inner, start=at, year_shift=_YEAR_WORDS[word[0]], year_follows=word[0] in "次翌", shift=None)
    number = parse_number(full)
    if number is not None and found["short"]:
        number += 2000
    return replace(inner, start=at, year=number)


def _body_in_year(text: str, at: int) -> Point | None:
    """Read a part of a year whose number has just been read."""
    return parse_year_part(text, at) or _masked(text, at) or parse_part(text, at)


def _masked(text: str, at: int) -> Point | None:
    """Read a month or day printed as x月x日 or left blank."""
    found = _MASKED.match(text, at)
    return None if found is None else Point(at, found.end(), Precision.DAY, masked=True)


def _body(text: str, at: int, *, lenient: bool) -> Point | None:
    """Read a point without a year."""
    point = _masked(text, at) or parse_part(text, at) or parse_year_part_alone(text, at) or parse_deictic(text, at)
    if point is not None:
        return point
    return parse_day(text, at) or (
        parse_week(text, at) if lenient or text[at] in "本这下" else parse_week_limit(text, at)
    )


def _festival(text: str, at: int) -> Point | None:
    found = _FESTIVAL.match(text, at)
    if found is None:
        return None
    end = found.end() + (2 if text.startswith(("假期", "长假"), found.end()) else 0)
    return Point(at, end, Precision.DAY, festival=FESTIVALS[found[0]])


def _plan(text: str, at: int, *, lenient: bool) -> Point | None:
    """Read a five-year plan period; without 末 or 期间 only where `lenient` or before 前."""
    found = _PLAN.match(text, at)
    if found is None or not (lenient or found["end"] or text.startswith("前", found.end())):
        return None
    year = 2005 + 5 * (parse_number(found["period"] or found["slip"]) or 0)
    opening = (1, 1) if found["end"] in {None, "期间", "内"} else (12, 31)
    return Point(at, found.end(), Precision.YEAR, opening, year=year)


def _with_clock(text: str, point: Point) -> Point:
    """Extend the point by a weekday note and a time of day."""
    note = _WEEKDAY_NOTE.match(text, point.end)
    end = point.end if note is None else note.end()
    clock = _CLOCK.match(text, end) if point.unit is Precision.DAY else None
    if clock is None or not clock[0].strip():
        return point if end == point.end else replace(point, end=end)
    midnight = bool(clock["hour"]) and parse_number(clock["hour"]) == 0 and clock["minute"] in {None, "00", "整"}
    return replace(point, end=clock.end(), midnight=midnight)
