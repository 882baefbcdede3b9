"""Rows of tables as items: column meaning, merged and repeated cells, forms of label and value."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpora.schema.document import Table
from corpora.schema.plan import Deadline, DeadlineKind, ItemStatus, PlanItem, Subject
from corpora.schema.span import Span
from models.plans.columns import Column, Row, cell_text, is_header, read_columns, read_head, same_cells
from models.plans.facts import gather, read_value
from models.plans.labels import FieldKind
from models.plans.limits import Calendar, find_limits, read_done, read_limit, read_span
from models.plans.names import is_empty_value
from models.plans.outline import find_markers
from models.plans.passage import Inherited, merge_roles
from models.plans.prose import find_in_prose
from models.plans.sentences import split_sentences, status_of, strip_edges

_PART = re.compile(r"[^/／]+")
_TOTAL = re.compile(r"[合小总共]\s*计[:：]?$")
#: Columns that number, classify or comment an entry and make none by themselves.
_ASIDE = frozenset({FieldKind.OTHER, FieldKind.CATEGORY, FieldKind.CONTACT})
_SAME = re.compile(r"(?:同上|同前|〃|″|\"|”|“”)[。；;]?$")


#: The last value of each column, and of each part of a column whose cells are parted.
_Above = dict[tuple[int, int], Span]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table row: the cells that bear a meaning, in column order."""

    cells: tuple[tuple[Column, Span], ...]
    span: Span

    def of(self, kind: FieldKind) -> tuple[tuple[Column, Span], ...]:
        return tuple((column, cell) for column, cell in self.cells if column.label.kind is kind)

    def first(self, kind: FieldKind) -> Span | None:
        return next((cell for _, cell in self.of(kind)), None)


def table_items(text: str, table: Table, calendar: Calendar, *, above: Inherited | None = None) -> tuple[PlanItem, ...]:
    """Return the items of `table`, one per problem and block of subjects.

    Args:
        text: the document's text; the table's cells point into it.
        table: the grid; merged cells repeat their span.
        calendar: what dates are counted from.
        above: what the heading before the table says of all its rows.
    """
    heading = above or Inherited()
    items: list[PlanItem] = []
    columns: tuple[Column | None, ...] | None = None
    header: Row = ()
    upper: _Above = {}
    inherited = heading
    problem: Span | None = None
    row_number = 0
    rows = table.rows
    while row_number < len(rows):
        row = rows[row_number]
        if is_header(text, row) and not (columns is not None and same_cells(text, row, header)):
            found = read_columns(text, rows[row_number:])
            if found is not None:
                columns, header, upper, problem = found[0], row, {}, None
                row_number += found[1]
                continue
        row_number += 1
        if columns is None or same_cells(text, row, header):
            continue
        if _is_title(row):
            title = _title(text, row, calendar)
            inherited, problem = heading.under(title.subjects, title.deadlines), None
            continue
        entry = _entry(text, row, columns, upper)
        if entry is None:
            continue
        named = entry.first(FieldKind.PROBLEM)
        continued = (named is None or named == problem) and bool(items)
        problem = named or problem
        _add(items, _item(text, entry, problem, inherited, calendar), continued=continued and problem is not None)
    if columns is None:
        items.extend(_form_items(text, table, calendar))
    return tuple(item for item in items if item.subjects or item.deadlines)


def _is_title(row: Row) -> bool:
    return (
        len(row) > 1
        and len({cell for cell in row if cell is not None}) == 1
        and sum(cell is not None for cell in row) > 1
    )


def _title(text: str, row: Row, calendar: Calendar) -> Inherited:
    cell = next(cell for cell in row if cell is not None)
    facts = gather(cell.of(text))
    subjects = tuple(
        replace(subject, span=subject.span.shift(cell.start)) for claim in facts.claims for subject in claim.subjects
    )
    limits = tuple(
        limit
        for claim in facts.claims
        if claim.limit
        for limit in read_limit(text, claim.limit.shift(cell.start), calendar)
    )
    for pair in facts.brackets if not limits else ():
        limits = (*limits, *find_limits(text, Span(pair.start + 1, pair.end - 1).shift(cell.start), calendar))
    return Inherited(subjects, limits)


