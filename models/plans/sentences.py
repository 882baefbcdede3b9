"""Sentences of a passage and what they do: name a problem, state a measure, tell the status."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpora.schema.plan import ItemStatus
from corpora.schema.span import Span
from models.plans.refusals import is_deficiency

_STOPS = "。；;！!？?\n\r"
_EDGE = " \u3000\xa0\t\n\r。；;！!？?，,、：:…"
_MEASURE_START = re.compile(
    r"(?:(?:下一步|今后|同时|并)[，,]?)?"
    r"(?:将|拟|已|要|进一步|严格|全面|切实|认真|及时|加快|加强|强化|完善|修订|制定|出台|建立|健全|开展|组织|召开|落实|推进|规范|明确|梳理|排查|清理|整改|补办|追缴|收回"
    r"|举办|深化|深入|压实|提高|提升|优化|细化|成立|印发|督促|坚持|定期|每[月季年周]|做好|抓好|加大|公开|调整|完成|责成|聘请|配备|更换|拆除|新建|改造|实施|统筹|安排|发挥|运用|用好"
    r"|编制|核实|核查|研究|约谈|退回|上缴|补[齐充缴录签]|设立|学习|培训|推动|聚焦|筑牢|严肃|严把|联合|会同|立即|立行立改|即知即改|重新|逐[项一户条]|集中|起草|签订|启动|协调|报请|申请|增设|增加|扩大|改进|纳入|由)"
)
_PLAIN_START = re.compile(r"(?:针对|对照|围绕|按照|根据|通过|结合)")
_PROBLEM_END = re.compile(r"(?:的?问题|现象|情况(?:较为|比较)?(?:突出|严重)|方面)[”」』]?$")
_HEADING_TAIL = re.compile(r"(?:方面|类|部门|工作|任务|要求|措施|清单|情况|总体要求|内容)[”」』]?$")

_DEFECT = re.compile(
    r"不(?:健全|完善|规范|及时|彻底|细|深|扎实|牢|强|高|紧|准|畅|一致|符|均衡|重视|透|落地|经常|积极|主动|足|够|严|实|力|到位|作为|清|明|全|好|多|少|愿|敢|会|能|按|履行|执行|落实|合理|科学|严格|严肃)"
    r"|欠缺|薄弱|松散|松懈|混乱|打折扣|走过场|造假|白条|挪用|截留|浪费|闲置|流失|脱节|缺[乏位少失]|拖延|逾期|超期|滞后|迟缓|偏差|差距|短板|弱化|虚化|淡化|空转|重.{1,6}轻|[^减]少$|未|没有|缺$"
    r"|淡薄|不足|敷衍|推诿|虚假|失管|失察|违规|违反|形式主义|官僚主义|反弹|屡[查改]屡|仅|流于|积压|超标|超范围|漏报|瞒报|隐患|老化|破损|堵塞|乱[堆倒排建]|代签|补记|照搬|抄袭|挂账|空白|单一|粗放|散漫|停留"
)

_DONE = re.compile(
    r"[已己](?:经)?(?:全部|全面|按期|如期|按时|基本)?(?:完成(?:整改|全部|销号|[，,。；;\s]|$)|整改(?:完成|到位|完毕|结束|销号)|办结|销号|落实到位)|(?:整改|已)完成$|(?:已|全部)整改$|^(?:完成|已完成|办结|是|√|✓|销号)$|100%$|^已整改|^完成整改|^整改到位|^全部完成|立行立改已完成|[已己](?:于|在).{2,14}(?:完成|整改到位|办结)"
)
_IN_PROGRESS = re.compile(
    r"正在(?:整改|推进|办理|落实|实施|进行)|(?:持续|有序|稳步|加快)(?:推进|整改)中?|推进中|进行中|整改中|办理中|阶段性(?:完成|办结)|部分(?:完成|整改)|基本(?:完成|整改)|取得阶段性|^(?:持续推进|持续整改|正在推进)"
)
_OPEN = re.compile(r"未(?:完成|整改|启动|开始|办结|开展)|尚未|未销号|^(?:否|×)$|^待")
_REPORTED_DONE = re.compile(
    r"上报|虚报|谎报|台账|显示|声称|却|但|实际|号称|报告称|如|若|的[，,]?将|对[已己]|凡|确保|力争|之后|后[，,]"
)


def split_sentences(text: str, span: Span, *, masks: Sequence[Span] = ()) -> list[Span]:
    """Split `span` at sentence ends, semicolons and line breaks outside brackets; `masks` part sentences and are left out."""
    result: list[Span] = []
    start, depth, index = span.start, 0, span.start
    shut = [mask for mask in sorted(masks) if mask.end > span.start and mask.start < span.end]
    while index < span.end:
        if shut and index >= shut[0].start:
            _append(result, text, start, min(shut[0].start, span.end))
            index = start = max(index, min(shut.pop(0).end, span.end))
            depth = 0
            continue
        char = text[index]
        depth += (char in "（([【") - (char in "）)]】" and depth > 0)
        if char in "\n\r":
            depth = 0
        if char in _STOPS and depth == 0:
            _append(result, text, start, index)
            start = index + 1
        index += 1
    _append(result, text, start, span.end)
    return result


def strip_edges(text: str, span: Span) -> Span:
    """Return `span` without punctuation and blanks at its edges; unpaired brackets at the end go too."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and (text[end - 1] in _EDGE or (text[end - 1] in "（([【")):
        end -= 1
    return Span(start, end)


def is_measure(sentence: str) -> bool:
    """Say whether `sentence` tells what is, was or will be done."""
    first = re.split(r"[，,]", sentence, maxsplit=1)[0]
    if _PROBLEM_END.search(first) and not _PLAIN_START.match(first):
        return False
    if _PLAIN_START.match(sentence):
        return True
    found = _MEASURE_START.match(sentence)
    return found is not None and not is_deficiency(first)


def is_problem(sentence: str) -> bool:
    """Say whether `sentence` names a problem."""
    return (
        _PROBLEM_END.search(sentence.rstrip("。；;")) is not None
        or _DEFECT.search(sentence) is not None
        or is_deficiency(sentence)
    )


def is_category(sentence: str) -> bool:
    """Say whether `sentence` is a heading that groups items (``党的建设方面``) and names no problem."""
    return len(sentence) <= 30 and _HEADING_TAIL.search(sentence) is not None and not _DEFECT.search(sentence)


def status_of(value: str) -> ItemStatus | None:
    """Return the status that a status field or a closing sentence tells, or ``None``."""
    if _OPEN.search(value):
        return ItemStatus.OPEN
    if _IN_PROGRESS.search(value):
        return ItemStatus.IN_PROGRESS
    if _DONE.search(value.strip()):
        return ItemStatus.DONE
    return None


def status_in_prose(sentence: str) -> ItemStatus | None:
    """Return the status that a sentence of the item itself tells; reports and conditions tell none."""
    if _REPORTED_DONE.search(sentence):
        return None
    if re.search(
        r"[已己](?:经)?(?:全部|全面|按期|如期|按时)?(?:完成整改|整改(?:完成|到位|完毕)|办结|销号|全部完成|完成$)|[已己][于在].{2,14}(?:完成|整改到位|办结)",
        sentence,
    ):
        return ItemStatus.DONE
    if re.search(r"(?:目前|现|仍)?正在(?:整改|推进整改|抓紧整改|推进|办理)|整改(?:正在|持续)推进", sentence):
        return ItemStatus.IN_PROGRESS
    if re.search(r"(?:目前|至今)?(?:尚未|还未|仍未)(?:完成)?整改(?!责任|措施)|尚未(?:办结|销号)", sentence):
        return ItemStatus.OPEN
    return None


def _append(result: list[Span], text: str, start: int, end: int) -> None:
    part = strip_edges(text, Span(start, max(start, end)))
    if len(part) > 1:
        result.append(part)
