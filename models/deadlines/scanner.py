"""The pass over folded text that finds every expression, limits and look-alikes, in printed order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpora.schema.plan import DeadlineKind, Precision
from models.deadlines.absolute import parse_point
from models.deadlines.events import find_event_limits, whole_event_limit
from models.deadlines.expressions import Boundary, Expression, Point
from models.deadlines.numerals import SMALL, YEAR
from models.deadlines.phrases import completion_after, done_after, find_phrases, open_end_after, perfect_before_date
from models.deadlines.recurrence import parse_recurrence
from models.deadlines.relative import parse_relative

_BEGINNINGS = frozenset(
    "0123456789〇零○一二两俩三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾今本当明次来翌下后去上年岁月周星礼第首前中全这"
    "春元清端国重劳建教妇农QqxX×*每各逐按分已己巳半即自从昨从现"
)
_OPENERS_ONLY = frozenset("自从现每逐按分")
_FIGURES = frozenset("0123456789")
_CHINESE_FIGURES = frozenset("〇零○一二三四五六七八九十廿卅")
_TO = re.compile(r"(?:开始|起)?,?(?:-{1,3}|延续[到至]|[到至])")
_BOUND = re.compile(
    r"(?P<before>\(含\)|[之以]?前(?![后期往述置列任身景提来沿线端言瞻去三两几哨锋台])|为?止|底前)|(?P<within>[之以]?内(?![容部外设])|期间)"
    r"|(?P<since>(?:之日)?起(?![草诉点源因步居])|以后|之后|开始)"
)
_SHARED = re.compile(
    rf"(?P<year>{YEAR}年|今年|明年|本年|)(?P<low>{SMALL})(?P<unit>月|)份?(?:[-至到])(?P<high>{SMALL})(?P<last>月份?|季度)(?!\d|{SMALL}[日号]|[上中下]旬|月?[底末初])"
)
_SHARED_DAYS = re.compile(rf"(?P<head>(?:{YEAR}年)?{SMALL}月)(?P<low>{SMALL})[-至到](?P<high>{SMALL}[日号])")
_SHARED_PARTS = re.compile(rf"(?P<head>(?:{YEAR}年)?{SMALL}月)(?P<low>[上中下]旬|初)[-至到](?P<high>[中下]旬|底|末)")
_SHARED_YEARS = re.compile(rf"(?P<low>{YEAR})年?(?:[-至到])(?P<high>{YEAR})年")
_SHARED_DOTTED = re.compile(r"(?P<head>(?:19|20|21)\d\d[./])(?P<low>\d{1,2})-(?P<high>\d{1,2})(?![\d./])")
_FROM_NOW = re.compile(
    r"(?:从|自)?(?:本?(?:方案|通知|意见|文件|清单))?(?P<now>即日|现在|即|印发之日|昨[日天]|今[日天])(?:之日)?起?,?(?:-|开始[到至]?|[到至])"
)
_EVENT_NOTE = re.compile(
    r"(?:(?:秋季|春季)?(?:新学期)?开学|主?汛期?|[^,;。()\n\d]{1,8}?(?:开学|召开|汛期))(?:之前|以前|前)"
)
#: A date with 起 goes on with a list of stages (…6月底前…,7月起转入…) or is all that a bracket says.
_STAGE_BEFORE = re.compile(r"(?:月|日|底|末|旬|年|季度)[之以]?前[^。\n]{2,60}[,;](?:自|从)?$")
_STAGE_AHEAD = re.compile(r",?[\u4e00-\u9fff]{2}(?![^,;。\n]{0,20}(?:[已曾]|累计|共计))")
_START_FINISH = re.compile(r"(?:底|初)?(?:前)?(?:正式)?(?:启动|开始|开工|动工)[^,;。]{0,6}[,、;]")
_IN_FORCE = re.compile(
    r",?(?P<who>(?!统一|全面|正式|一律)[^,;。()\n]{2,14}?(?=一律|(?:统一|全面|正式)?(?:实行|推行|执行|试行)|延长|取消|启用|停用|改为|轮流|不再))?(?:正式|全面|统一)?(?P<act>一律停止|一律|停止|延长|取消|启用|停用|改为|试行|轮流|禁止|不再|实施|执行|推行|推进|坚持|开展|落实|实行)|,?(?:长期|持续|常态)|[,;。)、\n]?$"
)


def scan(text: str, *, field: bool) -> list[Expression]:
    """Return the expressions of folded text, disjoint and in order.

    Args:
        text: folded text.
        field: the text is the value of a limit field, so that short forms (6.30, 3个月, a bare year) count.
    """
    at_phrase: dict[int, Expression] = {}
    for phrase in [*find_phrases(text, field=field), *find_event_limits(text)]:
        known = at_phrase.get(phrase.start)
        if known is None or phrase.end > known.end or _awaits_event(text, phrase, known):
            at_phrase[phrase.start] = phrase
    found: list[Expression] = []
    at = floor = 0
    while at < len(text):
        expression = _dated(text, at, floor, field=field) if _may_begin(text, at) else None
        phrase_here = at_phrase.get(at)
        if phrase_here is not None and (expression is None or _outreaches(phrase_here, expression, text)):
            expression = phrase_here
        if expression is None:
            at += 1
            continue
        found.append(expression)
        at = expression.end
        floor = floor if _is_event_alone(expression) else at
    whole = whole_event_limit(text) if field else None
    if whole is not None and (not found or whole.end <= found[0].start):
        found.insert(0, whole)
    return _spanned(text, _without_overlaps(found))


def _awaits_event(text: str, phrase: Expression, known: Expression) -> bool:
    """Say whether `phrase` names the event that 待…后再 leaves open (待判决生效后再处理)."""
    named = phrase.anchor is not None and text[phrase.anchor[0] - 1] == "待"
    return named and known.kind is DeadlineKind.UNCLEAR and phrase.end >= known.end - 1


def _spanned(text: str, found: list[Expression]) -> list[Expression]:
    """Give a recurrence the span of time printed before it: 2023年3月至12月每月5日前, 2023年每季度."""
    kept: list[Expression] = []
    for expression in found:
        before = kept[-1] if kept else None
        if (
            before is not None
            and expression.kind is DeadlineKind.RECURRING
            and _is_span(before)
            and text[before.end : expression.start] in {"", ",", "期间"}
        ):
            kept[-1] = replace(expression, start=before.start, since=before.since or before.point, point=before.point)
            continue
        kept.append(expression)
    return kept


def _is_span(expression: Expression) -> bool:
    """Say whether an expression names a whole stretch of time without bounding it."""
    if expression.kind is DeadlineKind.RANGE:
        return True
    year = expression.kind is DeadlineKind.BY and expression.boundary is Boundary.NONE and expression.point is not None
    return year and expression.point is not None and expression.point.unit is Precision.YEAR


def _is_event_alone(expression: Expression) -> bool:
    """Say whether a length of time may follow that belongs to this event (反馈后 | 2个月内)."""
    return (expression.anchor is not None and expression.duration is None) or expression.kind is DeadlineKind.IMMEDIATE


def _outreaches(phrase: Expression, expression: Expression, text: str) -> bool:
    """Say whether a phrase that begins where a dated expression does should win: only if it tells more."""
    if phrase.kind is DeadlineKind.UNCLEAR or expression.kind is DeadlineKind.RECURRING:
        return False
    if phrase.anchor is not None and expression.end <= phrase.anchor[0]:
        return True
    return phrase.end > expression.end and not any(sign.isdigit() for sign in text[expression.start : expression.end])


def _without_overlaps(found: Iterable[Expression]) -> list[Expression]:
    """Drop what a later expression with an event in front of it (自…之日起两个月内) reaches back over."""
    kept: list[Expression] = []
    for expression in found:
        while kept and kept[-1].end > expression.start:
            kept.pop()
        kept.append(expression)
    return kept


def _may_begin(text: str, at: int) -> bool:
    """Say whether an expression may begin at `at`: never inside a number."""
    sign = text[at]
    if sign not in _BEGINNINGS:
        return False
    before = text[at - 1] if at else ""
    if sign in _FIGURES:
        return before not in _FIGURES
    return not (sign in _CHINESE_FIGURES and before in _CHINESE_FIGURES and before)


def _dated(text: str, at: int, floor: int, *, field: bool) -> Expression | None:
    """Read a recurrence, a completed date, a range, a duration or a point at `at`."""
    recurrence = parse_recurrence(text, at)
    if recurrence is not None:
        return Expression(at, recurrence.end, DeadlineKind.RECURRING, rule=recurrence.rule)
    if text[at] in "已己巳":
        return _completed(text, at)
    if text[at] in _OPENERS_ONLY:
        return _from_now(text, at)
    return (
        _from_now(text, at)
        or parse_relative(text, at, floor=floor, bare=False)
        or _shared_range(text, at)
        or _pointed(text, at, floor, field=field)
        or (parse_relative(text, at, floor=floor, bare=True) if field else None)
    )


def _completed(text: str, at: int) -> Expression | None:
    """Read 已于2023年4月完成."""
    after = perfect_before_date(text, at)
    if after is None or after >= len(text):
        return None
    point = parse_point(text, after)
    if point is None:
        return None
    end, _ = _bound(text, point.end)
    end = completion_after(text, end) or 0
    return Expression(at, end, DeadlineKind.DONE, point=point) if end else None


def _bound(text: str, at: int) -> tuple[int, Boundary]:
    """Read 前, 内, 起 and the like; return where they end and what they mean."""
    found = _BOUND.match(text, at)
    if found is None:
        return at, Boundary.NONE
    if found["before"]:
        return found.end(), Boundary.BEFORE
    return found.end(), Boundary.WITHIN if found["within"] else Boundary.SINCE


def _from_now(text: str, at: int) -> Expression | None:
    """Read 即日起至6月底."""
    found = _FROM_NOW.match(text, at)
    if found is None:
        return None
    until = parse_point(text, found.end())
    if until is None:
        return None
    start = at
    word = found["now"]
    since = parse_point(text, found.start("now")) if word[0] in "昨今" else None
    end, bound = _bound(text, until.end)
    return Expression(start, end, DeadlineKind.RANGE, point=until, since=since, boundary=bound)


def _shared_range(text: str, at: int) -> Expression | None:
    """Read ranges whose ends share year, month or unit: 2023年3—6月, 6月1—15日, 2023—2025年."""
    found = _SHARED.match(text, at)
    if found is not None and (found["unit"] or found["last"]):
        last = found["last"]
        ends = found["year"] + found["low"] + last[: 1 if last[0] == "月" else 2], found["high"] + last
        return _joined(found, ends)
    for pattern, suffix in ((_SHARED_DAYS, "日"), (_SHARED_PARTS, ""), (_SHARED_DOTTED, "")):
        found = pattern.match(text, at)
        if found is not None:
            return _joined(found, (found["head"] + found["low"] + suffix, found["head"] + found["high"]))
    found = _SHARED_YEARS.match(text, at)
    return None if found is None else _joined(found, (found["low"] + "年", found["high"] + "年"))


def _joined(found: re.Match[str], ends: tuple[str, str]) -> Expression | None:
    since, until = parse_point(ends[0], 0), parse_point(ends[1], 0)
    if since is None or until is None:
        return None
    end, bound = _bound(found.string, found.end())
    return Expression(found.start(), end, DeadlineKind.RANGE, point=until, since=since, boundary=bound)


def _pointed(text: str, at: int, floor: int, *, field: bool) -> Expression | None:
    """Read a point, and the range or recurrence that it opens."""
    point = parse_point(text, at, lenient=field)
    if point is None:
        return None
    until = _range_end(text, point.end)
    if until is not None:
        end, bound = _bound(text, until.end)
        return Expression(at, end, DeadlineKind.RANGE, point=until, since=point, boundary=bound)
    end, bound = _bound(text, point.end)
    if text.startswith("全年", point.end - 2):
        return Expression(at, end, DeadlineKind.RANGE, point=point, since=point)
    if bound is Boundary.SINCE:
        return _opened(text, end, floor, point, field=field)
    note = _EVENT_NOTE.match(text, end) if bound is Boundary.NONE and point.unit is Precision.DAY else None
    if note is not None and point.closing[0] != 0:
        return Expression(at, note.end(), DeadlineKind.BY, point=point, boundary=Boundary.BEFORE)
    done = done_after(text, end + text.startswith(",", end))
    if done is not None:
        return Expression(at, done, DeadlineKind.DONE, point=point, boundary=bound)
    finish = _finish(text, end)
    if finish is not None:
        return Expression(at, finish.end, DeadlineKind.RANGE, point=finish, since=point)
    return Expression(at, end, DeadlineKind.BY, point=point, boundary=bound)


def _range_end(text: str, at: int) -> Point | None:
    """Read 至 and the second point of a range."""
    found = _TO.match(text, at)
    if found is None or found.end() >= len(text):
        return None
    return parse_point(text, found.end())


def _finish(text: str, at: int) -> Point | None:
    """Read 启动，9月完成 after the first point."""
    found = _START_FINISH.match(text, at)
    until = parse_point(text, found.end()) if found and found.end() < len(text) else None
    if until is None or (until.unit is Precision.DAY and until.closing[0] == 0):
        return None
    end, _ = _bound(text, until.end)
    done = re.compile(r"完成|完工|竣工|结束").match(text, end)
    return replace(until, end=end) if done else None


def _is_stage(text: str, start: int, end: int) -> bool:
    """Say whether what begins with a date is the last stage of a list, or fills a bracket."""
    before = text[max(0, start - 90) : start]
    if before.endswith(("(", "(自", "(从")):
        return text.startswith(")", end)
    return _STAGE_BEFORE.search(before) is not None and _STAGE_AHEAD.match(text, end) is not None


def _opened(text: str, end: int, floor: int, point: Point, *, field: bool) -> Expression | None:
    """Read what begins with a date: 自3月起每周五, 自3月14日起两个月内, 8月起实施."""
    start = point.start - 1 if point.start and text[point.start - 1] in "自从" else point.start
    skip = end + 1 if text[end : end + 1] == "," else end
    recurrence = parse_recurrence(text, skip) if skip < len(text) else None
    if recurrence is not None:
        return Expression(start, recurrence.end, DeadlineKind.RECURRING, since=point, rule=recurrence.rule)
    counted = parse_relative(text, skip, floor=floor, bare=False) if skip < len(text) else None
    if counted is not None:
        return counted
    force = _IN_FORCE.match(text, end)
    if force is None and not field and not _is_stage(text, point.start, end):
        return None
    adjacent = force is not None and force["act"] and not force["who"]
    stop = open_end_after(text, skip) or (force.end() if force is not None and adjacent else end)
    return Expression(start, stop, DeadlineKind.ONGOING, since=point, boundary=Boundary.SINCE, ongoing=True)
