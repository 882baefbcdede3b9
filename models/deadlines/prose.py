"""Which expressions of running prose are limits: those with a cue, and none of the look-alikes."""

from __future__ import annotations

import re
from dataclasses import replace

from corpora.schema.plan import DeadlineKind, Precision
from models.deadlines.acts import ACT_AHEAD, ACT_NEXT
from models.deadlines.distractors import is_labelled, limits_nothing, masked_places, stands_alone
from models.deadlines.expressions import Boundary, Expression, Point
from models.deadlines.years import Setting

_CLAUSE_END = ",;。!?()\n:"
_SENTENCE_END = ";。!?\n)"
_FINISHING = re.compile(
    r"(?:[^,;。()\n]{0,18}?)(?:完成|整改到位|到位|办结|办理完|清零|销号|建成|竣工|完工|出台|印发|制定|修订|形成|报送|上报|提交|整改|落实|清退|退还|收回|拆除|整治|解决|开展|组织|实施|启动|集中|自查|推进|培训|排查|报|投用|达到|实现|健全|建立|规范|清理|处置|处理|消除|加固|检修|维修|约谈)"
)
_STAGE_WORK = re.compile(
    r"(?:为|,|:)?[^,;。()\n]{0,6}?(?:复核|总结|动员|摸排|巩固|攻坚|评估|验收|提升|宣传|部署|摸底|整治)"
)
_PAST = re.compile(r"[已己曾]|(?<![为除事])了(?!解|结)|过程中|期间发现|以来|至今|时发现|违规|存在")
_AIM = re.compile(
    r"(?:不得?[晚迟]于|最[迟晚]于?|约定|安排在|争取|力争|确保|计划|预计|拟|应|须|要|将|务必|原则上|限|于|在|到|至|前|赶在|分别于?|第[一二三四]步到?|分)(?:全部|均|陆续)?(?:在|于|到)?$"
)
_URGED = re.compile(r"(?:不得?[晚迟]于|最[迟晚]于?|争取|力争|确保|务必|限)(?:在|于|到)?$")
_URGED_NOUN = re.compile(r"(?:的|召开|举行|开会|会议|以来)")
_STEP = re.compile(r"第[一二三四五]步(?:到|至|在|于)?$")
_DATES_BEFORE = re.compile(r"(?:(?:\d{4}年|[今明次]年)?\d{1,2}月(?:份|底|末|初|[上中下]旬|\d{1,2}日)?[、和及])+$")
_EACH_TIME = re.compile(r"(?:各自?|分别)")
_SHARE_AHEAD = re.compile(r"(?:前|时)?(?:完成|达到?|实现)?\d{1,3}(?:\.\d+)?%(?=[,;。)\n]|$)")
_SINCE_CLAUSE = re.compile(r"(?:转入|纳入|实行|进入)$")
#: What a law or a contract lays down for everybody.
_RULED = re.compile(r"(?:》|办法|条例|法|合同|协议)(?:的)?(?:规定|约定),(?:应当?|须|必须|需)?(?:在|于)?$")
_FOUND = re.compile(r"(?:查出|发现|查实)(?:的)?(?:[^,;。()\n]{0,4}?(?:问题|隐患|行为))?的?(?:一律|均|要|须|应当?)?$")
#: What an indicator shall reach by a year is a target, no limit (到2030年,覆盖率达到…).
_INDICATOR = re.compile(
    r"[^;。\n]{0,24}?(?:率|产值|总值|总量|面积|规模|占比|比重)[^,;。\n]{0,4}(?:达|提高|超|突破|增|稳定|保持|不低于)"
)
_COUNTED = re.compile(r"(?:同比|环比|共受理|共办理|全年共)[^;。\n]*,其中$")
_MODAL = re.compile(r"(?:须|要|应当?|责令|务必|一律)$")
_ACTOR = re.compile(r"[局委办科股处室组队所站校院镇乡]$")
_ROUTINE = re.compile(r"(?:负责|[局委办科股处室组队所站校院镇乡]|^,)$")
_ROUTINE_END = re.compile(r"[\u4e00-\u9fff]{0,8}(?:[。;)\n]|$)")
_BRACKETED_NAME = re.compile(r"\([^,;()]{2,24}[\u4e00-\u9fff]$")
_CHECKED = re.compile(r"(?:须|应|要)?[由经][^,;。()\n]{2,20}?(?:验收|复核|核查|审核|确认)")
_TOLD_PROGRESS = re.compile(r"整改进展|整改情况|进展情况|[已己](?:于|经)?\d|[已己](?!知|有)[\u4e00-\u9fff]{2}")
_COMPLETED = re.compile(r"(?:全面|全部)?(?:完成|办结|清退|拆除|销号|整改到位|补缴|退还|交付)(?!时限|时间|期限)")
_AIMED = re.compile(r"(?:计划|拟|将|力争|争取|确保|务必|须|应|限)(?:在|于)?$")
_MONTHS_BACK = 4
_LIST_NEXT = re.compile(r"[、和及与]")
_WHOLE_END = re.compile(r"[。;)\n]|$|,(?:并|且|长期|持续)")
_WHOLE_START = re.compile(r"(?:^|[,;。(\n])(?:并|且|同时|做到立行立改)?$")
_STAGE = re.compile(r"\($")
_STATE = re.compile(r"(?:^|[,;。(\n])(?:目前|现|该问题|此问题|问题|以上问题|均|该项)?(?:均)?$")
_DAY_BEFORE = re.compile(r"(?:^|[,;。(\n])|(?:于|在|每月|须|应|务必)$")
_UNCLEAR_ALLOWED = re.compile(
    r"尽快|尽早|适时|择机|(?:待|在)?(?:时机|条件)(?:成熟|具备|允许)|近[期日]内|近期(?=将|拟|完成|整改|办结|启动|出台|补)"
)
_VAGUE_VERB = re.compile(
    r"[^,;。()\n]{0,10}?(?:召开|编印|编制|列入|纳入|签订|配齐|招|选|恢复|更换|修|完成|整改|办|补|改|出台|制定|修订|解决|销号|落实|清|建|拆|推进|启动|开展|报)"
)
_EVENT_LEAD = re.compile(
    r"(?:^|[,;。(\n])(?:必须|力争|确保|争取|应当?|须|要|并)?(?:赶?在|于)?$|(?:在|于|确保|力争|争取|须)$"
)
_LAST_DAY = re.compile(r"(?:不得?[晚迟]于|最[迟晚]于?|限)$")
_CLAUSE_START = re.compile(
    r"(?:^|[,;。(\n:])(?:[^,;。(\n:]{0,12}的|(?:争取|力争|确保|计划|预计|拟|将|并|在|于){0,3})$|[股科局办处组站所队][于在]?$"
)
_SEGMENT = re.compile(r"^[(;,]$")
_TARGET = re.compile(r"(?:[,:]?)(?:[^。;\n]{0,24}?)(?:完成|整改|到位|建成|实现|达|升|降|清零|解决|办结|销号|消除)")


