"""An analysis as the values that the result page shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpora.schema.statement import Analysis, ClassifiedSentence, Role
from corpora.taxonomy import Taxonomy
from service.exports.encoding import encode_analysis
from service.ledger.entries import LedgerEntry, entries
from service.ledger.wording import KIND_NAMES, STATE_NAMES


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; with labels if it is a problem statement that bears some."""

    text: str
    id: str = ""
    labels: str = ""
    family: str = ""
    title: str = ""
    review: bool = False


def result_values(analysis: Analysis, taxonomy: Taxonomy, *, today: date) -> dict[str, Any]:
    """Return everything the result page needs."""
    encoded = encode_analysis(analysis, taxonomy.names(), today=today, with_text=False)
    first: dict[str, str] = {}
    for number, entry in enumerate(analysis.sentences, 1):
        for label in entry.classification.labels if _is_problem(entry) else ():
            first.setdefault(label.code, f"s{number}")
    counts = [
        {
            "name": taxonomy.label(code).name,
            "family": taxonomy.label(code).family,
            "count": count,
            "anchor": first[code],
        }
        for code, count in encoded["summary"]["labels"].items()
    ]
    return {
        **encoded,
        "kind": KIND_NAMES[analysis.kind],
        "label_counts": counts,
        "rows": [_row(entry) for entry in entries(analysis.items, today=today)],
        "pieces": list(_pieces(analysis, taxonomy)),
    }


def _is_problem(entry: ClassifiedSentence) -> bool:
    return entry.classification.role is Role.PROBLEM and bool(entry.classification.labels)


def _row(entry: LedgerEntry) -> dict[str, Any]:
    bodies = (
        ("牵头", entry.lead),
        ("责任", entry.responsible),
        ("配合", entry.cooperating),
        ("督办", entry.supervising),
    )
    return {
        "number": entry.number,
        "problem": entry.problem,
        "measures": entry.measures,
        "bodies": [(role, names) for role, names in bodies if names],
        "people": entry.people,
        "limits": entry.limits,
        "remarks": entry.remarks,
        "state": entry.state.value if entry.state else "",
        "state_name": STATE_NAMES[entry.state] if entry.state else "",
    }


def _pieces(analysis: Analysis, taxonomy: Taxonomy) -> Iterator[Piece]:
    """Cut the text into marked and unmarked stretches that together are the whole text."""
    text, at = analysis.document.text, 0
    for number, entry in enumerate(analysis.sentences, 1):
        span, labels = entry.sentence.span, entry.classification.labels
        if not _is_problem(entry) or span.start < at:
            continue
        if at < span.start:
            yield Piece(text[at : span.start])
        names = [taxonomy.label(label.code).name for label in labels]
        title = "；".join(f"{n}（{label.score:.0%}）" for n, label in zip(names, labels, strict=True))
        family = taxonomy.label(labels[0].code).family
        review = entry.classification.needs_review
        yield Piece(span.of(text), f"s{number}", "、".join(names), family, title, review)
        at = span.end
    if at < len(text):
        yield Piece(text[at:])
