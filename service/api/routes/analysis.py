"""The main job over HTTP: analyse, classify, extract, segment.

The event loop only receives and sends bytes; checking, parsing, inference and encoding run in worker threads, and
texts that arrive together share forward passes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from corpora.schema.statement import Analysis
from service.api import examples
from service.api.body import (
    Record,
    Upload,
    form_options,
    is_ndjson,
    media_type,
    parse_lines,
    parse_values,
    read_bytes,
    read_form,
    require_json,
)
from service.api.state import container_of, holder_of, workers_of
from service.bootstrap import Container
from service.domain.errors import InvalidRequest
from service.domain.jsontext import parse_json
from service.domain.records import StatementRecord, parse_document, parse_passage, parse_statement
from service.exports.encoding import encode_analysis
from service.ports import AnalyzerPort
from service.usecases.analyse_document import analyse_document, analyse_text
from service.usecases.answer_records import classify_records, extract_records

#: Listing evidence takes a forward pass per word; more statements than this are refused.
_MOST_EXPLAINED = 100

router = APIRouter(prefix="/v1", tags=["分析"], responses=examples.PROBLEM_RESPONSES)


@router.post(
    "/analyze",
    summary="分析一份文件或一段文本",
    openapi_extra=examples.ANALYZE_BODY,
    responses=examples.answered(examples.ANALYSIS),
)
async def analyze(request: Request) -> Response:
    """Analyse one document: sentences with roles and labels, plan items, and a summary."""
    container, analyzer = container_of(request), holder_of(request).get()
    limit = container.settings.max_bytes
    if media_type(request) == "multipart/form-data":
        upload = await read_form(request, limit=limit)
        answer, count = await workers_of(request).run(lambda: _analyse_upload(container, analyzer, upload))
    else:
        require_json(request, otherwise=" 或 multipart/form-data（字段 file）")
        data = await read_bytes(request, limit)
        answer, count = await workers_of(request).run(lambda: _analyse_json(container, analyzer, data))
    request.app.state.metrics.documents.inc()
    request.app.state.metrics.statements.inc(count)
    return answer


def _analyse_json(container: Container, analyzer: AnalyzerPort, data: bytes) -> tuple[Response, int]:
    record = parse_document(parse_json(data))
    analysis = analyse_text(
        record.text,
        name=record.name,
        reader=container.reader,
        analyzer=analyzer,
        reference_date=record.reference_date,
        events=record.events,
        limits=record.limits,
    )
    return _encode(container, analysis, with_text=record.with_text)


def _analyse_upload(container: Container, analyzer: AnalyzerPort, upload: Upload) -> tuple[Response, int]:
    if upload.data is None:
        raise InvalidRequest("表单中没有文件；请用字段 'file' 上传一个文件")
    options = form_options(upload.fields)
    analysis = analyse_document(
        upload.data,
        name=upload.name,
        reader=container.reader,
        analyzer=analyzer,
        reference_date=options.reference_date,
        events=options.events,
        limits=options.limits,
    )
    return _encode(container, analysis, with_text=options.with_text)


def _encode(container: Container, analysis: Analysis, *, with_text: bool) -> tuple[Response, int]:
    names, today = container.taxonomy.names(), container.clock.today()
    encoded = encode_analysis(analysis, names, today=today, with_text=with_text)
    return JSONResponse(encoded), len(encoded["sentences"])


@router.post(
    "/classify",
    summary="判定语句的角色和问题类型",
    openapi_extra={
        **examples.records_body(examples.STATEMENT_SCHEMA, examples.STATEMENT),
        "parameters": [examples.EVIDENCE_PARAMETER],
    },
    responses=examples.answered(examples.CLASSIFIED, records=True),
)
async def classify(request: Request) -> Response:
    """Classify one statement, an array of statements, or NDJSON; the answer has the form of the question.

    With ``?evidence=true`` each label lists the words that carried it and precedents; at most `_MOST_EXPLAINED` statements then.
    """
    container, analyzer = container_of(request), holder_of(request).get()
    names, evidence = container.taxonomy.names(), _flag(request, "evidence")

    def classified(records: Sequence[StatementRecord]) -> list[dict[str, Any]]:
        if evidence and len(records) > _MOST_EXPLAINED:
            raise InvalidRequest(f"一次最多为 {_MOST_EXPLAINED} 条语句列出依据，收到 {len(records)} 条；请分批提交")
        return classify_records(records, analyzer=analyzer, names=names, evidence=evidence)

    answer, count = await _answer(request, parse_statement, classified)
    request.app.state.metrics.statements.inc(count)
    return answer


@router.post(
    "/extract",
    summary="抽取责任主体和时限",
    openapi_extra=examples.records_body(examples.PASSAGE_SCHEMA, examples.PASSAGE),
    responses=examples.answered(examples.EXTRACTED, records=True),
)
async def extract(request: Request) -> Response:
    """Extract plan items from one passage, an array of passages, or NDJSON."""
    analyzer = holder_of(request).get()
    answer, _ = await _answer(request, parse_passage, lambda records: extract_records(records, analyzer=analyzer))
    return answer


@router.post(
    "/segment",
    summary="分词",
    openapi_extra=examples.SEGMENT_BODY,
    responses=examples.answered(examples.SEGMENTED),
)
async def segment(request: Request) -> Response:
    """Split a text into words of the field, with part of speech and place."""
    container, analyzer = container_of(request), holder_of(request).get()
    require_json(request)
    data = await read_bytes(request, container.settings.max_bytes)

    def work() -> Response:
        words = analyzer.segment(parse_statement(parse_json(data)).text)
        return JSONResponse({"words": [{"text": w.text, "tag": w.tag, "start": w.start, "end": w.end} for w in words]})

    return await workers_of(request).run(work)


def _flag(request: Request, name: str) -> bool:
    """Read a yes-or-no query parameter.

    Raises:
        InvalidRequest: if it is neither.
    """
    value = request.query_params.get(name, "false").lower()
    if value not in {"true", "false", "1", "0"}:
        raise InvalidRequest(f"参数 {name} 只能是 true 或 false，收到 {value!r}")
    return value in {"true", "1"}


async def _answer(
    request: Request,
    parse: Callable[[object], Record],
    answer: Callable[[Sequence[Record]], list[dict[str, Any]]],
) -> tuple[Response, int]:
    """Answer records in the form they came in: one object, an array, or NDJSON; also say how many there were."""
    settings, as_lines = container_of(request).settings, is_ndjson(request)
    data = await read_bytes(request, settings.max_bytes)

    def work() -> tuple[Response, int]:
        if as_lines:
            answers = answer(parse_lines(data, parse, settings.max_statements))
            lines = "".join(json.dumps(found, ensure_ascii=False) + "\n" for found in answers)
            return Response(lines, media_type="application/x-ndjson"), len(answers)
        content = parse_json(data)
        if isinstance(content, list):
            answers = answer(parse_values(content, parse, settings.max_statements))
            return JSONResponse(answers), len(answers)
        return JSONResponse(answer([parse(content)])[0]), 1

    return await workers_of(request).run(work)