def limits_of_prose(text: str, expressions: list[Expression], setting: Setting) -> list[Expression]:
    """Return those expressions of folded text that are limits, in order."""
    masked = masked_places(text)
    shown = [
        expression
        for expression in expressions
        if not masked[expression.end - 1] and (expression.anchor is not None or not masked[expression.start])
    ]
    limits = [_is_limit(text, expression, setting) for expression in shown]
    for index in range(len(shown) - 2, -1, -1):
        limits[index] = limits[index] or (limits[index + 1] and _is_listed(text, shown[index], shown[index + 1]))
    for index in range(1, len(shown)):
        limits[index] = limits[index] or (limits[index - 1] and _is_listed(text, shown[index - 1], shown[index]))
    kept = [expression for expression, limit in zip(shown, limits, strict=True) if limit]
    return [told for expression in kept if (told := _as_told(text, expression, setting)) is not None]


def _as_told(text: str, expression: Expression, setting: Setting) -> Expression | None:
    """Read a day of the last months in a report of progress as done; a span of such days is told, not set."""
    point = expression.point
    dated = expression.kind in {DeadlineKind.BY, DeadlineKind.RANGE} and expression.boundary is Boundary.NONE
    if point is None or not dated or not _is_recent(point, setting):
        return expression
    if _TOLD_PROGRESS.search(text, 0, expression.start) is None or _AIMED.search(text, 0, expression.start):
        return expression
    if expression.kind is DeadlineKind.RANGE:
        return None
    done = _COMPLETED.match(text, expression.end)
    return expression if done is None else replace(expression, end=done.end(), kind=DeadlineKind.DONE)


