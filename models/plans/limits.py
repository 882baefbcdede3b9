"""Time limits of an item: from labelled fields, else from its prose; the expressions themselves are read elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpora.schema.plan import Deadline, DeadlineKind, ItemStatus
from corpora.schema.span import Span
from models.deadlines.grammar import find_deadlines, parse_field
from models.plans.refusals import is_unfulfilled
from models.plans.sentences import status_of

_FULFILS = re.compile(r".{0,10}?(?<!未)(?<!未能)(?<!不)(?:完成|整改|办结|到位|销号|落实|清零|报送|解决)")
_UNDONE = re.compile(r"[，,](?:但|却|可)?[^，,。；;]{0,10}?至今[仍尚还]?[未没]")
_SENTENCE = re.compile(r"[。；;！!？?\n]")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What dates are counted from.

    Attributes:
        reference_date: the date of the document.
        events: dates of named events (``反馈之日``).
        context_year: a year named by the context, for dates printed without one.
    """

    reference_date: date | None = None
    events: Mapping[str, date] = field(default_factory=dict)
    context_year: int | None = None


def read_limit(text: str, value: Span, calendar: Calendar) -> tuple[Deadline, ...]:
    """Read the limits in the value of a labelled field."""
    found = parse_field(
        value.of(text),
        reference_date=calendar.reference_date,
        events=calendar.events,
        context_year=calendar.context_year,
    )
    return tuple(replace(deadline, span=deadline.span.shift(value.start)) for deadline in found)


def read_span(text: str, first: Span, last: Span, calendar: Calendar) -> tuple[Deadline, ...]:
    """Read two cells, the beginning and the end of a span of time, as one limit.

    The limit's print reaches from the one cell to the other. Without two dates the end alone is the limit.
    """
    printed = f"{first.of(text).strip()}至{last.of(text).strip()}"
    found = parse_field(
        printed,
        reference_date=calendar.reference_date,
        events=calendar.events,
        context_year=calendar.context_year,
    )
    if len(found) != 1 or found[0].kind is not DeadlineKind.RANGE or first.end > last.start:
        return read_limit(text, last, calendar)
    span = Span(first.start, last.end)
    return (replace(found[0], span=span, raw=span.of(text)),)


def read_done(text: str, value: Span, calendar: Calendar) -> tuple[Deadline, ...]:
    """Read completions out of a status field that tells of nothing unfinished; other expressions are no limits."""
    if status_of(value.of(text)) is not ItemStatus.DONE:
        return ()
    return tuple(deadline for deadline in read_limit(text, value, calendar) if deadline.kind is DeadlineKind.DONE)


def find_limits(text: str, span: Span, calendar: Calendar, *, masks: Sequence[Span] = ()) -> tuple[Deadline, ...]:
    """Find limits in running prose; dates of what went wrong, and whatever lies in `masks`, are left out."""
    found = find_deadlines(
        _masked(text, span, masks),
        reference_date=calendar.reference_date,
        events=calendar.events,
        context_year=calendar.context_year,
    )
    placed = (replace(deadline, span=deadline.span.shift(span.start)) for deadline in found)
    return tuple(deadline for deadline in placed if not _tells_a_failure(text, deadline, span))


def _masked(text: str, span: Span, masks: Sequence[Span]) -> str:
    parts, position = [], span.start
    for mask in sorted(masks):
        start, end = max(mask.start, position), min(mask.end, span.end)
        if start < end:
            parts.append(text[position:start] + "\n" * (end - start))
            position = end
    return "".join(parts) + text[position : span.end]


def _tells_a_failure(text: str, deadline: Deadline, span: Span) -> bool:
    end = _SENTENCE.search(text, deadline.span.end, span.end)
    rest = text[deadline.span.end : end.start() if end else span.end]
    if _UNDONE.search(rest):
        return True
    return is_unfulfilled(rest[:40]) and _FULFILS.match(rest) is None
