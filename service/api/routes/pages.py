"""The pages for people: upload or paste, and read the result. No script and no outside resource is needed."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.staticfiles import StaticFiles

from service.api.problems import status_of
from service.api.state import container_of, holder_of
from service.domain.errors import DocumentTooLarge, InvalidRequest, MingzeError
from service.ingest.reader import SUPPORTED_FORMATS
from service.usecases.analyse_document import analyse_document, analyse_text
from service.web.view import result_values

router = APIRouter(include_in_schema=False)

_FORM_OVERHEAD = 64 * 1024
_MEGABYTE = 1024 * 1024


def static_files() -> StaticFiles:
    """Return the application that serves the pages' own style sheet and icon."""
    return StaticFiles(directory=str(files("service.web").joinpath("static")))


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("service.web"), autoescape=select_autoescape(default=True))


def _page(name: str, values: dict[str, Any], *, status: int = 200) -> HTMLResponse:
    return HTMLResponse(_templates().get_template(name).render(values), status_code=status)


def _start(request: Request, *, problem: MingzeError | None = None, text: str = "") -> HTMLResponse:
    values = {
        "problem": problem,
        "text": text,
        "formats": SUPPORTED_FORMATS,
        "accept": ",".join(f".{name}" for name in SUPPORTED_FORMATS),
        "max_megabytes": container_of(request).settings.max_bytes // _MEGABYTE,
    }
    return _page("index.html", values, status=status_of(problem) if problem else 200)


@router.get("/")
def start(request: Request) -> HTMLResponse:
    """Show the upload form."""
    return _start(request)


@router.post("/")
async def analyse(request: Request) -> HTMLResponse:
    """Analyse what the form holds and show the result; errors come back above the form."""
    settings = container_of(request).settings
    text = ""
    try:
        announced = request.headers.get("content-length", "")
        if not announced.isdigit() or int(announced) > settings.max_bytes + _FORM_OVERHEAD:
            raise DocumentTooLarge(f"上传内容超过上限 {settings.max_bytes // _MEGABYTE} MB")
        form = await request.form(max_files=1, max_fields=8, max_part_size=settings.max_bytes)
        text = str(form.get("text") or "")
        return await run_in_threadpool(_result, request, form, await _file(form), text)
    except MingzeError as error:
        return _start(request, problem=error, text=text)


async def _file(form: FormData) -> tuple[str, bytes] | None:
    upload = form.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return None
    return upload.filename, await upload.read()


def _result(request: Request, form: FormData, file: tuple[str, bytes] | None, text: str) -> HTMLResponse:
    container, analyzer = container_of(request), holder_of(request).get()
    try:
        day = date.fromisoformat(str(form.get("reference_date"))) if form.get("reference_date") else None
    except ValueError as error:
        raise InvalidRequest("基准日不是合法日期") from error
    if file is not None:
        analysis = analyse_document(
            file[1], name=file[0], reader=container.reader, analyzer=analyzer, reference_date=day
        )
    elif text.strip():
        analysis = analyse_text(text, name="粘贴的文字", reader=container.reader, analyzer=analyzer, reference_date=day)
    else:
        raise InvalidRequest("请选择文件，或粘贴文字")
    return _page("result.html", result_values(analysis, container.taxonomy, today=container.clock.today()))