def _is_recent(point: Point, setting: Setting) -> bool:
    """Say whether a day without a year fell into the last months before the document."""
    reference = setting.reference
    plain = not point.has_year and point.shift is None and not point.masked and point.festival is None
    if reference is None or setting.year is not None or not plain or point.unit is not Precision.DAY:
        return False
    month, day = point.closing
    if not 1 <= month <= 12:
        return False
    back = (reference.month - month) % 12
    return 0 < back <= _MONTHS_BACK or (back == 0 and day < reference.day)


def _plan_title(text: str, start: int) -> bool:
    """Say whether the bracket before `start` belongs to the title of a plan: 三年行动(2023-2025年)."""
    return text[max(0, start - 3) : start].endswith(("行动(", "计划(", "规划(", "方案(", "纲要("))


def _behind(text: str, start: int) -> str:
    """Return the words of the clause before `start`, the sign that opens it included, up to 30 code points."""
    window = text[max(0, start - 30) : start]
    for at in range(len(window) - 1, -1, -1):
        if window[at] in ",;。!?(\n":
            return window[at:]
    return window


def _is_refused(text: str, expression: Expression, behind: str, ahead: str) -> bool:
    """Say whether the surroundings make the expression a look-alike."""
    return (
        limits_nothing(expression, behind, ahead)
        or stands_alone(text, expression.start, expression.end)
        or _RULED.search(text, max(0, expression.start - 12), expression.start) is not None
        or _plan_title(text, expression.start)
        or _COUNTED.search(text, max(0, expression.start - 60), expression.start) is not None
    )


def _is_limit(text: str, expression: Expression, setting: Setting) -> bool:
    behind, ahead = _behind(text, expression.start), text[expression.end : expression.end + 40]
    if _is_refused(text, expression, behind, ahead):
        return False
    if is_labelled(behind):
        return True
    match expression.kind:
        case DeadlineKind.RECURRING:
            return True
        case DeadlineKind.IMMEDIATE | DeadlineKind.ONGOING:
            return not _began_before(expression.since, setting) and _is_whole_clause(text, expression, behind, ahead)
        case DeadlineKind.DONE:
            return expression.point is not None or bool(_STATE.search(behind) and _WHOLE_END.match(ahead))
        case DeadlineKind.UNCLEAR:
            return _is_unclear_limit(text, expression)
        case DeadlineKind.RELATIVE:
            return _is_relative_limit(expression, ahead)
        case DeadlineKind.BY | DeadlineKind.RANGE:
            return _is_dated_limit(text, expression, behind, ahead, setting)


def _is_unclear_limit(text: str, expression: Expression) -> bool:
    """Say whether 尽快 or 适时 limits an act, or is all that a bracket says of the time."""
    named = _UNCLEAR_ALLOWED.match(text, expression.start) and _VAGUE_VERB.match(text, expression.end - 2)
    return bool(named) or _fills_bracket_part(text, expression)


