"""Recurring limits as RFC 5545 rules: 每月5日前, 每季度末, 每周五, 每年6月、12月底前, 按月, 半年一次."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from models.deadlines.calendar import has_day
from models.deadlines.numerals import CARDINAL, SMALL, parse_number

_DAY_CODES = {"一": "MO", "二": "TU", "三": "WE", "四": "TH", "五": "FR", "六": "SA", "日": "SU", "天": "SU"}
_WORKING_WEEK = "MO,TU,WE,TH,FR"
_SEPARATOR = r"[、和及与,或]"
_EACH = r"(?:每(?:个|逢|一个?)?|逐|各)"
_TIME = (
    r"(?:上午|中午|下午|晚上?|早上)?(?:下班|上班)?(?:\d{1,2}(?:[:时点](?:\d{1,2}分?|半|整)?))?(?:下班)?"
    r"(?:以前|之前|前(?![往期]))?"
)
_TIMES = rf"(?:,?(?:定期)?(?:至少|不少于|不低于|原则上)?(?:开展|组织|召开)?{CARDINAL}[次轮期](?:以上)?)?"
_TAIL = re.compile(_TIME + _TIMES)

_MONTH = re.compile(
    rf"{_EACH}(?:(?P<every>{CARDINAL})个)?月份?(?!度?工资)的?(?:[^,;。\n]{{0,12}}?(?:于|在)?次月)?(?:于|在)?(?:"
    rf"(?P<days>{SMALL}[日号](?:{_SEPARATOR}(?:每月)?{SMALL}[日号])*)"
    rf"|第(?P<nth>[一二三四1-4])(?:个|周的?)?(?:周|星期)(?P<day>[一二三四五六日天])"
    rf"|最后一个?(?:周|星期)的?(?:周|星期)?(?P<last>[一二三四五六日天])"
    rf"|(?P<working>第一个|首个|最后一个)工作日"
    rf"|(?P<part>上旬|中旬|下旬|月?底|月?末|初|最后一[天日]))?"
)
_QUARTER = re.compile(
    rf"{_EACH}季度?的?(?:(?P<month>末月|最后一个月|第三个月|首月|第一个月|次月|第二个月|结束后|后)?的?"
    rf"(?:(?P<day>{SMALL})[日号](?P<within>内)?|(?P<part>末|底|最后一[天日]|上旬|中旬|下旬|初))?)"
)
_PARITY = re.compile(
    rf"{_EACH}(?P<parity>[单双])月(?:份)?(?:(?:的|于|在)?(?P<day>{SMALL})[日号]|(?P<part>上旬|中旬|下旬|底|末|初))?"
)
_HALF = re.compile(rf"{_EACH}半年(?P<part>末|底)?")
_YEAR = re.compile(
    rf"{_EACH}(?P<every>{CARDINAL})?年度?的?(?:于|在)?(?P<items>(?:{SMALL}月份?(?:{SMALL}[日号]|底|末|上旬|中旬|下旬|初)?)"
    rf"(?:{_SEPARATOR}{SMALL}月份?(?:{SMALL}[日号]|底|末|上旬|中旬|下旬|初)?)*)?"
    r"(?P<part>年?底|年?末|年终|年?初|上半年|下半年|第?[一二三四]季度末?)?"
)
_YEAR_ITEM = re.compile(rf"({SMALL})月份?(?:({SMALL})[日号]|(底|末|上旬|中旬|下旬|初))?")
_WEEK = re.compile(
    rf"{_EACH}(?P<every>{CARDINAL})?(?:个?(?:周|星期|礼拜)(?!年|围|边|转|期|末[^,;。)前]{{0,2}}游))"
    rf"(?P<days>[一二三四五六日天末](?![次轮个期])(?:{_SEPARATOR}?(?:周|星期)?[一二三四五六日天](?![次轮个]))*(?:[至到-](?:周|星期)?[一二三四五六日天])?)?"
)
_DAY = re.compile(rf"{_EACH}(?:(?P<every>{CARDINAL})个?)?(?P<unit>工作日|[天日](?!常))")
_TERM = re.compile(rf"{_EACH}(?P<unit>学期|旬|半个?月)")
_BY = re.compile(
    r"(?:按|分)(?P<unit>半年|季度?|年度?|月度?|旬|周|日)(?![度边常龄节期限级次前后内]|计[算划件]|平均|均|薪|租|[^,;。]{0,3}(?:发放|支付|缴|付款|领取|结算)|工作|任务|目标|考核办法)(?=[\u4e00-\u9fff,;。)、\n]|$)"
)
_ONCE = re.compile(
    rf"(?:(?P<count>{CARDINAL})个?)?(?P<unit>季度?|半年|年|月|周|[天日]|学期)(?P<times>{CARDINAL})(?:次|报(?!告)|调度|通报|会商|研判|督查|检查|总结)"
)
_FREQUENCIES = {
    "月": "FREQ=MONTHLY",
    "季": "FREQ=MONTHLY;INTERVAL=3",
    "半": "FREQ=MONTHLY;INTERVAL=6",
    "学": "FREQ=MONTHLY;INTERVAL=6",
    "年": "FREQ=YEARLY",
    "周": "FREQ=WEEKLY",
    "天": "FREQ=DAILY",
    "日": "FREQ=DAILY",
    "旬": "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
}
_MONTH_ENDS = {month: 30 if month in {4, 6, 9, 11} else 31 for month in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)}
_PARTS = {"上": 10, "中": 20, "下": -1, "初": 10}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A recurring limit; `start` and `end` are folded offsets, `rule` has no ``RRULE:`` prefix."""

    start: int
    end: int
    rule: str


