"""Bytes to analysis: read, analyse."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from corpora.schema.document import Document
from corpora.schema.statement import Analysis
from service.domain.errors import InternalError, MingzeError
from service.ledger.checks import CheckSetting, checked, receipt_day
from service.ports import AnalyzerPort, DocumentReader

_LOG = logging.getLogger("mingze")


def analyse_document(
    data: bytes,
    *,
    name: str,
    reader: DocumentReader,
    analyzer: AnalyzerPort,
    reference_date: date | None = None,
    events: Mapping[str, date] | None = None,
    limits: Mapping[str, str] | None = None,
) -> Analysis:
    """Read a file and analyse it; every item gets the warnings that hold for it.

    Raises:
        InputError: if the file cannot be read; the message names what is wrong and what to do.
        Overloaded: if too many requests are waiting.
        InternalError: if the program has a defect that this document brings out; it is logged.
    """
    return _analyse(lambda: reader.read(data, name=name), name, analyzer, reference_date, events or {}, limits or {})


def analyse_text(
    text: str,
    *,
    name: str,
    reader: DocumentReader,
    analyzer: AnalyzerPort,
    reference_date: date | None = None,
    events: Mapping[str, date] | None = None,
    limits: Mapping[str, str] | None = None,
) -> Analysis:
    """Analyse a text that was handed over as such; raises like `analyse_document`."""
    return _analyse(
        lambda: reader.read_text(text, name=name), name, analyzer, reference_date, events or {}, limits or {}
    )


def _analyse(
    read: Callable[[], Document],
    name: str,
    analyzer: AnalyzerPort,
    reference_date: date | None,
    events: Mapping[str, date],
    limits: Mapping[str, str],
) -> Analysis:
    try:
        found = analyzer.analyse(read(), reference_date=reference_date, events=events)
        day = found.date or reference_date
        setting = CheckSetting(day, limits, receipt_day(events, reference_date or found.date))
        return replace(found, items=checked(found.items, setting))
    except MingzeError:
        raise
    except Exception as error:
        _LOG.exception("analysis failed: %r", name)
        raise InternalError(f"程序在处理这份文件时出错（{type(error).__name__}），详情见日志") from error
