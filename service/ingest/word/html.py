"""From the converter's HTML to paragraphs and grids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from corpora.schema.document import BlockKind
from service.ingest.fragments import Fragment, Grid, Paragraph
from service.ingest.grids import SpannedCell, place_cells
from service.ingest.limits import Limits

_HEADING_CLASS = re.compile(r"outline(\d)")
_ROWS = "./tr|./thead/tr|./tbody/tr|./tfoot/tr"
_SPACES = re.compile(r"[ \t\xa0]+")


def read_html(source: str, limits: Limits) -> Iterator[Fragment]:
    """Yield the fragments of a converted document in reading order.

    Raises:
        DocumentTooLarge: if its tables have more cells than allowed.
    """
    root = html.fragment_fromstring(source, create_parent="div")
    for element in root.iterchildren():
        if element.tag == "table":
            yield _grid(element, limits)
        else:
            yield from _paragraphs(element)


def _paragraphs(element: html.HtmlElement) -> Iterator[Fragment]:
    """Yield a heading, or the lines of a paragraph: a manual line break begins a paragraph of its own."""
    lines = _text(element).split("\n")
    level = _HEADING_CLASS.fullmatch(element.get("class") or "")
    if level is not None:
        yield Paragraph("".join(lines), BlockKind.HEADING, int(level.group(1)))
        return
    for line in lines:
        yield Paragraph(line)


def _grid(table: html.HtmlElement, limits: Limits) -> Grid:
    rows = _elements(table, _ROWS)
    return place_cells([[_spanned(cell) for cell in _elements(row, "./td|./th")] for row in rows], limits)


def _spanned(cell: html.HtmlElement) -> SpannedCell:
    return SpannedCell(cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan"))


def cell_text(cell: html.HtmlElement) -> str:
    """Return the text of a cell, paragraphs on lines; rows of a table inside it are lines of their own."""
    lines: list[str] = []
    for element in cell.iterchildren():
        if element.tag == "table":
            lines.extend(map(_row_text, _elements(element, _ROWS)))
        else:
            lines.extend(_text(element).split("\n"))
    visible = (_SPACES.sub(" ", line).strip() for line in lines)
    return "\n".join(line for line in visible if line)


def _row_text(row: html.HtmlElement) -> str:
    return " ".join(cell_text(cell).replace("\n", " ") for cell in _elements(row, "./td|./th"))


def _text(element: html.HtmlElement) -> str:
    """Return the text of an element with manual line breaks as line feeds."""
    parts = [element.text or ""]
    for inner in element.iterchildren():
        parts.append("\n" if inner.tag == "br" else _text(inner))
        parts.append(inner.tail or "")
    return "".join(parts)


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name) or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 1


def _elements(element: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    found = element.xpath(path)
    return [item for item in found if isinstance(item, html.HtmlElement)] if isinstance(found, list) else []
