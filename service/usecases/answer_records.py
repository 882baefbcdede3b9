"""Records in, records out: what `classify` and `extract` do on the command line and over HTTP alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpora.schema.statement import Classification, Role
from service.domain.records import PassageRecord, StatementRecord
from service.exports.encoding import encode_classification, encode_plan_item
from service.ledger.checks import CheckSetting, checked, receipt_day
from service.ports import AnalyzerPort, PlanPassage

#: What is said of a text without a character to read; the model is not asked.
_BLANK = Classification(Role.BACKGROUND, 0.0, (), needs_review=True)


def classify_records(
    records: Sequence[StatementRecord], *, analyzer: AnalyzerPort, names: Mapping[str, str], evidence: bool = False
) -> list[dict[str, Any]]:
    """Classify statements; one answer object per record, in order.

    Args:
        records: the statements.
        analyzer: the models.
        names: label code to Chinese name.
        evidence: also say which words carried each label; takes a forward pass per word.
    """
    texts = [record.text for record in records if record.text.strip()]
    found = iter(analyzer.explain(texts) if evidence else analyzer.classify(texts))
    return [
        {"id": record.id, **encode_classification(next(found) if record.text.strip() else _BLANK, names)}
        for record in records
    ]


def extract_records(records: Sequence[PassageRecord], *, analyzer: AnalyzerPort) -> list[dict[str, Any]]:
    """Extract plan items with what a reviewer would ask about each; one answer object per record, in order."""
    passages = [PlanPassage(record.text, record.reference_date, record.events) for record in records]
    found = analyzer.extract(passages)
    return [
        {"id": record.id, "items": [encode_plan_item(item) for item in checked(items, _setting(record))]}
        for record, items in zip(records, found, strict=True)
    ]


def _setting(record: PassageRecord) -> CheckSetting:
    start = receipt_day(record.events, record.reference_date)
    return CheckSetting(record.reference_date, record.limits, start)