def _is_whole_clause(text: str, expression: Expression, behind: str, ahead: str) -> bool:
    """Say whether 立行立改 or 长期坚持 stands by itself at the end of its sentence or bracket."""
    if expression.since is not None:
        return True
    printed = text[expression.start : expression.end]
    if expression.kind is DeadlineKind.IMMEDIATE:
        if printed.startswith(("立即", "立刻", "马上")) and _MODAL.search(behind):
            return True
        if text[expression.end : expression.end + 1] == "," and (behind == ";" or _ACTOR.search(behind)):
            return True
    elif printed.startswith("常态化") and _ROUTINE.search(behind) and _ROUTINE_END.match(ahead):
        return True
    opened = _WHOLE_START.search(behind) is not None or (printed[0] in "并且今" and expression.start > 0)
    opened = opened or (expression.kind is DeadlineKind.IMMEDIATE and _FOUND.search(behind) is not None)
    opened = opened or (expression.kind is DeadlineKind.ONGOING and _SINCE_CLAUSE.search(behind) is not None)
    return opened and _WHOLE_END.match(ahead) is not None


def _is_relative_limit(expression: Expression, ahead: str) -> bool:
    if expression.duration is None and expression.waited:
        return not _PAST.search(re.split(r"[,;。\n)]", ahead, maxsplit=1)[0])
    if expression.duration is None:
        return re.match(
            r",?[^,;。\n]{0,12}?(?:立即|及时|收回|拆除|完成|整改|办|清|解决|不再|重新)", ahead
        ) is not None or bool(ACT_NEXT.match(ahead))
    return not _PAST.search(re.split(r"[,;。\n)]", ahead, maxsplit=1)[0])


def _is_dated_limit(text: str, expression: Expression, behind: str, ahead: str, setting: Setting) -> bool:
    if expression.point is None:
        return _is_event_limit(expression, behind, ahead)
    if _is_past(expression, setting) and not _STAGE.search(behind):
        return False
    clause = re.split(r"[,;。\n)]", ahead, maxsplit=1)[0]
    if expression.boundary is Boundary.BEFORE:
        day_only = expression.point.closing[0] == 0 and expression.point.shift is None
        return not _PAST.search(clause) and (not day_only or _DAY_BEFORE.search(behind) is not None)
    if _PAST.search(clause) or (_PAST.search(behind) and not behind.endswith("约定")):
        return False
    if expression.kind is DeadlineKind.RANGE:
        return _is_range_limit(expression, behind, ahead)
    if re.search(r"到$", behind) and _TARGET.match(ahead):
        return expression.point.unit is not Precision.YEAR or _INDICATOR.match(ahead) is None
    if expression.boundary is Boundary.WITHIN:
        return _FINISHING.match(ahead) is not None or re.match(r"[。;)\n]|$", ahead) is not None
    return _is_bare_limit(text, expression, behind, ahead)


def _is_range_limit(expression: Expression, behind: str, ahead: str) -> bool:
    """Say whether a span of time is one: (4月上旬-4月20日), 4-6月开展自查, 即日起至6月底."""
    if expression.since is None or expression.since.shift is not None:
        return True
    if _STAGE.search(behind) and re.match(r"[,;)]", ahead):
        return True
    return bool(_FINISHING.match(ahead) or _STAGE_WORK.match(ahead))