def parse_recurrence(text: str, at: int) -> Recurrence | None:
    """Read the recurring limit that begins at `at` in folded text, or return None.

    A time of day and a number of times (至少两次) are read but not part of the rule.
    """
    for pattern, build in _FORMS:
        found = pattern.match(text, at)
        rule = None if found is None else build(found)
        if found is not None and rule is not None:
            tail = _TAIL.match(text, found.end())
            return Recurrence(at, tail.end() if tail else found.end(), rule)
    return None


def _interval(frequency: str, every: str | None) -> str | None:
    count = 1 if every is None else parse_number(every)
    if not count:
        return None
    return f"FREQ={frequency}" + (f";INTERVAL={count}" if count > 1 else "")


def _month(found: re.Match[str]) -> str | None:
    rule = _interval("MONTHLY", found["every"])
    if rule is None:
        return None
    if found["days"]:
        numbers = [parse_number(digits) or 0 for digits in re.findall(rf"({SMALL})[日号]", found["days"])]
        return f"{rule};BYMONTHDAY={_join(numbers)}" if all(1 <= number <= 31 for number in numbers) else None
    if found["nth"]:
        return f"{rule};BYDAY={parse_number(found['nth'])}{_DAY_CODES[found['day']]}"
    if found["last"]:
        return f"{rule};BYDAY=-1{_DAY_CODES[found['last']]}"
    if found["working"]:
        position = -1 if found["working"].startswith("最后") else 1
        return f"{rule};BYDAY={_WORKING_WEEK};BYSETPOS={position}"
    return f"{rule};BYMONTHDAY={_PARTS.get(found['part'][0], -1)}" if found["part"] else rule


def _quarter(found: re.Match[str]) -> str:
    months = {"首": "1,4,7,10", "次": "1,4,7,10", "结": "1,4,7,10", "后": "1,4,7,10"}.get((found["month"] or "末")[0])
    if months is None:
        months = {"第一": "1,4,7,10", "第二": "2,5,8,11"}.get((found["month"] or "")[:2], "3,6,9,12")
    if found["day"]:
        return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={parse_number(found['day'])}"
    if found["part"] == "初":
        return "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"
    if found["part"]:
        return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={_PARTS.get(found['part'][0], -1)}"
    return "FREQ=MONTHLY;INTERVAL=3"


def _parity(found: re.Match[str]) -> str:
    """Build the rule of every odd or even month (每逢双月5日前)."""
    months = "1,3,5,7,9,11" if found["parity"] == "单" else "2,4,6,8,10,12"
    day = parse_number(found["day"]) if found["day"] else _PARTS.get(found["part"][0], -1) if found["part"] else None
    return f"FREQ=YEARLY;BYMONTH={months}" + (f";BYMONTHDAY={day}" if day else "")


