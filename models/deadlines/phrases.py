"""Set phrases that stand for a limit without a date: 立行立改, 长期坚持, 已整改完成, 尽快."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpora.schema.plan import DeadlineKind
from models.deadlines.expressions import Expression

_ACT = r"(?:整改|改正|纠正|清退|落实|完成|执行|办理|处置|解决|停止|组织整改|实施|着手|开展|清理|补办|停止|停产|更换|启动|关停|拆除|恢复|改)"
_AT_ONCE = (
    r"(?:立[行整说接查知审即学][立即][改办行整查]|即[知查审行改整时说学]即[改办行]|即行即改|立改立行|边[审查督学整巡][^,;。]?边?(?:整?改)"
    rf"|未巡先改|先行先改|马上就?(?:改|办|整改)|(?:立即|立刻|即刻|即时|当即|当场|现场|第一时间|即日起?){_ACT}?(?:到位|完成|整改)?"
    r"|事不隔夜|当[日天]清零?|随[发查]现?随改|随时整改|随时发现随时整改|即改)"
)
_IMMEDIATE = re.compile(rf"{_AT_ONCE}(?:[、和]{_AT_ONCE}){{0,5}}")
_ONGOING = re.compile(
    r"(?:今后|并|且|同时|一直|始终|全面){0,4}(?:"
    r"长期(?:坚持|推进|整改|落实|执行|抓好|抓|任务|工作|有效|开展|巩固|保持|实施|跟踪|监管|监测|管护|性工作|(?=[,;。()\n、]|$))(?:落实|整改|推进|执行|深化|开展|管理|监管|监测|问效|关注|督促)?"
    r"|持续(?:推进|整改|坚持|巩固|深化|开展|加强|抓好|用力|发力|落实|跟进|改进|实施|提升|进行|长期|做好|优化|完善|保持|跟踪|推动|(?=[,;。()\n、]|$))"
    r"(?:整改|落实|推进|坚持|深化|提升|开展)?"
    r"|(?:纳入|实行|形成|保持|转入|实现|做到|进行|坚持)?常态化?(?:长效化?)?(?:推进|开展|坚持|整改|管理|落实|实施|抓好|保持|执行|长效|进行|抽检|抽查|巡查|值守|监管|化)?(?:坚持|推进)?"
    r"|永久(?:坚持|性|有效|执行)?|常抓不懈|长抓不懈|贯穿(?:全年|始终|全过程)|全年坚持|坚持不懈|不断推进|不断深化|一直坚持|不设期限|无期限"
    r")"
)
_IN_PROGRESS = re.compile(
    r"正在(?:积极|有序|持续|抓紧)?(?:推进|整改|进行|办理|实施|落实)|(?:推进|整改|办理|进行|实施)中(?=[,;。()\n、]|$)"
)
_DONE_VERB = r"(?:整改落实|整改|完成|办结|落实|销号|解决|清零|办理|纠正|清退|整治|拆除|退还|补齐|整治|立行立改|建成|竣工|出台|印发|修订|关闭|兑现|收回|移交|核销|结清|兑付|交付|交清|上线|启用|投用|更换|退回|退缴|上缴|追回|缴清|清缴|清理|注销|通过)"
_DONE = re.compile(
    rf"[已己巳](?:经)?(?:全部|全面|基本|按期|按时|如期|按要求|提前|当场|全|均|逐一){{0,2}}{_DONE_VERB}(?:整改)?(?:完成|到位|完毕|结束|销号|办结)?"
    r"|(?:整改|办理|任务)(?:均|全部)?[已己](?:经)?(?:全部)?(?:完成|到位|完毕|办结)"
)
_UNCLEAR = re.compile(
    r"尽快|尽早|近期内?|近日内?|中期|中长期|远期|短期内?|长短期|适时|择机|择期|适当时候|(?:待|在)?(?:时机|条件)(?:成熟|具备|允许)(?:时|后|的?情况下)?"
    r"|限期(?![于在]?[\d一二两三四五六七八九十半])(?:整改|完成|办结|改正)?|按期(?:完成)?|按时(?:完成)?|如期(?:完成)?|及时(?:整改|完成)?|抓紧(?:整改|完成|办理)?|待定|另行通知|视情况?而?定?|逐步(?:推进|解决|完成|整改)?"
    r"|分步(?:实施|推进)|分期(?:分批)?(?:推进)?|按(?:要求|规定|照?序时进度|照?时间节点|照?计划|进度|时序)[^,;。]{0,10}|根据[^,;。]{2,20}(?:确定|推进|安排|要求)|不定期|定期|随时"
    r"|(?:待|等)[^,;。]{1,16}(?:后再?|时)|同步推进|有序推进|无明确(?:时限|期限)|未明确|视[^,;。]{1,10}而定|按[^,;。]{1,16}(?:推进|执行|实施|时限|要求|部署|安排|进度|计划)"
)
_FINISH = re.compile(
    r"(?:(?:整改|办理|处置)?(?:完成|完毕|到位)(?:整改)?|已?销号|办结|(?:阶段性|基本)(?:完成|办结|整改到位))(?=[,;。(并且]|$)"
)
_CLASS = re.compile(r"以来|存在|未|后|率|情况|[类问事项型的]|问题|阶段|目标|规划|举措|机制")
_TERM_CLASSES = frozenset({"长期", "中期", "短期", "中长期", "远期", "近期"})


def find_phrases(text: str, *, field: bool) -> Iterator[Expression]:
    """Yield the set phrases of folded text in order; a `field` that is nothing but 完成 counts as done."""
    for pattern, kind in _PHRASES:
        for found in pattern.finditer(text):
            defined = text.startswith("(", found.end()) and found[0] in _TERM_CLASSES
            if not defined and not _CLASS.match(text, found.end()):
                ongoing = kind is DeadlineKind.ONGOING
                yield Expression(found.start(), found.end(), kind, ongoing=ongoing)
    if field:
        for found in _IN_PROGRESS.finditer(text):
            yield Expression(found.start(), found.end(), DeadlineKind.ONGOING, status=True)
    whole = _FINISH.match(text) if field else None
    if whole is not None:
        yield Expression(0, whole.end(), DeadlineKind.DONE)


def done_after(text: str, at: int) -> int | None:
    """Return the end of 已…完成 that begins at `at`, behind a date, or None."""
    found = _DONE.match(text, at)
    if found is None or text[at] not in "已己巳":
        return None
    return found.end()


def open_end_after(text: str, at: int) -> int | None:
    """Return the end of 长期坚持, 常态化推进 and the like that begin at `at`, or None."""
    found = _ONGOING.match(text, at)
    return None if found is None else found.end()


_PERFECT = re.compile(r"[已己巳](?:经)?(?:分别)?(?:于|在)?")
_DONE_LATER = re.compile(rf"[^,;。、()\n]{{0,20}}?(?:{_DONE_VERB}(?:整改)?(?:完成|到位|完毕|结束)?|到位|完毕|全部完成)")


def perfect_before_date(text: str, at: int) -> int | None:
    """Return the end of 已于 at `at` (己 and 巳 read as 已), or None."""
    found = _PERFECT.match(text, at)
    return None if found is None else found.end()


def completion_after(text: str, at: int) -> int | None:
    """Return the end of the verb of completion in the clause from `at`, or None."""
    found = _DONE_LATER.match(text, at)
    return None if found is None else found.end()


_PHRASES = (
    (_DONE, DeadlineKind.DONE),
    (_IMMEDIATE, DeadlineKind.IMMEDIATE),
    (_ONGOING, DeadlineKind.ONGOING),
    (_UNCLEAR, DeadlineKind.UNCLEAR),
)
