"""Plan items in the shape that users of the command line and the service receive."""

from __future__ import annotations

from datetime import date
from typing import Any

from corpora.schema.plan import Deadline, PlanItem, Subject


def to_json(item: PlanItem) -> dict[str, Any]:
    """Return `item` as the ITEM object of the contract; dates in ISO form, offsets in code points."""
    return {
        "problem": item.problem,
        "measures": list(item.measures),
        "subjects": [_subject(subject) for subject in item.subjects],
        "deadlines": [_deadline(deadline) for deadline in item.deadlines],
        "status": item.status.value if item.status else None,
        "start": item.span.start,
        "end": item.span.end,
    }


def _subject(subject: Subject) -> dict[str, Any]:
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


def _deadline(deadline: Deadline) -> dict[str, Any]:
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
