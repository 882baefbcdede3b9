"""Several contents one after another as one: a mail and its attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpora.schema.document import Block, Table
from service.ingest.fragments import Content
from service.ingest.limits import Limits


def join_contents(contents: Sequence[Content], limits: Limits) -> Content:
    """Join contents, each beginning on a line of its own; spans and table numbers are moved along.

    Page numbers stay those of the single contents, where a reader looks them up; `pages` is the
    highest count among them. The encoding is left open and warnings are gathered.

    Raises:
        DocumentTooLarge: if text or tables exceed a limit together.
    """
    blocks: list[Block] = []
    tables: list[Table] = []
    texts: list[str] = []
    start = 0
    for content in contents:
        if not content.text:
            continue
        limits.check_characters(start + len(content.text))
        blocks.extend(_moved_block(block, start, len(tables)) for block in content.blocks)
        tables.extend([_moved_table(table, start, len(tables)) for table in content.tables])
        texts.append(content.text)
        start += len(content.text) + 1
    limits.check_cells(sum(len(row) for table in tables for row in table.rows))
    warnings = tuple(warning for content in contents for warning in content.warnings)
    pages = max((content.pages for content in contents), default=1)
    return Content("\n".join(texts), tuple(blocks), tuple(tables), pages, warnings=warnings)


def _moved_block(block: Block, start: int, tables: int) -> Block:
    cell = replace(block.cell, table=block.cell.table + tables) if block.cell is not None else None
    return replace(block, span=block.span.shift(start), cell=cell)


def _moved_table(table: Table, start: int, tables: int) -> Table:
    rows = tuple(tuple(span.shift(start) if span is not None else None for span in row) for row in table.rows)
    return replace(table, number=table.number + tables, rows=rows)
