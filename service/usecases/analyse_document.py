"""Bytes to analysis: read, analyse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from corpora.schema.statement import Analysis
from service.ports import AnalyzerPort, DocumentReader


def analyse_document(
    data: bytes,
    *,
    name: str,
    reader: DocumentReader,
    analyzer: AnalyzerPort,
    reference_date: date | None = None,
    events: Mapping[str, date] | None = None,
) -> Analysis:
    """Read a file and analyse it.

    Raises:
        InputError: if the file cannot be read; the message names what is wrong and what to do.
        Overloaded: if too many requests are waiting.
    """
    document = reader.read(data, name=name)
    return analyzer.analyse(document, reference_date=reference_date, events=events or {})


def analyse_text(
    text: str,
    *,
    name: str,
    reader: DocumentReader,
    analyzer: AnalyzerPort,
    reference_date: date | None = None,
    events: Mapping[str, date] | None = None,
) -> Analysis:
    """Analyse a text that was handed over as such; raises like `analyse_document`."""
    document = reader.read_text(text, name=name)
    return analyzer.analyse(document, reference_date=reference_date, events=events or {})
