"""Dates and durations in prose that limit nothing: titles, document numbers, status dates, inspections, story."""

from __future__ import annotations

import re

from corpora.schema.plan import DeadlineKind
from models.deadlines.acts import REMEDY
from models.deadlines.expressions import Boundary, Expression

_TITLE = re.compile(r"《[^》\n]{0,120}》")
_NUMBER = re.compile(r"[〔(]\d{4}[〕)]\d{1,5}号?|[〔]\d{4}[〕]|\d{1,4}号(?:文|令)|第?\d{4}年第\d+号")
_STATUS = re.compile(r"(?:截[至止]|截止到|截至到)(?:到|目前|今|本|于)?[^,;。:\n]{0,4}$")
_LIMITED = re.compile(
    r"(?:(?:^|[,;。(\n]|整改|完成|办理|办结|化解|销号|任务|工作|落实|处置|解决)的?(?:时限|期限)|(?:完成|整改|办结|办理|销号|化解)的?(?:时间|日期)|时间节点)"
    r"(?:要求)?(?:为|是|:|到|在)*(?:截[至止]到?)?$"
)
_PERIOD_BEFORE = re.compile(
    r"(?:公示(?!栏|牌|内容|制度)|公告期|公开期|受理|接访|接听|值班|值守|处分|影响期|刑期|借款|贷款|租赁|办公时间|接待时间|有效期|保质期|任期|聘期|合同期|租期|试用期|服务期|保修期|质保期|巡察组|巡视组|督察组|检查组|审计组|调查组|考察组"
    r"|进驻|巡察时间|巡视时间|检查时间|督察时间|审计期间|审计时段|会议时间|报名|投诉|举报|信访|热线|电话|邮箱|工作时间|开放时间|服务时间|营业时间|发布时间|更新时间|来源"
    r"|出生|生于|入党|参加工作|成立于|始建于|建于|印发于|施行于|签订于)[^,;。\n]{0,12}$"
)
_PERIOD_AFTER = re.compile(
    r"(?:\([^()\n]{0,12}\))?[,]?(?:[^,;。\n]{0,16}?)(?:公示|受理|巡察组|巡视组|督察组|检查组|进驻|巡察期间|巡视期间|接听|值守|有效$|有效,|反馈了|通报了|印发了|下发了|召开了|审议通过|发布了|出生|入党|毕业|以来|至今)"
)
_STORY_AFTER = re.compile(
    r"[^,;。\n]{0,12}?(?:曾|先后|累计|共计|共有?\d|多次|两次被|均未|仍未|尚未|仅|只|才|没有|未能|未按|未对|未经|花费|支出|支付|列支|报销|发放|收取|违规|拖欠|虚报|套取)"
)
_MONEY_AFTER = re.compile(r"[^,;。\n]{0,12}?\d[\d.]{0,8}[余多]?[百千万亿]{0,2}元")
_OBJECTION_AFTER = re.compile(
    r"[^,;。\n]{0,4}?(?:不得|不予|禁止|取消)|,?[^。\n]{0,10}?(?:异议|来电|致电|来信|反映情况|意见建议)"
)
_OBJECTION_TO = re.compile(r"(?:以书面形式|书面|实名|如实)?向[^,;。\n]{2,16}?(?:反映|举报|投诉|提出异议)")
#: A habit that a contrast turns into a failure (每季度开会,但只传达文件), and one that asks after things only.
_CONTRAST_AFTER = re.compile(
    r"过问|[^,;。\n]{0,18}?,(?:但|却|然而|实际上?)[^,;。\n]{0,10}?(?:只|仅|不|未|没|无|流于|走)"
)
_STORY_NOUN = re.compile(
    r"[^,;。()\n]{0,14}?(?:形成|建成|立项|开工|印发|出台|签订|发生|成立|任命|调离|遗留|购置|发放|实施|完成|提出|投入|退休|下达|申报|验收|办理|审批|取得|登记|设立)的"
)
_NEGATION = re.compile(
    r"(?:(?:未|没|从未|不能|不足|违反|(?<!不)(?<!不得)超过|超出(?!部分|的|标准)|逾期|本应|原定|原计划)[^,;。\n]{0,14}|规定(?:的|要求)?(?:应?[在于])?)$"
)
_IDIOM = re.compile(r"(?:八|8)小时(?:之|以)?[内外]|24小时(?:值班|在线|不间断|开放|服务|热线)")
_MEETING = re.compile(r"(?:定于|拟于|将于|于|在)[^,;。\n]{0,2}$")
_MEETING_AFTER = re.compile(r"[^,;。\n]{0,16}?(?:召开|举行|举办|开会)")
_LAW_AFTER = re.compile(r"[^,;。\n]{0,4}?(?:施行|生效|废止|有效|起算|计算)")
_LINE_ONLY = re.compile(r"[\s\d年月日:.\-/]*")


def masked_places(text: str) -> bytearray:
    """Return one byte per code point of folded text: 1 inside titles 《…》 and document numbers."""
    masked = bytearray(len(text))
    for pattern in (_TITLE, _NUMBER, _IDIOM):
        for found in pattern.finditer(text):
            masked[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
    return masked


def is_labelled(behind: str) -> bool:
    """Say whether the words before an expression name a limit (整改时限为, 完成时间:)."""
    return _LIMITED.search(behind) is not None


def limits_nothing(expression: Expression, behind: str, ahead: str) -> bool:
    """Say whether an expression of prose is a look-alike.

    Args:
        expression: what was read.
        behind: the folded words of the same clause before it, up to 30 code points.
        ahead: the folded words after it, up to 40 code points.
    """
    if _PERIOD_BEFORE.search(behind):
        return True
    if is_labelled(behind):
        return False
    if _STATUS.search(behind) or _OBJECTION_TO.match(ahead):
        return True
    if expression.kind is DeadlineKind.RECURRING:
        return (
            _CONTRAST_AFTER.match(ahead) is not None
            or _NEGATION.search(behind) is not None
            or bool(_STORY_AFTER.match(ahead) or _MONEY_AFTER.match(ahead))
        )
    if expression.boundary is Boundary.BEFORE and expression.point is not None:
        told = _STORY_NOUN.match(ahead) or (_STORY_AFTER.match(ahead) and not REMEDY.match(ahead))
        return _NEGATION.search(behind) is not None or bool(told)
    if _MEETING.search(behind) and _MEETING_AFTER.match(ahead):
        return True
    if expression.kind is DeadlineKind.RELATIVE:
        return _NEGATION.search(behind) is not None or bool(_STORY_AFTER.match(ahead) or _OBJECTION_AFTER.match(ahead))
    return bool(_PERIOD_AFTER.match(ahead) or _STORY_AFTER.match(ahead) or _LAW_AFTER.match(ahead))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether the line of an expression holds nothing but a date (a signature or a publication stamp)."""
    first = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    line = text[first : len(text) if stop < 0 else stop]
    return len(line) <= 24 and _LINE_ONLY.fullmatch(line) is not None
