"""Analyses and classifications in the JSON shapes of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from corpora.schema.codec import encode_item
from corpora.schema.document import Document
from corpora.schema.plan import PlanItem
from corpora.schema.statement import Analysis, Classification, ClassifiedSentence, LabelScore
from service.ledger.summary import summarise
from service.ledger.wording import warning_text

#: Scores are given to four decimals: more is noise, and answers must not differ between hosts by a last bit.
_DECIMALS = 4


def encode_classification(classification: Classification, names: Mapping[str, str]) -> dict[str, Any]:
    """Return role, score, labels best first, and whether a person should look."""
    return {
        "role": classification.role.value,
        "role_score": round(classification.role_score, _DECIMALS),
        "labels": [_label(label, names) for label in classification.labels],
        "needs_review": classification.needs_review,
    }


def _label(label: LabelScore, names: Mapping[str, str]) -> dict[str, Any]:
    encoded: dict[str, Any] = {"code": label.code, "name": names[label.code], "score": round(label.score, _DECIMALS)}
    if label.evidence:
        encoded["evidence"] = [
            {"start": e.span.start, "end": e.span.end, "text": e.text, "weight": round(e.weight, _DECIMALS)}
            for e in label.evidence
        ]
    if label.precedents:
        encoded["precedents"] = [
            {"id": p.id, "text": p.text, "likeness": round(p.likeness, _DECIMALS)} for p in label.precedents
        ]
    return encoded


def encode_plan_item(item: PlanItem) -> dict[str, Any]:
    """Return an item of the contract, each warning with its wording."""
    encoded = encode_item(item)
    for shown, warning in zip(encoded["warnings"], item.warnings, strict=True):
        shown["detail"] = warning_text(warning)
    return encoded


def encode_analysis(analysis: Analysis, names: Mapping[str, str], *, today: date, with_text: bool) -> dict[str, Any]:
    """Return the ``analyze`` object.

    Args:
        analysis: what was found.
        names: label code to Chinese name.
        today: the day on which limits are judged overdue or not.
        with_text: include the text that all offsets point into.
    """
    return {
        "document": _document(analysis, with_text=with_text),
        "sentences": [
            _sentence(number, entry, analysis.document, names) for number, entry in enumerate(analysis.sentences, 1)
        ],
        "items": [encode_plan_item(item) for item in analysis.items],
        "summary": asdict(summarise(analysis, today=today)),
        "warnings": list(analysis.warnings),
        "model": {"name": analysis.model_name, "version": analysis.model_version},
    }


def _document(analysis: Analysis, *, with_text: bool) -> dict[str, Any]:
    document = analysis.document
    encoded: dict[str, Any] = {
        "id": document.id,
        "name": document.name,
        "format": document.format,
        "pages": document.pages,
        "characters": len(document.text),
        "sha256": document.sha256,
        "encoding": document.encoding,
        "date": analysis.date.isoformat() if analysis.date else None,
        "kind": analysis.kind.value,
    }
    if with_text:
        encoded["text"] = document.text
    return encoded


def _sentence(number: int, entry: ClassifiedSentence, document: Document, names: Mapping[str, str]) -> dict[str, Any]:
    sentence = entry.sentence
    cell = sentence.cell
    return {
        "id": f"s{number}",
        "start": sentence.span.start,
        "end": sentence.span.end,
        "text": sentence.span.of(document.text),
        "page": sentence.page,
        "cell": {"table": cell.table, "row": cell.row, "column": cell.column} if cell else None,
        **encode_classification(entry.classification, names),
    }
