"""Checks that a reviewer of a plan would make on each item: is it said who, by when, and what could be checked?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpora.schema.plan import (
    DeadlineKind,
    ItemStatus,
    ItemWarning,
    PlanItem,
    SubjectKind,
    SubjectRole,
    WarningCode,
)
from service.domain.durations import day_after

_NUMBER = re.compile(
    r"[\d一二两三四五六七八九十百千万]+(?:\.\d+)?(?:个|件|次|项|人|户|名|处|万元|元|亩|公里|份|场|期|轮|套|家|所|%|％|篇|条|吨|座|台|间|本|笔|宗)|百分之|全部|逐[一个项户件村条笔家处人]|全覆盖|双人"
)
_DOCUMENT = re.compile(
    r"《[^》]{2,40}》|(?:办法|方案|台账|清单|细则|制度|规程|流程|预案|合同|协议|纪要|通知|报告|目录|凭证|票据|档案|名册|公示栏|公开栏|承诺书|责任书|意见书)"
)
_OBJECT = re.compile(
    r"(?:补[签办交种建缴录发齐]|清[退查理收运]|追[缴回]|退[还回]|拆除|修复|新建|安装|更换|移交|归档|公示|公开|上墙|盘点|登记|审计|培训|轮训|约谈|谈话|验收|销号|通报|处分|立案|核查|核销|复查|抽查|检测|收回|注销|复耕|补植|整治)"
)
_EVERYBODY = frozenset({SubjectRole.LEAD, SubjectRole.RESPONSIBLE, SubjectRole.OWNER, SubjectRole.LEADER})
_RECEIPT = re.compile(r"收到|接到|反馈|交办|移交")


@dataclass(frozen=True, slots=True)
class CheckSetting:
    """What items are checked against.

    Attributes:
        document_date: the date of the document, if known.
        allowances: how much time tasks may take: a word of their problem or measures (``*`` for all others) to an ISO 8601
            duration; the first that fits counts.
        allowed_from: the day from which that time counts.
    """

    document_date: date | None = None
    allowances: Mapping[str, str] = field(default_factory=dict)
    allowed_from: date | None = None


def receipt_day(events: Mapping[str, date], reference_date: date | None) -> date | None:
    """Return the day from which allowed times count: that of receipt or feedback among the events, else the reference date."""
    return next((day for name, day in events.items() if _RECEIPT.search(name)), reference_date)


def checked(items: Sequence[PlanItem], setting: CheckSetting) -> tuple[PlanItem, ...]:
    """Return the items with the warnings that hold for each.

    Raises:
        ValueError: if an allowed time is no duration.
    """
    return tuple(replace(item, warnings=tuple(_warnings(item, setting))) for item in items)


def _warnings(item: PlanItem, setting: CheckSetting) -> list[ItemWarning]:
    return [*_about_subjects(item), *_about_deadlines(item, setting), *_about_measures(item)]


def _about_subjects(item: PlanItem) -> list[ItemWarning]:
    if not item.subjects:
        return [ItemWarning(WarningCode.NO_SUBJECT)]
    carrying = [subject for subject in item.subjects if subject.role in _EVERYBODY]
    if carrying and all(subject.kind is SubjectKind.GROUP for subject in carrying):
        return [ItemWarning(WarningCode.GROUP_ONLY, span=carrying[0].span)]
    return []


def _about_deadlines(item: PlanItem, setting: CheckSetting) -> list[ItemWarning]:
    if not item.deadlines:
        return [] if item.status is ItemStatus.DONE else [ItemWarning(WarningCode.NO_DEADLINE)]
    found = []
    for deadline in item.deadlines:
        if deadline.kind is DeadlineKind.UNCLEAR:
            found.append(ItemWarning(WarningCode.UNCLEAR_DEADLINE, span=deadline.span))
        if deadline.kind is DeadlineKind.DONE or deadline.due is None:
            continue
        if (
            setting.document_date is not None
            and deadline.due < setting.document_date
            and item.status is not ItemStatus.DONE
        ):
            found.append(ItemWarning(WarningCode.BEFORE_DOCUMENT, span=deadline.span))
        allowed = _allowed(item, setting)
        if allowed is not None and deadline.due > allowed:
            found.append(ItemWarning(WarningCode.BEYOND_ALLOWANCE, span=deadline.span, allowed=allowed))
    return found


def _allowed(item: PlanItem, setting: CheckSetting) -> date | None:
    if setting.allowed_from is None:
        return None
    told = "\n".join((item.problem or "", *item.measures))
    fitting = [within for word, within in setting.allowances.items() if word != "*" and word in told]
    within = fitting[0] if fitting else setting.allowances.get("*")
    return day_after(setting.allowed_from, within) if within is not None else None


def _about_measures(item: PlanItem) -> list[ItemWarning]:
    found = []
    for number, measure in enumerate(item.measures):
        features = features_of(measure, item)
        if not any(features.values()):
            found.append(ItemWarning(WarningCode.NOT_CHECKABLE, measure=number, features=features))
    return found


def features_of(measure: str, item: PlanItem) -> dict[str, int]:
    """Count what somebody could check in a measure: numbers, documents, concrete acts, dates, and whom of the item it names."""
    return {
        "numbers": len(_NUMBER.findall(measure)),
        "documents": len(_DOCUMENT.findall(measure)),
        "acts": len(_OBJECT.findall(measure)),
        "dates": sum(deadline.raw in measure for deadline in item.deadlines),
        "subjects": sum(subject.name in measure for subject in item.subjects),
    }
