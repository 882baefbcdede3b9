"""Field labels of plans – who, by when, what was wrong, what is done – in all their printed variants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpora.schema.plan import SubjectRole


class FieldKind(StrEnum):
    """What the value behind a label is."""

    SUBJECT = "subject"
    DEADLINE = "deadline"
    MEASURE = "measure"
    PROBLEM = "problem"
    STATUS = "status"
    CATEGORY = "category"
    CONTACT = "contact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Label:
    """The meaning of a label.

    Attributes:
        unit_role: role of units in the value (subject labels only).
        person_role: role of persons and posts in the value; differs from `unit_role` in ``责任单位及责任人``.
        with_deadline: the label also announces a limit (``责任人及完成时限``).
    """

    kind: FieldKind
    unit_role: SubjectRole | None = None
    person_role: SubjectRole | None = None
    with_deadline: bool = False


_BODY = "(?:单位|部门|科室|股室|处室|机构|主体|企业|党组织|支部|学院|系部|方)"
_PERSON = "(?:领导同志|领导干部|领导|责任人员|责任人|负责同志|负责人|人员|干部|同志|组|员|人)"
_LEVEL = (
    "(?:[省市县区镇乡村校院局]级|[省市县区镇乡校院局]|第[一二三四]|具体|主要|主体|直接|整改|问题|项目|工作|任务|班子)"
)
_WATCH = "指导监督|监督指导|督办|督导|督促|监督|督查|验收|监管|审核|复查|复核|核查|销号|督察"

_SUBJECTS: tuple[tuple[SubjectRole, str], ...] = (
    (
        SubjectRole.SUPERVISING,
        f"(?:挂牌)?(?:{_WATCH}){{1,2}}(?:责任|落实|验收|检查|指导)?(?:{_BODY}|{_PERSON})|(?:督促|跟踪|监督)(?:检查|落实|督办|督导|督查)|督办|督导|监督|验收|监管",
    ),
    (
        SubjectRole.COOPERATING,
        f"(?:协作(?:和|、)?配合|协同配合|配合|协办|参与|会办|协同|协助|协作|成员|业务指导|技术指导|指导|参加|支持)(?:责任|整改|落实)?(?:{_BODY}|{_PERSON})|技术指导|配合|协办|会办",
    ),
    (
        SubjectRole.LEADER,
        f"第一责任人|{_LEVEL}*(?:牵头|包案|包抓|包联|包保|领办)(?:责任人|负责人|人)|{_LEVEL}*分管(?:负责人|同志|负责同志)|[省市县区镇乡村]?级?(?:河|湖|林|路|田)长",
    ),
    (
        SubjectRole.LEAD,
        f"(?:牵头|主责|主办|总牵头)(?:责任|整改|负责|落实)?{_BODY}|(?:主要|首要|第一)责任{_BODY}|牵头|主办",
    ),
    (
        SubjectRole.LEADER,
        f"{_LEVEL}*(?:责任|分管|牵头|包抓|包案|包联|包保|领办|挂钩|挂点|挂联|联系|联点|主管|主要|包片|挂包|负责|领导责任|督战)?{_LEVEL}*(?:领导(?:责任人|干部|同志)?)",
    ),
    (
        SubjectRole.RESPONSIBLE,
        f"(?:具体|共同|其他|其它|相关)?(?:整改落实|整改责任|主体责任|责任|承办|落实|整改|实施|执行|办理|治理|治理责任|承担|负责|具体落实|组织实施|任务)(?:责任)?{_BODY}|承办|(?:行业)?主管(?:单位|部门|科室|股室|处室)|责任村|责任镇街|责任镇|责任乡镇",
    ),
    (
        SubjectRole.OWNER,
        f"(?:落实|{_LEVEL})*(?:责任人员|责任人|承办人员|承办人|经办人员|经办人|负责同志|负责人|责任同志|落实人|整改人|联络人|联系人|联络员|责任教师|责任民警|负责者)|AB?角|B角|[AB]岗",
    ),
)

_DEADLINE = (
    "(?:预计|计划|拟|要求|应|最迟|限定)?(?:整改落实|整改完成|整改|完成|办结|化解|销号|落实|办理|计划|工作|任务|达标|治理|解决|实施|推进|进度|处置|反馈办理)?(?:整改|完成)?(?:时限要求|期限要求|时间要求|时间节点|时限|期限)"
    "|(?:预计|计划|拟|要求|应|最迟|限定)?(?:整改落实|整改完成|整改|完成|办结|化解|销号|落实|办理|达标|治理|解决|实施|推进|处置|目标)(?:整改|完成|办结)?(?:时间|日期|时间表|时间安排)"
    "|截止时间|截止日期|限时|限期|工期|时间节点|时间进度|时间安排"
)
_MEASURE = "(?:整改|具体|工作|落实|改进|解决|防治|治理|主要|下步|下一步|拟采取|采取|拟采取的|采取的|对应|推进)*(?:整改)?(?:措施|举措|做法)(?:要求|及要求|内容)?|整改(?:思路|内容|要求)|下一步(?:工作)?(?:计划|打算|安排)|下步(?:工作)?(?:计划|打算|安排)|整改方案"
_PROBLEM = (
    "(?:反馈|巡察反馈|巡视反馈|审计|检查)?(?:意见)?(?:指出|存在|发现|反馈|反映|交办)?的?(?:主要|突出|具体|共性|个性|重点)?问题(?:表述|描述|内容|清单|原文|名称|事项|摘要|简述|概述)?"
    "|整改(?:事项|任务|问题|内容描述)|(?:重点|工作|具体|主要|目标|整治)?任务(?:内容|名称|事项|分解|描述)?|(?:重点|工作|具体)事项|工作内容|隐患(?:内容|描述|名称|问题)?|问题及表现|问题表现|具体表现|主要表现"
)
_STATUS = "(?:目前|当前|现阶段)?(?:整改|落实|完成|进展|推进|办理|整治|工作)?(?:落实|完成|进展|推进)?(?:情况|进展|结果|状态|进度|成效)|销号(?:情况|状态)|是否(?:已)?完成(?:整改)?|完成与否|是否销号"
_CATEGORY = "(?:整改|问题|任务|期限|时限|隐患|整改时限)?(?:类型|类别|分类|性质|属性)"
_CONTACT = "联系(?:人及)?(?:电话|方式)|电话|举报电话|监督电话|咨询电话|手机|邮箱|电子邮箱|联系地址|通讯地址|地址|邮编|邮政编码|传真"
_OTHER = (
    "(?:公示|公布|公开|有效|受理|举报|信访|巡察|巡视|检查|督察|督查|进驻|反馈|会议|开会|印发|发布|成文|发文|合同|保修|服务|采购|审计|学习|移交|交办|活动|培训|任职|报名|截稿|更新|填报|制表)"
    "(?:时间|期限|时限|日期|期间|期)"
    "|整改目标|工作目标|目标要求|目标任务|目标|备注|说明|来源|供稿|撰稿|编辑|责任编辑|责编|编审|作者|记者|通讯员|校对|摄影|初审|终审|签发|审签|一审|二审|三审|监制|附件|抄送|报送|主送|序号|编号|原因分析|产生原因|问题原因|原因"
    "|整改标准|验收标准|销号标准|佐证材料|完成标志|工作要求|考核对象|检查对象|督查对象|依据|整改依据|填报单位|填报人|制表人|审核人签字|报送单位|发布单位|印发单位|主送单位|抄送单位|来文单位|发文单位|反馈单位|交办单位|检查单位|巡察单位|被巡察单位|被检查单位|受检单位"
    "|参会人员|参加人员|出席人员|列席人员|出席|列席|主持人|主持|记录人|记录"
)

#: Label patterns in order of precedence; the longest match at a place wins, ties go to the earlier kind.
_PATTERNS: tuple[tuple[re.Pattern[str], FieldKind, SubjectRole | None], ...] = (
    (re.compile(_CONTACT), FieldKind.CONTACT, None),
    (re.compile(_OTHER), FieldKind.OTHER, None),
    (re.compile(_CATEGORY), FieldKind.CATEGORY, None),
    *((re.compile(pattern), FieldKind.SUBJECT, role) for role, pattern in _SUBJECTS),
    (re.compile(_DEADLINE), FieldKind.DEADLINE, None),
    (re.compile(_MEASURE), FieldKind.MEASURE, None),
    (re.compile(_PROBLEM), FieldKind.PROBLEM, None),
    (re.compile(_STATUS), FieldKind.STATUS, None),
)
_LONGEST = 24
_JOINT = re.compile(r"(?:[及和与或、/／\n]|以及)+|[（(]")
_CLOSE = re.compile(r"\s*[)）]")
_PERSONAL = frozenset({SubjectRole.OWNER, SubjectRole.LEADER})
_BYLINE = re.compile(r"(?:供稿|撰稿|编辑|责编|校对|摄影|作者|来源|通讯员|记者|[初终一二三]审)\s*[:：]")
_NON_LABEL_START = re.compile(r"(?:负责(?!人|同志|单位|部门))")


def squeeze(text: str) -> tuple[str, tuple[int, ...]]:
    """Drop blanks inside lines, so that ``责 任 人`` reads as ``责任人``.

    Returns:
        The squeezed text and, for each of its characters and its end, the offset in `text`.
    """
    offsets = [index for index, char in enumerate(text) if char not in " \u3000\xa0\u200b"]
    return "".join(text[index] for index in offsets), (*offsets, len(text))


def match_label(squeezed: str, start: int) -> tuple[Label, int] | None:
    """Match the longest label (joint labels included) at `start` of a squeezed text.

    Returns:
        The label and the offset after it, or ``None``.
    """
    first = _match_single(squeezed, start)
    if first is None:
        return None
    label, end = first
    while (joint := _JOINT.match(squeezed, end)) is not None:
        following = _match_single(squeezed, joint.end())
        if following is None or following[0].kind not in (FieldKind.SUBJECT, FieldKind.DEADLINE, FieldKind.CONTACT):
            break
        closing = _CLOSE.match(squeezed, following[1]) if joint[0] in "（(" else None
        if joint[0] in "（(" and closing is None:
            break
        label, end = _join(label, following[0]), closing.end() if closing else following[1]
    return label, end


def read_label(printed: str) -> Label | None:
    """Return the meaning of a whole printed label or column head, or ``None`` if it is none."""
    squeezed, _ = squeeze(printed.strip().strip("【】[]:：*"))
    squeezed = squeezed.replace("\n", "")
    matched = match_label(squeezed, 0)
    return matched[0] if matched is not None and matched[1] == len(squeezed) else None


def is_byline(text: str, start: int) -> bool:
    """Say whether the label at `start` stands on a line of editors and authors."""
    before = text[max(0, start - 60) : start].rpartition("\n")[2]
    return _BYLINE.search(before + text[start : start + 60].partition("\n")[0]) is not None


def _match_single(squeezed: str, start: int) -> tuple[Label, int] | None:
    best: tuple[Label, int] | None = None
    for pattern, kind, role in _PATTERNS:
        found = pattern.match(squeezed, start, start + _LONGEST)
        if found is not None and found.end() > start and (best is None or found.end() > best[1]):
            person = role
            best = Label(kind, role, person), found.end()
    return best


def _join(first: Label, second: Label) -> Label:
    if second.kind is FieldKind.DEADLINE:
        return Label(first.kind, first.unit_role, first.person_role, with_deadline=True)
    if second.kind is FieldKind.CONTACT or first.kind is not FieldKind.SUBJECT:
        return first
    roles = [role for role in (first.unit_role, second.unit_role) if role is not None]
    units = [role for role in roles if role not in _PERSONAL]
    persons = [role for role in roles if role in _PERSONAL]
    return Label(
        FieldKind.SUBJECT,
        units[0] if units else roles[0],
        persons[0] if persons else roles[0],
        first.with_deadline or second.with_deadline,
    )
