"""Named events: looking their date up, and limits that name an event instead of a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from corpora.schema.plan import DeadlineKind
from models.deadlines.expressions import Boundary, Expression
from models.deadlines.normal import fold
from models.deadlines.relative import trim_event

_LEADING = re.compile(r"^(?:自|从|本|该|此|其|在|收到|接到|接)+")
_TRAILING = re.compile(
    r"(?:之日起|之日|当日|当天|次日|之?日|之?后|之?前|结束|完成|开始|期间|期内|期|之?内|起|时|意见书?|通知书?|通知单|情况|问题清单|清单|召开)$"
)
_ISSUING = re.compile(r"(?:印发|下发|发布|发文|公布|制发|成文|即|通知之|方案之)日?")
_SEASON = r"(?:[秋春]季新?学期|秋季|春季|新学期|秋|春)?开学|主?汛期?|供暖期?|采暖[期季]|取暖[期季]|春耕|秋收|三夏|双抢|防火期|租期|租约期|暑假|寒假|假期|雨季|冬季|入冬|上冻|高考|中考|[双两]?节"
_OCCASION = (
    r"(?:全国|省|市|县|区){0,3}两会(?:召开)?|(?:县|市|区|省)?党代会|换届(?:选举)?|(?:专题)?(?:民主|组织)生活会|下一?[轮次][^,;。\n]{0,8}?"
    r"|(?:省级|市级|县级|国家级?|中央)?(?:检查|验收|考核|督查|督察|巡察|巡视|评估|复查|回头看|普查)(?:组?进驻|组?到来|开始)?"
    r"|[^,;。:、()\n]{0,12}?(?:结束|召开|到期|期满|届满|竣工|投用|投产|复产|复工|开幕|闭幕|开园|开业|通车|开工|启动|交付|离任|销号)|会议"
)
_SPANS = r"[^,;。:、()\n]{0,8}?整改期|[^,;。:、()\n]{0,8}?(?:教育|行动|活动|巡察|进驻|巡视|督察|集中整改|整治|攻坚)期|(?:本|新|这个?)(?:学期|学年|汛期|采暖季|供暖季|年度内?)|(?:暑假|寒假|春节|农忙|汛)期|暑期|(?:本届|本|任){0,2}(?:届|任期)|整改期|(?:整改|办理|完成|规定|合同|要求)期限|规定期限|规定时限|规定时间|法定期限"
_LEAD = r"(?:必须|力争|确保|争取|应当?|须|要|并)?(?:赶?在|于)?"
_BEFORE_EVENT = re.compile(
    rf"(?P<lead>{_LEAD})(?P<year>(?:20\d\d年|今年|明年|本年)的?(?:\d{{1,2}}月)?|\d{{1,2}}月)?(?P<event>{_SEASON}|{_OCCASION})(?:到来|来临|开始)?(?:之前|以前|前(?![后期往])|为止)"
)
_BEFORE_ANY = re.compile(
    r"(?:应|须|要|务必)?(?P<lead>于|在|赶在)(?P<event>[\u4e00-\u9fff]{2,8}?)(?:之前|以前|前)(?=完成|建成|拆除|清|整改|全部|补|修|装|交|报)"
)
_DURING_EVENT = re.compile(rf"(?P<lead>{_LEAD})(?P<event>{_SPANS})(?P<tail>间之?内?|以内|之内|内|间)")
_AFTER_EVENT = re.compile(
    r"(?P<event>[^,;。:、()\n]{0,14}?(?:到期|期满|届满|合格|批复|获批|到位|结束|判决|终审|办结|解除|投用|下达|成熟|恢复|核准|生效|审定|移交|清场))(?:之后|以后|后|时)"
)
_WAITED = re.compile(r"待(?!条件|时机|遇|命|岗|业|办|建)(?=[\u4e00-\u9fff]{2})")
_WAIT = re.compile(
    r"待(?!条件|时机|遇|命|岗|业|办|建|定)(?P<event>[^,;。:、()\n待]{2,16}?)(?:之后|以后|后)(?![续期勤备果])"
)
_WHOLE_BEFORE = re.compile(r"(?P<event>[^,;。:()\n\d]{1,20}?)(?:之前|以前|前)")
_WHOLE_AFTER = re.compile(r"(?P<event>[^,;。:()\n\d]{2,20}?)(?:之后|以后|后)")


def find_event_date(anchor: str, events: Mapping[str, date]) -> date | None:
    """Return the date of the event whose key means the same as `anchor`, or None.

    Keys match loosely: 反馈 matches 收到反馈意见之日, 集中整改期结束 matches 集中整改期内. The same core wins over a
    contained one, the longer over the shorter, the earlier key over a later one.
    """
    wanted = _core(anchor)
    best: tuple[int, date] | None = None
    for key, day in events.items():
        score = _likeness(wanted, _core(key))
        if score and (best is None or score > best[0]):
            best = (score, day)
    return None if best is None else best[1]


def is_issue(anchor: str) -> bool:
    """Say whether the event is the document's own issue (印发之日, 即日), dated by the reference date."""
    return _ISSUING.search(fold(anchor, cell=True).text) is not None


def find_event_limits(text: str) -> Iterator[Expression]:
    """Yield limits of folded text that name an event: 汛期前, 集中整改期内, 合同到期后."""
    for pattern, boundary in (
        (_BEFORE_EVENT, Boundary.BEFORE),
        (_BEFORE_ANY, Boundary.BEFORE),
        (_DURING_EVENT, Boundary.WITHIN),
    ):
        for found in pattern.finditer(text):
            yield _limit(found, boundary)
    for found in _AFTER_EVENT.finditer(text):
        yield _after(found)
    for found in _WAIT.finditer(text):
        place = found.span("event")
        yield Expression(found.start(), found.end(), DeadlineKind.RELATIVE, anchor=place, waited=True)


def whole_event_limit(text: str) -> Expression | None:
    """Read any event at the beginning of a field as its limit (X前, X后), or return None."""
    found = _WHOLE_BEFORE.match(text)
    if found is not None:
        return _limit(found, Boundary.BEFORE)
    found = _WHOLE_AFTER.match(text)
    return None if found is None else _after(found)


def _limit(found: re.Match[str], boundary: Boundary) -> Expression:
    start, end = trim_event(found.string, *found.span("event"))
    if found.groupdict().get("tail", "").startswith("间"):
        end += 1
    first = found.start("year") if found.groupdict().get("year") else start
    return Expression(first, found.end(), DeadlineKind.BY, boundary=boundary, anchor=(start, end))


def _after(found: re.Match[str]) -> Expression:
    waited = _WAITED.search(found.string, *found.span("event"))
    if waited is not None:
        return Expression(
            waited.start(), found.end(), DeadlineKind.RELATIVE, anchor=(waited.end(), found.end("event")), waited=True
        )
    start, end = trim_event(found.string, *found.span("event"))
    return Expression(start, found.end(), DeadlineKind.RELATIVE, anchor=(start, end))


def _core(name: str) -> str:
    """Return the part of an event's name that identifies it."""
    core = _LEADING.sub("", fold(name, cell=True).text)
    while True:
        shorter = _TRAILING.sub("", core)
        if shorter == core or not shorter:
            return core
        core = shorter


def _likeness(left: str, right: str) -> int:
    """Score two cores: 1000 if equal, the length of the contained one, else 0."""
    if left == right:
        return 1000
    short, long = sorted((left, right), key=len)
    if short and short in long and (len(short) > 1 or len(long) <= 2):
        return len(short)
    return 0
