"""What a parser hands on: paragraphs and grids in reading order, not yet placed in one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from corpora.schema.document import Block, BlockKind, Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading; `page` counts from 1."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell at the upper left of the `row_span` x `column_span` places that it covers, all from 0."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of `rows` x `columns` places; where cells claim the same place, the first one has it.

    Places outside the grid that a cell claims are ignored.
    """

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    page: int | None = None


Fragment: TypeAlias = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Content:
    """A document without its file: what is left after parsing.

    Attributes:
        encoding: name of the character encoding, for formats that leave it open.
        warnings: Chinese sentences.
    """

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    pages: int = 1
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
