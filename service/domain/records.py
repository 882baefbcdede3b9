"""The records that users send, one JSON object each, checked once at the border."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from service.domain.durations import is_duration
from service.domain.errors import InvalidRequest

#: Longest statement or passage, in code points.
LONGEST_TEXT = 100_000
_LONGEST_NAME = 255
_MOST_EVENTS = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
#: Years that documents of this kind can speak of; beyond them date arithmetic has no meaning, or no result.
_YEARS = range(1900, 2101)


def parse_day(value: object) -> date:
    """Return the date that ``YYYY-MM-DD`` names.

    Raises:
        ValueError: if it is anything else, no day of the calendar, or outside of 1900 to 2100.
    """
    if isinstance(value, datetime):
        return _reasonable(value.date())
    if isinstance(value, date):
        return _reasonable(value)
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("not YYYY-MM-DD")
    return _reasonable(date.fromisoformat(value))


def _reasonable(day: date) -> date:
    if day.year not in _YEARS:
        raise ValueError("out of range")
    return day


def _day(value: object) -> date:
    try:
        return parse_day(value)
    except ValueError as error:
        raise PydanticCustomError("mingze", "不是合法日期（应为 1900 至 2100 年之间的 YYYY-MM-DD）") from error


def _identifier(value: object) -> object:
    if value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise PydanticCustomError("mingze", "必须是字符串或整数")


def _duration(value: object) -> str:
    if isinstance(value, str) and is_duration(value):
        return value
    raise PydanticCustomError("mingze", "不是合法时长（应为 P1M、P15D 这样的 ISO 8601 时长）")


Day = Annotated[date, BeforeValidator(_day)]
Duration = Annotated[str, BeforeValidator(_duration)]
Identifier = Annotated[Any, BeforeValidator(_identifier), Field(description="调用方自定的编号，原样返回")]
Text = Annotated[str, Field(strict=True, max_length=LONGEST_TEXT)]
ReferenceDate = Annotated[Day | None, Field(description="推算省略年份和相对期限的基准日")]
Events = Annotated[dict[str, Day], Field(max_length=_MOST_EVENTS, description="事件名称到日期，如“反馈之日”")]

AllowedTimes = Annotated[
    dict[str, Duration],
    Field(max_length=_MOST_EVENTS, description='事项用语到最长办理时间（如“整改方案”: "P1M"，“*”指其他事项）'),
]


class StatementRecord(BaseModel):
    """One statement to classify."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Identifier = None
    text: Text


class PassageRecord(BaseModel):
    """One plan item or paragraph to extract from."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Identifier = None
    text: Text
    reference_date: ReferenceDate = None
    events: Events = Field(default_factory=dict)
    limits: AllowedTimes = Field(default_factory=dict)


class DocumentOptions(BaseModel):
    """What may be said beside a document."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    reference_date: ReferenceDate = None
    events: Events = Field(default_factory=dict)
    limits: AllowedTimes = Field(default_factory=dict)
    with_text: bool = True


class DocumentRecord(DocumentOptions):
    """A document that is handed over as a text; how long it may be is for the reader to say."""

    id: Identifier = None
    name: Annotated[str, Field(strict=True, max_length=_LONGEST_NAME)] = "未命名.txt"
    text: Annotated[str, Field(strict=True)]


def parse_statement(value: object) -> StatementRecord:
    """Check a statement record.

    Raises:
        InvalidRequest: naming the field that is wrong.
    """
    return _parse(StatementRecord, value)


def parse_passage(value: object) -> PassageRecord:
    """Check a passage record; raises like `parse_statement`."""
    return _parse(PassageRecord, value)


def parse_options(value: object) -> DocumentOptions:
    """Check what was said beside an uploaded file; raises like `parse_statement`."""
    return _parse(DocumentOptions, value)


def parse_document(value: object) -> DocumentRecord:
    """Check a document record; raises like `parse_statement`."""
    return _parse(DocumentRecord, value)


_Record = TypeVar("_Record", bound=BaseModel)


def _parse(model: type[_Record], value: object) -> _Record:
    if isinstance(value, Mapping):
        value = {key: entry for key, entry in value.items() if entry is not None}
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise InvalidRequest(explain(error)) from error


_REASONS = {
    "missing": "缺少",
    "string_type": "必须是字符串",
    "string_too_long": "过长，最多 {max_length} 个字符",
    "too_long": "过多，最多 {max_length} 个",
    "dict_type": "必须是对象",
    "model_type": "必须是 JSON 对象",
    "model_attributes_type": "必须是 JSON 对象",
    "bool_type": "必须是 true 或 false",
    "bool_parsing": "必须是 true 或 false",
    "int_type": "必须是整数",
    "int_parsing": "必须是整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "只能是 {expected}",
    "path_type": "必须是路径",
}
_MOST_EXPLAINED = 5


def explain(error: ValidationError) -> str:
    """Say in Chinese which field is wrong, and how."""
    return explain_entries(error.errors(include_url=False))


def explain_entries(entries: list[Any]) -> str:
    """Say in Chinese what the entries of a validation error mean; only the first few, however many there are."""
    told = [_explain_entry(entry) for entry in entries[:_MOST_EXPLAINED]]
    more = f"；另有 {len(entries) - _MOST_EXPLAINED} 处错误" if len(entries) > _MOST_EXPLAINED else ""
    return "；".join(told) + more


def _explain_entry(entry: Any) -> str:  # noqa: ANN401  pydantic hands over loosely typed error entries
    place = ".".join(str(part) for part in entry["loc"] if part != "body")
    kind = str(entry["type"])
    reason = entry["msg"] if kind == "mingze" else _REASONS.get(kind, f"不符合要求（{kind}）")
    reason = reason.format(**entry.get("ctx", {})) if kind in _REASONS else reason
    return f"字段 '{place[:100]}' {reason}" if place else f"内容{reason}"
