"""From plain text to blocks, and from the blocks of a document to its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpora.schema.document import Block, BlockKind, Document
from corpora.schema.span import Span
from corpora.schema.statement import Sentence
from models.text.furniture import is_furniture
from models.text.headings import parse_heading, split_lead_heading
from models.text.lines import logical_lines
from models.text.outline import OutlineLine, outline
from models.text.sentences import split_sentences


def text_blocks(text: str) -> tuple[Block, ...]:
    """Turn plain text into headings and paragraphs; wrapped lines of a paragraph make one block.

    Page furniture stays as a paragraph of its own, so that dates in by-lines are not lost.

    Args:
        text: the text of a document without structure (a .txt file, a pasted text).

    Returns:
        Blocks in reading order that together hold every visible character.
    """
    return tuple(
        Block(line.span) if line.heading is None else Block(line.span, kind=BlockKind.HEADING, level=line.heading.level)
        for line in logical_lines(text)
    )


def document_sentences(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of `document`, block by block, with offsets into its text.

    Page furniture is left out, and so are table cells without a word (serial numbers, dates in
    digits, dashes). `heading` marks sentences that are a heading or the naming clause in front of a
    numbered paragraph.
    """
    return tuple(sentence for block in document.blocks for sentence in _block_sentences(document.text, block))


def document_outline(document: Document) -> tuple[OutlineLine, ...]:
    """Return the place of every block of `document` among its headings; cells count as text."""
    return outline("" if block.cell is not None else block.span.of(document.text) for block in document.blocks)


def running_text(document: Document) -> str:
    """Return what is printed outside table rows of several cells, a line for each block.

    A cell that has a row to itself belongs to the layout; dates in the others are those of the entries.
    """
    in_row = Counter((block.cell.table, block.cell.row) for block in document.blocks if block.cell is not None)
    return "\n".join(
        block.span.of(document.text)
        for block in document.blocks
        if block.cell is None or in_row[block.cell.table, block.cell.row] == 1
    )


def _block_sentences(document_text: str, block: Block) -> Iterator[Sentence]:
    text = block.span.of(document_text)
    is_cell = block.kind is BlockKind.CELL
    if is_cell and not any(char.isalpha() for char in text):
        return
    if not is_cell and is_furniture(text):
        return
    heading = None if is_cell else _heading_span(text, block.kind)
    for span in split_sentences(text, skip_furniture=not is_cell):
        inside = heading is not None and heading.contains(span)
        yield Sentence(span.shift(block.span.start), page=block.page, cell=block.cell, heading=inside)


def _heading_span(text: str, kind: BlockKind) -> Span | None:
    """Return the part of a block that is a heading: all of it, its lead-in, or nothing.

    A block that its source calls a heading is one, unless running text follows in it.
    """
    lead = split_lead_heading(text)
    if lead is not None:
        return lead
    if parse_heading(text) is not None:
        return Span(0, len(text))
    if kind is not BlockKind.HEADING:
        return None
    sentences = split_sentences(text)
    return Span(0, sentences[0].end) if sentences else None
