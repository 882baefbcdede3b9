"""The main job over HTTP: analyse, classify, extract, segment.

The event loop only reads bodies; parsing and inference run in worker threads, and texts that arrive together
share forward passes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from service.api import examples
from service.api.body import DocumentBody, parse_json, read_bytes, read_document, read_records
from service.api.state import container_of, holder_of
from service.domain.errors import InvalidRequest
from service.domain.records import parse_passage, parse_statement
from service.exports.encoding import encode_analysis
from service.ports import AnalyzerPort
from service.usecases.analyse_document import analyse_document, analyse_text
from service.usecases.answer_records import classify_records, extract_records

router = APIRouter(prefix="/v1", tags=["分析"], responses=examples.PROBLEM_RESPONSES)

Record = TypeVar("Record")


@router.post("/analyze", summary="分析一份文件或一段文本", openapi_extra=examples.ANALYZE_BODY)
async def analyze(request: Request) -> Response:
    """Analyse one document: sentences with roles and labels, plan items, and a summary."""
    container, analyzer = container_of(request), holder_of(request).get()
    body = await read_document(request, container.settings.max_bytes)
    answer = await run_in_threadpool(_analyse, request, analyzer, body)
    request.app.state.metrics.documents.inc()
    request.app.state.metrics.statements.inc(len(answer["sentences"]))
    return JSONResponse(answer)


def _analyse(request: Request, analyzer: AnalyzerPort, body: DocumentBody) -> dict[str, Any]:
    container = container_of(request)
    if body.data is not None:
        analysis = analyse_document(
            body.data,
            name=body.name,
            reader=container.reader,
            analyzer=analyzer,
            reference_date=body.reference_date,
            events=body.events,
        )
    else:
        analysis = analyse_text(
            body.text or "",
            name=body.name,
            reader=container.reader,
            analyzer=analyzer,
            reference_date=body.reference_date,
            events=body.events,
        )
    names = container.taxonomy.names()
    return encode_analysis(analysis, names, today=container.clock.today(), with_text=body.with_text)


@router.post(
    "/classify",
    summary="判定语句的角色和问题类型",
    openapi_extra=examples.records_body(examples.STATEMENT_SCHEMA, examples.STATEMENT),
    response_model=None,
)
async def classify(request: Request) -> Response:
    """Classify one statement, an array of statements, or NDJSON; the answer has the form of the question."""
    container, analyzer = container_of(request), holder_of(request).get()
    records, form = await _records(request, parse_statement)
    names = container.taxonomy.names()
    answers = await run_in_threadpool(classify_records, records, analyzer=analyzer, names=names)
    request.app.state.metrics.statements.inc(len(answers))
    return _respond(answers, form)


@router.post(
    "/extract",
    summary="抽取责任主体和时限",
    openapi_extra=examples.records_body(examples.PASSAGE_SCHEMA, examples.PASSAGE),
    response_model=None,
)
async def extract(request: Request) -> Response:
    """Extract plan items from one passage, an array of passages, or NDJSON."""
    analyzer = holder_of(request).get()
    records, form = await _records(request, parse_passage)
    answers = await run_in_threadpool(extract_records, records, analyzer=analyzer)
    return _respond(answers, form)


@router.post("/segment", summary="分词", openapi_extra=examples.SEGMENT_BODY)
async def segment(request: Request) -> dict[str, Any]:
    """Split a text into words of the field, with part of speech and place."""
    container, analyzer = container_of(request), holder_of(request).get()
    content = parse_json(await read_bytes(request, container.settings.max_bytes))
    record = parse_statement(content)
    words = await run_in_threadpool(analyzer.segment, record.text)
    return {"words": [{"text": w.text, "tag": w.tag, "start": w.start, "end": w.end} for w in words]}


async def _records(request: Request, parse: Callable[[object], Record]) -> tuple[list[Record], str]:
    settings = container_of(request).settings
    raw, form = await read_records(request, settings.max_bytes)
    if len(raw) > settings.max_statements:
        raise InvalidRequest(f"一次最多 {settings.max_statements} 条，收到 {len(raw)} 条；请分批提交")
    records = []
    for number, value in enumerate(raw, 1):
        try:
            records.append(parse(value))
        except InvalidRequest as error:
            raise InvalidRequest(f"第 {number} 条：{error.detail}") from error
    return records, form


def _respond(answers: list[dict[str, Any]], form: str) -> Response:
    if form == "ndjson":
        lines = "".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
        return Response(lines, media_type="application/x-ndjson")
    return JSONResponse(answers if form == "array" else answers[0])
