"""Records in, records out: what `classify` and `extract` do on the command line and over HTTP alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpora.schema.codec import encode_item
from service.domain.records import PassageRecord, StatementRecord
from service.exports.encoding import encode_classification
from service.ports import AnalyzerPort, PlanPassage


def classify_records(
    records: Sequence[StatementRecord], *, analyzer: AnalyzerPort, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Classify statements; one answer object per record, in order."""
    found = analyzer.classify([record.text for record in records])
    return [
        {"id": record.id, **encode_classification(classification, names)}
        for record, classification in zip(records, found, strict=True)
    ]


def extract_records(records: Sequence[PassageRecord], *, analyzer: AnalyzerPort) -> list[dict[str, Any]]:
    """Extract plan items; one answer object per record, in order."""
    passages = [PlanPassage(record.text, record.reference_date, record.events) for record in records]
    found = analyzer.extract(passages)
    return [
        {"id": record.id, "items": [encode_item(item) for item in items]}
        for record, items in zip(records, found, strict=True)
    ]