def _entry(text: str, row: Row, columns: Sequence[Column | None], above: _Above) -> _Entry | None:
    """Read the cells of a row; 同上 takes the cell above."""
    cells: list[tuple[Column, Span]] = []
    seen: set[Span] = set()
    fresh: list[Span] = []
    for index, (cell, column) in enumerate(zip(row, columns, strict=False)):
        for part, (head, printed) in enumerate(_parted(text, column, cell)):
            place = index, part
            if printed is None or is_empty_value(cell_text(text, printed)):
                above.pop(place, None)
                continue
            if above.get(place) != printed:
                fresh.append(printed)
            value = above.get(place, printed) if _SAME.match(cell_text(text, printed)) else printed
            above[place] = value
            again = head is not None and (head.label.kind is FieldKind.SUBJECT or _begun(cells))
            if head is not None and (value not in seen or again):
                named = head.label.kind in (FieldKind.PROBLEM, FieldKind.MEASURE)
                cells.append((head, strip_edges(text, value) if named else value))
                seen.add(value)
    if not fresh or all(column.label.kind in _ASIDE for column, _ in cells) or _TOTAL.match(cell_text(text, fresh[0])):
        return None
    return _Entry(tuple(cells), Span(min(cell.start for cell in fresh), max(cell.end for cell in fresh)))


def _begun(cells: Sequence[tuple[Column, Span]]) -> bool:
    """Say whether the last cell begins a span of time; its end may be the same cell, merged."""
    return bool(cells) and cells[-1][0].begins


def _parted(text: str, column: Column | None, cell: Span | None) -> list[tuple[Column | None, Span | None]]:
    """Split a cell whose head is parted by a slash, if it has as many parts."""
    parts = [Span(cell.start + m.start(), cell.start + m.end()) for m in _PART.finditer(cell.of(text))] if cell else []
    if column is None or not column.parts or len(parts) != len(column.parts):
        return [(column, cell)]
    return [(Column(label), part) for label, part in zip(column.parts, parts, strict=True)]


def _item(text: str, entry: _Entry, problem: Span | None, inherited: Inherited, calendar: Calendar) -> PlanItem:
    named = _naming_clause(text, problem)
    measures = tuple(part for _, cell in entry.of(FieldKind.MEASURE) for part in _sentences(text, cell))
    subjects = _unique(
        [
            subject
            for column, cell in entry.of(FieldKind.SUBJECT)
            for subject in read_value(text, cell, column.label, first_leads=column.first_leads)
        ]
    )
    subjects = subjects or _subjects_in_prose(text, entry)
    deadlines = _deadlines(text, entry, calendar)
    status = next(
        (
            found
            for _, cell in entry.of(FieldKind.STATUS)
            if (found := status_of(cell_text(text, cell)[:60])) is not None
        ),
        None,
    )
    if status is None and any(deadline.kind is DeadlineKind.DONE for deadline in deadlines):
        status = ItemStatus.DONE
    return PlanItem(
        span=entry.span,
        problem=named.of(text) if named else None,
        problem_span=named,
        measures=tuple(part.of(text) for part in measures),
        subjects=merge_roles(tuple(_placed(subject, entry.span) for subject in subjects), inherited.subjects),
        deadlines=tuple(_dated(deadline, entry.span) for deadline in deadlines)
        or tuple(replace(limit, origin="inherited") for limit in inherited.deadlines),
        status=status,
    )


def _deadlines(text: str, entry: _Entry, calendar: Calendar) -> tuple[Deadline, ...]:
    stated: list[Deadline] = []
    begun: Span | None = None
    for column, cell in entry.cells:
        if column.begins:
            begun = cell
        elif column.label.kind is FieldKind.DEADLINE or column.label.with_deadline:
            stated.extend(read_span(text, begun, cell, calendar) if begun else read_limit(text, cell, calendar))
            begun = None
    done = [limit for _, cell in entry.of(FieldKind.STATUS) for limit in read_done(text, cell, calendar)]
    if not entry.of(FieldKind.DEADLINE) and not stated:
        stated = [limit for _, cell in entry.of(FieldKind.MEASURE) for limit in find_limits(text, cell, calendar)]
    return (*stated, *done)


