"""Plan items from and to their JSON shape (the ITEM of the contract)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from corpora.schema.plan import (
    Deadline,
    DeadlineKind,
    ItemStatus,
    ItemWarning,
    PlanItem,
    Precision,
    Subject,
    SubjectKind,
    SubjectRole,
)
from corpora.schema.span import Span


def encode_item(item: PlanItem) -> dict[str, Any]:
    """Return `item` as the ITEM object of the contract; dates in ISO form, offsets in code points."""
    return {
        "problem": item.problem,
        "measures": list(item.measures),
        "subjects": [_encode_subject(subject) for subject in item.subjects],
        "deadlines": [_encode_deadline(deadline) for deadline in item.deadlines],
        "status": item.status.value if item.status else None,
        "start": item.span.start,
        "end": item.span.end,
        "warnings": [_encode_warning(warning) for warning in item.warnings],
    }


def decode_items(value: object, text: str) -> tuple[PlanItem, ...]:
    """Read a list of ITEM objects that point into `text`.

    Raises:
        ValueError: if a value is missing, unknown, or points outside the text.
    """
    if not isinstance(value, list):
        raise ValueError(f"items must be a list, not {value!r}")  # noqa: TRY004  one error type for all bad values
    return tuple(_decode_item(entry, text) for entry in value)


def _encode_warning(warning: ItemWarning) -> dict[str, Any]:
    encoded: dict[str, Any] = {"code": warning.code.value}
    if warning.span is not None:
        encoded |= {"start": warning.span.start, "end": warning.span.end}
    if warning.measure is not None:
        encoded |= {"measure": warning.measure, "features": dict(warning.features)}
    if warning.allowed is not None:
        encoded["allowed"] = warning.allowed.isoformat()
    return encoded


def _encode_subject(subject: Subject) -> dict[str, Any]:
    return {
        "role": subject.role.value,
        "kind": subject.kind.value,
        "name": subject.name,
        "title": subject.title,
        "unit": subject.unit,
        "start": subject.span.start,
        "end": subject.span.end,
        "origin": subject.origin,
    }


def _encode_deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "raw": deadline.raw,
        "start": deadline.span.start,
        "end": deadline.span.end,
        "kind": deadline.kind.value,
        "due": _iso(deadline.due),
        "from": _iso(deadline.from_date),
        "offset": deadline.offset,
        "anchor": deadline.anchor,
        "recurrence": deadline.recurrence,
        "ongoing": deadline.ongoing,
        "alt_due": _iso(deadline.alt_due),
        "precision": deadline.precision.value if deadline.precision else None,
        "ambiguous": deadline.ambiguous,
        "approximate": deadline.approximate,
        "business_days": deadline.business_days,
        "origin": deadline.origin,
    }


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _decode_item(entry: object, text: str) -> PlanItem:
    if not isinstance(entry, dict):
        raise ValueError(f"an item must be an object, not {entry!r}")  # noqa: TRY004
    problem = entry.get("problem")
    span = _span(entry, text)
    at = text.find(problem, span.start) if problem else -1
    return PlanItem(
        span=span,
        problem=problem,
        problem_span=Span(at, at + len(problem)) if problem and at >= 0 else None,
        measures=tuple(str(measure) for measure in entry.get("measures", ())),
        subjects=tuple(_decode_subject(s, text) for s in entry.get("subjects", ())),
        deadlines=tuple(_decode_deadline(d, text) for d in entry.get("deadlines", ())),
        status=ItemStatus(entry["status"]) if entry.get("status") else None,
    )


def _decode_subject(entry: Mapping[str, Any], text: str) -> Subject:
    return Subject(
        span=_span(entry, text),
        role=SubjectRole(entry["role"]),
        kind=SubjectKind(entry["kind"]),
        name=entry["name"],
        title=entry.get("title"),
        unit=entry.get("unit"),
        origin=entry.get("origin", "grammar"),
    )


def _decode_deadline(entry: Mapping[str, Any], text: str) -> Deadline:
    return Deadline(
        raw=entry["raw"],
        span=_span(entry, text),
        kind=DeadlineKind(entry["kind"]),
        due=_date(entry.get("due")),
        from_date=_date(entry.get("from")),
        offset=entry.get("offset"),
        anchor=entry.get("anchor"),
        recurrence=entry.get("recurrence"),
        ongoing=bool(entry.get("ongoing", False)),
        alt_due=_date(entry.get("alt_due")),
        precision=Precision(entry["precision"]) if entry.get("precision") else None,
        ambiguous=bool(entry.get("ambiguous", False)),
        approximate=bool(entry.get("approximate", False)),
        business_days=bool(entry.get("business_days", False)),
        origin=entry.get("origin", "grammar"),
    )


def _date(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _span(entry: Mapping[str, Any], text: str) -> Span:
    span = Span(int(entry["start"]), int(entry["end"]))
    if span.end > len(text):
        raise ValueError(f"{span} lies outside a text of {len(text)} characters")
    return span
