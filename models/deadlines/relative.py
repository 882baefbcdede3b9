"""Durations and the events they are counted from: 自反馈之日起两个月内, 收到通知后15个工作日内, 会议5日前."""

from __future__ import annotations

import re

from corpora.schema.plan import DeadlineKind
from models.deadlines.expressions import Duration, Expression
from models.deadlines.numerals import CARDINAL, parse_number

_UNIT = r"个?工作日|个?工作天|个月|个?小时|个?星期|个?礼拜|个?季度|年|周|天|日"
_SPAN = re.compile(rf"(?P<low>{CARDINAL})(?:{_UNIT})?(?:-|至|到|、)(?P<high>{CARDINAL})(?P<unit>{_UNIT}|月)")
_MIXED = re.compile(rf"(?P<years>{CARDINAL})年[零又]?(?P<months>{CARDINAL})个月")
_HALVES = re.compile(rf"(?P<n>{CARDINAL})(?P<unit>个半月|年半|周半)")
_SINGLE = re.compile(rf"(?P<n>{CARDINAL})(?P<unit>{_UNIT})|(?P<two>[两俩])月(?![底末初份])")
_HALF = re.compile(r"(?P<unit>半个?月|半年|半天)")
_NOTE = r"(?:\((?:约|即|共)?[^()\n]{1,10}\))?"
_WITHIN = re.compile(rf"{_NOTE}(?:左右)?的?(?:时间|期限)?(?:之内|以内|内(?!容|部|外|设))")
_ENOUGH = re.compile(rf"{_NOTE}(?:左右)?(?:的?时间|期限)?")
_BEFORE = re.compile(r"[之以]?前(?!后)")
_MODAL = re.compile(
    r"(?:不得?超过|限期|限时|限|用|利用|花|(?:期限|时限)[:为是]{0,2}|集中整改期为?|延期|延长)(?:约|至多|大约)?$"
)
_LINK = re.compile(
    r"(?P<anchor>[^,;。:()!?、\n]{1,32}?)(?P<link>之日起|之时起|当[日天]起|次日起|之日算?起|日起|之日后|之日|之后|以后|后|起)"
    r"(?:,?(?:(?:各|该|被|责任|承办|整改|牵头|单位|部门|党组织|党委|党组|本)*(?:必须|应当?|需|须|要|务必|请|可)?(?:在|于|的)?)|,)$"
)
_RECEIPT = re.compile(
    r"(?:自|在|于)?(?P<anchor>(?:收到|接到|发现)[^,;。:()!?、\n]{1,20}|(?:[秋春]季新?学期|新学期|秋季|春季)?开学)$"
)
_EVENT_BEFORE = re.compile(
    r"(?P<anchor>[^,;。:()!?、\n]{0,12}?(?:会议?|召开|开标|届满|到期|期满|开工|考试|投票|选举|举行|开庭|结束|验收|实施|截止))"
    r"(?P<link>前|召开前|之前)?(?:至少|的)?$"
)
_OPENERS = re.compile(
    r".*(?:自(?![查身治评愿行我主筹])|从(?!事|业|严|实|而|快)|应当?在|须在|要在|应于|须于|要于|在(?!建|职)|于|请)"
)
_RECEIVING = re.compile(r".*?(?=收到|接到|接报|接(?!受|待|续))")
_STORY = re.compile(
    r"(?:近|过去|最近|连续|累计|长达|历时|为期|每|前|仅用|第|未来|达|任期|有效期|保质期|已|超)(?:约|了)?$"
)


def parse_duration(text: str, at: int) -> Duration | None:
    """Read the length of time that begins at `at` in folded text, or return None.

    Of a span (3至5个工作日) the longer end counts. A bare 三月 is a month of the year, not three months.
    """
    found = _SPAN.match(text, at)
    if found is not None:
        high, low = parse_number(found["high"]), parse_number(found["low"])
        if found["unit"] == "月" or not high or not low or low > high:
            return None
        return _measure(found, high, found["unit"])
    found = _MIXED.match(text, at)
    if found is not None:
        years, months = parse_number(found["years"]), parse_number(found["months"])
        return None if not years or not months or years > 99 else Duration(*found.span(), months=years * 12 + months)
    found = _HALVES.match(text, at) or _HALF.match(text, at)
    if found is not None:
        return _with_half(found)
    found = _SINGLE.match(text, at)
    if found is None:
        return None
    return (
        Duration(*found.span(), months=2) if found["two"] else _measure(found, parse_number(found["n"]), found["unit"])
    )


