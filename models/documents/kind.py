"""Which genre a document is: read from its title first, from its sentences otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpora.schema.statement import DocumentKind, Role

_OPENING = 400
#: Tried in order on the opening of the document: the first pattern that fits decides.
_TITLES: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (
        DocumentKind.PROGRESS,
        re.compile(
            r"整改(?:落实)?(?:进展|完成|落实|工作)?情况的?(?:通报|报告|公示|公告|汇报)|整改进展|整改落实情况|整改结果|销号公示"
        ),
    ),
    (
        DocumentKind.PLAN,
        re.compile(
            r"(?:整改|落实|实施|工作)(?:落实)?(?:工作)?方案|整改措施清单|(?:任务|责任)(?:分工|分解|清单)|整改(?:任务)?台账"
        ),
    ),
    (
        DocumentKind.SELF_CHECK,
        re.compile(r"对照检查|自查(?:自评)?(?:情况)?(?:的)?报告|自查情况|剖析材料|检视剖析|自检自查"),
    ),
    (
        DocumentKind.FEEDBACK,
        re.compile(
            r"反馈(?:巡察|巡视|检查|督查|意见|情况)|(?:巡察|巡视|督查|检查|督察)(?:情况)?(?:的)?(?:反馈|通报)|审计(?:结果)?(?:报告|公告)|反馈意见"
        ),
    ),
)


def guess_kind(text: str, roles: Sequence[Role]) -> DocumentKind:
    """Return the genre of a document.

    Args:
        text: the document's text; its opening is searched for a title.
        roles: the roles of its sentences, for documents whose title says nothing.
    """
    opening = text[:_OPENING]
    for kind, pattern in _TITLES:
        if pattern.search(opening):
            return kind
    counts = Counter(roles)
    prose = sum(counts.values()) - counts[Role.HEADING]
    if prose == 0:
        return DocumentKind.OTHER
    if counts[Role.ASSIGNMENT] / prose >= 0.2 and counts[Role.MEASURE] > counts[Role.PROBLEM]:
        return DocumentKind.PLAN
    if counts[Role.PROBLEM] / prose >= 0.5:
        return DocumentKind.FEEDBACK
    return DocumentKind.OTHER
