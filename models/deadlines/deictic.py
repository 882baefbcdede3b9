"""Points counted from the date of the document: 本月底, 下周五, 今日, 本季度末, 周五前."""

from __future__ import annotations

import re
from dataclasses import replace

from corpora.schema.plan import Precision
from models.deadlines.expressions import Point, Shift
from models.deadlines.numerals import SMALL, parse_number
from models.deadlines.parts import month_point, ten_day_period

_WEEKDAYS = "一二三四五六日"
_THIS_MONTH = re.compile(
    rf"(?P<word>本月|当月|这个月|下一?个?月|次月|上一?个?月|(?<![\d一二三四五六七八九十个每次本当下上x×*])月(?=底|末|初))份?"
    rf"(?:(?P<day>{SMALL})[日号]|(?P<part>上旬|中旬|下旬|月?底|月?末|初(?!步)|最后一天))?"
)
_THIS_QUARTER = re.compile(r"(?P<word>本|当|下一?个?|上一?个?)(?P<unit>季度?|半年)(?P<part>末|底)?")
_WEEK = re.compile(
    r"(?P<word>本|这|下下|下一?个?)(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])?|(?:周|星期|礼拜)(?P<alone>[一二三四五六日天末])(?![\d年])"
)
_RELATIVE_DAY = re.compile(r"(?P<word>今[日天]|当[日天]|本日|明[日天]|次日|后天|昨[日天]|前天)")
_RELATIVE_DAYS = {"今": 0, "当": 0, "本": 0, "明": 1, "次": 1, "后": 2, "昨": -1, "前": -2}


def parse_deictic(text: str, at: int) -> Point | None:
    """Read 本月, 下月, 月底, 本季度, 下半年 (as a half counted from now), 今日 and the like."""
    found = _THIS_MONTH.match(text, at)
    if found is not None:
        amount = {"下": 1, "次": 1, "上": -1}.get(found["word"][0], 0)
        return _in_shifted_month(found, amount)
    found = _THIS_QUARTER.match(text, at)
    if found is not None:
        unit = "quarter" if found["unit"].startswith("季") else "half"
        amount = {"下": 1, "上": -1}.get(found["word"][0], 0)
        precision = Precision.QUARTER if unit == "quarter" else Precision.HALF
        return Point(
            at, found.end(), precision, shift=Shift(unit, amount), bare=unit == "quarter" and not found["part"]
        )
    found = _RELATIVE_DAY.match(text, at)
    if found is None:
        return None
    return Point(at, found.end(), Precision.DAY, shift=Shift("day", _RELATIVE_DAYS[found["word"][0]]))


def _in_shifted_month(found: re.Match[str], amount: int) -> Point | None:
    shift, (start, end) = Shift("month", amount), found.span()
    if found["day"]:
        day = parse_number(found["day"])
        return None if not day else Point(start, end, Precision.DAY, (0, day), (0, day), shift=shift)
    part = found["part"]
    if part and part.endswith("旬"):
        opening, closing = ten_day_period(part, 0)
        return Point(start, end, Precision.TEN_DAY, opening, closing, shift=shift, bare=True)
    point = month_point(found, 1, part if part in {None, "初"} else "底")
    if point is None:
        return None
    return replace(point, opening=(0, point.opening[1]), closing=(0, point.closing[1]), shift=shift)


def parse_week(text: str, at: int) -> Point | None:
    """Read 本周, 下周五, 周五."""
    found = _WEEK.match(text, at)
    if found is None:
        return None
    printed = (found["day"] or found["alone"] or "日").replace("天", "日").replace("末", "日")
    weekday = _WEEKDAYS.index(printed)
    if found["alone"]:
        return Point(at, found.end(), Precision.DAY, shift=Shift("weekday", 0, weekday))
    amount = 0 if found["word"] in {"本", "这"} else 2 if found["word"] == "下下" else 1
    return Point(at, found.end(), Precision.DAY, shift=Shift("week", amount, weekday))


def parse_week_limit(text: str, at: int) -> Point | None:
    """Read a bare weekday in prose only where 前 follows."""
    point = parse_week(text, at)
    return point if point is not None and re.compile(r"[之以]?前|下班前").match(text, point.end) else None