def _measure(found: re.Match[str], count: int | None, unit: str) -> Duration | None:
    """Build a duration of `count` times `unit`; years of three figures and more are no duration."""
    if not count or (unit == "年" and count > 99):
        return None
    start, end = found.span()
    if "工作" in unit:
        return Duration(start, end, working_days=count)
    unit = unit.removeprefix("个")
    months = {"月": 1, "季度": 3, "年": 12}.get(unit)
    if months:
        return Duration(start, end, months=count * months)
    if unit == "小时":
        return Duration(start, end, hours=count)
    return Duration(start, end, days=count * (1 if unit in {"天", "日"} else 7))


def _with_half(found: re.Match[str]) -> Duration | None:
    """Build 半年, 半个月, 一年半, 两个半月."""
    start, end = found.span()
    if "n" not in found.groupdict():
        months = 6 if found["unit"] == "半年" else 0
        days = 0 if months else 15 if "月" in found["unit"] else 1
        return Duration(start, end, months=months, days=days)
    count = parse_number(found["n"])
    if not count or count > 99:
        return None
    if found["unit"] == "年半":
        return Duration(start, end, months=count * 12 + 6)
    if found["unit"] == "周半":
        return Duration(start, end, days=count * 7 + 4)
    return Duration(start, end, months=count, days=15)


def parse_relative(text: str, at: int, *, floor: int, bare: bool) -> Expression | None:
    """Read a duration at `at` that limits the time, together with the event before it.

    Args:
        text: folded text.
        at: where the duration begins.
        floor: end of the expression before; the event must begin after it.
        bare: accept a duration without 内 and without an event too (the value of a field).

    Returns:
        The expression, or None if there is no duration or it limits nothing.
    """
    duration = parse_duration(text, at)
    if duration is None:
        return None
    window = text[max(floor, at - 48) : at]
    backwards = _backwards(text, at, duration, window)
    if backwards is not None:
        return backwards
    within = _WITHIN.match(text, duration.end)
    anchor = _anchor(window, at)
    modal = _MODAL.search(window) is not None
    if within is None and _BEFORE.match(text, duration.end):
        return None
    if within is None and anchor is None and not modal and not bare:
        return None
    if anchor is None and _STORY.search(window) and not bare:
        return None
    tail = within or _ENOUGH.match(text, duration.end)
    end = tail.end() if tail else duration.end
    start = at if anchor is None else anchor[2]
    place = None if anchor is None else anchor[:2]
    return Expression(start, end, DeadlineKind.RELATIVE, duration=duration, anchor=place)


def _backwards(text: str, at: int, duration: Duration, window: str) -> Expression | None:
    """Read 会议十五日前 and 届满前10个工作日: a time counted back from an event."""
    found = _EVENT_BEFORE.search(window)
    after = _BEFORE.match(text, duration.end)
    if found is None or not (found["link"] or after):
        return None
    tail = after or _WITHIN.match(text, duration.end)
    end = tail.end() if tail else duration.end
    base = at - len(window)
    start, stop = trim_event(window, *found.span("anchor"))
    place = (base + start, base + stop)
    return Expression(place[0], end, DeadlineKind.RELATIVE, duration=duration, anchor=place, before=True)


def _anchor(window: str, at: int) -> tuple[int, int, int] | None:
    """Return start and end of the event's name and the start of the whole phrase, in folded offsets."""
    found = _LINK.search(window)
    if found is None:
        return _receipt(window, at)
    if found["link"] == "后" and found["anchor"][-1:] in "今此然以之最先事前":
        return None
    start, stop = trim_event(window, *found.span("anchor"))
    if start >= stop:
        return None
    if found["link"] in {"之日起", "之时起", "之日算起", "之日后", "之日"} or found["link"] in {
        "当日起",
        "当天起",
        "次日起",
    }:
        stop += 2
    elif found["link"] == "日起":
        stop += 1
    base = at - len(window)
    opener = window[start - 1 : start]
    phrase = start - 1 if opener in {"自", "从"} else start
    return base + start, base + stop, base + phrase


def _receipt(window: str, at: int) -> tuple[int, int, int] | None:
    """Read 接到通知 directly before the duration."""
    found = _RECEIPT.search(window)
    if found is None:
        return None
    base = at - len(window)
    return base + found.start("anchor"), base + found.end("anchor"), base + found.start()


def trim_event(window: str, start: int, stop: int) -> tuple[int, int]:
    """Return the interval of an event without what stands before its name (各单位应自, 请在)."""
    printed = window[start:stop]
    opener = _OPENERS.match(printed)
    if opener is not None and opener.end() < len(printed):
        start += opener.end()
        printed = window[start:stop]
    receiving = _RECEIVING.match(printed)
    return (start + receiving.end() if receiving else start), stop
