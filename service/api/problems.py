"""Errors as RFC 9457 problem documents: the one table from domain errors to HTTP."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from service.domain.errors import (
    BrokenDocument,
    DocumentTooLarge,
    EmptyDocument,
    EncryptedDocument,
    InputError,
    InternalError,
    InvalidRequest,
    MingzeError,
    NotReady,
    Overloaded,
    UnsupportedDocument,
)
from service.domain.records import explain_entries

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = {"Retry-After": "5"}

STATUS: Mapping[type[MingzeError], int] = {
    InvalidRequest: 422,
    DocumentTooLarge: 413,
    UnsupportedDocument: 415,
    BrokenDocument: 422,
    EncryptedDocument: 422,
    EmptyDocument: 422,
    InputError: 422,
    NotReady: 503,
    Overloaded: 503,
    InternalError: 500,
    MingzeError: 500,
}

#: Errors of the protocol itself: status to code and Chinese title.
_PROTOCOL = {
    400: ("bad-request", "请求格式错误"),
    404: ("not-found", "没有这个地址"),
    405: ("method-not-allowed", "不支持这种请求方法"),
    406: ("not-acceptable", "不能按所要求的格式返回"),
    413: (DocumentTooLarge.code, DocumentTooLarge.title),
    415: (UnsupportedDocument.code, UnsupportedDocument.title),
}


def problem(status: int, code: str, title: str, detail: str) -> JSONResponse:
    """Build a problem response; characters of `detail` that UTF-8 cannot hold are replaced."""
    detail = detail.encode(errors="replace").decode()
    body = {"type": f"urn:mingze:problem:{code}", "title": title, "status": status, "detail": detail, "code": code}
    headers = RETRY_AFTER if status == 503 else None
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def status_of(error: MingzeError) -> int:
    """Return the HTTP status of one of our errors."""
    return next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)


def of_error(error: MingzeError) -> JSONResponse:
    """Turn one of our errors into a problem response."""
    return problem(status_of(error), error.code, error.title, error.detail)


async def _on_mingze_error(_: Request, error: Exception) -> JSONResponse:
    return of_error(error) if isinstance(error, MingzeError) else _internal()


async def _on_validation_error(_: Request, error: Exception) -> JSONResponse:
    entries = error.errors() if isinstance(error, RequestValidationError) else []
    return of_error(InvalidRequest(explain_entries(list(entries)) or InvalidRequest.title))


async def _on_http_error(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code, title = _PROTOCOL.get(status, ("http-error", "请求未能完成"))
    answer = problem(status, code, title, f"{title}：{request.method} {request.url.path}")
    answer.headers.update((error.headers or {}) if isinstance(error, HTTPException) else {})
    return answer


async def _on_disconnect(_: Request, __: Exception) -> JSONResponse:
    """Answer a client that has gone; nobody reads it, but nothing is logged as a defect."""
    return problem(400, "client-disconnected", "连接已中断", "请求还没有传完，连接就中断了")


async def _on_any_error(_: Request, __: Exception) -> JSONResponse:
    """Answer for a defect; the server behind us logs it, as the exception goes on to it."""
    return _internal()


def _internal() -> JSONResponse:
    return of_error(InternalError("服务内部错误，详情见服务日志"))


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(MingzeError, _on_mingze_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(ClientDisconnect, _on_disconnect)
    app.add_exception_handler(Exception, _on_any_error)