def _half(found: re.Match[str]) -> str:
    return "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1" if found["part"] else "FREQ=MONTHLY;INTERVAL=6"


def _year(found: re.Match[str]) -> str | None:
    rule = _interval("YEARLY", found["every"])
    if rule is None or (found["every"] and (parse_number(found["every"]) or 0) > 99):
        return None
    if found["items"]:
        return _in_months(rule, found["items"])
    part = found["part"]
    if not part:
        return rule
    if "季度" in part:
        quarter = parse_number(part.removeprefix("第")[0]) or 1
        return f"{rule};BYMONTH={quarter * 3};BYMONTHDAY=-1"
    month, day = {"上": (6, -1), "初": (1, -1)}.get(part.removeprefix("年")[0], (12, 31))
    return f"{rule};BYMONTH={month};BYMONTHDAY={day}"


def _in_months(rule: str, items: str) -> str | None:
    """Extend the rule by months and days of the year (6月、12月底)."""
    months, days = [], []
    for month, day, part in _YEAR_ITEM.findall(items):
        months.append(parse_number(month) or 0)
        days.append((parse_number(day) or 0) if day else _PARTS.get(part[0], -1) if part else 0)
    if len(days) > 1 and all(day in (_MONTH_ENDS.get(month), -1) for month, day in zip(months, days, strict=True)):
        days = [-1]
    given = [day for day in days if day]
    if not all(1 <= month <= 12 for month in months):
        return None
    if not all(
        day <= 31 and (day < 1 or has_day(2024, month, day)) for month, day in zip(months, days, strict=len(days) > 1)
    ):
        return None
    suffix = f";BYMONTHDAY={_join(given[-1:] if len(set(given)) == 1 else given)}" if given else ""
    return f"{rule};BYMONTH={_join(months)}{suffix}"


def _week(found: re.Match[str]) -> str | None:
    rule = _interval("WEEKLY", found["every"])
    if rule is None or not found["days"]:
        return rule
    printed = found["days"].replace("末", "日").replace("天", "日")
    signs = [sign for sign in printed if sign in _DAY_CODES]
    if re.search(r"[至到-]", printed):
        signs = _days_between(signs[-2], signs[-1])
    codes = [_DAY_CODES[sign] for sign in signs]
    return f"{rule};BYDAY={','.join(dict.fromkeys(codes))}"


def _days_between(first: str, last: str) -> list[str]:
    """Return the signs of the weekdays from `first` to `last`."""
    week = "一二三四五六日"
    return list(week[week.index(first) : week.index(last) + 1]) or [first, last]


def _day(found: re.Match[str]) -> str | None:
    if found["unit"] == "工作日":
        return f"FREQ=WEEKLY;BYDAY={_WORKING_WEEK}" if not found["every"] else None
    return _interval("DAILY", found["every"])


def _by(found: re.Match[str]) -> str:
    if found["unit"].startswith("半") and found["unit"].endswith("月"):
        return "FREQ=MONTHLY;BYMONTHDAY=15,-1"
    return _FREQUENCIES[found["unit"][0]]


def _once(found: re.Match[str]) -> str | None:
    """Build 半年一次, 两个月一次; 2023年3次 and 一年三次 with a printed year are statistics."""
    count = parse_number(found["count"]) if found["count"] else 1
    unit = found["unit"][0]
    if not count or count > 24 or (not found["count"] and unit not in "半季"):
        return None
    base = {"季": ("MONTHLY", 3), "半": ("MONTHLY", 6), "学": ("MONTHLY", 6), "年": ("YEARLY", 1), "月": ("MONTHLY", 1)}
    frequency, step = base.get(unit, ("WEEKLY" if unit == "周" else "DAILY", 1))
    return _interval(frequency, str(step * count))


def _join(numbers: list[int]) -> str:
    return ",".join(str(number) for number in dict.fromkeys(numbers))


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (_MONTH, _month),
    (_PARITY, _parity),
    (_QUARTER, _quarter),
    (_HALF, _half),
    (_TERM, _by),
    (_YEAR, _year),
    (_WEEK, _week),
    (_DAY, _day),
    (_BY, _by),
    (_ONCE, _once),
)
