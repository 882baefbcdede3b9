"""What a read document is: one text, and blocks, cells and pages that point into it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpora.schema.span import Span


class BlockKind(StrEnum):
    """What a block of text was in its source."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class CellAddress:
    """The place of a table cell: table number in the document, row and column, all from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table cell.

    Invariant: blocks of a document are in reading order and disjoint, and
    ``span.of(document.text)`` is the block's text without its closing line break.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    page: int | None = None
    cell: CellAddress | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells; merged cells repeat the span of the cell they belong to.

    Attributes:
        rows: one tuple per row, every row with the same number of columns;
            ``None`` where the source has no cell.
    """

    number: int
    rows: tuple[tuple[Span | None, ...], ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as stored: every offset anywhere in the program points into `text`."""

    id: str
    name: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    pages: int = 1
    sha256: str = ""
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
