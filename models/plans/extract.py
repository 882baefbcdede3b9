"""Plan items of a passage and of a whole document: the public face of the package."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpora.schema.document import BlockKind, Document, Table
from corpora.schema.plan import PlanItem
from corpora.schema.span import Span
from models.plans.facts import gather
from models.plans.headings import lines_above
from models.plans.items import passage_items
from models.plans.limits import Calendar
from models.plans.naming import without_frame
from models.plans.passage import Passage
from models.plans.tables import table_items
from models.plans.tagged import TaggedSpan
from models.plans.textgrid import find_text_tables

#: Formats of which the table is the document.
_SHEETS = frozenset({"xlsx", "xls", "et", "csv", "tsv"})
_GUESSED = "model"
_YEAR = re.compile(r"(20\d{2})年")


def extract_items(
    text: str,
    *,
    reference_date: date | None = None,
    events: Mapping[str, date] | None = None,
    tags: Sequence[TaggedSpan] = (),
) -> tuple[PlanItem, ...]:
    """Extract the plan items of one passage.

    Args:
        text: a paragraph or several; printed tables (tabs or bars) are read as tables.
        reference_date: the date that left-out years and relative limits are counted from.
        events: dates of named events, for limits that hang on them.
        tags: what the span tagger claims; used only in prose the grammar is silent about.

    Returns:
        The items in printed order; offsets are code points of `text`.
    """
    grids = find_text_tables(text)
    calendar = Calendar(reference_date, dict(events or {}))
    return _extract(text, [(span, table) for span, table in grids], (), calendar, tags)


def extract_document(
    document: Document,
    *,
    reference_date: date | None,
    events: Mapping[str, date],
    tags: Sequence[TaggedSpan] = (),
) -> tuple[PlanItem, ...]:
    """Extract the plan items of a whole document: headings, paragraphs and tables.

    Args:
        document: every offset of the result points into its text.
        reference_date: the date of the document, if known.
        events: dates of named events.
        tags: what the span tagger claims.
    """
    headings = tuple(
        (block.span, block.level or 9)
        for block in document.blocks
        if block.kind is BlockKind.HEADING and len(block.span)
    )
    year = _title_year(document) if reference_date is None else None
    calendar = Calendar(reference_date, dict(events), year)
    cells = [(block.span, None) for block in document.blocks if block.kind is BlockKind.CELL]
    tables = [(_extent(table), table) for table in document.tables]
    items = _extract(document.text, [*cells, *tables], headings, calendar, tags)
    if document.tables and document.format in _SHEETS:
        lines = [block.span for block in document.blocks if block.kind is not BlockKind.CELL]
        rows = [extent for extent, _ in tables]
        return tuple(item for item in items if _stands_in_sheet(item, rows, lines))
    return items


def _extract(
    text: str,
    grids: Sequence[tuple[Span, Table | None]],
    headings: Sequence[tuple[Span, int]],
    calendar: Calendar,
    tags: Sequence[TaggedSpan],
) -> tuple[PlanItem, ...]:
    flow = _blank(text, [span for span, _ in grids])
    passage = Passage(gather(flow), calendar, tuple(sorted(tags, key=lambda tag: tag.span)))
    above = [(table, *lines_above(passage, span.start)) for span, table in grids if table is not None]
    items = [
        item
        for item in passage_items(passage, Span(0, len(text)), headings=headings)
        if not any(block.contains(item.span) or _is_torn(item, table) for table, block, _ in above)
    ]
    for table, _, held in above:
        items.extend(table_items(text, table, calendar, above=held))
    return tuple(_named(text, item) for item in sorted(items, key=lambda item: item.span))


def _named(text: str, item: PlanItem) -> PlanItem:
    """Take the frame of a heading off the problem (关于……问题的整改情况)."""
    if item.problem_span is None:
        return item
    clause = without_frame(text, item.problem_span)
    return replace(item, problem=clause.of(text), problem_span=clause)


def _blank(text: str, spans: Sequence[Span]) -> str:
    """Replace table cells by line breaks of the same length, so that running text keeps its offsets."""
    parts, position = [], 0
    for span in sorted(spans):
        start, end = max(span.start, position), max(span.end, position)
        parts.append(text[position:start] + "\n" * (end - start))
        position = end
    return "".join(parts) + text[position:]


def _is_torn(item: PlanItem, table: Table) -> bool:
    """Say whether a problem stands before a table and all that is claimed of it after: a title and a note."""
    extent, claims = _extent(table), _claims(item)
    return (
        item.problem_span is not None
        and item.problem_span.end <= extent.start
        and bool(claims)
        and all(claim.start >= extent.end for claim in claims)
    )


def _stands_in_sheet(item: PlanItem, tables: Sequence[Span], lines: Sequence[Span]) -> bool:
    """Say whether an item of a spreadsheet is one: a table row, or a line that tells both problem and claim.

    The other lines around a table are its title, who filled it in and when, and notes on how to.
    """
    if any(table.contains(item.span) for table in tables):
        return True
    problem, claims = item.problem_span, _claims(item)
    return problem is not None and any(
        line.contains(problem) and any(line.contains(claim) for claim in claims) for line in lines
    )


def _claims(item: PlanItem) -> tuple[Span, ...]:
    """Return where the grammar found subjects and limits of an item."""
    subjects = tuple(subject.span for subject in item.subjects if subject.origin != _GUESSED)
    return (*subjects, *(limit.span for limit in item.deadlines if limit.origin != _GUESSED))


def _extent(table: Table) -> Span:
    cells = [cell for row in table.rows for cell in row if cell is not None]
    return Span(min((cell.start for cell in cells), default=0), max((cell.end for cell in cells), default=0))


def _title_year(document: Document) -> int | None:
    first = next((block.span.of(document.text) for block in document.blocks if len(block.span)), "")
    found = _YEAR.search(first)
    return int(found[1]) if found else None
