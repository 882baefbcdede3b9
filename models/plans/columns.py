"""What the columns of a table mean, read from its header words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.schema.plan import SubjectRole
from corpora.schema.span import Span
from models.plans.labels import FieldKind, Label, read_label

_SHORT_HEADS = {
    "时间": Label(FieldKind.DEADLINE),
    "完成": Label(FieldKind.STATUS),
    "事项": Label(FieldKind.PROBLEM),
    "内容": Label(FieldKind.PROBLEM),
    "主要内容": Label(FieldKind.PROBLEM),
    "项目": Label(FieldKind.PROBLEM),
    "问题": Label(FieldKind.PROBLEM),
    "责任": Label(FieldKind.SUBJECT, SubjectRole.RESPONSIBLE, SubjectRole.OWNER),
    "责任落实": Label(FieldKind.SUBJECT, SubjectRole.RESPONSIBLE, SubjectRole.OWNER),
}
_NOTE = re.compile(r"[（(].*[)）]$", re.DOTALL)
_FIRST_LEADS = re.compile(r"(?:第一|首位|在前|最前).{0,8}牵头")
_LONGEST_HEAD = 40


@dataclass(frozen=True, slots=True)
class Column:
    """The meaning of one column; `first_leads` where its head says the first unit leads."""

    label: Label
    first_leads: bool = False


Row = Sequence[Span | None]


def cell_text(text: str, cell: Span | None) -> str:
    """Return a cell's text without blanks at its edges; empty for no cell."""
    return cell.of(text).strip() if cell is not None else ""


def read_head(printed: str) -> Column | None:
    """Return the meaning of a header cell, or ``None`` if it heads nothing known."""
    if not printed or len(printed) > _LONGEST_HEAD:
        return None
    bare = re.sub(r"\s+", "", printed)
    label = read_label(bare) or _SHORT_HEADS.get(bare)
    if label is None:
        short = _NOTE.sub("", bare)
        label = read_label(short) or _SHORT_HEADS.get(short)
    return Column(label, _FIRST_LEADS.search(bare) is not None) if label is not None else None


def is_header(text: str, row: Row) -> bool:
    """Say whether a row consists of column heads."""
    cells = list(dict.fromkeys(cell for cell in row if cell is not None and cell_text(text, cell)))
    heads = [read_head(cell_text(text, cell)) for cell in cells]
    known = [head for head in heads if head is not None]
    telling = any(
        head.label.kind in (FieldKind.SUBJECT, FieldKind.DEADLINE, FieldKind.MEASURE, FieldKind.PROBLEM)
        for head in known
    )
    return telling and len(known) >= 2 and len(known) * 2 >= len(cells)


def read_columns(text: str, rows: Sequence[Row]) -> tuple[tuple[Column | None, ...], int] | None:
    """Read a header of one or two rows at the top of `rows`.

    Returns:
        The meaning of each column and the number of header rows, or ``None`` if there is no header.
    """
    if not rows or not is_header(text, rows[0]):
        return None
    upper = [read_head(cell_text(text, cell)) for cell in rows[0]]
    if len(rows) > 1 and _is_second_row(text, rows[0], rows[1]):
        lower = [read_head(cell_text(text, cell)) for cell in rows[1]]
        return tuple(below or above for above, below in zip(upper, lower, strict=True)), 2
    return tuple(upper), 1


def same_cells(text: str, first: Row, second: Row) -> bool:
    """Say whether two rows print the same words (a header repeated on the next page)."""
    return [cell_text(text, cell) for cell in first] == [cell_text(text, cell) for cell in second]


def _is_second_row(text: str, first: Row, second: Row) -> bool:
    fresh = [
        (above, below)
        for above, below in zip(first, second, strict=True)
        if below is not None and below != above and cell_text(text, below)
    ]
    if not fresh or not any(read_head(cell_text(text, below)) for _, below in fresh):
        return False
    shared = any(first.count(above) > 1 for above, _ in fresh if above is not None) or any(
        not cell_text(text, above) for above, _ in fresh
    )
    return shared and all(
        read_head(cell_text(text, below)) is not None or len(cell_text(text, below)) <= 6 for _, below in fresh
    )
