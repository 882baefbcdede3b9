"""Documents with tables, built from rows of words."""

from __future__ import annotations

from collections.abc import Sequence

from corpora.schema.document import Block, BlockKind, CellAddress, Document, Table
from corpora.schema.span import Span

ABOVE = "^"
LEFT = "<"


def document(*parts: str | Sequence[Sequence[str]], headings: Sequence[str] = ()) -> Document:
    """Build a document of paragraphs and grids; ``^`` and ``<`` repeat the merged cell above or to the left."""
    text = ""
    blocks: list[Block] = []
    tables: list[Table] = []
    for part in parts:
        if isinstance(part, str):
            for line in part.split("\n"):
                kind = BlockKind.HEADING if line in headings else BlockKind.PARAGRAPH
                blocks.append(
                    Block(Span(len(text), len(text) + len(line)), kind, level=1 if line in headings else None)
                )
                text += line + "\n"
        else:
            text, table, cells = _grid(text, part, len(tables))
            tables.append(table)
            blocks.extend(cells)
    return Document("d1", "清单.docx", "docx", text, tuple(blocks), tuple(tables))


def _grid(text: str, words: Sequence[Sequence[str]], number: int) -> tuple[str, Table, list[Block]]:
    rows: list[tuple[Span | None, ...]] = []
    blocks: list[Block] = []
    for row_number, row in enumerate(words):
        cells: list[Span | None] = []
        for column, word in enumerate(row):
            if word == ABOVE:
                cells.append(rows[-1][column])
            elif word == LEFT:
                cells.append(cells[-1])
            else:
                span = Span(len(text), len(text) + len(word))
                cells.append(span)
                blocks.append(Block(span, BlockKind.CELL, cell=CellAddress(number, row_number, column)))
                text += word + "\n"
        rows.append(tuple(cells))
    return text, Table(number, tuple(rows)), blocks
