"""Which genre a document is: by its title, by the formula its lead ends with, by its sentences otherwise.

A Chinese title ends with the noun that names the genre (“关于落实…反馈意见的整改方案” is a 方案), so of several
genres that a title names, the last one counts. Words of the body never do: a feedback may complain of 责任清单.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpora.schema.statement import DocumentKind, Role
from models.documents.title import lead_of, title_of

_Patterns = tuple[tuple[DocumentKind, re.Pattern[str]], ...]

#: Names of genres in titles. The match that ends last decides; of two that end together, the longer one.
_TITLES: _Patterns = (
    (
        DocumentKind.PROGRESS,
        re.compile(
            r"整改[^，。]{0,12}(?:情况|进展|结果|成效)(?:的?(?:综合)?(?:通报|报告|公示|公告|公开|汇报|说明|总结))?"
            r"|整改(?:工作|落实)?(?:的?(?:报告|总结|通报|公示|公告|汇报))|销号(?:公示|公告|情况[^，。]{0,6})"
        ),
    ),
    (
        DocumentKind.PLAN,
        re.compile(
            r"(?:整改|落实|实施|工作|行动|整治|治理)(?:工作)?(?:落实)?(?:工作)?方案|整改(?:工作|落实)*计划"
            r"|整改(?:工作|落实)?(?:措施|任务|责任|问题)*(?:清单|台账|分工|分解表?|一览表)|(?:任务|责任)(?:分工|分解|清单)(?:方案|表)?"
        ),
    ),
    (
        DocumentKind.SELF_CHECK,
        re.compile(
            r"对照检查(?:情况|的|材料|报告|发言|剖析)*(?:提纲)?|自查(?:自评|自纠)?[^，。]{0,14}?(?:报告|汇报|总结|情况)|自查自纠|自检自查"
            r"|(?:党性|检视|个人)?剖析(?:材料|报告|发言)*(?:提纲)?|(?:民主|组织)生活会[^，。]{0,8}(?:发言|材料)(?:提纲)?"
        ),
    ),
    (
        DocumentKind.FEEDBACK,
        re.compile(
            r"反馈(?:意见|情况|问题|报告)?(?:的?(?:通报|报告|通知|函|公告))?"
            r"|(?<!对照)(?<!自我)(?:巡察|巡视|督查|督察|督导|检查|核查|抽查|审计|暗访)(?:(?!整改|自查)[^，。]){0,10}的?(?:反馈|通报|报告|公告)"
            r"|审计(?:意见|结果|决定)|问题(?:的?通报|清单)|反馈(?:专项|常规|机动)?(?:巡察|巡视|检查|督查)[^，。]{0,4}"
        ),
    ),
    (
        DocumentKind.OTHER,
        re.compile(
            r"(?:研究|思考|探析|探讨|初探|探索|分析|启示|综述|述评|评论|解读|问答|路径|对策|建议|困境|逻辑|刍议|讲话|纪要|论文|心得(?:体会)?)(?:[（(][^）)]*[）)])?$"
        ),
    ),
)
#: Ways to begin the title of an article about a genre, which is no specimen of it.
_ARTICLE = re.compile(
    r"^(?:浅[谈析议论]|试[论析]|略论|简论|论(?!坛)|刍议|如何|怎样|怎么|为什么|谨防|警惕|莫让|别让)|[？?]$|[如怎]何|——?以.{2,30}为例"
)
_ABSTRACT = re.compile(r"(?:摘要|内容提要|关键词|Abstract)[】\]]?[:：】\]]|中图分类号|基金项目")

_AS_FOLLOWS = r"[^。；]{0,6}如下"
#: The formulas that close a lead: what follows them is the genre they name.
_LEADS: _Patterns = (
    (
        DocumentKind.PLAN,
        re.compile(
            r"(?:制定|制订|提出|拟定|形成)(?:了)?(?:本|如下|以下|此|该)(?:整改|工作|实施)*(?:落实)?(?:方案|措施|计划)"
        ),
    ),
    (
        DocumentKind.PROGRESS,
        re.compile(
            r"现[将就][^。；]{0,30}(?:整改|进展|销号)[^。；]{0,20}(?:报告|汇报|通报|公布|公示|公开|公告|说明)"
            + _AS_FOLLOWS
            + r"|现予以?(?:公布|公开|公示)[^。]{0,10}整改|现将进展情况"
            + _AS_FOLLOWS
        ),
    ),
    (
        DocumentKind.SELF_CHECK,
        re.compile(
            r"现[将就][^。；]{0,20}自查[^。；]{0,20}如下|(?:作|做|进行)(?:了)?(?:如下|以下)?(?:的)?(?:对照检查|自我剖析|检视剖析|党性分析)[^。；]{0,20}如下|(?:作|做)(?:如下|以下)(?:对照检查|剖析)|开展(?:了)?自查[^。]{0,40}如下"
        ),
    ),
    (
        DocumentKind.FEEDBACK,
        re.compile(
            r"现[将就][^。；]{0,30}(?:巡察|巡视|督查|督察|督导|检查|抽查|核查|审计|暗访|发现)[^。；]{0,20}(?:反馈|通报|报告|公告|公布)"
            + _AS_FOLLOWS
            + r"|现(?:反馈|提出)如下|反馈(?:意见|情况)?如下|(?:审计|督查|检查)(?:结果|情况)(?:公告|报告|通报)如下"
        ),
    ),
)


def guess_kind(text: str, roles: Sequence[Role]) -> DocumentKind:
    """Return the genre of a document.

    Args:
        text: the document's text; its title and its lead are read.
        roles: the roles of its sentences, for documents whose title and lead say nothing.
    """
    title, lead = title_of(text), lead_of(text)
    if _ARTICLE.search(title) or _ABSTRACT.search(lead):
        return DocumentKind.OTHER
    return _by_title(title) or _by_lead(lead) or _by_roles(lead, roles)


def _by_title(title: str) -> DocumentKind | None:
    found = [
        (match.end(), match.end() - match.start(), kind)
        for kind, pattern in _TITLES
        for match in pattern.finditer(title)
    ]
    return max(found, key=lambda entry: entry[:2])[2] if found else None


def _by_lead(lead: str) -> DocumentKind | None:
    found = [(match.start(), kind) for kind, pattern in _LEADS if (match := pattern.search(lead))]
    return min(found, key=lambda entry: entry[0])[1] if found else None


def _by_roles(lead: str, roles: Sequence[Role]) -> DocumentKind:
    """Judge by how much of the prose does what; every share is of the sentences that are no headings."""
    counts: Counter[Role] = Counter(role for role in roles if role is not Role.HEADING)
    total = counts.total() or 1
    share = {role: counts[role] / total for role in Role}
    faults = share[Role.PROBLEM] + share[Role.CAUSE]
    if share[Role.ASSIGNMENT] >= 0.2 and share[Role.MEASURE] > share[Role.PROBLEM]:
        return DocumentKind.PLAN
    if share[Role.ACHIEVEMENT] >= 0.3 and share[Role.ACHIEVEMENT] > faults and "整改" in lead:
        return DocumentKind.PROGRESS
    if faults >= 0.5 and share[Role.CAUSE] >= 0.1 and re.search(r"本人|自己|我(?!们?[国县市区省镇乡])", lead):
        return DocumentKind.SELF_CHECK
    if share[Role.PROBLEM] >= 0.5 or faults >= 0.6:
        return DocumentKind.FEEDBACK
    return DocumentKind.OTHER
