"""What the columns of a table mean, read from its header words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.schema.plan import SubjectRole
from corpora.schema.span import Span
from models.plans.labels import FieldKind, Label, read_label
from models.plans.mentions import role_of

_CARRYING = Label(FieldKind.SUBJECT, SubjectRole.RESPONSIBLE, SubjectRole.OWNER)
_SHORT_HEADS = {
    "时间": Label(FieldKind.DEADLINE),
    "完成": Label(FieldKind.STATUS),
    "事项": Label(FieldKind.PROBLEM),
    "内容": Label(FieldKind.PROBLEM),
    "主要内容": Label(FieldKind.PROBLEM),
    "项目": Label(FieldKind.PROBLEM),
    "问题": Label(FieldKind.PROBLEM),
    "任务清单": Label(FieldKind.PROBLEM),
    "措施清单": Label(FieldKind.MEASURE),
    "整改措施清单": Label(FieldKind.MEASURE),
    "时限清单": Label(FieldKind.DEADLINE),
    "时间清单": Label(FieldKind.DEADLINE),
    "责任": _CARRYING,
    "责任落实": _CARRYING,
    "责任清单": _CARRYING,
    "责任体系": _CARRYING,
    "责任分工": _CARRYING,
    **dict.fromkeys(
        ("单位", "部门", "科室", "股室", "处室"),
        Label(FieldKind.SUBJECT, SubjectRole.RESPONSIBLE, SubjectRole.RESPONSIBLE),
    ),
}
#: Heads of the column in which a span of time begins; the next limit column ends it.
_BEGINNINGS = re.compile(r"(?:整改|实施|工作|计划|预计)?(?:启动|开始|起始|开工|动工)(?:时间|日期)")
_SHORT_BEGINNINGS = frozenset({"起", "始", "自", "起始", "开始", "启动", "开工"})
_SHORT_ENDS = frozenset({"止", "终", "至", "截止", "结束", "完成", "办结", "完工", "销号"})
_NOTE = re.compile(r"[（(].*[)）]$", re.DOTALL)
_FIRST_LEADS = re.compile(r"(?:第一|首位|在前|最前).{0,8}牵头")
_LONGEST_HEAD = 40
_PERSONAL = frozenset({SubjectRole.OWNER, SubjectRole.LEADER})


@dataclass(frozen=True, slots=True)
class Column:
    """The meaning of one column.

    Attributes:
        first_leads: its head says that the first unit leads.
        begins: its cells begin the span of time that the next limit column ends.
        parts: the meanings of the parts of its cells where both head and cells are parted by a slash.
    """

    label: Label
    first_leads: bool = False
    begins: bool = False
    parts: tuple[Label, ...] = ()


Row = Sequence[Span | None]


def cell_text(text: str, cell: Span | None) -> str:
    """Return a cell's text without blanks at its edges; empty for no cell."""
    return cell.of(text).strip() if cell is not None else ""


def read_head(printed: str) -> Column | None:
    """Return the meaning of a header cell, or ``None`` if it heads nothing known."""
    if not printed or len(printed) > _LONGEST_HEAD:
        return None
    bare = re.sub(r"\s+", "", printed)
    if _BEGINNINGS.fullmatch(bare):
        return Column(Label(FieldKind.DEADLINE), begins=True)
    parts = _parts(bare)
    label = _meaning(bare) or (parts[0] if parts else None) or _meaning(_NOTE.sub("", bare))
    return Column(label, _FIRST_LEADS.search(bare) is not None, parts=parts) if label is not None else None


def _meaning(bare: str) -> Label | None:
    return read_label(bare) or _SHORT_HEADS.get(bare)


