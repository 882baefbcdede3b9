"""The records that users send, one JSON object each, checked once at the border."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.domain.errors import InvalidRequest

_LONGEST = 100_000

Identifier = Annotated[str | int | None, Field(description="调用方自定的编号，原样返回")]


class StatementRecord(BaseModel):
    """One statement to classify."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Identifier = None
    text: Annotated[str, Field(max_length=_LONGEST, description="一条语句")]


class PassageRecord(BaseModel):
    """One plan item or paragraph to extract from."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Identifier = None
    text: Annotated[str, Field(max_length=_LONGEST, description="一条整改事项或一个段落")]
    reference_date: Annotated[date | None, Field(description="推算省略年份和相对期限的基准日")] = None
    events: Annotated[dict[str, date], Field(description="事件名称到日期，如“反馈之日”")] = Field(default_factory=dict)


def parse_statement(value: object) -> StatementRecord:
    """Check a statement record.

    Raises:
        InvalidRequest: naming the field that is wrong.
    """
    try:
        return StatementRecord.model_validate(value)
    except ValidationError as error:
        raise InvalidRequest(explain(error)) from error


def parse_passage(value: object) -> PassageRecord:
    """Check a passage record.

    Raises:
        InvalidRequest: naming the field that is wrong.
    """
    if isinstance(value, Mapping):
        value = {key: entry for key, entry in value.items() if entry is not None}
    try:
        return PassageRecord.model_validate(value)
    except ValidationError as error:
        raise InvalidRequest(explain(error)) from error


_REASONS = {
    "missing": "缺少",
    "string_type": "必须是字符串",
    "string_too_long": "过长",
    "string_too_short": "不能为空",
    "date_from_datetime_parsing": "不是合法日期（应为 YYYY-MM-DD）",
    "date_parsing": "不是合法日期（应为 YYYY-MM-DD）",
    "date_type": "不是合法日期（应为 YYYY-MM-DD）",
    "date_from_datetime_inexact": "只能是日期，不能带时间",
    "dict_type": "必须是对象",
    "model_type": "必须是 JSON 对象",
    "model_attributes_type": "必须是 JSON 对象",
    "bool_parsing": "必须是 true 或 false",
    "list_type": "必须是数组",
    "extra_forbidden": "是未知字段",
}


def explain(error: ValidationError) -> str:
    """Say in Chinese which field is wrong, and how."""
    return "；".join(explain_entry(entry) for entry in error.errors(include_url=False, include_context=False))


def explain_entry(entry: Any) -> str:  # noqa: ANN401  pydantic hands over loosely typed error entries
    """Say in Chinese what one entry of a validation error means."""
    place = ".".join(str(part) for part in entry["loc"] if part != "body")
    reason = _REASONS.get(str(entry["type"]), f"不符合要求（{entry['type']}）")
    return f"字段 {place!r} {reason}" if place else f"内容{reason}"
