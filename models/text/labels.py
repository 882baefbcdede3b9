"""Field labels of plan items: 责任单位：, 整改时限：, 整改措施： and their like."""

from __future__ import annotations

import re

from corpora.schema.span import Span

_HEAD = (
    "单位|部门|科室|股室|处室|领导|责任人|联系人|经办人|承办人|主体|负责人|时限|期限|时间|节点|措施|举措|目标"
    "|情况|进展|结果|成效|问题|表现|原因|原因分析|任务|类型|状态|打算|要求|依据|备注|电话|标准"
)
_PREFIX = r"[一-龥（）()、/]{0,8}?"
_LABEL = re.compile(
    rf"\s*(?P<label>[【\[［]\s*(?:{_PREFIX}(?:{_HEAD}))\s*[】\]］]\s*[:：]?"
    rf"|(?:{_PREFIX}(?:{_HEAD}))\s*[:：])"
)
#: Words that show a clause in front of the colon, not a label (“发现的问题：” opens a sentence).
_CLAUSE_WORD = re.compile(r"[的是有在了要将指对]")
_FIELD_IN_BRACKET = re.compile(
    rf"(?:{_HEAD})\s*[:：]|(?:牵头|负责|配合|承办|督办|落实)(?=[，,；;、）)\]】]|$)|前(?:完成|办结)|长期坚持|立行立改"
)


def match_label(text: str, position: int = 0, end: int | None = None) -> Span | None:
    """Return the span of a field label that starts at `position`, its colon or brackets included.

    Args:
        text: any text; the span points into it.
        position: where the line or clause begins, in code points.
        end: where to stop reading; the whole text if left out.
    """
    match = _LABEL.match(text, position, len(text) if end is None else end)
    if match is None or _CLAUSE_WORD.search(match["label"]) is not None:
        return None
    return Span(*match.span("label"))


def is_field_bracket(text: str, start: int, end: int) -> bool:
    """Say whether ``text[start:end]``, the inside of a bracket, assigns units or limits."""
    return _FIELD_IN_BRACKET.search(text, start, end) is not None