def _is_bare_limit(text: str, expression: Expression, behind: str, ahead: str) -> bool:
    """Say whether a date without 前 is one: 9月中旬完成摸底, (4月底), 力争年底清零."""
    if expression.point is None or _is_this_day(expression.point):
        return False
    rough = expression.point.unit is not Precision.DAY and expression.point.closing[0] != 0
    if _ends_bracket(text, expression, behind, rough=rough or expression.point.has_year):
        return True
    if _STAGE.search(behind) and text[expression.end : expression.end + 1] == ")":
        return expression.point.bare or expression.point.opening == expression.point.closing
    near = re.match(
        r"(?:全部|全面|基本|,)?(?:完成|整改|办结|清零|销号|到位|建成|竣工|出台|[两二三四五2-5]个(?:时间)?节点|报送|启动|开展|组织|投用|启用|投入使用)",
        ahead,
    )
    if near is not None or (_AIM.search(behind) and (_FINISHING.match(ahead) or ACT_AHEAD.match(ahead))):
        return True
    if _URGED.search(behind) and re.match(r"[\u4e00-\u9fff]", ahead) and _URGED_NOUN.match(ahead) is None:
        return True
    if _SHARE_AHEAD.match(ahead) or (_STEP.search(behind) and re.match(r"[,;。)\n]|$|[\u4e00-\u9fff]", ahead)):
        return True
    if _LAST_DAY.search(behind):
        return re.match(r"[,;。)\n]|$|[^,;。]{0,3}答复", ahead) is not None
    vague = rough and text[expression.end - 1] != "年"
    behind = _DATES_BEFORE.sub("", behind)
    ahead = ahead[2:] if _EACH_TIME.match(ahead) else ahead
    return vague and _CLAUSE_START.search(behind) is not None and ACT_AHEAD.match(ahead) is not None


def _ends_bracket(text: str, expression: Expression, behind: str, *, rough: bool) -> bool:
    """Say whether a date, with its year or no day, ends a bracket as a part of its own or behind a name."""
    if not rough or text[expression.end : expression.end + 1] != ")":
        return False
    return _fills_bracket_part(text, expression) or _BRACKETED_NAME.search(behind) is not None


def _fills_bracket_part(text: str, expression: Expression) -> bool:
    """Say whether an expression is the last part of a bracket (镇党建办、各村党组织,今年内)."""
    before = text[expression.start - 1 : expression.start]
    return before in {"(", ",", ";"} and text[expression.end : expression.end + 1] == ")"


def _is_this_day(point: Point) -> bool:
    """Say whether a point is 今日 or 当月, which limit nothing without 前."""
    return point.shift is not None and (point.shift.unit == "day" or (point.shift.amount == 0 and point.bare))


def _is_event_limit(expression: Expression, behind: str, ahead: str) -> bool:
    if expression.boundary is Boundary.WITHIN:
        near = re.match(r",?[^,;。\n]{0,14}?(?:完成|整改|办结|清零|到位|解决|销号)", ahead)
        near = near or ACT_AHEAD.match(ahead)
        return near is not None and not _PAST.search(near[0])
    if _SEGMENT.search(behind) and re.match(r"[,;)]", ahead):
        return True
    return _EVENT_LEAD.search(behind) is not None and bool(
        _FINISHING.match(ahead.lstrip(",")) or ACT_NEXT.match(ahead) or _WHOLE_END.match(ahead) or _CHECKED.match(ahead)
    )


def _is_past(expression: Expression, setting: Setting) -> bool:
    """Say whether a printed year puts the date before the document (with 前, a year before): story, not limit."""
    point = expression.point
    if point is None or point.year is None or setting.reference is None:
        return point is not None and point.year_shift is not None and point.year_shift < 0
    grace = 1 if expression.boundary is Boundary.BEFORE else 0
    last = (point.year + grace, *point.closing)
    return last < (setting.reference.year, setting.reference.month, setting.reference.day)


def _began_before(since: Point | None, setting: Setting) -> bool:
    """Say whether a start with a printed year lies before the document: story, not plan."""
    if since is None or since.year is None or setting.reference is None:
        return False
    return (since.year, *since.opening) < (setting.reference.year, setting.reference.month, setting.reference.day)


def _is_listed(text: str, left: Expression, right: Expression) -> bool:
    """Say whether two dates are a list with one cue: 5月15日、6月15日前."""
    gap = text[left.end : right.start]
    dates = all(side.kind is DeadlineKind.BY and side.point is not None for side in (left, right))
    return dates and left.boundary is Boundary.NONE and len(gap) == 1 and _LIST_NEXT.match(gap) is not None
