"""Chinese words for what the ledger says; the terminal and the pages show the same ones."""

from __future__ import annotations

from corpora.schema.plan import ItemWarning, WarningCode
from corpora.schema.statement import DocumentKind
from service.ledger.summary import LimitState

KIND_NAMES = {
    DocumentKind.FEEDBACK: "反馈意见",
    DocumentKind.PLAN: "整改方案",
    DocumentKind.PROGRESS: "整改进展",
    DocumentKind.SELF_CHECK: "自查报告",
    DocumentKind.OTHER: "其他文件",
}
#: What a warning of an item tells the reader; a template for those with a day.
WARNING_TEXTS = {
    WarningCode.NO_SUBJECT: "没有写明责任主体",
    WarningCode.GROUP_ONLY: "责任主体只是笼统的一类单位或人员，没有落到具体单位和人",
    WarningCode.NO_DEADLINE: "没有写明时限",
    WarningCode.UNCLEAR_DEADLINE: "时限含糊，无法据以判断是否超期",
    WarningCode.BEFORE_DOCUMENT: "时限早于文件日期",
    WarningCode.BEYOND_ALLOWANCE: "时限超出规定的最后日期 {allowed}",
    WarningCode.NOT_CHECKABLE: "措施没有可核查的内容（无数量、文件、具体动作、日期或责任主体）",
}


def warning_text(warning: ItemWarning) -> str:
    """Return what a warning tells the reader."""
    return WARNING_TEXTS[warning.code].format(allowed=warning.allowed)


STATE_NAMES = {
    LimitState.OVERDUE: "已超期",
    LimitState.DUE_SOON: "临近",
    LimitState.LATER: "未到期",
    LimitState.ONGOING: "长期",
    LimitState.DONE: "已完成",
    LimitState.UNDATED: "无日期",
}
