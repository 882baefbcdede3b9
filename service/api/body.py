"""Reads request bodies: JSON, NDJSON or one multipart file, never more than allowed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from service.domain.errors import DocumentTooLarge, InvalidRequest, UnsupportedDocument

#: Room for the form fields and boundaries around an uploaded file.
_FORM_OVERHEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class DocumentBody:
    """A document as it arrived: either bytes with a file name, or a text."""

    name: str
    data: bytes | None
    text: str | None
    reference_date: date | None
    events: Mapping[str, date]
    with_text: bool


def media_type(request: Request) -> str:
    """Return the content type without parameters, in lower case."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


async def read_bytes(request: Request, limit: int) -> bytes:
    """Read the body.

    Raises:
        DocumentTooLarge: as soon as more than `limit` bytes have arrived or are announced.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise DocumentTooLarge(f"请求体为 {announced} 字节，超过上限 {limit} 字节；请拆分后再提交")
    parts, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise DocumentTooLarge(f"请求体超过上限 {limit} 字节；请拆分后再提交")
        parts.append(chunk)
    return b"".join(parts)


def parse_json(data: bytes) -> object:
    """Parse a JSON body.

    Raises:
        InvalidRequest: if it is not JSON in UTF-8.
    """
    try:
        return json.loads(data)
    except ValueError as error:
        raise InvalidRequest(f"请求体不是合法的 UTF-8 JSON：{error}") from error


async def read_records(request: Request, limit: int) -> tuple[list[object], str]:
    """Read records as one JSON object, a JSON array, or NDJSON.

    Returns:
        The records, and the form they came in: ``object``, ``array`` or ``ndjson``.
    """
    kind = media_type(request)
    data = await read_bytes(request, limit)
    if kind in ("application/x-ndjson", "application/jsonl", "application/x-jsonlines"):
        lines = [line for line in data.split(b"\n") if line.strip()]
        return [parse_json(line) for line in lines], "ndjson"
    if kind not in ("application/json", ""):
        raise UnsupportedDocument(f"不支持的内容类型 {kind!r}；请使用 application/json 或 application/x-ndjson")
    content = parse_json(data)
    return (content, "array") if isinstance(content, list) else ([content], "object")


async def read_document(request: Request, limit: int) -> DocumentBody:
    """Read the body of ``analyze``: JSON with a text, or one multipart file.

    Raises:
        InvalidRequest: if a field is wrong or the file is missing.
        DocumentTooLarge: if the body is over the limit.
        UnsupportedDocument: if the body is neither JSON nor multipart.
    """
    kind = media_type(request)
    if kind == "multipart/form-data":
        return await _read_upload(request, limit)
    if kind not in ("application/json", ""):
        raise UnsupportedDocument(f"不支持的内容类型 {kind!r}；请使用 application/json 或 multipart/form-data")
    content = parse_json(await read_bytes(request, limit))
    if not isinstance(content, dict):
        raise InvalidRequest("请求体必须是 JSON 对象，含字段 'text'")
    text = content.get("text")
    if not isinstance(text, str):
        raise InvalidRequest("字段 'text' 缺少或不是字符串")
    return DocumentBody(
        name=str(content.get("name") or "未命名.txt"),
        data=None,
        text=text,
        reference_date=_date(content.get("reference_date"), "reference_date"),
        events=_events(content.get("events")),
        with_text=content.get("with_text") is not False,
    )


async def _read_upload(request: Request, limit: int) -> DocumentBody:
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit + _FORM_OVERHEAD:
        raise DocumentTooLarge(f"上传内容为 {announced} 字节，超过上限 {limit} 字节")
    try:
        form = await request.form(max_files=1, max_fields=8, max_part_size=_FORM_OVERHEAD)
    except HTTPException as error:
        raise InvalidRequest(f"表单无法解析，或包含多个文件：{error.detail}") from error
    upload = next((value for value in form.values() if isinstance(value, UploadFile)), None)
    if upload is None:
        raise InvalidRequest("表单中没有文件；请用字段 'file' 上传一个文件")
    data = await upload.read(limit + 1)
    if len(data) > limit:
        raise DocumentTooLarge(f"文件 {upload.filename!r} 超过上限 {limit} 字节")
    events = form.get("events")
    return DocumentBody(
        name=upload.filename or "未命名",
        data=data,
        text=None,
        reference_date=_date(form.get("reference_date") or None, "reference_date"),
        events=_events(parse_json(events.encode()) if isinstance(events, str) and events else None),
        with_text=form.get("with_text") not in ("false", "0"),
    )


def _date(value: object, field: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidRequest(f"字段 {field!r} 不是合法日期（应为 YYYY-MM-DD）：{value!r}") from error


def _events(value: Any) -> dict[str, date]:  # noqa: ANN401  whatever JSON held
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InvalidRequest('字段 \'events\' 必须是对象，如 {"反馈之日": "2023-02-01"}')
    found = {}
    for name, day in value.items():
        parsed = _date(day, f"events.{name}")
        if parsed is not None:
            found[str(name)] = parsed
    return found
