"""Chinese words for what the ledger says; the terminal and the pages show the same ones."""

from __future__ import annotations

from corpora.schema.statement import DocumentKind
from service.ledger.summary import LimitState

KIND_NAMES = {
    DocumentKind.FEEDBACK: "反馈意见",
    DocumentKind.PLAN: "整改方案",
    DocumentKind.PROGRESS: "整改进展",
    DocumentKind.SELF_CHECK: "自查报告",
    DocumentKind.OTHER: "其他文件",
}
STATE_NAMES = {
    LimitState.OVERDUE: "已超期",
    LimitState.DUE_SOON: "临近",
    LimitState.LATER: "未到期",
    LimitState.ONGOING: "长期",
    LimitState.DONE: "已完成",
    LimitState.UNDATED: "无日期",
}
