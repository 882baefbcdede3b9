"""Reads request bodies: JSON, NDJSON or one multipart file, never more than allowed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from service.domain.errors import DocumentTooLarge, InvalidRequest, UnsupportedDocument
from service.domain.jsontext import parse_json
from service.domain.records import DocumentOptions, parse_options

#: Room for the form fields and boundaries around an uploaded file.
FORM_OVERHEAD = 64 * 1024
_MOST_FIELDS = 8
_MEBIBYTE = 1024 * 1024
_NDJSON = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"})
_JSON = frozenset({"application/json", ""})

Record = TypeVar("Record")
Raw = TypeVar("Raw")


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file, or ``None`` in `data` if the form holds none, with the other fields of the form."""

    name: str
    data: bytes | None
    fields: dict[str, str]


def media_type(request: Request) -> str:
    """Return the content type without parameters, in lower case."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


async def _chunks(request: Request, limit: int, *, room: int = 0) -> AsyncGenerator[bytes, None]:
    """Yield the body; raise `DocumentTooLarge` as soon as more than `limit` and `room` are announced or have come."""
    too_large = DocumentTooLarge(f"请求超过上限 {limit / _MEBIBYTE:.1f} MB；请拆分后再提交")
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and (len(announced) > 18 or int(announced) > limit + room):
        raise too_large
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit + room:
            raise too_large
        yield chunk


async def read_bytes(request: Request, limit: int) -> bytes:
    """Read the body.

    Raises:
        DocumentTooLarge: as soon as more than `limit` bytes have arrived or are announced.
    """
    return b"".join([chunk async for chunk in _chunks(request, limit)])


def require_json(request: Request, *, otherwise: str = "") -> None:
    """Check that the body is JSON; no content type counts as JSON.

    Raises:
        UnsupportedDocument: if it is not, naming what is read, with `otherwise` as the other choice.
    """
    kind = media_type(request)
    if kind not in _JSON:
        raise UnsupportedDocument(f"不支持的内容类型 {kind[:100]!r}；请使用 application/json{otherwise}")


def is_ndjson(request: Request) -> bool:
    """Say whether the body is one JSON object per line.

    Raises:
        UnsupportedDocument: if it is neither that nor JSON.
    """
    if media_type(request) in _NDJSON:
        return True
    require_json(request, otherwise=" 或 application/x-ndjson")
    return False


def parse_lines(data: bytes, parse: Callable[[object], Record], most: int) -> list[Record]:
    """Parse NDJSON; blank lines are skipped.

    Raises:
        InvalidRequest: naming the line that is wrong, or if there are more than `most` records.
    """
    lines = [(number, line) for number, line in enumerate(data.split(b"\n"), 1) if line.strip(b" \t\r\xef\xbb\xbf")]
    _check_count(lines, most)
    return [_placed(f"第 {number} 行", lambda raw: parse(parse_json(raw)), line) for number, line in lines]


def parse_values(values: Sequence[object], parse: Callable[[object], Record], most: int) -> list[Record]:
    """Parse the values of a JSON array; raises like `parse_lines`."""
    _check_count(values, most)
    return [_placed(f"第 {number} 条", parse, value) for number, value in enumerate(values, 1)]


def _placed(place: str, action: Callable[[Raw], Record], value: Raw) -> Record:
    try:
        return action(value)
    except InvalidRequest as error:
        raise InvalidRequest(f"{place}：{error.detail}") from error


def _check_count(records: Sequence[object], most: int) -> None:
    if len(records) > most:
        raise InvalidRequest(f"一次最多 {most} 条，收到 {len(records)} 条；请分批提交")


class _FormReader(MultiPartParser):
    """Refuses forms that end before their closing boundary, and leaves no temporary file open."""

    ended = False

    def on_end(self) -> None:
        """Note that the closing boundary was there."""
        self.ended = True

    async def parse(self) -> FormData:
        """Return the form; raise `MultiPartException` if it is none."""
        form = await super().parse()
        if not self.ended:
            for file in self._files_to_close_on_error:
                file.close()
            raise MultiPartException("Truncated")
        return form


async def read_form(request: Request, *, limit: int, longest_field: int = FORM_OVERHEAD) -> Upload:
    """Read a multipart form with at most one file.

    Args:
        request: the request.
        limit: most bytes of the file.
        longest_field: most bytes of any other field.

    Raises:
        InvalidRequest: if it is no such form.
        DocumentTooLarge: if it is over the limit.
    """
    chunks = _chunks(request, limit, room=FORM_OVERHEAD)
    parser = _FormReader(request.headers, chunks, max_files=1, max_fields=_MOST_FIELDS, max_part_size=longest_field)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise _form_error(error.message, longest_field) from error
    try:
        return await _upload(form, limit)
    finally:
        await form.close()


async def _upload(form: FormData, limit: int) -> Upload:
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    file = next((value for value in form.values() if isinstance(value, UploadFile)), None)
    if file is None:
        return Upload("", None, fields)
    data = await file.read()
    if len(data) > limit:
        raise DocumentTooLarge(f"文件超过上限 {limit / _MEBIBYTE:.1f} MB；请拆分文件或删去图片后再上传")
    if not file.filename and not data:
        return Upload("", None, fields)
    return Upload(file.filename or "未命名", data, fields)


def _form_error(message: str, longest_field: int) -> InvalidRequest:
    """Say in Chinese what the form parser found."""
    if message.startswith("Too many files"):
        return InvalidRequest("一次只能上传一个文件；多个文件请分别提交，或使用 mingze bulk")
    if message.startswith("Too many fields"):
        return InvalidRequest(f"表单字段过多，最多 {_MOST_FIELDS} 个")
    if message.startswith("Part exceeded"):
        return InvalidRequest(f"表单字段超过上限 {longest_field} 字节；文件请带上文件名作为文件上传")
    if message.startswith("Missing boundary"):
        return InvalidRequest("Content-Type 缺少 boundary，无法解析表单")
    if message.startswith("Truncated"):
        return InvalidRequest("表单不完整，缺少结尾的分隔行；请重新提交")
    return InvalidRequest("表单无法解析，请检查 multipart/form-data 的内容")


def form_options(fields: dict[str, str]) -> DocumentOptions:
    """Check the fields beside an uploaded file; an empty field is a field that was left out.

    Raises:
        InvalidRequest: naming the field that is wrong.
    """
    given: dict[str, Any] = {name: value for name, value in fields.items() if value.strip()}
    for name in ("events", "limits"):
        if name in given:
            given[name] = _placed(f"字段 '{name}'", parse_json, given[name].encode())
    return parse_options(given)