def _subjects_in_prose(text: str, entry: _Entry) -> tuple[Subject, ...]:
    found: list[Subject] = []
    for kind in (FieldKind.PROBLEM, FieldKind.MEASURE):
        for _, cell in entry.of(kind):
            claims = gather(cell.of(text)).claims
            found.extend(
                replace(subject, span=subject.span.shift(cell.start)) for claim in claims for subject in claim.subjects
            )
            if kind is FieldKind.MEASURE and not found:
                found.extend(
                    subject for part in split_sentences(text, cell) for subject in find_in_prose(text, part).firm
                )
    return tuple(found)


def _add(items: list[PlanItem], item: PlanItem, *, continued: bool) -> None:
    """Append `item`, or let it go on with the one before where only measures or dates differ."""
    before = items[-1] if items else None
    same = before is not None and [(subject.role, subject.name) for subject in before.subjects] == [
        (subject.role, subject.name) for subject in item.subjects
    ]
    if before is None or not continued or not (same or not item.subjects):
        items.append(item)
        return
    known = {(limit.span, limit.kind) for limit in before.deadlines}
    items[-1] = replace(
        before,
        span=Span(min(before.span.start, item.span.start), max(before.span.end, item.span.end)),
        measures=(*before.measures, *(measure for measure in item.measures if measure not in before.measures)),
        deadlines=(*before.deadlines, *(limit for limit in item.deadlines if (limit.span, limit.kind) not in known)),
        status=item.status
        if item.status is before.status
        else (before.status and item.status and ItemStatus.IN_PROGRESS),
    )


def _form_items(text: str, table: Table, calendar: Calendar) -> list[PlanItem]:
    """Read a form: labels in one cell, values in the next."""
    pairs: list[tuple[Column, Span]] = []
    entries: list[list[tuple[Column, Span]]] = [pairs]
    for row in table.rows:
        cells = list(dict.fromkeys(cell for cell in row if cell is not None))
        for name, value in itertools.pairwise(cells):
            column = read_head(cell_text(text, name))
            if (
                column is None
                or read_head(cell_text(text, value)) is not None
                or is_empty_value(cell_text(text, value))
            ):
                continue
            if column.label.kind is FieldKind.PROBLEM and any(
                other.label.kind is not FieldKind.PROBLEM for other, _ in pairs
            ):
                pairs = []
                entries.append(pairs)
            pairs.append((column, value))
    return [
        _item(text, entry, entry.first(FieldKind.PROBLEM), Inherited(), calendar)
        for found in entries
        if found
        for entry in [
            _Entry(tuple(found), Span(min(cell.start for _, cell in found), max(cell.end for _, cell in found)))
        ]
    ]


def _naming_clause(text: str, cell: Span | None) -> Span | None:
    sentences = _sentences(text, cell) if cell is not None else []
    return sentences[0] if sentences else None


def _sentences(text: str, cell: Span) -> list[Span]:
    """Split a cell into sentences without their numbering."""
    result: list[Span] = []
    numbers = {marker.start: marker.end for marker in find_markers(text, cell, closed=())}
    for part in split_sentences(text, cell):
        start = part.start
        while start in numbers and numbers[start] < part.end:
            start = numbers[start]
        result.append(Span(start, part.end))
    return result


def _placed(subject: Subject, row: Span) -> Subject:
    return subject if row.contains(subject.span) else replace(subject, origin="inherited")


def _dated(deadline: Deadline, row: Span) -> Deadline:
    return deadline if row.contains(deadline.span) else replace(deadline, origin="inherited")


def _unique(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    return tuple({(subject.role, subject.name, subject.kind): subject for subject in reversed(subjects)}.values())[::-1]
