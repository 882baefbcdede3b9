"""The pages for people: upload or paste, and read the result. No script and no outside resource is needed."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.staticfiles import StaticFiles

from service.api.body import Upload, form_options, media_type, read_form
from service.api.problems import status_of
from service.api.state import container_of, holder_of, workers_of
from service.bootstrap import Container
from service.domain.errors import InvalidRequest, MingzeError
from service.ingest.formats import READABLE
from service.ports import AnalyzerPort
from service.usecases.analyse_document import analyse_document, analyse_text
from service.web.view import result_values

router = APIRouter(include_in_schema=False)

_MEBIBYTE = 1024 * 1024
#: The pages need nothing but their own style sheet and icon, and send their form nowhere else.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def static_files() -> StaticFiles:
    """Return the application that serves the pages' own style sheet and icon."""
    return StaticFiles(directory=str(files("service.web").joinpath("static")))


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("service.web"), autoescape=select_autoescape(default=True), trim_blocks=True
    )


def _page(name: str, values: dict[str, Any], *, status: int = 200) -> HTMLResponse:
    page = _templates().get_template(name).render(values)
    return HTMLResponse(page, status_code=status, headers=_HEADERS)


def _start(request: Request, *, problem: MingzeError | None = None, fields: dict[str, str]) -> HTMLResponse:
    formats = sorted(READABLE)
    values = {
        "problem": problem,
        "text": fields.get("text", ""),
        "reference_date": fields.get("reference_date", ""),
        "formats": [f".{name}" for name in formats],
        "max_megabytes": f"{container_of(request).settings.max_bytes / _MEBIBYTE:.3g}",
    }
    return _page("index.html", values, status=status_of(problem) if problem else 200)


@router.get("/")
def start(request: Request) -> HTMLResponse:
    """Show the upload form."""
    return _start(request, fields={})


@router.post("/")
async def analyse(request: Request) -> HTMLResponse:
    """Analyse what the form holds and show the result; errors come back above the form."""
    container = container_of(request)
    limit = container.settings.max_bytes
    fields: dict[str, str] = {}
    try:
        if media_type(request) != "multipart/form-data":
            raise InvalidRequest("请用页面上的表单提交文件或文字")
        upload = await read_form(request, limit=limit, longest_field=limit)
        fields = upload.fields
        analyzer = holder_of(request).get()
        return await workers_of(request).run(lambda: _result(container, analyzer, upload))
    except MingzeError as error:
        return _start(request, problem=error, fields=fields)


def _result(container: Container, analyzer: AnalyzerPort, upload: Upload) -> HTMLResponse:
    day = form_options({"reference_date": upload.fields.get("reference_date", "")}).reference_date
    text = upload.fields.get("text", "")
    if upload.data is not None:
        analysis = analyse_document(
            upload.data, name=upload.name, reader=container.reader, analyzer=analyzer, reference_date=day
        )
    elif text.strip():
        analysis = analyse_text(text, name="粘贴的文字", reader=container.reader, analyzer=analyzer, reference_date=day)
    else:
        raise InvalidRequest("请选择文件，或粘贴文字")
    return _page("result.html", result_values(analysis, container.taxonomy, today=container.clock.today()))