def _parts(bare: str) -> tuple[Label, ...]:
    """Return the meanings in ``牵头单位/责任单位``; unit and person (``责任单位/责任人``) are told apart by their names."""
    found = [_meaning(part) for part in re.split(r"[/／]", bare)]
    labels = tuple(label for label in found if label is not None)
    if len(labels) < 2 or len(labels) < len(found):
        return ()
    roles = [label.unit_role for label in labels]
    alike = all(label.kind is FieldKind.SUBJECT for label in labels)
    named = len(roles) == 2 and len({role in _PERSONAL for role in roles}) == 2
    return () if alike and (named or len(set(roles)) < len(roles)) else labels


def _read_lower(above: str, below: str) -> Column | None:
    """Return the meaning of a head of the second row under the words above it (``责任单位`` over ``协助``)."""
    bare, over = re.sub(r"\s+", "", below), read_head(above)
    if over is not None and over.label.kind is FieldKind.DEADLINE:
        if bare in _SHORT_BEGINNINGS:
            return Column(over.label, begins=True)
        if bare in _SHORT_ENDS:
            return Column(over.label)
    joined = read_label(re.sub(r"\s+", "", above) + bare) if bare in _SHORT_HEADS else None
    if joined is not None and joined.kind is FieldKind.SUBJECT:
        return Column(joined)
    role = role_of(bare)
    return read_head(below) or (Column(Label(FieldKind.SUBJECT, role, role)) if role is not None else None)


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
        over = _spread(text, rows[0], rows[1])
        lower = [
            _read_lower(cell_text(text, above), cell_text(text, below))
            if below is not None and below != above
            else None
            for above, below in zip(over, rows[1], strict=True)
        ]
        upper = [below or above for above, below in zip(upper, lower, strict=True)]
        return _settled(text, rows[0], upper), 2
    return _settled(text, rows[0], upper), 1


def _spread(text: str, upper: Row, lower: Row) -> list[Span | None]:
    """Give every head of the second row the head above it; where cells are no grid, a head reaches over the blanks."""
    over: list[Span | None] = []
    for index, (above, below) in enumerate(zip(upper, lower, strict=True)):
        reached = not cell_text(text, above) and bool(cell_text(text, below)) and index > 0
        over.append(over[-1] if reached and cell_text(text, lower[index - 1]) else above)
    return over


def _settled(text: str, printed: Row, columns: Sequence[Column | None]) -> tuple[Column | None, ...]:
    """Settle columns by each other: beside problems, tasks are measures; a beginning needs an end."""
    heads = list(columns)
    problems = [index for index, column in enumerate(heads) if column and column.label.kind is FieldKind.PROBLEM]
    measured = any(column and column.label.kind is FieldKind.MEASURE for column in heads)
    if len(problems) == 2 and not measured:
        first, second = (cell_text(text, printed[index]) for index in problems)
        if "问题" in first and "任务" in second:
            heads[problems[1]] = Column(Label(FieldKind.MEASURE))
    for index, column in enumerate(heads):
        after = heads[index + 1] if index + 1 < len(heads) else None
        ended = after is not None and after.label.kind is FieldKind.DEADLINE and not after.begins
        if column is not None and column.begins and not ended:
            heads[index] = None
    return tuple(heads)


def same_cells(text: str, first: Row, second: Row) -> bool:
    """Say whether two rows print the same words (a header repeated on the next page)."""
    return [cell_text(text, cell) for cell in first] == [cell_text(text, cell) for cell in second]


def _is_second_row(text: str, first: Row, second: Row) -> bool:
    fresh = [
        (above, below)
        for above, below in zip(first, second, strict=True)
        if below is not None and below != above and cell_text(text, below)
    ]
    if not fresh:
        return False
    over = _spread(text, first, second)
    heads = [
        _read_lower(cell_text(text, above), cell_text(text, below)) for above, below in zip(over, second, strict=True)
    ]
    known = {below for below, head in zip(second, heads, strict=True) if head is not None}
    if not known:
        return False
    shared = any(first.count(above) > 1 for above, _ in fresh if above is not None) or any(
        not cell_text(text, above) for above, _ in fresh
    )
    return shared and all(below in known or len(cell_text(text, below)) <= 6 for _, below in fresh)
